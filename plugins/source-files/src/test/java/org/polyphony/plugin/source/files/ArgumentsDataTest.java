package org.polyphony.plugin.source.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The counts that the README of the data states.
class ArgumentsDataTest {

    @Test
    void read_ukpconvarg1_hasItsPublishedCounts() {
        var root = SharedData.folder("ukpconvarg1");
        try (var reading = Reading.of(root, Mappings.arguments())) {
            var judgments = reading.judgments();
            assertThat(judgments.count()).isEqualTo(62_581);
            assertThat(judgments.judges().ids()).hasSize(3_789);
            assertThat(judgments.candidates().items()).hasSize(24);
            assertThat(judgments.candidates().ids()).hasSize(784);
            assertThat(judgments.candidates().texts()).allMatch(text -> !text.isEmpty());
            assertThat(judgments.candidates().prompts()).allMatch(text -> !text.isEmpty());
            assertThat(judgments.judges().attributes().getFirst().levels()).containsExactly("same", "opposite", "none");
            int[] levels = new int[4];
            int[] outcomes = new int[3];
            IntStream.range(0, judgments.count()).forEach(n -> {
                levels[judgments.level(n, 0) + 1]++;
                outcomes[
                        (int) (2 * judgments.entries().value(judgments.entries().first(n)))]++;
            });
            assertThat(levels).containsExactly(29_854, 14_092, 10_238, 8_397);
            assertThat(outcomes).containsExactly(23_965, 14_518, 24_098);
            assertThat(reading.issueCodes()).containsExactly("ATTRIBUTE_BLANK");
            assertThat(reading.data().inputs())
                    .extracting("name")
                    .containsExactly("arguments.csv.gz", "judgements.csv.gz", "topics.csv");
        }
    }
}
