package org.polyphony.preferences.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.polyphony.preferences.Pairs;
import org.polyphony.preferences.PairsBuilder;
import org.polyphony.preferences.Parallel;
import org.polyphony.preferences.Ties;

class UncertaintyAndTiesTest {
    @Test
    void deviations_ofManySimulations_coverTheTruth() {
        int candidates = 6;
        SplittableRandom random = new SplittableRandom(4);
        int inside = 0;
        int all = 0;
        for (int simulation = 0; simulation < 60; simulation++) {
            double[] truth = new double[candidates];
            double[] ofGroup = new double[candidates];
            for (int i = 0; i < candidates; i++) {
                // drawn from the priors that the ridges stand for
                truth[i] = random.nextGaussian();
                ofGroup[i] = truth[i] + random.nextGaussian() / Math.sqrt(4);
            }
            PairsBuilder builder = Pairs.builder(new int[] {candidates}, 1, 1);
            for (int n = 0; n < 240; n++) {
                int i = random.nextInt(candidates);
                int j = (i + 1 + random.nextInt(candidates - 1)) % candidates;
                boolean group = n % 4 == 0;
                double[] theta = group ? ofGroup : truth;
                double p = Logistic.sigmoid(theta[i] - theta[j]);
                builder.pair(0, i, j, random.nextDouble() < p ? 1 : 0, 0, group ? 0 : -1, 1);
            }
            Pairs pairs = builder.build();
            StrengthsModel model = new ModelSpec.ShrunkGroups(1, 4, Ties.DROP).fit(pairs, Parallel.SEQUENTIAL);
            LaplacePosterior population =
                    LaplacePosterior.ofPopulation(WinCounts.of(pairs, Ties.DROP)[0], model.strengths(0, -1), 1, 0);
            double[] deviations = LaplacePosterior.ofGroup(
                            population, WinCounts.byGroup(pairs, Ties.DROP)[0][0], model.strengths(0, 0), 4)
                    .deviations();
            for (int i = 0; i < candidates; i++) {
                for (int j = 0; j < i; j++) {
                    double away = model.strengths(0, 0).logit(i, j) - (ofGroup[i] - ofGroup[j]);
                    inside += Math.abs(away) < 1.645 * deviations[i * candidates + j] ? 1 : 0;
                    all++;
                }
            }
        }
        assertThat((double) inside / all).as("coverage of 90 %% intervals").isBetween(0.86, 0.97);
    }

    @Test
    void deviations_ofASilentGroup_addWhatGroupsMayDifferBy() {
        Pairs pairs = Pairs.builder(new int[] {3}, 1, 1)
                .pair(0, 0, 1, 1, 0, -1, 6)
                .pair(0, 1, 2, 0.5, 0, -1, 4)
                .build();
        StrengthsModel model = new ModelSpec.ShrunkGroups(0.3, 8, Ties.HALF).fit(pairs, Parallel.SEQUENTIAL);
        WinCounts silent = WinCounts.byGroup(pairs, Ties.HALF)[0][0];
        LaplacePosterior population =
                LaplacePosterior.ofPopulation(WinCounts.of(pairs, Ties.HALF)[0], model.strengths(0, -1), 0.3, 0);
        double alone = population.deviations()[1];
        double group = LaplacePosterior.ofGroup(population, silent, model.strengths(0, 0), 8)
                .deviations()[1];
        assertThat(group * group).isCloseTo(alone * alone + 2.0 / 8, within(1e-12));
        assertThat(LaplacePosterior.ofGroup(population, silent, model.strengths(0, 0), Double.POSITIVE_INFINITY))
                .isSameAs(population);
    }

    @Test
    void deviations_withPlanes_areThoseOfUtilitiesWhereThePlanesAreZero() {
        WinCounts counts = BradleyTerryTest.random(5, 60, 8);
        double[] theta = BradleyTerry.fit(counts, 0.3);
        double[] plain = LaplacePosterior.ofPopulation(counts, Strengths.of(theta), 0.3, 1)
                .deviations();
        double[] planes = LaplacePosterior.ofPopulation(counts, new Strengths(theta, new double[2][5]), 0.3, 1)
                .deviations();
        assertThat(planes).containsExactly(plain, within(1e-12));
    }

    /// The deviation of a logit from the definition: its slopes and the curvature by differences, inverted anew.
    @Test
    void deviations_withPlanes_areThoseOfTheDefinition() {
        int k = 4;
        double[][] planes = {
            BradleyTerryTest.vector(k, 31),
            BradleyTerryTest.vector(k, 32),
            BradleyTerryTest.vector(k, 33),
            BradleyTerryTest.vector(k, 34)
        };
        WinCounts counts = BradleyTerryTest.random(k, 70, 9);
        Strengths strengths = new Strengths(BradleyTerryTest.vector(k, 30), planes);
        int size = 5 * k;
        double[] precision = new double[size * size];
        for (int i = 0; i < size; i++) {
            precision[i * size + i] = i < k ? 0.4 : 3;
        }
        for (int e = 0; e < counts.size(); e++) {
            double[] slope = slopes(strengths, counts.low(e), counts.high(e));
            double p = Logistic.sigmoid(strengths.logit(counts.low(e), counts.high(e)));
            for (int a = 0; a < size; a++) {
                for (int b = 0; b < size; b++) {
                    precision[a * size + b] +=
                            (counts.lowWins(e) + counts.highWins(e)) * p * (1 - p) * slope[a] * slope[b];
                }
            }
        }
        double[] deviations =
                LaplacePosterior.ofPopulation(counts, strengths, 0.4, 3).deviations();
        SymmetricSolve factored = SymmetricSolve.factor(precision, size);
        for (int i = 0; i < k; i++) {
            assertThat(deviations[i * k + i]).isZero();
            for (int j = 0; j < k; j++) {
                double[] slope = slopes(strengths, i, j);
                double[] solved = slope.clone();
                factored.solve(solved);
                double variance = 0;
                for (int a = 0; i != j && a < size; a++) {
                    variance += slope[a] * solved[a];
                }
                assertThat(deviations[i * k + j]).isCloseTo(Math.sqrt(variance), within(1e-8));
            }
        }
    }

