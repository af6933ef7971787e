package org.polyphony.games.polymatrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.polyphony.games.ReferenceNumbers.flat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.polyphony.games.OpponentMixing;
import org.polyphony.games.PopulationSolver;
import org.polyphony.games.Preferences;
import org.polyphony.games.ReferenceNumbers;
import org.polyphony.games.StakeholderProfile;

/// The flaw, on the reference tensors (constructed); what is left over is self-computed, the equilibria
/// beside it are public.
class MultiplayerMirrorDescentTest {

    @Test
    void run_fourStakeholders_allPlayTheEquilibriumOfTheUniformMixtureAndCouldGain() {
        var game = game("random_S4_K6");

        var solved = run(game);

        double[] uniform = {1, 1, 1, 1};
        double[] consensus = new PopulationSolver()
                .solve(Preferences.mix(flat(game.get("P")), 4, 6, uniform), 6)
                .policy();
        for (int s = 0; s < 4; s++) {
            for (int i = 0; i < 6; i++) {
                assertThat(solved.profile()[s * 6 + i]).isCloseTo(consensus[i], within(1e-3));
            }
        }
        assertThat(solved.nashConv()).containsExactly(new double[] {0.08, 0.21, 0, 0.27}, within(0.01));
        assertThat(solved.converged()).isFalse();
        assertEquilibriumExists(game);
    }

    @Test
    void run_helpfulAgainstHarmless_leavesWhatEachCouldGain() {
        var game = game("bt_help_vs_harmless");

        var solved = run(game);

        assertThat(solved.nashConv()).containsExactly(new double[] {0.23, 0.12}, within(0.01));
        assertEquilibriumExists(game);
    }

    private static void assertEquilibriumExists(JsonNode game) {
        var solved = new PolymatrixSolver(OpponentMixing.UNIFORM)
                .solve(flat(game.get("P")), game.get("S").asInt(), game.get("K").asInt(), flat(game.get("weights")));
        assertThat(solved.converged()).isTrue();
    }

    private static StakeholderProfile run(JsonNode game) {
        int k = game.get("K").asInt();
        return new MultiplayerMirrorDescent(0.1, 5_000)
                .run(flat(game.get("P")), game.get("S").asInt(), k, flat(game.get("weights")), new double[k]);
    }

    private static JsonNode game(String name) {
        return ReferenceNumbers.read("stakeholder_games.json")
                .filter(game -> game.get("name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
