package org.polyphony.preferences.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.polyphony.preferences.Cores;
import org.polyphony.preferences.Pairs;
import org.polyphony.preferences.PairsBuilder;
import org.polyphony.preferences.score.SeatUnits;

/// Who was asked what, and what is said of it: variants of the golden case with three seats, with too little in common
/// and with thin cells. Figures are those of the procedure's reference in numpy, with 4,999 relabellings of its own.
final class GoldenDesignsTest {
    private static final Offset<Double> DIGITS = within(5e-6);
    private static final int RELABELLINGS = 1999;
    private static final Lottery UNIFORM = (p, k) -> {
        double[] policy = new double[k];
        Arrays.fill(policy, 1.0 / k);
        return policy;
    };

    private interface Asked {
        boolean test(int judge, int item, int first, int second);
    }

    /// The golden case's answers; seat of judge j is j mod `seats`, and seat 0 answers otherwise.
    private static Pairs answers(int items, int judges, int seats, Asked asked) {
        int[] candidates = new int[items];
        Arrays.fill(candidates, 4);
        PairsBuilder builder = Pairs.builder(candidates, judges, seats);
        for (int j = 0; j < judges; j++) {
            for (int b = 0; b < items; b++) {
                for (int i = 0; i < 4; i++) {
                    for (int k = 0; k < 4; k++) {
                        if (i != k && asked.test(j, b, i, k)) {
                            int twist = j % seats == 0 ? 6 * (k - i) : 0;
                            int v = Math.floorMod(7 * i + 3 * k + 5 * b + 4 * j + twist, 13);
                            builder.pair(b, i, k, v < 6 ? 1 : v == 6 ? 0.5 : 0, j, j % seats, 1);
                        }
                    }
                }
            }
        }
        return builder.build();
    }

    private static SeatComparison compare(Pairs pairs) {
        return SeatComparison.of(pairs, row -> 1, true, RELABELLINGS, 3, UNIFORM, Cores.ALL);
    }

