package org.polyphony.preferences.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.polyphony.preferences.Cores;
import org.polyphony.preferences.Pairs;
import org.polyphony.preferences.PairsBuilder;
import org.polyphony.preferences.Parallel;
import org.polyphony.preferences.Ties;
import org.polyphony.preferences.model.Logistic;
import org.polyphony.preferences.model.ModelSpec;

/// Scores, bootstraps, placebo groups, cycles and policy values on small and generated data.
class ScoreTest {
    @Test
    void heldOutScore_ofKnownProbabilities_isTheClosedForm() {
        Pairs pairs = Pairs.builder(new int[] {2}, 1, 1)
                .pair(0, 0, 1, 1, 0, 0, 1)
                .pair(0, 0, 1, 0, 0, 0, 2)
                .pair(0, 0, 1, 0.5, 0, 0, 5)
                .pair(0, 0, 1, 1, 0, 0, 1)
                .build();
        HeldOutScore score = HeldOutScore.of(pairs, new double[] {0.8, 0.8, 0.8, 0.5}, row -> true);
        assertThat(score.logLoss()).isCloseTo(-(Math.log(0.8) + 2 * Math.log(0.2) + Math.log(0.5)) / 4, within(1e-12));
        assertThat(score.accuracy()).isEqualTo(1.5 / 4);
        assertThat(score.judgments()).isEqualTo(3);
        assertThat(score.weight()).isEqualTo(4);
        assertThat(score.bins()).hasSize(2);
        assertThat(score.calibrationError()).isCloseTo((3 * (0.8 - 1 / 3.0) + 0.5) / 4, within(1e-12));
    }

    @Test
    void heldOutScore_ofOverconfidentProbabilities_hasASlopeBelowOne() {
        SplittableRandom random = new SplittableRandom(1);
        PairsBuilder builder = Pairs.builder(new int[] {2}, 1, 0);
        double[] honest = new double[4000];
        double[] bold = new double[4000];
        for (int n = 0; n < honest.length; n++) {
            double logit = 3 * random.nextDouble() - 1.5;
            honest[n] = Logistic.sigmoid(logit);
            bold[n] = Logistic.sigmoid(2 * logit);
            builder.pair(0, 0, 1, random.nextDouble() < honest[n] ? 1 : 0, 0, -1, 1);
        }
        Pairs pairs = builder.build();
        assertThat(HeldOutScore.of(pairs, honest, row -> true).calibrationSlope())
                .isCloseTo(1, within(0.1));
        assertThat(HeldOutScore.of(pairs, bold, row -> true).calibrationSlope()).isCloseTo(0.5, within(0.05));
    }

    @Test
    void heldOutScore_ofNothing_isNotANumber() {
        Pairs none = Pairs.builder(new int[] {2}, 1, 0).build();
        assertThat(HeldOutScore.of(none, new double[0], row -> true).logLoss()).isNaN();
        assertThatThrownBy(() -> HeldOutScore.of(none, new double[1], row -> true))
                .hasMessageContaining("1 predictions for 0 rows");
    }

    @Test
    void bootstrap_ofJudges_drawsAsManyAsTakePart() {
        Pairs pairs = generated(0, 4);
        JudgeBootstrap bootstrap = JudgeBootstrap.of(pairs, row -> pairs.judge(row) < 7, 20, 3);
        assertThat(bootstrap.judges()).isEqualTo(7);
        double[] weights = bootstrap.weights(5);
        assertThat(Arrays.stream(weights).sum()).isEqualTo(7);
        assertThat(Arrays.stream(weights, 7, weights.length).sum()).isZero();
        assertThat(bootstrap.weights(6)).isNotEqualTo(weights);
        double[] numbers = Arrays.stream(weights).map(w -> w + 1).toArray();
        assertThat(bootstrap.ratio(numbers, numbers)).isEqualTo(new Interval(1, 1, 1));
        assertThat(JudgeBootstrap.of(pairs, _ -> false, 20, 3).draws()).isZero();
    }

    @Test
    void gain_ofAModelOverItself_isZeroAndClaimsNothing() {
        Pairs pairs = generated(0, 4);
        double[] half = new double[pairs.size()];
        Arrays.fill(half, 0.5);
        Interval gain = Gain.of(pairs, half, half, _ -> true, 50, 1).nats();
        assertThat(gain).isEqualTo(new Interval(0, 0, 0));
        assertThat(gain.excludesZero()).isFalse();
    }

