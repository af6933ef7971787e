package org.polyphony.preferences.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.function.IntBinaryOperator;
import org.junit.jupiter.api.Test;
import org.polyphony.preferences.Cores;
import org.polyphony.preferences.Pairs;
import org.polyphony.preferences.PairsBuilder;
import org.polyphony.preferences.Parallel;
import org.polyphony.preferences.model.Logistic;

/// Studies whose truth is known; how often verdicts are right is measured in `benchmarks/verdicts`.
final class SeatComparisonTest {
    private static final int ITEMS = 4;
    private static final int K = 4;
    // what is compared with is not what is tested here
    private static final Lottery UNIFORM = (p, k) -> {
        double[] policy = new double[k];
        java.util.Arrays.fill(policy, 1.0 / k);
        return policy;
    };

    /// What a seat would answer: log-odds that the first of two is preferred.
    private interface Taste {
        double logit(int seat, int item, int first, int second);
    }

    /// @param item item of a judgment by (seat, number)
    private static Pairs study(int[] judges, int each, Taste taste, IntBinaryOperator item, boolean seatsTurnPairs) {
        SplittableRandom random = new SplittableRandom(20);
        int all = java.util.Arrays.stream(judges).sum();
        PairsBuilder builder = Pairs.builder(new int[] {K, K, K, K}, all, judges.length);
        int judge = 0;
        for (int seat = 0; seat < judges.length; seat++) {
            for (int member = 0; member < judges[seat]; member++, judge++) {
                for (int n = 0; n < each; n++) {
                    int on = item.applyAsInt(seat, random.nextInt(ITEMS));
                    int first = random.nextInt(K);
                    int second = (first + 1 + random.nextInt(K - 1)) % K;
                    if (seatsTurnPairs && first < second == (seat == 0)) {
                        int kept = first;
                        first = second;
                        second = kept;
                    }
                    double p = Logistic.sigmoid(taste.logit(seat, on, first, second));
                    builder.pair(on, first, second, random.nextDouble() < p ? 1 : 0, judge, seat, 1);
                }
            }
        }
        return builder.build();
    }

    private static double theta(int item, int candidate) {
        return ((3 * item + 2 * candidate) % 5 - 2) * 0.6;
    }

    private static double shared(int item, int first, int second) {
        return theta(item, first) - theta(item, second);
    }

    private static SeatComparison compare(Pairs pairs) {
        return SeatComparison.of(pairs, row -> 1, true, 199, 1, UNIFORM, Cores.ALL);
    }

    private static Pairs alike(int... judges) {
        return study(judges, 30, (seat, item, i, k) -> shared(item, i, k), (seat, item) -> item, false);
    }

    @Test
    void of_opposedSeats_differBoth() {
        Pairs pairs = study(
                new int[] {15, 15},
                30,
                (seat, item, i, k) -> shared(item, i, k) + (seat == 1 ? 1.5 * ((i ^ item) % 2 - (k ^ item) % 2) : 0),
                (seat, item) -> item,
                false);
        SeatComparison comparison = compare(pairs);
        assertThat(comparison.overall()).isEqualTo(GroupVerdict.DIFFERS);
        assertThat(comparison.results()).allSatisfy(seat -> {
            assertThat(seat.verdict()).isEqualTo(GroupVerdict.DIFFERS);
            var size = seat.size().orElseThrow();
            assertThat(size.estimate().logits()).isBetween(0.4, 1.6);
            assertThat(size.least().logits()).isLessThan(size.upper().logits());
            // shown, never a gate: its interval is wide where the test is already sure
            assertThat(seat.gain().orElseThrow().preference().value()).isPositive();
        });
    }

