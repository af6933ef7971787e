package org.polyphony.spi.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import org.polyphony.spi.preference.Candidates;
import org.polyphony.spi.profile.PreferRequest;
import org.polyphony.spi.profile.PreferenceBucket;
import org.polyphony.spi.profile.PreferenceEstimate;
import org.polyphony.spi.tensor.ElementType;

/// What makes an estimate of preferences well formed.
final class PreferenceChecks {

    private static final double ROUNDING = 1e-12;

    private PreferenceChecks() {}

    static void assertWellFormed(PreferRequest request, PreferenceEstimate estimate) {
        assertThat(estimate.stakeholders()).as("seats in the order asked for").isEqualTo(request.seats());
        var seen = new ArrayList<Integer>();
        int previous = 0;
        for (var bucket : estimate.buckets()) {
            assertThat(bucket.candidates()).as("buckets in ascending K").isGreaterThan(previous);
            previous = bucket.candidates();
            assertItems(request.candidates(), bucket);
            assertBucket(bucket, request.seats().size());
            for (int item : bucket.items().toInts()) {
                seen.add(item);
            }
        }
        int items = request.candidates().items().size();
        assertThat(seen).as("every item exactly once").doesNotHaveDuplicates().hasSize(items);
    }

    private static void assertItems(Candidates candidates, PreferenceBucket bucket) {
        TensorAssert.assertThat(bucket.items())
                .hasType(ElementType.INT32)
                .hasShape(bucket.p().dimension(0));
        int previous = -1;
        for (int item : bucket.items().toInts()) {
            assertThat(item).as("items of a bucket in ascending order").isGreaterThan(previous);
            assertThat(candidates.count(item)).as("candidates of item %s", item).isEqualTo(bucket.candidates());
            previous = item;
        }
    }

    static void assertBucket(PreferenceBucket bucket, int seats) {
        int b = bucket.p().dimension(0);
        int k = bucket.candidates();
        TensorAssert.assertThat(bucket.p()).as("p").hasShape(b, seats, k, k).isBetween(0, 1);
        for (double of : bucket.deviation().toDoubles()) {
            assertThat(Double.isNaN(of) || (of >= 0 && of < Double.POSITIVE_INFINITY))
                    .as("deviation %s: from 0, which means exact, or NaN, which means unknown", of)
                    .isTrue();
        }
        TensorAssert.assertThat(bucket.counts()).as("counts").isBetween(0, Double.MAX_VALUE);
        for (int n = 0; n < b; n++) {
            for (int s = 0; s < seats; s++) {
                for (int i = 0; i < k; i++) {
                    assertThat(bucket.p().at(n, s, i, i)).as("diagonal of P").isEqualTo(0.5);
                    for (int j = 0; j < i; j++) {
                        assertPair(bucket, n, s, i, j);
                    }
                }
            }
        }
    }

    private static void assertPair(PreferenceBucket bucket, int n, int s, int i, int j) {
        double sum = bucket.p().at(n, s, i, j) + bucket.p().at(n, s, j, i);
        assertThat(Math.abs(sum - 1))
                .as("P[%s,%s,%s,%s] and its mirror sum to %s, must be 1", n, s, i, j, sum)
                .isLessThanOrEqualTo(ROUNDING);
        assertThat(bucket.counts().at(n, s, i, j))
                .as("counts[%s,%s,%s,%s] equals its mirror", n, s, i, j)
                .isEqualTo(bucket.counts().at(n, s, j, i));
    }

    /// Fails unless two estimates agree within `tolerance`.
    static void assertClose(PreferenceEstimate actual, PreferenceEstimate expected, double tolerance) {
        assertThat(actual.buckets()).hasSameSizeAs(expected.buckets());
        for (int i = 0; i < actual.buckets().size(); i++) {
            var one = actual.buckets().get(i);
            var other = expected.buckets().get(i);
            TensorAssert.assertThat(one.p()).as("p of bucket %s", i).isCloseTo(other.p(), tolerance);
            TensorAssert.assertThat(one.counts()).as("counts of bucket %s", i).isCloseTo(other.counts(), tolerance);
        }
    }

    /// P(i beats j) of an item whose bucket holds it.
    static double probability(PreferenceEstimate estimate, int item, int seat, int i, int j) {
        for (var bucket : estimate.buckets()) {
            for (int n = 0; n < bucket.p().dimension(0); n++) {
                if (bucket.items().getInt(n) == item) {
                    return bucket.p().at(n, seat, i, j);
                }
            }
        }
        throw new AssertionError("the estimate has no item " + item);
    }
}
