package org.polyphony.preferences.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.polyphony.preferences.Pairs;
import org.polyphony.preferences.PairsBuilder;
import org.polyphony.preferences.Parallel;
import org.polyphony.preferences.Ties;

class BradleyTerryTest {
    @Test
    void derivatives_atRandomPoints_agreeWithDifferences() {
        WinCounts counts = random(6, 80, 3);
        double[] theta = vector(6, 5);
        double[] centre = vector(6, 6);
        double[] gradient = new double[6];
        double[] hessian = new double[36];
        BradleyTerry.derivatives(counts, theta, 0.7, centre, gradient, hessian);
        double h = 1e-6;
        for (int i = 0; i < 6; i++) {
            double[] up = theta.clone();
            double[] down = theta.clone();
            up[i] += h;
            down[i] -= h;
            double slope = (BradleyTerry.objective(counts, up, 0.7, centre)
                            - BradleyTerry.objective(counts, down, 0.7, centre))
                    / (2 * h);
            assertThat(gradient[i]).isCloseTo(slope, within(1e-6));
            double[] gradientUp = new double[6];
            double[] gradientDown = new double[6];
            BradleyTerry.derivatives(counts, up, 0.7, centre, gradientUp, new double[36]);
            BradleyTerry.derivatives(counts, down, 0.7, centre, gradientDown, new double[36]);
            for (int j = 0; j <= i; j++) {
                assertThat(hessian[i * 6 + j]).isCloseTo((gradientUp[j] - gradientDown[j]) / (2 * h), within(1e-6));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 7, 33, 130})
    void fit_ofRandomJudgments_leavesNoGradient(int candidates) {
        WinCounts counts = random(candidates, candidates * 4, 11);
        double[] centre = vector(candidates, 12);
        double[] theta = BradleyTerry.fit(counts, 0.05, centre, new double[candidates]);
        double[] gradient = new double[candidates];
        BradleyTerry.derivatives(counts, theta, 0.05, centre, gradient, new double[candidates * candidates]);
        for (double g : gradient) {
            assertThat(g).isCloseTo(0, within(1e-9));
        }
    }

    @Test
    void fit_fromFarAway_givesTheSameAnswer() {
        WinCounts counts = random(5, 60, 4);
        double[] far = {30, -30, 20, -20, 0};
        double[] zero = new double[5];
        assertThat(BradleyTerry.fit(counts, 0.01, zero, far))
                .containsExactly(BradleyTerry.fit(counts, 0.01, zero, zero), within(1e-9));
    }

    @Test
    void fit_twoCandidatesAndHardlyAnyRidge_isTheLogOdds() {
        PairsBuilder builder = Pairs.builder(new int[] {2}, 1, 0);
        for (int n = 0; n < 8; n++) {
            builder.pair(0, 0, 1, n < 6 ? 1 : 0, 0, -1, 1);
        }
        double[] theta = BradleyTerry.fit(WinCounts.of(builder.build(), Ties.DROP)[0], 1e-9);
        assertThat(theta[0] - theta[1]).isCloseTo(Math.log(3), within(1e-8));
        assertThat(theta[0] + theta[1]).isCloseTo(0, within(1e-8));
    }

    @Test
    void fit_separatedCandidates_staysFinite() {
        PairsBuilder builder = Pairs.builder(new int[] {3}, 1, 0);
        for (int n = 0; n < 1000; n++) {
            builder.pair(0, 0, 1, 1, 0, -1, 1).pair(0, 1, 2, 1, 0, -1, 1);
        }
        double[] theta = BradleyTerry.fit(WinCounts.of(builder.build(), Ties.DROP)[0], 0.3);
        assertThat(theta[0]).isGreaterThan(theta[1]).isBetween(3.0, 20.0);
        assertThat(theta[1]).isGreaterThan(theta[2]);
    }

    @Test
    void fit_nothingButTies_isZeroWhereTiesCountAndTheCentreWhereTheyDoNot() {
        Pairs ties =
                Pairs.builder(new int[] {2}, 1, 0).pair(0, 0, 1, 0.5, 0, -1, 4).build();
        assertThat(BradleyTerry.fit(WinCounts.of(ties, Ties.HALF)[0], 0.3)).containsExactly(0, 0);
        WinCounts none = WinCounts.of(ties, Ties.DROP)[0];
        assertThat(none.size()).isZero();
        double[] centre = {1, -2};
        assertThat(BradleyTerry.fit(none, 0.3, centre, centre)).containsExactly(1, -2);
    }

    @Test
    void fit_oneCandidate_isZero() {
        Pairs one = Pairs.builder(new int[] {1}, 0, 0).build();
        assertThat(BradleyTerry.fit(WinCounts.of(one, Ties.DROP)[0], 0.3)).containsExactly(0);
    }

    @Test
    void fit_withoutARidge_isRefused() {
        WinCounts counts = random(3, 10, 1);
        assertThatThrownBy(() -> BradleyTerry.fit(counts, 0)).hasMessageContaining("ridge 0.0");
        assertThatThrownBy(() -> BradleyTerry.fit(counts, Double.NaN)).hasMessageContaining("NaN");
    }

    @Test
    void covariance_timesHessian_isTheIdentity() {
        WinCounts counts = random(9, 100, 2);
        double[] theta = BradleyTerry.fit(counts, 0.3);
        double[] covariance = BradleyTerry.covariance(counts, theta, 0.3);
        double[] hessian = new double[81];
        BradleyTerry.derivatives(counts, theta, 0.3, theta, new double[9], hessian);
        for (int i = 0; i < 9; i++) {
            for (int j = 0; j < 9; j++) {
                double sum = 0;
                for (int k = 0; k < 9; k++) {
                    sum += covariance[i * 9 + k] * hessian[Math.max(k, j) * 9 + Math.min(k, j)];
                }
                assertThat(sum).isCloseTo(i == j ? 1 : 0, within(1e-10));
            }
        }
    }

    @Test
    void shrunkGroups_thatNobodyBelongsTo_areThePopulation() {
        PairsBuilder builder = Pairs.builder(new int[] {4}, 20, 2);
        SplittableRandom random = new SplittableRandom(8);
        for (int n = 0; n < 60; n++) {
            builder.pair(0, n % 4, (n + 1) % 4, random.nextInt(2), n % 20, n % 2 == 0 ? 0 : Pairs.NO_GROUP, 1);
        }
        StrengthsModel model = new ModelSpec.ShrunkGroups(0.3, 5, Ties.DROP).fit(builder.build(), Parallel.SEQUENTIAL);
        assertThat(model.strengths(0, 1).theta())
                .containsExactly(model.strengths(0, Pairs.NO_GROUP).theta());
        assertThat(model.strengths(0, 0).theta())
                .isNotEqualTo(model.strengths(0, Pairs.NO_GROUP).theta());
    }

    @Test
    void shrunkGroups_underInfiniteShrinkage_areThePopulation() {
        Pairs pairs =
                Pairs.builder(new int[] {2}, 1, 1).pair(0, 0, 1, 1, 0, 0, 9).build();
        StrengthsModel model =
                new ModelSpec.ShrunkGroups(0.3, Double.POSITIVE_INFINITY, Ties.DROP).fit(pairs, Parallel.SEQUENTIAL);
        assertThat(model.probability(0, 0, 0, 1)).isEqualTo(model.probability(0, -1, 0, 1));
    }

    @Test
    void pairFrequency_ofRawBallots_isTheMajorityShare() {
        Pairs pairs = Pairs.builder(new int[] {3}, 1, 0)
                .pair(0, 1, 0, 1, 0, -1, 3)
                .pair(0, 0, 1, 1, 0, -1, 1)
                .pair(0, 0, 1, 0.5, 0, -1, 4)
                .build();
        PreferenceModel raw = PairFrequencies.of(0, Ties.HALF).fit(pairs, Parallel.SEQUENTIAL);
        assertThat(raw.probability(0, -1, 1, 0)).isEqualTo(5.0 / 8);
        assertThat(raw.probability(0, -1, 0, 1)).isEqualTo(3.0 / 8);
        assertThat(raw.probability(0, -1, 0, 2)).isEqualTo(0.5);
    }

    static WinCounts random(int candidates, int judgments, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] truth = vector(candidates, seed + 1);
        PairsBuilder builder = Pairs.builder(new int[] {candidates}, 1, 0);
        for (int n = 0; n < judgments; n++) {
            int i = random.nextInt(candidates);
            int j = (i + 1 + random.nextInt(candidates - 1)) % candidates;
            double p = Logistic.sigmoid(truth[i] - truth[j]);
            builder.pair(0, i, j, random.nextDouble() < p ? 1 : 0, 0, Pairs.NO_GROUP, 1);
        }
        return WinCounts.of(builder.build(), Ties.DROP)[0];
    }

    static double[] vector(int length, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] vector = new double[length];
        for (int i = 0; i < length; i++) {
            vector[i] = 3 * random.nextDouble() - 1.5;
        }
        return vector;
    }
}