    private static Pairs three() {
        return answers(3, 15, 3, (j, b, i, k) -> (j * j + 2 * b + 3 * i + k) % 5 != 0);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0.72657, 0.3788, 3.91508, 0.0028, 0.82741",
        "1, 1.39243, 0.1574, 2.06234, 0.148, 0.59112",
        "2, 0.04501, 0.7156, 1.85274, 0.2034, 0.93747"
    })
    void threeSeats_haveTheReferencesFigures(
            int seat, double t, double p, double reliability, double pReliability, double share) {
        SeatResult result = compare(three()).results().get(seat);

        assertThat(result.seat()).isEqualTo(seat);
        assertThat(result.design().judges()).isEqualTo(5);
        assertThat(result.design().others()).isEqualTo(10);
        assertThat(result.design().effective()).isCloseTo(96, DIGITS);
        assertThat(result.design().full()).isCloseTo(96, DIGITS);
        assertThat(result.verdict()).isEqualTo(seat == 0 ? GroupVerdict.NOT_SEPARABLE : GroupVerdict.NOT_SHOWN);
        assertThat(result.reason()).isEqualTo(seat == 0 ? GroupVerdict.Reason.RELIABILITY : GroupVerdict.Reason.NONE);
        var test = result.test().orElseThrow();
        assertThat(test.t()).isCloseTo(t, DIGITS);
        assertThat(test.p()).isCloseTo(p, within(0.04));
        assertThat(test.reliability()).isCloseTo(reliability, DIGITS);
        assertThat(test.pReliability()).isCloseTo(pReliability, within(pReliability < 0.01 ? 0.004 : 0.03));
        assertThat(test.reliabilityShare()).isCloseTo(share, DIGITS);
        assertThat(test.step()).isEqualTo(1);
    }

    /// A seat that takes no part leaves nothing behind: the others score as if its judges had never answered.
    @Test
    void leftOut_seat_isAsIfItHadNotAnswered() {
        Pairs all = three();
        Pairs others = all.select(row -> all.group(row) != 2);
        var cells = ComparedCells.of(all, SeatUnits.of(all), row -> 1, true);
        var fewer = ComparedCells.of(others, SeatUnits.of(others), row -> 1, true);
        boolean[] leftOut = {false, false, true};
        var with = new SeatScorer(cells, Population.of(cells, leftOut), leftOut, true);
        var without = new SeatScorer(fewer, Population.of(fewer, new boolean[3]), new boolean[3], true);

        for (Strata strata : new Strata[] {Strata.CELLS, Strata.ITEMS}) {
            var expected = without.score(labels(fewer), 0, strata);
            var score = with.score(labels(cells), 0, strata);
            assertThat(score.t()).isCloseTo(expected.t(), within(1e-8));
            assertThat(score.w()).isCloseTo(expected.w(), within(1e-8));
            assertThat(score.plainT()).isCloseTo(expected.plainT(), within(1e-8));
            assertThat(score.effective()).isCloseTo(expected.effective(), within(1e-12));
            assertThat(score.reliability()).isCloseTo(expected.reliability(), within(1e-8));
        }
        assertThat(with.full(labels(cells), 0)).isCloseTo(without.full(labels(fewer), 0), within(1e-12));
    }

    private static int[] labels(ComparedCells cells) {
        int[] labels = new int[cells.units().size()];
        Arrays.setAll(labels, cells.units()::label);
        return labels;
    }

    /// Σ_c (n_sc − n_c n_s/n)² / n_c / n_s, n_s (1 − n_s/n) and E of some labellings, asked for in any order.
    @ParameterizedTest
    @CsvSource({
        "0, 3, 6, 9, 0.0017677990071850946, 77.10982658959539",
        "0, 1, 2, 3, 0.007195252099420034, 76.4393063583815",
        "0, 3, 7, 8, 0.045773367150328335, 75.74566473988439"
    })
    void design_ofALabelling_isTheReferences(int a, int b, int c, int d, double imbalance, double full) {
        Pairs pairs = GoldenCaseTest.golden();
        var cells = ComparedCells.of(pairs, SeatUnits.of(pairs), row -> 1, true);
        var scorer = new SeatScorer(cells, Population.of(cells, new boolean[2]), new boolean[2], true);
        int[] labels = new int[12];
        for (int member : new int[] {a, b, c, d}) {
            labels[member] = 1;
        }

        assertThat(scorer.imbalance(labels, 1)).isCloseTo(imbalance, within(1e-12));
        assertThat(scorer.full(labels, 1)).isCloseTo(full, within(1e-11));
        assertThat(scorer.full(labels, 0)).isCloseTo(full, within(1e-11));
        assertThat(scorer.imbalance(new int[12], 1)).isZero();
        assertThat(scorer.full(new int[12], 1)).isZero();
        assertThat(scorer.effective(labels, 1, Strata.ITEMS)).isPositive();
        assertThat(scorer.effective(new int[12], 1, Strata.ITEMS)).isZero();
        assertThat(scorer.imbalance(labels, 1)).isCloseTo(imbalance, within(1e-12));
    }

    /// Every sixth, seventh, eighth question of a regular design: in common are unordered pairs, hardly anything, or
    /// items alone.
    @ParameterizedTest
    @CsvSource({
        "6, NOT_SEPARABLE, ORDER, 0, 24, 36, 36",
        "7, CANNOT_TELL, OVERLAP, 18, 18, 18, 18",
        "8, NOT_SEPARABLE, PAIRS, 0, 18, 27, 27"
    })
    void tooLittleInCommon_isSaid(
            int every,
            GroupVerdict verdict,
            GroupVerdict.Reason reason,
            double effective,
            double pairs,
            double items,
            double full) {
        Pairs answers = answers(3, 24, 2, (j, b, i, k) -> (7 * j + 3 * b + 5 * i + 2 * k) % every == 0);

        for (SeatResult seat : compare(answers).results()) {
            assertThat(seat.verdict()).isEqualTo(verdict);
            assertThat(seat.reason()).isEqualTo(reason);
            assertThat(seat.design().strata()).isEqualTo(Strata.CELLS);
            assertThat(seat.design().effective()).isCloseTo(effective, DIGITS);
            assertThat(seat.design().pairs()).isCloseTo(pairs, DIGITS);
            assertThat(seat.design().items()).isCloseTo(items, DIGITS);
            assertThat(seat.design().full()).isCloseTo(full, DIGITS);
            assertThat(seat.size()).isEmpty();
            assertThat(seat.gain()).isEmpty();
        }
    }

    /// Two answers a cell, asked of judges alike: compared within items, where two seats are two tests.
    @ParameterizedTest
    @CsvSource({"0, 24, 0.35905, 0.2234, 0.56659, 0.229, -0.26758", "1, 25, 0.24577, 0.3486, 0.46467, 0.329, 0.10778"})
    void thinCells_areComparedWithinItems(
            int seat, int judges, double t, double p, double reliability, double pReliability, double share) {
        Pairs answers = answers(
                12,
                60,
                2,
                (j, b, i, k) -> (3 * j * j + 5 * b * j + 7 * i * (j + 1) + 11 * k * k + i * k * j + 2 * b) % 83 == 0);
        assertThat(answers.size()).isEqualTo(99);

        SeatResult result = compare(answers).results().get(seat);
        assertThat(result.verdict()).isEqualTo(GroupVerdict.NOT_SHOWN);
        assertThat(result.design().strata()).isEqualTo(Strata.ITEMS);
        assertThat(result.design().judges()).isEqualTo(judges);
        assertThat(result.design().others()).isEqualTo(49 - judges);
        assertThat(result.design().effective()).isCloseTo(21.73972, DIGITS);
        assertThat(result.design().pairs()).isCloseTo(13.16667, DIGITS);
        assertThat(result.design().full()).isCloseTo(24.74747, DIGITS);
        var test = result.test().orElseThrow();
        assertThat(test.t()).isCloseTo(t, DIGITS);
        assertThat(test.p()).isCloseTo(p, within(0.04));
        assertThat(test.reliability()).isCloseTo(reliability, DIGITS);
        assertThat(test.pReliability()).isCloseTo(pReliability, within(0.04));
        assertThat(test.reliabilityShare()).isCloseTo(share, DIGITS);
    }
}
