package org.polyphony.preferences.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.polyphony.preferences.Pairs;
import org.polyphony.preferences.PairsBuilder;
import org.polyphony.preferences.score.SeatUnits;

/// A small study whose figures an independent implementation has printed: 12 judges j, 3 items b, 4 candidates; every
/// ordered pair i ≠ k once unless (j² + 2b + 3i + k) mod 5 = 0; seat 1 where 3 divides j.
final class GoldenCaseTest {
    private static final int JUDGES = 12;

    static Pairs golden() {
        PairsBuilder builder = Pairs.builder(new int[] {4, 4, 4}, JUDGES, 2);
        for (int j = 0; j < JUDGES; j++) {
            int seat = j % 3 == 0 ? 1 : 0;
            for (int b = 0; b < 3; b++) {
                for (int i = 0; i < 4; i++) {
                    for (int k = 0; k < 4; k++) {
                        if (i == k || (j * j + 2 * b + 3 * i + k) % 5 == 0) {
                            continue;
                        }
                        int v = Math.floorMod(7 * i + 3 * k + 5 * b + 4 * j + (seat == 1 ? 6 * (k - i) : 0), 13);
                        builder.pair(b, i, k, v < 6 ? 1 : v == 6 ? 0.5 : 0, j, seat, 1);
                    }
                }
            }
        }
        return builder.build();
    }

    private final Pairs pairs = golden();
    private final ComparedCells cells = ComparedCells.of(pairs, SeatUnits.of(pairs), row -> 1, true);
    private final boolean[] nobody = new boolean[2];
    private final Population population = Population.of(cells, nobody);
    private final SeatScorer scorer = new SeatScorer(cells, population, nobody, true);

    private static int[] labels(boolean[] member) {
        int[] labels = new int[JUDGES];
        for (int j = 0; j < JUDGES; j++) {
            labels[j] = member[j] ? 1 : 0;
        }
        return labels;
    }

    private static int[] observed() {
        boolean[] member = new boolean[JUDGES];
        for (int j = 0; j < JUDGES; j += 3) {
            member[j] = true;
        }
        return labels(member);
    }

    @Test
    void population_isTheReferences() {
        assertThat(pairs.size()).isEqualTo(346);
        assertThat(population.fit().position()).isCloseTo(0.00531, within(5e-6));
        double[] theta = {
            -0.14849, 0.34243, -0.28204, 0.0881, -0.07566, -0.12892, 0.37599, -0.17141, 0.28289, -0.34943, -0.25103,
            0.31757
        };
        assertThat(population.fit().theta()).containsExactly(theta, within(5e-6));
        assertThat(population.mean()[0]).isCloseTo(0.29364, within(5e-6));
    }

    @Test
    void cells_scoreWhatTheReferenceScores() {
        var score = scorer.score(observed(), 1, Strata.CELLS);
        double[] first = {0.5744, 4.10417, -2.11607, -2.5625};
        for (int i = 0; i < first.length; i++) {
            assertThat(scorer.score()[i]).isCloseTo(first[i], within(5e-6));
        }
        near(score, 76.90476, 45.45306, 25.44989, 7.97863, 15.70294);
        assertThat(score.ratio()).isCloseTo(0.50810, within(5e-6));
        assertThat((score.plainT() - score.t()) / score.plainT()).isCloseTo(0.82446, within(5e-6));
        assertThat(score.reliability()).isCloseTo(3.31942, within(5e-6));
    }

    @Test
    void items_scoreWhatTheReferenceScores() {
        var score = scorer.score(observed(), 1, Strata.ITEMS);
        near(score, 77.10714, 44.47006, 25.8732, 7.63636, 15.7094);
        assertThat(score.ratio()).isCloseTo(0.48610, within(5e-6));
        assertThat((score.plainT() - score.t()) / score.plainT()).isCloseTo(0.82828, within(5e-6));
        assertThat(score.reliability()).isCloseTo(3.32665, within(5e-6));
    }

    @Test
    void allLabellings_giveTheReferencesProbabilities() {
        for (Strata strata : new Strata[] {Strata.CELLS, Strata.ITEMS}) {
            var score = scorer.score(observed(), 1, strata);
            int all = 0;
            int ratios = 0;
            int reliabilities = 0;
            for (int set = 0; set < 1 << JUDGES; set++) {
                if (Integer.bitCount(set) != 4) {
                    continue;
                }
                boolean[] member = new boolean[JUDGES];
                for (int j = 0; j < JUDGES; j++) {
                    member[j] = (set >> j & 1) == 1;
                }
                var other = scorer.score(labels(member), 1, strata);
                all++;
                ratios += other.ratio() >= score.ratio() - 1e-9 ? 1 : 0;
                reliabilities += Math.abs(other.reliability()) >= Math.abs(score.reliability()) - 1e-9 ? 1 : 0;
            }
            assertThat(all).isEqualTo(495);
            assertThat(ratios / 495.0).isCloseTo(strata == Strata.CELLS ? 0.20606 : 0.21616, within(5e-6));
            assertThat(reliabilities / 495.0).isCloseTo(0.00606, within(5e-6));
        }
    }

    private static void near(
            SeatScorer.Score score, double effective, double plainT, double plainW, double t, double w) {
        assertThat(score.effective()).isCloseTo(effective, within(5e-6));
        assertThat(score.plainT()).isCloseTo(plainT, within(5e-6));
        assertThat(score.plainW()).isCloseTo(plainW, within(5e-6));
        assertThat(score.t()).isCloseTo(t, within(5e-6));
        assertThat(score.w()).isCloseTo(w, within(5e-6));
    }
}
