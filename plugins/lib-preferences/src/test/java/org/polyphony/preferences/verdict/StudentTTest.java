package org.polyphony.preferences.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StudentTTest {
    // printed tables
    @ParameterizedTest
    @CsvSource({
        "1, 12.7062",
        "2, 4.3027",
        "3, 3.1824",
        "4, 2.7764",
        "7, 2.3646",
        "10, 2.2281",
        "30, 2.0423",
        "79, 1.9905",
        "1000, 1.9623"
    })
    void quantile975_isThatOfTheTables(int degrees, double expected) {
        assertThat(StudentT.quantile975(degrees)).isCloseTo(expected, within(5e-5));
    }
}