    @Test
    void cells_ofMixedLabels_takeTheModalOneAndTheLowestOfEquals() {
        Pairs pairs = Pairs.builder(new int[] {2, 2}, 2, 3)
                .pair(0, 0, 1, 1, 0, 2, 1)
                .pair(0, 0, 1, 1, 0, 1, 1)
                .pair(0, 0, 1, 0.5, 0, 2, 1)
                .pair(1, 0, 1, 1, 0, 2, 1)
                .pair(1, 0, 1, 1, 0, 0, 1)
                .pair(1, 0, 1, 1, 1, Pairs.NO_GROUP, 1)
                .build();
        SeatUnits cells = SeatUnits.of(pairs);
        assertThat(cells.size()).isEqualTo(2);
        assertThat(cells.labels()).containsExactly(2, 2, 2, 0, 0, Pairs.NO_GROUP);
    }

    @Test
    void permuted_labels_keepWholeCellsAndTheirNumbers() {
        Pairs pairs = generated(0.5, 4);
        SeatUnits cells = SeatUnits.of(pairs);
        int[] before = cells.labels();
        int[] after = cells.permuted(1, 0);
        assertThat(after).isNotEqualTo(before).isEqualTo(cells.permuted(1, 0));
        assertThat(cells.permuted(1, 1)).isNotEqualTo(after);
        for (int row = 0; row < after.length; row++) {
            assertThat(after[row] == Pairs.NO_GROUP).isEqualTo(before[row] == Pairs.NO_GROUP);
            for (int other = 0; other < row; other++) {
                if (pairs.judge(row) == pairs.judge(other) && before[row] >= 0 && before[other] >= 0) {
                    assertThat(after[row]).isEqualTo(after[other]);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Ties.class)
    void placebo_statistics_areThoseOfTheModelsThemselves(Ties ties) {
        Pairs pairs = generated(0.7, 4);
        int[] folds = folds(pairs, 3);
        var spec = new ModelSpec.ShrunkGroups(0.3, 5, ties);
        Placebo placebo = Placebo.of(pairs, folds, 3, spec, Cores.ALL);
        Pairs labelled = pairs.withGroups(placebo.cells().labels(), pairs.groups());
        double[] base =
                CrossValidation.predict(labelled, folds, 3, new ModelSpec.Population(0.3, ties), Parallel.SEQUENTIAL);
        double[] groups = CrossValidation.predict(labelled, folds, 3, spec, Parallel.SEQUENTIAL);
        double expected =
                HeldOutScore.of(labelled, base, row -> labelled.group(row) >= 0).logLoss()
                        - HeldOutScore.of(labelled, groups, row -> labelled.group(row) >= 0)
                                .logLoss();
        assertThat(placebo.statistics(placebo.cells().labels()).heldOutGain()).isCloseTo(expected, within(1e-12));
    }

    @Test
    void placebo_ofRealDifferences_isSignificantAndOfNoneIsNot() {
        var spec = new ModelSpec.ShrunkGroups(0.3, 5, Ties.DROP);
        Pairs differing = generated(1.5, 4);
        Placebo.Result real =
                Placebo.of(differing, folds(differing, 3), 3, spec, Cores.ALL).test(39, 1, Cores.ALL);
        assertThat(real.pValue()).isEqualTo(1 / 40.0);
        assertThat(real.observed().heldOutGain())
                .isGreaterThan(real.heldOutBand().high());
        Pairs alike = generated(0, 4);
        Placebo.Result none =
                Placebo.of(alike, folds(alike, 3), 3, spec, Cores.ALL).test(39, 1, Cores.ALL);
        assertThat(none.pValue()).isGreaterThan(0.05);
        assertThat(none.observed().penalisedGain())
                .isBetween(
                        none.penalisedBand().low() * 0.8, none.penalisedBand().high() * 1.2);
    }

    @Test
    void placebo_withoutAnyGroup_hasNothingToGain() {
        Pairs blank = generated(0, 4);
        Pairs none = blank.withGroups(new int[blank.size()], 1).select(row -> true);
        int[] labels = new int[none.size()];
        Arrays.fill(labels, Pairs.NO_GROUP);
        Pairs unlabelled = none.withGroups(labels, 2);
        var spec = new ModelSpec.ShrunkGroups(0.3, 5, Ties.DROP);
        Placebo.Statistics statistics = Placebo.of(unlabelled, folds(unlabelled, 3), 3, spec, Parallel.SEQUENTIAL)
                .statistics(labels);
        assertThat(statistics.penalisedGain()).isZero();
        assertThat(statistics.heldOutGain()).isNaN();
    }

    @Test
    void shrinkage_ofGroupsThatDifferMuch_isWeakAndOfGroupsThatDoNotIsStrong() {
        Pairs differing = generated(1.5, 4);
        List<Double> grid = ShrinkagePath.DEFAULT_GRID;
        assertThat(ShrinkagePath.choose(differing, folds(differing, 3), 3, 0.3, Ties.DROP, grid, Cores.ALL))
                .isLessThanOrEqualTo(3);
        assertThat(gain(differing, 1).low()).isPositive();
        assertThat(gain(differing, 300).value()).isLessThan(gain(differing, 1).value());
    }

    private static Interval gain(Pairs pairs, double shrinkage) {
        int[] folds = folds(pairs, 3);
        double[] population =
                CrossValidation.predict(pairs, folds, 3, new ModelSpec.Population(0.3, Ties.DROP), Cores.ALL);
        double[] groups = CrossValidation.predict(
                pairs, folds, 3, new ModelSpec.ShrunkGroups(0.3, shrinkage, Ties.DROP), Cores.ALL);
        return Gain.of(pairs, population, groups, row -> pairs.group(row) != Pairs.NO_GROUP, 50, 1)
                .nats();
    }

    @Test
    void cycles_ofRockPaperScissors_areOneAndATiedPairMakesNone() {
        Pairs circle = Pairs.builder(new int[] {3, 3, 3}, 1, 0)
                .pair(0, 0, 1, 1, 0, -1, 1)
                .pair(0, 1, 2, 1, 0, -1, 1)
                .pair(0, 0, 2, 0, 0, -1, 1)
                .pair(1, 0, 1, 1, 0, -1, 1)
                .pair(1, 1, 2, 1, 0, -1, 1)
                .pair(1, 2, 0, 0, 0, -1, 1)
                .pair(2, 0, 1, 1, 0, -1, 1)
                .pair(2, 0, 1, 0, 0, -1, 1)
                .pair(2, 1, 2, 1, 0, -1, 1)
                .pair(2, 2, 0, 1, 0, -1, 1)
                .build();
        assertThat(Cycles.of(circle)).isEqualTo(new Cycles(1, 2, 1));
        assertThat(Cycles.of(circle).share()).isEqualTo(0.5);
    }

    @Test
    void winners_underResampling_areSharesOfDraws() {
        Pairs pairs = generated(0, 3);
        double[][] shares =
                WinnerBootstrap.shares(pairs, 20, 1, WinnerBootstrap.populationWinners(0.3, Ties.HALF), Cores.ALL);
        assertThat(Arrays.stream(shares[0]).sum()).isCloseTo(1, within(1e-12));
        assertThat(shares[0][0]).as("candidate 0 is by far the best").isGreaterThan(0.9);
    }

    /// 60 judges of two groups and some of none; candidate 0 is best, groups differ by `sigma`; a tenth are
    /// ties.
    private static Pairs generated(double sigma, int candidates) {
        SplittableRandom random = new SplittableRandom(77);
        double[][] theta = new double[2][candidates];
        for (int i = 0; i < candidates; i++) {
            for (double[] group : theta) {
                group[i] = -i + sigma * random.nextGaussian();
            }
        }
        PairsBuilder builder = Pairs.builder(new int[] {candidates}, 60, 2);
        for (int judge = 0; judge < 60; judge++) {
            for (int n = 0; n < 20; n++) {
                int i = random.nextInt(candidates);
                int j = (i + 1 + random.nextInt(candidates - 1)) % candidates;
                int group = judge % 2;
                double p = Logistic.sigmoid(theta[group][i] - theta[group][j]);
                double y = random.nextInt(10) == 0 ? 0.5 : random.nextDouble() < p ? 1 : 0;
                builder.pair(0, i, j, y, judge, judge % 6 == 5 ? Pairs.NO_GROUP : group, 1);
            }
        }
        return builder.build();
    }

    private static int[] folds(Pairs pairs, int folds) {
        int[] fold = new int[pairs.judges()];
        Arrays.setAll(fold, judge -> judge % folds);
        return fold;
    }
}
