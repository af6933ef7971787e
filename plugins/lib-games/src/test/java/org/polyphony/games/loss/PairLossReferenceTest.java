package org.polyphony.games.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.polyphony.games.ReferenceNumbers.flat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.polyphony.games.ReferenceNumbers;

/// Every loss against the outputs of the projects that published it, on the same eight pairs. This is where
/// the parameters of each project are translated into `step`, `tau` and `beta`.
class PairLossReferenceTest {

    private static final double RELATIVE = 1e-12;

    private final JsonNode reference = ReferenceNumbers.tree("pair_losses.json");

    static Stream<Named<JsonNode>> vectors() {
        return StreamSupport.stream(
                        ReferenceNumbers.tree("pair_losses.json").get("vectors").spliterator(), false)
                .map(vector -> Named.of(
                        vector.get("repo").asText() + " " + vector.get("name").asText(), vector));
    }

    @Test
    void reference_holdsFifteenVectors() {
        assertThat(vectors()).hasSize(15);
    }

    @ParameterizedTest(name = "public: {0}")
    @MethodSource("vectors")
    void evaluate_publicVector_isReproduced(JsonNode vector) {
        var batch = batch();
        if (vector.get("name").asText().equals("TD-MNPO")) {
            batch = batch.withHistory(values("last"), values("hist2"));
        }

        double[] loss = loss(vector).evaluate(batch).loss();

        assertRelative(loss, flat(vector.get("loss")));
    }

    private static PairLoss loss(JsonNode vector) {
        var params = vector.get("params");
        double beta = params.path("beta").asDouble();
        double codeEta = params.path("eta").asDouble();
        // the code's eta divides: 1/(2 eta) is the margin that a hard label asks for, so the step is 1/eta
        double step = 1 / codeEta;
        String path = vector.get("path").asText();
        String name = vector.get("name").asText();
        return switch (path.substring(path.indexOf(':') + 1)) {
            case "dpo_loss" -> PairLoss.dpo(beta);
            case "ipo_loss" -> PairLoss.ipo(codeEta);
            // tau/eta is the share of the reference in the anchor, step * tau
            case "nash_loss" -> PairLoss.inpo(step, params.get("tau_eta_ratio").asDouble() / step);
            case "mnpo_loss" -> PairLoss.mnpo(step, params.get("ratio").asDouble() / step, flat(params.get("weights")));
            case "sppo_loss" -> sppo(name.substring(name.indexOf('=') + 1), beta);
            // both are means over a group's pairs there; the loss of a pair is what the vector holds
            case "preference_loss" ->
                params.has("ipo")
                        ? PairLoss.ipo(beta)
                        : new LogisticLoss(
                                beta,
                                Anchor.REFERENCE,
                                params.get("label_smoothing").asDouble());
            default -> throw new IllegalArgumentException(path);
        };
    }

    // the reference arguments of these vectors are the last policy, and beta divides the preference
    private static PairLoss sppo(String type, double beta) {
        return switch (type.toLowerCase(Locale.ROOT)) {
            case "sppo" -> PairLoss.sppo(1 / beta);
            case "sppo_single" -> new SppoLoss(1 / beta, SppoLoss.Rate.AGAINST_EACH_OTHER);
            case "ipo" -> PairLoss.iterativeIpo(1 / beta);
            case "hinge" -> new HingeLoss(beta, Anchor.LAST);
            default -> throw new IllegalArgumentException(type);
        };
    }

    @Test
    @DisplayName("public: huggingface/trl Nash-MD")
    void nashMd_trlVector_isReproduced() {
        var vector = reference.get("trl_nash_md");
        var loss = new NashMdLoss(vector.get("beta").asDouble());

        var losses = loss.evaluate(
                        rows(vector.get("token_logps_policy")),
                        rows(vector.get("token_logps_ref")),
                        flat(vector.get("probability")))
                .loss();

        double mean = Arrays.stream(losses).average().orElseThrow();
        assertRelative(new double[] {mean}, new double[] {vector.get("loss").asDouble()});
    }

    @Test
    @DisplayName("self-computed from the formula: SafeDPO")
    void safeDpo_vector_isReproduced() {
        var vector = reference.get("safedpo");
        var batch = batch().withUnsafe(
                        new UnsafeFlags(flags(vector.get("unsafe_chosen")), flags(vector.get("unsafe_rejected"))));
        var loss = PairLoss.safeDpo(
                vector.get("beta").asDouble(), vector.get("delta").asDouble());
        var expected = new ArrayList<Double>();
        var fates = new ArrayList<SafeDpoLoss.Fate>();
        for (int n = 0; n < 8; n++) {
            fates.add(SafeDpoLoss.Fate.valueOf(
                    vector.get("transform").get(n).asText().toUpperCase(Locale.ROOT)));
            if (!vector.get("loss").get(n).isNull()) {
                expected.add(vector.get("loss").get(n).asDouble());
            }
        }

        assertThat(SafeDpoLoss.fates(batch)).isEqualTo(fates);
        assertRelative(
                loss.evaluate(SafeDpoLoss.transform(batch)).loss(),
                expected.stream().mapToDouble(Double::doubleValue).toArray());
    }

    @Test
    @DisplayName("A11, public: TD-MNPO with one history policy equals INPO")
    void mnpo_oneHistoryPolicy_isInpo() {
        var batch = batch();

        var one = PairLoss.mnpo(1 / 0.0075, 0.0025, 3).evaluate(batch);
        var two = PairLoss.inpo(1 / 0.0075, 0.0025).evaluate(batch);
        var three =
                PairLoss.mnpo(1 / 0.0075, 0.0025, 1, 0).evaluate(batch.withHistory(values("last"), values("hist2")));

        assertThat(one).usingRecursiveComparison().isEqualTo(two);
        assertThat(three).usingRecursiveComparison().isEqualTo(two);
    }

    private PairBatch batch() {
        return PairBatch.of(values("policy"))
                .withReference(values("ref"))
                .withHistory(values("last"))
                .withWinProbability(input("prob_chosen_beats_rejected"))
                .withWinRate(new PairValues(input("winrate_chosen_vs_pi"), input("winrate_rejected_vs_pi")));
    }

    private PairValues values(String name) {
        return new PairValues(input(name + "_chosen"), input(name + "_rejected"));
    }

    private double[] input(String name) {
        return flat(reference.get("inputs").get(name));
    }

    private static double[][] rows(JsonNode node) {
        return StreamSupport.stream(node.spliterator(), false)
                .map(ReferenceNumbers::flat)
                .toArray(double[][]::new);
    }

    private static boolean[] flags(JsonNode node) {
        double[] values = flat(node);
        var flags = new boolean[values.length];
        for (int n = 0; n < flags.length; n++) {
            flags[n] = values[n] != 0;
        }
        return flags;
    }

    private static void assertRelative(double[] found, double[] expected) {
        assertThat(found).hasSameSizeAs(expected);
        var wrong = new ArrayList<String>();
        for (int n = 0; n < found.length; n++) {
            if (!(Math.abs(found[n] - expected[n]) <= RELATIVE * Math.abs(expected[n]))) {
                wrong.add(n + ": " + found[n] + ", must be " + expected[n]);
            }
        }
        assertThat(wrong).isEqualTo(List.of());
    }
}
