package org.polyphony.preferences.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.polyphony.preferences.Arguments;
import org.polyphony.preferences.Pairs;
import org.polyphony.preferences.Parallel;
import org.polyphony.preferences.Ties;
import org.polyphony.preferences.model.ModelSpec;
import org.polyphony.preferences.model.PairFrequencies;
import org.polyphony.support.digest.Digests;

/// Held-out scores of the real arguments data against the reference numbers (self-computed, independent
/// implementation).
class ArgumentsScoreTest {
    private static final ModelSpec POPULATION = new ModelSpec.Population(0.3, Ties.DROP);
    private static final ModelSpec SHRUNK = new ModelSpec.ShrunkGroups(0.3, 30, Ties.DROP);

    @Test
    void counts_ofJudgesAndSplits_areExact() {
        Arguments data = Arguments.load();
        JsonNode counts = Arguments.expected().get("counts");
        Pairs pairs = data.pairs();
        assertThat(pairs.size()).isEqualTo(counts.get("judgements").asInt());
        assertThat(pairs.count(pairs::decided)).isEqualTo(counts.get("decided").asInt());
        assertThat(data.judges()).hasSize(counts.get("judges").asInt());
        assertThat(Digests.share("w0001")).isEqualTo(counts.get("hash_w0001").asLong());
        assertThat(Digests.share("w3815")).isEqualTo(counts.get("hash_w3815").asLong());
        int[] folds = data.folds();
        int[] halves = data.halves();
        for (int fold = 0; fold < 5; fold++) {
            int wanted = fold;
            IntPredicate inFold = row -> folds[pairs.judge(row)] == wanted;
            assertThat(pairs.count(inFold))
                    .isEqualTo(counts.get("fold5_judgements").get(fold).asInt());
            assertThat(pairs.count(inFold.and(pairs::decided)))
                    .isEqualTo(counts.get("fold5_decided").get(fold).asInt());
        }
        for (int half = 0; half < 2; half++) {
            int wanted = half;
            JsonNode expected = counts.get("half").get("h mod 2 = " + half);
            IntPredicate inHalf = row -> halves[pairs.judge(row)] == wanted;
            assertThat(pairs.count(inHalf)).isEqualTo(expected.get("judgements").asInt());
            assertThat(pairs.count(inHalf.and(pairs::decided)))
                    .isEqualTo(expected.get("decided").asInt());
            for (int group = -1; group < 3; group++) {
                int label = group;
                String name = group < 0 ? "blank" : Arguments.STANCES.get(group);
                assertThat(pairs.count(inHalf.and(row -> pairs.group(row) == label)))
                        .as("half %d, %s", half, name)
                        .isEqualTo(expected.get(name).asInt());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "constant_half",
        "pair_frequency_alpha1_drop",
        "population_BT_lambda0.1_drop",
        "population_BT_lambda0.3_drop",
        "population_BT_lambda1_drop",
        "population_BT_lambda0.3_half",
        "group_BT_lambda1_no_shrinkage_drop",
        "group_BT_shrunk_lambda_d3_drop",
        "group_BT_shrunk_lambda_d10_drop",
        "group_BT_shrunk_lambda_d30_drop",
        "group_BT_shrunk_lambda_d100_drop"
    })
    void predict_byJudgeFolds_meetsTheReference(String model) {
        Arguments data = Arguments.load();
        Pairs pairs = data.pairs();
        double[] predicted = CrossValidation.predict(pairs, data.folds(), 5, spec(model), Parallel.SEQUENTIAL);
        JsonNode expected = Arguments.expected().get("judge_5fold");
        double lossTolerance = expected.get("tol").get("logloss").asDouble();
        double accuracyTolerance = expected.get("tol").get("acc").asDouble();
        List<String> compared = new ArrayList<>();
        expected.get(model).properties().forEach(entry -> {
            String key = entry.getKey();
            HeldOutScore score = HeldOutScore.of(pairs, predicted, rows(pairs, key));
            boolean accuracy = key.startsWith("acc");
            assertThat(accuracy ? score.accuracy() : score.logLoss())
                    .as(key)
                    .isCloseTo(entry.getValue().asDouble(), within(accuracy ? accuracyTolerance : lossTolerance));
            compared.add(key);
        });
        assertThat(compared).isNotEmpty();
    }

    @Test
    void gain_ofShrunkGroups_meetsTheReferenceAndItsBand() {
        Arguments data = Arguments.load();
        Pairs pairs = data.pairs();
        double[] population = CrossValidation.predict(pairs, data.folds(), 5, POPULATION, Parallel.SEQUENTIAL);
        double[] shrunk = CrossValidation.predict(pairs, data.folds(), 5, SHRUNK, Parallel.SEQUENTIAL);
        Interval gain = Gain.of(pairs, population, shrunk, row -> pairs.group(row) >= 0, 500, 7)
                .nats();
        JsonNode expected = Arguments.expected();
        assertThat(gain.value())
                .isCloseTo(
                        expected.get("judge_5fold")
                                .get("gain_shrunk30_minus_population0.3")
                                .asDouble(),
                        within(2e-5));
        JsonNode band = expected.get("stance_signal").get("judge_bootstrap_interval_of_gain_shrunk30");
        assertThat(gain.low())
                .isCloseTo(
                        band.get("low").get(0).asDouble(),
                        within(band.get("low").get(1).asDouble()));
        assertThat(gain.high())
                .isCloseTo(
                        band.get("high").get(0).asDouble(),
                        within(band.get("high").get(1).asDouble()));
    }

    private static ModelSpec spec(String model) {
        return switch (model) {
            case "constant_half" -> (_, _) -> (_, _, _, _) -> 0.5;
            case "pair_frequency_alpha1_drop" -> PairFrequencies.of(1, Ties.DROP);
            case "population_BT_lambda0.1_drop" -> new ModelSpec.Population(0.1, Ties.DROP);
            case "population_BT_lambda0.3_drop" -> POPULATION;
            case "population_BT_lambda1_drop" -> new ModelSpec.Population(1, Ties.DROP);
            case "population_BT_lambda0.3_half" -> new ModelSpec.Population(0.3, Ties.HALF);
            case "group_BT_lambda1_no_shrinkage_drop" -> new ModelSpec.GroupsAlone(1, Ties.DROP);
            case "group_BT_shrunk_lambda_d3_drop" -> new ModelSpec.ShrunkGroups(0.3, 3, Ties.DROP);
            case "group_BT_shrunk_lambda_d10_drop" -> new ModelSpec.ShrunkGroups(0.3, 10, Ties.DROP);
            case "group_BT_shrunk_lambda_d30_drop" -> SHRUNK;
            case "group_BT_shrunk_lambda_d100_drop" -> new ModelSpec.ShrunkGroups(0.3, 100, Ties.DROP);
            default -> throw new IllegalArgumentException(model);
        };
    }

    private static IntPredicate rows(Pairs pairs, String key) {
        if (key.endsWith("_all_decided") || key.equals("logloss")) {
            return row -> true;
        }
        if (key.endsWith("_stance_decided")) {
            return row -> pairs.group(row) >= 0;
        }
        int group = Arguments.STANCES.indexOf(key.substring(key.indexOf('_') + 1));
        return row -> pairs.group(row) == group;
    }
}