    // by central differences, exact as the logit is linear in each parameter
    private static double[] slopes(Strengths strengths, int i, int j) {
        int k = strengths.candidates();
        double[] slopes = new double[k * (1 + strengths.planes().length)];
        for (int at = 0; at < slopes.length; at++) {
            slopes[at] = moved(strengths, at, 0.5).logit(i, j)
                    - moved(strengths, at, -0.5).logit(i, j);
        }
        return slopes;
    }

    private static Strengths moved(Strengths strengths, int at, double by) {
        int k = strengths.candidates();
        double[] theta = strengths.theta().clone();
        double[][] planes = new double[strengths.planes().length][];
        for (int p = 0; p < planes.length; p++) {
            planes[p] = strengths.planes()[p].clone();
        }
        (at < k ? theta : planes[at / k - 1])[at % k] += by;
        return new Strengths(theta, planes);
    }

    @ParameterizedTest
    @EnumSource(TieCurve.class)
    void tieCurve_derivatives_agreeWithDifferences(TieCurve curve) {
        double h = 1e-5;
        for (double d : new double[] {-2, 0, 0.7}) {
            double t = 0.4;
            double[] of = new double[5];
            curve.derivatives(d, t, 3, 2, 4, of);
            double[] p = curve.probabilities(d, t);
            assertThat(p[0] + p[1] + p[2]).isCloseTo(1, within(1e-15));
            assertThat(curve.probabilities(-d, t)[0]).isCloseTo(p[2], within(1e-15));
            double up = curve.loss(d + h, t, 3, 2, 4);
            double at = curve.loss(d, t, 3, 2, 4);
            double down = curve.loss(d - h, t, 3, 2, 4);
            double later = curve.loss(d, t + h, 3, 2, 4);
            double before = curve.loss(d, t - h, 3, 2, 4);
            assertThat(of[0]).isCloseTo((up - down) / (2 * h), within(1e-6));
            assertThat(of[1]).isCloseTo((later - before) / (2 * h), within(1e-6));
            assertThat(of[2]).isCloseTo((up - 2 * at + down) / (h * h), within(1e-4));
            assertThat(of[4]).isCloseTo((later - 2 * at + before) / (h * h), within(1e-4));
            double both = (curve.loss(d + h, t + h, 3, 2, 4)
                            - curve.loss(d + h, t - h, 3, 2, 4)
                            - curve.loss(d - h, t + h, 3, 2, 4)
                            + curve.loss(d - h, t - h, 3, 2, 4))
                    / (4 * h * h);
            assertThat(of[3]).isCloseTo(both, within(1e-4));
        }
    }

    @ParameterizedTest
    @EnumSource(TieModel.Kind.class)
    void tieModel_ofNoTiesOrNothingElse_staysAProbability(TieModel.Kind kind) {
        Pairs none =
                Pairs.builder(new int[] {2}, 1, 0).pair(0, 0, 1, 1, 0, -1, 5).build();
        Pairs only =
                Pairs.builder(new int[] {2}, 1, 0).pair(0, 0, 1, 0.5, 0, -1, 5).build();
        assertThat(TieModel.fit(kind, none, 0.3, Parallel.SEQUENTIAL).probabilities(0, 0, 1)[1])
                .isCloseTo(0, within(1e-6));
        double[] tied = TieModel.fit(kind, only, 0.3, Parallel.SEQUENTIAL).probabilities(0, 0, 1);
        assertThat(tied[1]).isCloseTo(1, within(1e-6));
        assertThat(tied[0]).isEqualTo(tied[2], within(1e-12));
    }

    @Test
    void evidence_ofTwoCandidates_isThatOfTheIntegral() {
        // with one group and nobody else, θ + δ of two candidates has one difference that matters:
        // N(0, 2(τ² + σ²)); integrate its likelihood by hand
        Pairs pairs = Pairs.builder(new int[] {2}, 1, 1)
                .pair(0, 0, 1, 1, 0, 0, 300)
                .pair(0, 0, 1, 0, 0, 0, 200)
                .build();
        WinCounts own = WinCounts.byGroup(pairs, Ties.DROP)[0][0];
        WinCounts blank = WinCounts.of(pairs, Ties.DROP, row -> false)[0];
        for (double sigma : new double[] {0.1, 0.7, 2}) {
            double laplace = new JointFit(blank, new WinCounts[] {own}, 1.5).logEvidence(sigma);
            double variance = 2 * (1.5 * 1.5 + sigma * sigma);
            double integral = 0;
            double top = 300 * Logistic.logSigmoid(0.4) + 200 * Logistic.logSigmoid(-0.4);
            for (double d = -3; d < 3; d += 1e-3) {
                double logLikelihood = 300 * Logistic.logSigmoid(d) + 200 * Logistic.logSigmoid(-d);
                integral += 1e-3
                        * Math.exp(logLikelihood - top - d * d / (2 * variance))
                        / Math.sqrt(2 * Math.PI * variance);
            }
            assertThat(laplace).isCloseTo(top + Math.log(integral), within(2e-3));
        }
    }
}
