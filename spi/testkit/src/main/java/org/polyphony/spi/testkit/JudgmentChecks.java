package org.polyphony.spi.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.polyphony.spi.preference.Candidates;
import org.polyphony.spi.preference.PreferenceData;
import org.polyphony.support.contract.WellFormed;

/// What makes a table of judgments well formed.
final class JudgmentChecks {

    private JudgmentChecks() {}

    static void assertWellFormed(PreferenceData data) {
        assertThat(WellFormed.data(data)).as("what is wrong with the judgments").isEmpty();
        assertOrdered(data.judgments().candidates());
        assertInByteOrder("annotators", data.judgments().judges().ids());
    }

    private static void assertOrdered(Candidates candidates) {
        assertInByteOrder("items", candidates.items());
        for (int b = 0; b < candidates.items().size(); b++) {
            int first = candidates.first(b);
            String what = "candidates of item " + candidates.items().get(b);
            assertInByteOrder(what, candidates.ids().subList(first, first + candidates.count(b)));
        }
    }

    private static void assertInByteOrder(String what, List<String> ids) {
        for (int i = 1; i < ids.size(); i++) {
            var before = ids.get(i - 1).getBytes(StandardCharsets.UTF_8);
            var after = ids.get(i).getBytes(StandardCharsets.UTF_8);
            assertThat(Arrays.compareUnsigned(before, after))
                    .as("%s are distinct and in byte order: %s before %s", what, ids.get(i - 1), ids.get(i))
                    .isNegative();
        }
    }
}
