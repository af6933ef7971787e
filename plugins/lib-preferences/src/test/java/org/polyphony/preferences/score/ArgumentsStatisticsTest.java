package org.polyphony.preferences.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.polyphony.preferences.Arguments;
import org.polyphony.preferences.Cores;
import org.polyphony.preferences.KeyedRandom;
import org.polyphony.preferences.Pairs;
import org.polyphony.preferences.Parallel;
import org.polyphony.preferences.RealData;
import org.polyphony.preferences.Ties;
import org.polyphony.preferences.model.ModelSpec;
import org.polyphony.preferences.model.ShrinkageEvidence;
import org.polyphony.preferences.model.Strengths;
import org.polyphony.preferences.model.StrengthsModel;
import org.polyphony.preferences.model.TieModel;

/// Ties, cycles, gold agreement and the stance statistics of the real arguments data against the reference
/// numbers.
class ArgumentsStatisticsTest {
    private static final ModelSpec.ShrunkGroups SHRUNK = new ModelSpec.ShrunkGroups(0.3, 30, Ties.DROP);

    @ParameterizedTest
    @CsvSource({
        "CONSTANT, constant",
        "BRADLEY_TERRY, drop_x_constant_tie_rate",
        "DAVIDSON, davidson",
        "RAO_KUPPER, rao_kupper"
    })
    void tieModel_byJudgeFolds_meetsTheReference(TieModel.Kind kind, String name) {
        Arguments data = Arguments.load();
        Pairs pairs = data.pairs();
        int[] folds = data.folds();
        double[] expectedScore = new double[pairs.size()];
        double loss = 0;
        for (int fold = 0; fold < 5; fold++) {
            int held = fold;
            TieModel model = TieModel.fit(kind, pairs.select(row -> folds[pairs.judge(row)] != held), 0.3, Cores.ALL);
            for (int row = 0; row < pairs.size(); row++) {
                if (folds[pairs.judge(row)] == held) {
                    double[] p = model.probabilities(pairs.item(row), pairs.first(row), pairs.second(row));
                    expectedScore[row] = p[0] + p[1] / 2;
                    loss -= Math.log(p[(int) (2 - 2 * pairs.outcome(row))]);
                }
            }
        }
        JsonNode expected = Arguments.expected().get("ties_judge_5fold_all_judgements");
        JsonNode tolerance = expected.get("tol");
        assertThat(brier(pairs, expectedScore))
                .isCloseTo(
                        expected.get(name).get("brier_expected_score").asDouble(),
                        within(tolerance.get("brier").asDouble()));
        assertThat(loss / pairs.size())
                .isCloseTo(
                        expected.get(name).get("logloss_3class").asDouble(),
                        within(tolerance.get("logloss_3class").asDouble()));
    }

    /// Mean squared distance of the expected score from the outcome, y = 1/2 for ties.
    private static double brier(Pairs pairs, double[] expected) {
        double sum = 0;
        double weight = 0;
        for (int row = 0; row < pairs.size(); row++) {
            double away = expected[row] - pairs.outcome(row);
            sum += pairs.weight(row) * away * away;
            weight += pairs.weight(row);
        }
        return sum / weight;
    }

    @Test
    void halfTies_byJudgeFolds_haveTheReferenceBrierScore() {
        Arguments data = Arguments.load();
        double[] predicted = CrossValidation.predict(
                data.pairs(), data.folds(), 5, new ModelSpec.Population(0.3, Ties.HALF), Cores.ALL);
        JsonNode expected = Arguments.expected().get("ties_judge_5fold_all_judgements");
        assertThat(brier(data.pairs(), predicted))
                .isCloseTo(expected.get("half").get("brier_expected_score").asDouble(), within(2e-5));
    }

