package org.polyphony.engine.sample.parametric;

import java.util.ArrayList;
import org.polyphony.spi.alignment.AlignmentAlgorithm;
import org.polyphony.spi.alignment.AlignmentRequest;
import org.polyphony.spi.alignment.Formulation;
import org.polyphony.spi.alignment.GameBucket;
import org.polyphony.spi.alignment.PolicySolution;
import org.polyphony.spi.alignment.SolutionBucket;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.plugin.Plugin;
import org.polyphony.spi.tensor.Tensor;

/// Plays π(y) ∝ exp(P(y, first candidate)) of the first seat, so that a policy tells which P it was given.
@Plugin(
        role = AlignmentAlgorithm.class,
        id = "margin",
        formulations = Formulation.POPULATION,
        summary = "Shows the preferences it was given, for tests")
public final class MarginAlgorithm implements AlignmentAlgorithm {

    @Override
    public PolicySolution align(AlignmentRequest request, PluginContext context) {
        var buckets = new ArrayList<SolutionBucket>();
        for (var bucket : request.games().buckets()) {
            int n = bucket.games();
            int k = bucket.candidates();
            var logs = context.allocator().doubles(n, k);
            for (int g = 0; g < n; g++) {
                double sum = 0;
                for (int i = 0; i < k; i++) {
                    sum += allowed(bucket, g, i) ? Math.exp(bucket.p().at(g, 0, i, 0)) : 0;
                }
                for (int i = 0; i < k; i++) {
                    logs.setDouble(
                            (long) g * k + i,
                            allowed(bucket, g, i)
                                    ? bucket.p().at(g, 0, i, 0) - Math.log(sum)
                                    : Double.NEGATIVE_INFINITY);
                }
            }
            buckets.add(SolutionBucket.of(
                    logs,
                    Tensor.ofDoubles(new double[n], n),
                    Tensor.ofInts(new int[n], n),
                    Tensor.ofBytes(new byte[n], n),
                    Tensor.ofBytes(new byte[n], n)));
        }
        return PolicySolution.of(buckets);
    }

    private static boolean allowed(GameBucket bucket, int game, int candidate) {
        return bucket.allowed().getByte((long) game * bucket.candidates() + candidate) == 1;
    }
}
