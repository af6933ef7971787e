package org.polyphony.spi.context;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import org.junit.jupiter.api.Test;

class KeyedRandomTest {

    // golden values: the key is part of the contract, a study of last year must be reproducible;
    // computed apart from this code, from the definition of SplitMix64
    @Test
    void of_aKey_givesTheNumbersOfTheContract() {
        assertThat(KeyedRandom.of(1, "bootstrap", 0).nextLong()).isEqualTo(-1318638494482775342L);
        assertThat(KeyedRandom.of(1, "bootstrap", 1).nextLong()).isEqualTo(1016636850674585841L);
        assertThat(KeyedRandom.of(-7, "", 3).nextLong()).isEqualTo(7266533254017651710L);
    }

    @Test
    void of_adjacentKeys_giveDifferentNumbers() {
        var seen = new HashSet<Long>();
        for (long seed = -10; seed < 10; seed++) {
            for (var stage : new String[] {"", "a", "b", "ab", "ba"}) {
                for (long index = 0; index < 50; index++) {
                    seen.add(KeyedRandom.of(seed, stage, index).nextLong());
                }
            }
        }
        assertThat(seen).hasSize(20 * 5 * 50);
    }

    @Test
    void of_indexes_areSpreadEvenly() {
        double sum = 0;
        double squares = 0;
        int n = 20_000;
        for (int i = 0; i < n; i++) {
            double value = KeyedRandom.of(3, "spread", i).nextDouble();
            sum += value;
            squares += value * value;
        }
        // four standard deviations of the mean of n uniforms
        assertThat(Math.abs(sum / n - 0.5)).isLessThan(4 / Math.sqrt(12.0 * n));
        assertThat(Math.abs(squares / n - 1 / 3.0)).isLessThan(4 * Math.sqrt(4 / 45.0 / n));
    }
}
