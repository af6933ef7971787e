package org.polyphony.plugin.algorithm.nashdpo;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.polyphony.games.parametric.EarlyStop;
import org.polyphony.games.parametric.FitSettings;
import org.polyphony.games.parametric.Minibatches;
import org.polyphony.games.parametric.MirrorDescent;
import org.polyphony.games.parametric.PairWeighting;
import org.polyphony.spi.alignment.AlignmentRequest;
import org.polyphony.spi.alignment.Formulation;
import org.polyphony.spi.alignment.GameBucket;
import org.polyphony.spi.alignment.PreferenceGames;
import org.polyphony.spi.artefact.Artefact;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.tensor.Tensor;

/// The golden calls of parametric policies: a fit that can express the equilibrium of its one game, and a
/// policy whose answer follows from its definition.
final class GoldenPolicies {

    private static final double TOLERANCE = 1e-9;

    /// 1 beats 0, 2 beats 1, 0 beats 2 in 9, 9 and 8 cases of ten.
    private static final double[] CYCLE = {0.5, 0.1, 0.8, 0.9, 0.5, 0.1, 0.2, 0.9, 0.5};

    private GoldenPolicies() {}

    /// A linear policy with a feature for each candidate comes near the cycle's equilibrium (4, 3, 4)/11.
    ///
    /// @throws IllegalStateException naming the first number that is wrong
    static void check(PluginContext context) {
        var fit = new ParametricSettings(
                1,
                new FitSettings(
                        new MirrorDescent(PairWeighting.WIN_RATE, 0.5, 1e-9, 400, 10),
                        new EarlyStop(0, 40),
                        new Minibatches(0, 1, 0.01)),
                1,
                0,
                Optional.empty());
        var settings = new NashDpoSettings(
                new PopulationSettings(PopulationMethod.EXACT, 1e-6, 1),
                new StakeholderSettings(StakeholderMethod.MIRROR_PROX, 0.1, true, 1e-12, 1),
                PolicyForm.LINEAR,
                fit);
        var bucket = GameBucket.of(Tensor.ofInts(new int[] {0}, 1), Tensor.ofDoubles(CYCLE.clone(), 1, 1, 3, 3))
                .withFeatures(Tensor.ofDoubles(new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, 1, 3, 3));
        var games = PreferenceGames.of(List.of("all"), Tensor.ofDoubles(new double[] {1}, 1), List.of(bucket));
        var answer = new ParametricAlignment(settings)
                .align(AlignmentRequest.of(games, Formulation.POPULATION), context)
                .buckets()
                .getFirst()
                .logPolicy();
        require("cycle", answer, 2e-3, 4 / 11.0, 3 / 11.0, 4 / 11.0);
    }

    /// Two policies, one of which ignores its feature, mixed 1 to 3, at half the temperature, one
    /// candidate masked.
    ///
    /// @throws IllegalStateException naming the first number that is wrong
    static void checkScorer(NashDpoPolicyScorer scorer, PluginContext context) {
        var policy = Artefact.of(
                PolicyArtefact.TYPE,
                PolicyArtefact.VERSION,
                Map.of(),
                Map.of(
                        "mean", Tensor.ofDoubles(new double[] {1}, 1),
                        "deviation", Tensor.ofDoubles(new double[] {2}, 1),
                        "heads", Tensor.ofDoubles(new double[] {0, 1}, 2, 1),
                        "weights", Tensor.ofDoubles(new double[] {0.25, 0.75}, 2),
                        "temperature", Tensor.ofDoubles(new double[] {0.5}, 1),
                        "hidden", Tensor.ofInts(new int[] {0}, 1)));
        var features = Tensor.ofDoubles(new double[] {1, 9, 1 + Math.log(3)}, 1, 3, 1);
        var allowed = Tensor.ofBytes(new byte[] {1, 0, 1}, 1, 3);
        // the second policy: f is 0 and ln(3)/2, twice that is ln 3
        var answer = scorer.open(policy, context).score(features, allowed, context);
        require("mixture", answer, TOLERANCE, 0.25 * 0.5 + 0.75 * 0.25, 0, 0.25 * 0.5 + 0.75 * 0.75);
    }

    private static void require(String what, Tensor logProbabilities, double tolerance, double... expected) {
        for (int i = 0; i < expected.length; i++) {
            double found = Math.exp(logProbabilities.getDouble(i));
            if (!(Math.abs(found - expected[i]) <= tolerance)) {
                throw new IllegalStateException(
                        what + ": probability " + i + " is " + found + ", must be " + expected[i]);
            }
        }
    }
}
