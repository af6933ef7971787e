package org.polyphony.games.selfplay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.polyphony.games.ReferenceNumbers.flat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.polyphony.games.RandomGames;
import org.polyphony.games.ReferenceNumbers;

/// The 3-cycle of the COMAL paper, published; trajectories from (0.2, 0.5, 0.3), self-computed.
class ComalSyntheticTest {

    private static final JsonNode REFERENCE = ReferenceNumbers.tree("comal_synthetic.json");
    private static final double[] P = flat(REFERENCE.get("P"));
    private static final double[] START =
            Arrays.stream(flat(REFERENCE.get("init"))).map(Math::log).toArray();

    static Stream<JsonNode> runs() {
        return StreamSupport.stream(REFERENCE.get("runs").spliterator(), false);
    }

    @Test
    void reference_holdsThirteenVariantsAtThreeSteps() {
        assertThat(runs()).hasSize(39);
    }

    @ParameterizedTest
    @MethodSource("runs")
    void solve_everyCheckpoint_isOnTheTrajectory(JsonNode run) {
        var rule = rule(run);
        boolean fitted = rule instanceof IterativeDpo;
        double tolerance = fitted ? 1e-6 : 1e-9;
        run.get("checkpoints").properties().forEach(checkpoint -> {
            int updates = Integer.parseInt(checkpoint.getKey());
            if (fitted && run.get("s").asDouble() == 1 && updates > 200) {
                return; // from there on it depends on the accuracy of the fit
            }
            var outcome = SelfPlaySolver.of(rule, 0, updates).solve(P, 3, START);

            assertThat(outcome.policy())
                    .as("after %d updates", updates)
                    .containsExactly(flat(checkpoint.getValue().get("pi")), within(tolerance));
            assertThat(RandomGames.gap(P, 3, outcome.policy()))
                    .isCloseTo(checkpoint.getValue().get("gap").asDouble(), within(tolerance));
        });
    }

    private static SelfPlayRule rule(JsonNode run) {
        double step = run.get("s").asDouble();
        double tau = run.get("tau").asDouble();
        String name = run.get("algorithm").asText();
        String word = name.split("[ (]", 2)[0];
        return switch (word) {
            case "MWU" -> new Mwu(step);
            case "Iter-DPO" -> new IterativeDpo(step);
            case "INPO" -> new Inpo(step, tau);
            case "Nash-MD" -> NashMd.of(step, tau);
            case "EGPO" -> new Egpo(step, tau);
            case "MMD" -> new Mmd(step, tau);
            case "Nash-MP" -> new NashMp(step, tau);
            case "ONPO" -> new Onpo(step);
            case "COMAL" -> {
                SelfPlayRule inner = name.contains("EG") ? new Egpo(step, tau) : new Inpo(step, tau);
                yield new Comal(
                        inner, Integer.parseInt(run.get("extra").asText().split("=", 2)[1]));
            }
            default -> throw new IllegalArgumentException(name);
        };
    }

    /// A10, self-computed: COMAL reaches the equilibrium, INPO stops at its plateau.
    @Test
    void solve_publishedCycle_comalReachesWhatInpoMisses() {
        var comal =
                SelfPlaySolver.of(new Comal(new Inpo(0.3, 0.1), 25), 0, 5_000).solve(P, 3, START);
        var inpo = SelfPlaySolver.of(new Inpo(0.3, 0.1), 0, 5_000).solve(P, 3, START);

        assertThat(comal.policy()).containsExactly(new double[] {4 / 11.0, 3 / 11.0, 4 / 11.0}, within(1e-11));
        assertThat(comal.gap()).isBetween(-1e-15, 1e-11);
        assertThat(RandomGames.gap(P, 3, comal.policy())).isBetween(-1e-15, 1e-11);
        assertThat(RandomGames.gap(P, 3, inpo.policy())).isCloseTo(0.0588277382783, within(1e-12));
        assertThat(inpo.gap()).as("of the regularised game").isBetween(0.0, 1e-15);
    }

    /// A10: one inner update is no proximal step.
    @Test
    void solve_oneInnerUpdate_isMwu() {
        var comal = new Iterate(skew(), 3, START);
        var mwu = new Iterate(skew(), 3, START);
        for (int n = 0; n < 1_000; n++) {
            new Comal(new Inpo(0.3, 0.1), 1).advance(comal);
            new Mwu(0.3).advance(mwu);

            assertThat(comal.policy()).as("update %d", n).containsExactly(mwu.policy(), within(1e-9));
        }
    }

    /// Self-computed: outer iterates with sub-games solved to convergence; the distance to the equilibrium
    /// never grows.
    @Test
    void solve_subGamesSolvedExactly_approachesTheEquilibriumAtEveryMove() {
        var reference = ReferenceNumbers.tree("comal_exact_prox.json");
        double[] kl = flat(reference.get("kl"));
        double[] gap = flat(reference.get("gap"));
        int inner = reference.get("inner_updates").asInt();
        var rule = new Comal(
                new Egpo(
                        reference.get("inner_step").asDouble(),
                        reference.get("tau").asDouble()),
                inner);
        var iterate = new Iterate(skew(), 3, START);
        double before = Double.POSITIVE_INFINITY;
        for (int t = 0; t < kl.length; t++) {
            double distance = divergence(new double[] {4 / 11.0, 3 / 11.0, 4 / 11.0}, iterate.logPolicy());
            if (kl[t] > 1e-12) {
                // the stored divergences are sums of terms of order 0.1: their own rounding is up to 1e-16
                assertThat(distance).isCloseTo(kl[t], within(1e-6 * kl[t] + 1e-16));
                assertThat(iterate.gap(0)).isCloseTo(gap[t], within(1e-9));
                assertThat(distance).isLessThan(before);
            } else {
                assertThat(distance).isLessThan(1e-12);
            }
            before = distance;
            for (int n = 0; n < inner; n++) {
                rule.advance(iterate);
            }
        }
    }

    // Σ π (e^−δ − 1 + δ): no cancellation
    private static double divergence(double[] policy, double[] logOther) {
        double sum = 0;
        for (int i = 0; i < policy.length; i++) {
            double difference = Math.log(policy[i]) - logOther[i];
            sum += policy[i] * (Math.expm1(-difference) + difference);
        }
        return sum;
    }

    private static double[] skew() {
        return Arrays.stream(P).map(win -> win - 0.5).toArray();
    }
}