    @Test
    void cycles_ofMajorities_areExactAndNoMoreThanNoiseMakes() {
        Pairs pairs = Arguments.load().pairs();
        JsonNode expected = Arguments.expected().get("cycles");
        Cycles cycles = Cycles.of(pairs);
        assertThat(cycles.cyclic()).isEqualTo(expected.get("cyclic_triads").asLong());
        assertThat(cycles.triads())
                .isEqualTo(expected.get("triads_with_no_tied_pair").asLong());
        assertThat(cycles.condorcetItems())
                .isEqualTo(expected.get("topics_with_strict_condorcet_winner_in_raw_majority")
                        .asInt());
        StrengthsModel model = new ModelSpec.Population(0.3, Ties.DROP).fit(pairs, Cores.ALL);
        double[] simulated = Cycles.simulatedShares(pairs, model, 100, 5, Cores.ALL);
        JsonNode band = expected.get("BT_simulated_cyclic_share");
        double sd = band.get("sd").asDouble();
        assertThat(mean(simulated)).isCloseTo(band.get("mean").asDouble(), within(sd));
        assertThat(deviation(simulated)).isBetween(sd / 1.5, sd * 1.5);
        assertThat(Math.abs(cycles.share() - mean(simulated))).isLessThan(3 * sd);
    }

    @ParameterizedTest
    @CsvSource({"1, 5"})
    void skewBilinear_whereThereAreNoCycles_isNotReportedAsAGain(int planes, double planeRidge) {
        Arguments data = Arguments.load();
        Pairs pairs = data.pairs();
        double[] base =
                CrossValidation.predict(pairs, data.folds(), 5, new ModelSpec.Population(0.3, Ties.DROP), Cores.ALL);
        double[] cyclic = CrossValidation.predict(
                pairs,
                data.folds(),
                5,
                new ModelSpec.SkewBilinear(planes, 0.3, planeRidge, Double.POSITIVE_INFINITY, Ties.DROP),
                Cores.ALL);
        Interval gain = Gain.of(pairs, base, cyclic, _ -> true, 200, 31).nats();
        assertThat(gain.value()).isNegative();
        assertThat(gain.low()).isNegative();
    }

    @Test
    void fullFit_againstGold_meetsTheReference() {
        Arguments data = Arguments.load();
        JsonNode expected = Arguments.expected().get("full_data_BT_lambda0.3");
        List<List<String>> gold = RealData.csv(RealData.folder("ukpconvarg1").resolve("strict_pairs.csv.gz"));
        for (Ties ties : Ties.values()) {
            StrengthsModel model = new ModelSpec.Population(0.3, ties).fit(data.pairs(), Cores.ALL);
            int agree = 0;
            for (List<String> row : gold.subList(1, gold.size())) {
                int item = data.topics().indexOf(row.get(0));
                String[] pair = row.get(1).split("_");
                double p = model.probability(
                        item,
                        Pairs.NO_GROUP,
                        data.arguments().get(item).indexOf(pair[0]),
                        data.arguments().get(item).indexOf(pair[1]));
                agree += p > 0.5 == row.get(2).equals("a1") ? 1 : 0;
            }
            JsonNode of = expected.get("gold_strict_agreement_" + (ties == Ties.DROP ? "drop" : "half"));
            assertThat(agree)
                    .isCloseTo(of.get("value").asInt(), within(of.get("tol").asInt()));
            assertThat(gold).hasSize(of.get("of").asInt() + 1);
        }
    }

    @Test
    void utilities_ofTheFullFit_haveTheReferenceVariance() {
        Pairs pairs = Arguments.load().pairs();
        StrengthsModel model = new ModelSpec.Population(0.3, Ties.DROP).fit(pairs, Cores.ALL);
        double squares = 0;
        int count = 0;
        for (int item = 0; item < pairs.items(); item++) {
            for (double utility : model.strengths(item, Pairs.NO_GROUP).theta()) {
                // the ridge makes the utilities of an item add up to zero
                squares += utility * utility;
                count++;
            }
        }
        JsonNode expected = Arguments.expected().get("full_data_BT_lambda0.3").get("variance_of_theta_drop");
        assertThat(squares / count)
                .isCloseTo(
                        expected.get("value").asDouble(),
                        within(expected.get("tol").asDouble()));
    }

