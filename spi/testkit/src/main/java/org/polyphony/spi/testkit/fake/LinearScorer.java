package org.polyphony.spi.testkit.fake;

import java.util.Map;
import org.polyphony.spi.alignment.PolicyScorer;
import org.polyphony.spi.alignment.ScoredPolicy;
import org.polyphony.spi.artefact.Artefact;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.plugin.Plugin;
import org.polyphony.spi.tensor.Tensor;

/// Opens policies π(y) ∝ exp(w·φ(y)).
@Plugin(
        role = PolicyScorer.class,
        id = "linear",
        reads = LinearScorer.TYPE + ";version=1",
        summary = "Scores candidates by a weighted sum of features.")
public final class LinearScorer implements PolicyScorer {

    /// The type of artefact that it opens.
    static final String TYPE = "polyphony.testkit.linear";

    /// The policy with these weights.
    public static Artefact policy(double... weights) {
        return Artefact.of(TYPE, 1, Map.of(), Map.of("weights", Tensor.ofDoubles(weights, weights.length)));
    }

    @Override
    public ScoredPolicy open(Artefact policy, PluginContext context) {
        if (!policy.type().equals(TYPE) || policy.version() != 1) {
            throw new AlignmentException(
                    StandardErrorCode.ARTEFACT_UNREADABLE,
                    "cannot read " + policy.type() + " version " + policy.version() + ", only " + TYPE + " version 1");
        }
        var weights = policy.tensor("weights").toDoubles();
        return (features, allowed, call) -> score(features, allowed, weights, call);
    }

    private static Tensor score(Tensor features, Tensor allowed, double[] weights, PluginContext context) {
        int b = features.dimension(0);
        int k = features.dimension(1);
        var scores = context.allocator().doubles(b, k);
        for (int n = 0; n < b; n++) {
            var playing = allowed.slice(n, 1);
            var row = scores.slice(n, 1);
            double largest = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < k; i++) {
                double score = Double.NEGATIVE_INFINITY;
                if (playing.getByte(i) == 1) {
                    score = 0;
                    for (int d = 0; d < weights.length; d++) {
                        score += weights[d] * features.at(n, i, d);
                    }
                }
                row.setDouble(i, score);
                largest = Math.max(largest, score);
            }
            normalise(row, largest);
        }
        return scores;
    }

    private static void normalise(Tensor scores, double largest) {
        if (largest == Double.NEGATIVE_INFINITY) {
            return;
        }
        double sum = 0;
        for (int i = 0; i < scores.size(); i++) {
            sum += Math.exp(scores.getDouble(i) - largest);
        }
        for (int i = 0; i < scores.size(); i++) {
            scores.setDouble(i, scores.getDouble(i) - largest - Math.log(sum));
        }
    }
}
