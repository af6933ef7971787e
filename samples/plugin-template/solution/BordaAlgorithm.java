package com.example.borda;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Set;
import org.polyphony.spi.alignment.AlignmentAlgorithm;
import org.polyphony.spi.alignment.AlignmentRequest;
import org.polyphony.spi.alignment.GameBucket;
import org.polyphony.spi.alignment.PolicySolution;
import org.polyphony.spi.alignment.SolutionBucket;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.plugin.Plugin;
import org.polyphony.spi.tensor.Tensor;

/// Plays a candidate the more often, the more it is preferred to the others on average.
///
/// A candidate's score is its mean win probability against the allowed candidates, weighted over
/// stakeholders; its probability is proportional to exp(sharpness · score).
@Plugin(
        role = AlignmentAlgorithm.class,
        id = "example-borda",
        settings = BordaSettings.class,
        summary = "Plays candidates by their weighted Borda score.")
public final class BordaAlgorithm implements AlignmentAlgorithm {

    @Override
    public Set<String> formulations() {
        return Set.of("borda");
    }

    @Override
    public PolicySolution align(AlignmentRequest request, PluginContext context) {
        if (!formulations().contains(request.formulation())) {
            throw new AlignmentException(
                    StandardErrorCode.UNSUPPORTED,
                    "example-borda does not solve " + request.formulation() + "; use one of " + formulations());
        }
        double sharpness = context.settings(BordaSettings.class).sharpness();
        var buckets = new ArrayList<SolutionBucket>();
        for (var game : request.games().buckets()) {
            buckets.add(solve(game, request.games().weights(), sharpness, context));
        }
        return PolicySolution.of(buckets);
    }

    private static SolutionBucket solve(GameBucket game, Tensor weights, double sharpness, PluginContext context) {
        int k = game.candidates();
        var memory = context.allocator();
        var logPolicy = memory.doubles(game.games(), k).fill(Double.NEGATIVE_INFINITY);
        var refused = memory.bytes(game.games());
        var converged = memory.bytes(game.games());
        for (int n = 0; n < game.games(); n++) {
            context.checkCancelled();
            var scores = scores(game, weights, n);
            double largest = Arrays.stream(scores).max().orElseThrow();
            double sum = 0;
            for (double score : scores) {
                sum += Math.exp(sharpness * (score - largest));
            }
            boolean none = largest == Double.NEGATIVE_INFINITY;
            for (int i = 0; i < k && !none; i++) {
                logPolicy.setDouble((long) n * k + i, sharpness * (scores[i] - largest) - Math.log(sum));
            }
            refused.setByte(n, (byte) (none ? 1 : 0));
            converged.setByte(n, (byte) 1);
        }
        return SolutionBucket.of(logPolicy, memory.doubles(game.games()), memory.ints(game.games()), converged, refused);
    }

    /// Mean win probability of each candidate against those allowed; −∞ for those that are not.
    private static double[] scores(GameBucket game, Tensor weights, int n) {
        int k = game.candidates();
        var scores = new double[k];
        Arrays.fill(scores, Double.NEGATIVE_INFINITY);
        for (int i = 0; i < k; i++) {
            if (allowed(game, n, i)) {
                double wins = 0;
                int rivals = 0;
                for (int j = 0; j < k; j++) {
                    if (allowed(game, n, j)) {
                        rivals++;
                        wins += weightedPreference(game, weights, n, i, j);
                    }
                }
                scores[i] = wins / rivals;
            }
        }
        return scores;
    }

    private static double weightedPreference(GameBucket game, Tensor weights, int n, int i, int j) {
        double preference = 0;
        for (int s = 0; s < game.stakeholders(); s++) {
            preference += weights.getDouble(s) * game.p().at(n, s, i, j);
        }
        return preference;
    }

    private static boolean allowed(GameBucket game, int n, int i) {
        return game.allowed().getByte((long) n * game.candidates() + i) == 1;
    }
}