    @Test
    void placebo_byDefault_isDetectableAndNegligible() {
        check(60);
    }

    @Test
    @Tag("slow")
    void placebo_withAThousandDraws_isDetectableAndNegligible() {
        check(1000);
    }

    private static void check(int draws) {
        Arguments data = Arguments.load();
        JsonNode expected = Arguments.expected().get("stance_signal");
        Placebo placebo = Placebo.of(data.pairs(), data.folds(), 5, SHRUNK, Cores.ALL);
        Placebo.Result result = placebo.test(draws, 3, Cores.ALL);
        assertThat(result.observed().penalisedGain())
                .isCloseTo(
                        expected.get("cell_modal_labels_penalised_LR")
                                .get("value")
                                .asDouble(),
                        within(0.05));
        assertThat(result.observed().heldOutGain())
                .isCloseTo(
                        expected.get("heldout_gain_cell_labels_5fold")
                                .get("value")
                                .asDouble(),
                        within(2e-5));
        band(
                expected.get("null_cell_permutation"),
                result.draws().stream()
                        .mapToDouble(Placebo.Statistics::penalisedGain)
                        .toArray(),
                draws);
        band(
                expected.get("heldout_gain_null"),
                result.draws().stream()
                        .mapToDouble(Placebo.Statistics::heldOutGain)
                        .toArray(),
                draws);
        assertThat(result.pValue())
                .isLessThan(expected.get("p_value").get("must_be_below").asDouble());
    }

    /// The bands are for 1000 draws; fewer scatter more.
    private static void band(JsonNode expected, double[] drawn, int draws) {
        double wider = Math.sqrt(1000.0 / draws) / 2 + 0.5;
        assertThat(mean(drawn))
                .isCloseTo(
                        expected.get("mean").get(0).asDouble(),
                        within(wider * expected.get("mean").get(1).asDouble()));
        assertThat(deviation(drawn))
                .isCloseTo(
                        expected.get("sd").get(0).asDouble(),
                        within(wider * expected.get("sd").get(1).asDouble()));
    }

    @Test
    void evidence_forGroupDifferences_isFoundInPlaceboGroupsToo() {
        Arguments data = Arguments.load();
        Pairs pairs = data.pairs();
        JsonNode expected = Arguments.expected().get("stance_signal").get("EB_sigma_d");
        assertThat(ShrinkageEvidence.deviation(pairs, Ties.DROP, Cores.ALL))
                .isCloseTo(
                        expected.get("observed_judgement_labels").get("value").asDouble(), within(0.01));
        SeatUnits cells = SeatUnits.of(pairs);
        int draws = 8;
        double[] byCell = new double[draws];
        double[] byJudgment = new double[draws];
        Cores.ALL.forEach(draws, draw -> {
            byCell[draw] = ShrinkageEvidence.deviation(
                    pairs.withGroups(cells.permuted(11, draw), 3), Ties.DROP, Parallel.SEQUENTIAL);
            byJudgment[draw] = ShrinkageEvidence.deviation(
                    pairs.withGroups(shuffledWithinItems(pairs, draw), 3), Ties.DROP, Parallel.SEQUENTIAL);
        });
        assertThat(mean(byCell))
                .isCloseTo(
                        expected.get("cell_permuted_mean").get(0).asDouble(),
                        within(expected.get("cell_permuted_mean").get(1).asDouble()));
        // its tolerance, and twice the scatter of two means: of a few replicates of the reference and of ours
        double scatter = deviation(byJudgment) * Math.sqrt(1 / 3.0 + 1.0 / draws);
        assertThat(mean(byJudgment))
                .isCloseTo(
                        expected.get("judgement_permuted_mean").get(0).asDouble(),
                        within(expected.get("judgement_permuted_mean").get(1).asDouble() + 2 * scatter));
    }

