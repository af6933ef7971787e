package org.polyphony.plugin.algorithm.nashdpo;

import java.util.List;
import org.polyphony.spi.alignment.AlignmentRequest;
import org.polyphony.spi.alignment.Formulation;
import org.polyphony.spi.alignment.GameBucket;
import org.polyphony.spi.alignment.PreferenceGames;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.tensor.Tensor;

/// The golden call: two stakeholders, 55 to 45, of whom one ranks 0 > 1 > 2 and the other 1 > 2 > 0. The
/// majority's favourite wins the population game, the two share the consensus evenly, and at τ = 0.6, where
/// the equilibrium is unique, the stakeholders' policies are known to ten digits.
final class GoldenGames {

    private static final double TOLERANCE = 1e-9;

    private static final double[] P = {0.5, 1, 1, 0, 0.5, 1, 0, 0, 0.5, 0.5, 0, 0, 1, 0.5, 1, 1, 0, 0.5};

    private static final double[] PROFILE = {
        0.5370121639103282, 0.30720446855515265, 0.15578336753451907,
        0.18514339030966648, 0.48506524802080614, 0.32979136166952727
    };

    private GoldenGames() {}

    /// @throws IllegalStateException naming the first number that is wrong
    static void check(NashDpoAlgorithm algorithm, PluginContext context) {
        var games = PreferenceGames.of(
                List.of("majority", "minority"),
                Tensor.ofDoubles(new double[] {0.55, 0.45}, 2),
                List.of(GameBucket.of(Tensor.ofInts(new int[] {0}, 1), Tensor.ofDoubles(P.clone(), 1, 2, 3, 3))));
        // regret matching gets close to the answer, not to nine digits of it
        if (context.settings(NashDpoSettings.class).population().solver() == PopulationMethod.EXACT) {
            var population = algorithm
                    .align(AlignmentRequest.of(games, Formulation.POPULATION), context)
                    .buckets()
                    .getFirst();
            require("population", population.logPolicy(), 1, 0, 0);
        }
        var consensus = algorithm
                .align(AlignmentRequest.of(games, Formulation.CONSENSUS), context)
                .buckets()
                .getFirst();
        require("consensus", consensus.logPolicy(), 0.5, 0.5, 0);
        // the exact solver plays another game: the one without regularisation
        if (context.settings(NashDpoSettings.class).stakeholder().stakeholderSolver()
                == StakeholderMethod.MIRROR_PROX) {
            var stakeholder = algorithm
                    .align(AlignmentRequest.of(games, Formulation.STAKEHOLDER).withTau(0.6), context)
                    .buckets()
                    .getFirst();
            require("stakeholder", stakeholder.profile().orElseThrow(), PROFILE);
        }
    }

    private static void require(String what, Tensor logProbabilities, double... expected) {
        for (int i = 0; i < expected.length; i++) {
            double found = Math.exp(logProbabilities.getDouble(i));
            if (!(Math.abs(found - expected[i]) <= TOLERANCE)) {
                throw new IllegalStateException(
                        what + ": probability " + i + " is " + found + ", must be " + expected[i]);
            }
        }
    }
}
