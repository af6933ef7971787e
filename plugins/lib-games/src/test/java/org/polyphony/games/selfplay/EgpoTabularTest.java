package org.polyphony.games.selfplay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.polyphony.games.ReferenceNumbers.flat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.polyphony.games.ReferenceNumbers;

/// A5: duality-gap curves of the EGPO authors' tabular code on ten random games. `dual_gap_repo_f32` is
/// public, their run in float32; `dual_gap_closed_form_f64` is self-computed.
class EgpoTabularTest {

    private static final JsonNode REFERENCE = ReferenceNumbers.tree("egpo_tabular.json");
    private static final int K = 10;

    static Stream<JsonNode> experiments() {
        return StreamSupport.stream(REFERENCE.get("experiments").spliterator(), false);
    }

    @Test
    void reference_holdsFiveAlgorithmsAtThreeTemperatures() {
        assertThat(experiments()).hasSize(15);
    }

    @ParameterizedTest
    @MethodSource("experiments")
    void advance_everyGameAtEveryCheckpoint_hasTheReferenceGap(JsonNode experiment) {
        double tau = experiment.get("beta").asDouble();
        var checkpoints = checkpoints(experiment);
        int games = REFERENCE.get("runs").asInt();
        var repository = experiment.get("dual_gap_repo_f32");
        var closedForm = experiment.get("dual_gap_closed_form_f64");
        var rule = rule(experiment);
        double finalGaps = 0;
        for (int game = 0; game < games; game++) {
            var iterate = start(game);
            int updates = 0;
            for (int checkpoint : checkpoints) {
                while (updates < checkpoint) {
                    rule.advance(iterate);
                    updates++;
                }
                String key = String.valueOf(checkpoint);
                double gap = iterate.gap(tau);
                if (tau > 0.001 || checkpoint <= 1_000) {
                    assertThat(gap)
                            .as("public, game %d after %d updates", game, checkpoint)
                            .isCloseTo(repository.get(key).get(game).asDouble(), within(publicTolerance(tau)));
                }
                if (!(rule instanceof OnlineIpo2) || tau > 0.001 || checkpoint <= 10_000) {
                    assertThat(gap)
                            .as("self-computed, game %d after %d updates", game, checkpoint)
                            .isCloseTo(closedForm.get(key).get(game).asDouble(), within(1e-8));
                }
            }
            finalGaps += iterate.gap(tau);
        }
        if (rule instanceof Egpo) { // extragradient converges at the smallest temperature as well
            assertThat(finalGaps / games).isBetween(0.0, 1e-6);
        }
    }

    private static double publicTolerance(double tau) {
        return tau == 0.1 ? 3e-7 : tau == 0.01 ? 3e-5 : 1e-5;
    }

    /// The repository's gradient step is a mirror step; its `true_lr` is half of that step (ALGORITHMS,
    /// traps).
    @Test
    void advance_onlineIpo1_isInpoAtFourTimesTheRatePerCandidate() {
        var gradient = start(0);
        var mirror = start(0);
        for (int n = 0; n < 200; n++) {
            new OnlineIpo1(0.1, 0.1).advance(gradient);
            new Inpo(4 * 0.1 / (0.1 * K), 0.1).advance(mirror);
        }

        assertThat(gradient.policy()).containsExactly(mirror.policy(), within(1e-13));
    }

    private static List<Integer> checkpoints(JsonNode experiment) {
        return experiment.get("dual_gap_repo_f32").properties().stream()
                .map(entry -> Integer.valueOf(entry.getKey()))
                .sorted()
                .toList();
    }

    private static Iterate start(int game) {
        double[] a = Arrays.stream(flat(REFERENCE.get("P").get(game)))
                .map(win -> win - 0.5)
                .toArray();
        double[] theta = flat(REFERENCE.get("theta_ref").get(game));
        double mass = Math.log(Arrays.stream(theta).map(Math::exp).sum());
        return new Iterate(a, K, Arrays.stream(theta).map(t -> t - mass).toArray());
    }

    private static SelfPlayRule rule(JsonNode experiment) {
        double tau = experiment.get("beta").asDouble();
        double rate = experiment.get("lr").asDouble();
        double step = 4 * rate / (tau * K);
        assertThat(experiment.get("s").asDouble()).isCloseTo(step, within(1e-12));
        return switch (experiment.get("algorithm").asText()) {
            case "Online IPO 1 (OMD)" -> new OnlineIpo1(rate, tau);
            case "Online IPO 2" -> OnlineIpo2.ofLearningRate(rate, tau, K);
            case "EGPO" -> new Egpo(step, tau);
            case "Nash-MD" -> new NashMd(step, tau, step * tau / 2);
            case "Nash-MD-PG" -> NashMdPg.ofLearningRate(rate, tau, K);
            default ->
                throw new IllegalArgumentException(experiment.get("algorithm").asText());
        };
    }
}