    @ParameterizedTest
    @CsvSource({"0, 30, -0.0003", "0.2, 30, 0.0005", "0.3, 10, 0.0013", "0.5, 4, 0.0065", "1, 1, 0.046"})
    void gain_ofSimulatedDifferences_isTheReferences(double sigma, double shrinkage, double expected) {
        Arguments data = Arguments.load();
        Pairs pairs = data.pairs();
        StrengthsModel fitted = new ModelSpec.Population(0.3, Ties.DROP).fit(pairs, Cores.ALL);
        double[] gains = new double[4];
        for (int replicate = 0; replicate < gains.length; replicate++) {
            SplittableRandom random = KeyedRandom.of(17, "deviations", replicate);
            Strengths[] population = new Strengths[pairs.items()];
            Strengths[][] groups = new Strengths[3][pairs.items()];
            for (int item = 0; item < population.length; item++) {
                population[item] = fitted.strengths(item, Pairs.NO_GROUP);
                for (int g = 0; g < 3; g++) {
                    double[] theta = population[item].theta().clone();
                    for (int i = 0; i < theta.length; i++) {
                        theta[i] += sigma * random.nextGaussian();
                    }
                    groups[g][item] = Strengths.of(theta);
                }
            }
            Pairs redrawn = Cycles.redraw(pairs, new StrengthsModel(population, groups), 19, replicate);
            double[] base = CrossValidation.predict(
                    redrawn, data.folds(), 5, new ModelSpec.Population(0.3, Ties.DROP), Cores.ALL);
            double[] shrunk = CrossValidation.predict(
                    redrawn, data.folds(), 5, new ModelSpec.ShrunkGroups(0.3, shrinkage, Ties.DROP), Cores.ALL);
            gains[replicate] = HeldOutScore.of(redrawn, base, row -> redrawn.group(row) >= 0)
                            .logLoss()
                    - HeldOutScore.of(redrawn, shrunk, row -> redrawn.group(row) >= 0)
                            .logLoss();
        }
        // 20 % or .0003, and twice the scatter of two means: of the reference's three replicates and of ours
        double scatter = deviation(gains) * Math.sqrt(1 / 3.0 + 1.0 / gains.length);
        assertThat(mean(gains)).isCloseTo(expected, within(Math.max(0.2 * expected, 0.0003) + 2 * scatter));
    }

    @Test
    void shrinkage_chosenByHeldOutJudges_isStrong() {
        Arguments data = Arguments.load();
        double chosen = ShrinkagePath.choose(
                data.pairs(), data.folds(), 5, 0.3, Ties.DROP, ShrinkagePath.DEFAULT_GRID, Cores.ALL);
        assertThat(chosen).isEqualTo(30);
    }

    @Test
    void winner_underResampledJudges_isUncertain() {
        Arguments data = Arguments.load();
        double[][] shares = WinnerBootstrap.shares(
                data.pairs(), 40, 23, WinnerBootstrap.populationWinners(0.3, Ties.HALF), Cores.ALL);
        int[] winners = WinnerBootstrap.populationWinners(0.3, Ties.HALF).apply(data.pairs());
        double sum = 0;
        for (int item = 0; item < winners.length; item++) {
            sum += shares[item][winners[item]];
        }
        assertThat(sum / winners.length).isCloseTo(0.67, within(0.06));
    }

    private static int[] shuffledWithinItems(Pairs pairs, int draw) {
        int[] labels = pairs.groupOfRow();
        SplittableRandom random = KeyedRandom.of(29, "judgments", draw);
        for (int item = 0; item < pairs.items(); item++) {
            int wanted = item;
            int[] rows = java.util.stream.IntStream.range(0, pairs.size())
                    .filter(row -> pairs.item(row) == wanted && pairs.group(row) >= 0)
                    .toArray();
            for (int last = rows.length - 1; last > 0; last--) {
                int other = random.nextInt(last + 1);
                int kept = labels[rows[last]];
                labels[rows[last]] = labels[rows[other]];
                labels[rows[other]] = kept;
            }
        }
        return labels;
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    private static double deviation(double[] values) {
        double mean = mean(values);
        return Math.sqrt(Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / (values.length - 1));
    }
}
