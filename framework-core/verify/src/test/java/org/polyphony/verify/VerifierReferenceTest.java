package org.polyphony.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.polyphony.verify.ReferenceGames.matrix;
import static org.polyphony.verify.ReferenceGames.stakeholderGame;
import static org.polyphony.verify.ReferenceGames.vector;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.polyphony.verify.ReferenceGames.Case;

/// Known solutions of published games are accepted, and their neighbours are not.
class VerifierReferenceTest {

    static Stream<Case> preferenceGames() {
        return ReferenceGames.read("zero_sum_games.json")
                .filter(game -> !game.json().get("preference_P").isNull());
    }

    static Stream<Case> stakeholderGames() {
        return ReferenceGames.read("stakeholder_games.json");
    }

    static Stream<Case> gamesOfSeveral() {
        return stakeholderGames().filter(game -> game.json().has("F2_HT_profile_unregularised"));
    }

    @Test
    void reference_files_holdTheGamesTheTestsSpeakOf() {
        assertThat(preferenceGames()).hasSize(12);
        assertThat(stakeholderGames()).hasSize(6);
        assertThat(gamesOfSeveral()).hasSize(5);
    }

    @ParameterizedTest
    @MethodSource("preferenceGames")
    void population_knownEquilibrium_hasNoGap(Case game) {
        var solved = PreferenceGame.of(new double[][][] {matrix(game.json().get("preference_P"))});

        for (String source : List.of("known_equilibrium", "exact_rational_full_support")) {
            JsonNode equilibrium = game.json().path(source);
            if (equilibrium.isArray()) {
                var certificate = Certify.population(solved, vector(equilibrium));
                assertThat(certificate.violations()).isEmpty();
                assertThat(certificate.gap()).as(source).isCloseTo(0, within(1e-12));
                assertThat(certificate.proves(1e-12)).isTrue();
            }
        }
        for (JsonNode pair : game.json().at("/nashpy_0_0_43/support_enumeration")) {
            var policy = normalised(vector(pair.get(0)));
            assertThat(Certify.population(solved, policy).gap()).isCloseTo(0, within(1e-9));
        }
    }

    static Stream<Case> gamesOfOneEquilibrium() {
        return preferenceGames()
                .filter(game ->
                        game.json().at("/nashpy_0_0_43/n_support_equilibria").asInt() == 1);
    }

    @ParameterizedTest
    @MethodSource("gamesOfOneEquilibrium")
    void population_equilibriumMovedByATenth_isNotProved(Case game) {
        var matrix = matrix(game.json().get("preference_P"));
        var solved = PreferenceGame.of(new double[][][] {matrix});
        var policy = vector(game.json().at("/scipy_highs_lp/row_strategy"));
        int worst = worstAgainst(matrix, policy);
        for (int i = 0; i < policy.length; i++) {
            policy[i] *= 0.9;
        }
        policy[worst] += 0.1;

        var certificate = Certify.population(solved, normalised(policy));

        assertThat(certificate.valid()).isTrue();
        assertThat(certificate.proves(1e-6)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("stakeholderGames")
    void population_storedSolution_isProved(Case game) {
        var expected = game.json().get("F1_population_symmetric");

        var certificate = Certify.population(stakeholderGame(game.json()), normalised(vector(expected.get("lp"))));

        assertThat(certificate.proves(1e-9)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("stakeholderGames")
    void population_storedRegularisedSolution_hasItsGaps(Case game) {
        for (Map.Entry<String, JsonNode> entry :
                game.json().get("F1_regularised").properties()) {
            double tau = Double.parseDouble(entry.getKey());
            var policy = normalised(vector(entry.getValue().get("pi")));

            var certificate = Certify.population(stakeholderGame(game.json()), policy, tau);

            assertThat(certificate.gapTau()).as("tau %s", tau).isCloseTo(0, within(1e-12));
            assertThat(certificate.gap())
                    .isCloseTo(entry.getValue().get("unregularised_gap").asDouble(), within(1e-12));
        }
    }

    @ParameterizedTest
    @MethodSource("gamesOfSeveral")
    void stakeholder_storedUnregularisedProfile_isAnEquilibrium(Case game) {
        var expected = game.json().get("F2_HT_profile_unregularised");

        var certificate = Certify.stakeholder(stakeholderGame(game.json()), matrix(expected.get("profile")), 0);

        assertThat(certificate.violations()).isEmpty();
        assertThat(Certify.equilibrium(certificate).nashConv())
                .allSatisfy(gain -> assertThat(gain).isCloseTo(0, within(1e-12)));
        assertThat(Certify.equilibrium(certificate).unilateralGain())
                .isEqualTo(Certify.equilibrium(certificate).nashConv());
        assertClose(Certify.equilibrium(certificate).payoff(), vector(expected.get("payoffs")), 1e-12);
        assertClose(certificate.deployment().policy(), vector(expected.get("deployed_mixture")), 1e-12);
        assertThat(certificate.deployment().mixture()).isTrue();
        assertThat(Certify.equilibrium(certificate).uniqueGuaranteed()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("gamesOfSeveral")
    void stakeholder_storedRegularisedProfile_isAnEquilibriumAtItsTemperature(Case game) {
        var expected = game.json().get("F2_HT_regularised");
        for (Map.Entry<String, JsonNode> entry : expected.get("solutions").properties()) {
            double tau = Double.parseDouble(entry.getKey());
            var profile = matrix(entry.getValue().get("profile"));

            var certificate = Certify.stakeholder(stakeholderGame(game.json()), profile, tau);

            assertThat(certificate.proves(1e-12)).as("tau %s", tau).isTrue();
            assertThat(Certify.equilibrium(certificate).delta() / 2)
                    .isCloseTo(expected.get("delta_half").asDouble(), within(1e-12));
            assertThat(Certify.equilibrium(certificate).uniqueGuaranteed())
                    .isEqualTo(entry.getValue().get("unique_guaranteed").asBoolean());
        }
    }

    @ParameterizedTest
    @MethodSource("stakeholderGames")
    void consensus_storedSolution_hasItsEpsilon(Case game) {
        var expected = game.json().get("F5_minimax_unilateral_gain");

        var certificate = Certify.consensus(stakeholderGame(game.json()), normalised(vector(expected.get("pi"))));

        assertThat(certificate.deployment().largestGain())
                .isCloseTo(expected.get("eps_star").asDouble(), within(1e-9));
        assertClose(certificate.deployment().unilateralGain(), vector(expected.get("per_stakeholder_gain")), 1e-9);
    }

    private static void assertClose(List<Double> actual, double[] expected, double tolerance) {
        assertThat(actual.stream().mapToDouble(Double::doubleValue).toArray())
                .containsExactly(expected, within(tolerance));
    }

    /// Stored solutions carry the rounding of the program that printed them.
    private static double[] normalised(double[] policy) {
        double sum = Arrays.stream(policy).sum();
        assertThat(sum).isCloseTo(1, within(1e-9));
        return Arrays.stream(policy).map(p -> p / sum).toArray();
    }

    /// The candidate the policy beats most clearly, or the one least used where it beats none.
    private static int worstAgainst(double[][] preferences, double[] policy) {
        int worst = 0;
        double lowest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < policy.length; i++) {
            double score = policy[i] * 1e-3;
            for (int j = 0; j < policy.length; j++) {
                score += (preferences[i][j] - 0.5) * policy[j];
            }
            if (score < lowest) {
                lowest = score;
                worst = i;
            }
        }
        return worst;
    }
}