    @Test
    void of_oneOddSeatOfThree_namesThatOneOnly() {
        Pairs pairs = study(
                new int[] {15, 15, 15},
                30,
                (seat, item, i, k) -> shared(item, i, k) + (seat == 1 ? 1.5 * ((i ^ item) % 2 - (k ^ item) % 2) : 0),
                (seat, item) -> item,
                false);
        SeatComparison comparison = compare(pairs);
        assertThat(comparison.results().get(1).verdict()).isEqualTo(GroupVerdict.DIFFERS);
        assertThat(comparison.results().get(1).test().orElseThrow().step()).isEqualTo(1);
        for (int innocent : new int[] {0, 2}) {
            assertThat(comparison.results().get(innocent).verdict()).isNotEqualTo(GroupVerdict.DIFFERS);
            assertThat(comparison.results().get(innocent).test().orElseThrow().step())
                    .isEqualTo(2);
        }
    }

    @Test
    void of_alikeSeats_neverStandsWithoutWhatCouldHaveBeenSeen() {
        SeatComparison comparison = compare(alike(15, 15));
        assertThat(comparison.overall()).isIn(GroupVerdict.NOT_SHOWN, GroupVerdict.NEGLIGIBLE);
        assertThat(comparison.results()).allSatisfy(seat -> {
            assertThat(seat.size().orElseThrow().least().logits()).isPositive();
            assertThat(seat.size().orElseThrow().least().loss()).isPositive();
        });
    }

    @Test
    void of_threads_changeNothing() {
        Pairs pairs = alike(8, 7, 9);
        assertThat(compare(pairs).results())
                .isEqualTo(SeatComparison.of(pairs, row -> 1, true, 199, 1, UNIFORM, Parallel.SEQUENTIAL)
                        .results());
    }

    @Test
    void of_disjointItems_cannotTell() {
        Pairs pairs = study(
                new int[] {15, 15},
                30,
                (seat, item, i, k) -> shared(item, i, k),
                (seat, item) -> item / 2 * 2 + seat,
                false);
        assertThat(compare(pairs).results()).allSatisfy(seat -> {
            assertThat(seat.verdict()).isEqualTo(GroupVerdict.CANNOT_TELL);
            assertThat(seat.reason()).isEqualTo(GroupVerdict.Reason.OVERLAP);
            assertThat(seat.size()).isEmpty();
        });
    }

    @Test
    void of_oppositeOrders_cannotBeSeparatedFromOrder() {
        Pairs pairs = study(
                new int[] {15, 15}, 30, (seat, item, i, k) -> shared(item, i, k) + 0.8, (seat, item) -> item, true);
        assertThat(compare(pairs).results()).allSatisfy(seat -> {
            assertThat(seat.verdict()).isEqualTo(GroupVerdict.NOT_SEPARABLE);
            assertThat(seat.reason()).isEqualTo(GroupVerdict.Reason.ORDER);
        });
    }

    @Test
    void of_slopesAlone_isReliability() {
        Pairs pairs = study(
                new int[] {20, 20},
                40,
                (seat, item, i, k) -> (seat == 0 ? 1.5 : 0.1) * shared(item, i, k),
                (seat, item) -> item,
                false);
        assertThat(compare(pairs).results()).allSatisfy(seat -> {
            assertThat(seat.verdict()).isEqualTo(GroupVerdict.NOT_SEPARABLE);
            assertThat(seat.reason()).isEqualTo(GroupVerdict.Reason.RELIABILITY);
        });
    }

    @Test
    void of_fewPeople_cannotTellAboutThem() {
        var results = compare(alike(9, 2, 1)).results();
        for (int seat : new int[] {1, 2}) {
            assertThat(results.get(seat).verdict()).isEqualTo(GroupVerdict.CANNOT_TELL);
            assertThat(results.get(seat).reason()).isEqualTo(GroupVerdict.Reason.PEOPLE);
        }
        assertThat(results.get(0).verdict()).isNotEqualTo(GroupVerdict.CANNOT_TELL);
    }

    @Test
    void of_nothingCompared_saysSo() {
        Pairs nothing = Pairs.builder(new int[] {K}, 6, 2).build();
        SeatComparison comparison = compare(nothing);
        assertThat(comparison.overall()).isEqualTo(GroupVerdict.CANNOT_TELL);
        assertThat(comparison.results())
                .allSatisfy(seat -> assertThat(seat.reason()).isEqualTo(GroupVerdict.Reason.COMPARISONS));
    }
}
