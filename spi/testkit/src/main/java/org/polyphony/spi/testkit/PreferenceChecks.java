package org.polyphony.spi.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.polyphony.spi.profile.PreferRequest;
import org.polyphony.spi.profile.PreferenceEstimate;
import org.polyphony.support.contract.WellFormed;

/// What makes an estimate of preferences well formed.
final class PreferenceChecks {

    private PreferenceChecks() {}

    static void assertWellFormed(PreferRequest request, PreferenceEstimate estimate) {
        assertThat(WellFormed.preferences(request, estimate))
                .as("what is wrong with the preferences")
                .isEmpty();
    }

    /// Fails unless two estimates agree within `tolerance`.
    static void assertClose(PreferenceEstimate actual, PreferenceEstimate expected, double tolerance) {
        assertThat(actual.pairs()).hasSameSizeAs(expected.pairs());
        for (int i = 0; i < actual.pairs().size(); i++) {
            var one = actual.pairs().get(i);
            var other = expected.pairs().get(i);
            TensorAssert.assertThat(one.p()).as("p of bucket %s", i).isCloseTo(other.p(), tolerance);
            TensorAssert.assertThat(one.counts()).as("counts of bucket %s", i).isCloseTo(other.counts(), tolerance);
        }
    }

    /// P(i beats j) of an item whose bucket holds it.
    static double probability(PreferenceEstimate estimate, int item, int seat, int i, int j) {
        for (var bucket : estimate.pairs()) {
            for (int n = 0; n < bucket.p().dimension(0); n++) {
                if (bucket.items().getInt(n) == item) {
                    return bucket.p().at(n, seat, i, j);
                }
            }
        }
        throw new AssertionError("the estimate has no item " + item);
    }
}
