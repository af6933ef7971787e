package org.polyphony.engine.sample.parametric;

import java.util.ArrayList;
import java.util.List;
import org.polyphony.spi.alignment.AlignmentAlgorithm;
import org.polyphony.spi.alignment.AlignmentRequest;
import org.polyphony.spi.alignment.Formulation;
import org.polyphony.spi.alignment.PolicySolution;
import org.polyphony.spi.alignment.SolutionBucket;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.plugin.Plugin;
import org.polyphony.spi.tensor.Tensor;

/// Fits nothing: the weight of the first feature is a hundredth of the sum of 2^item over the items it was
/// shown, so that a policy tells what its fit has seen.
@Plugin(
        role = AlignmentAlgorithm.class,
        id = "linear",
        formulations = Formulation.POPULATION,
        writes = "sample.linear;version=1",
        settings = LinearSettings.class,
        summary = "Remembers which items it saw, for tests")
public final class LinearAlgorithm implements AlignmentAlgorithm {

    @Override
    public PolicySolution align(AlignmentRequest request, PluginContext context) {
        double weight = 0;
        for (var bucket : request.games().buckets()) {
            for (int g = 0; g < bucket.games(); g++) {
                weight += 0.01 * (1 << bucket.items().getInt(g));
            }
        }
        List<SolutionBucket> buckets = new ArrayList<>();
        for (var bucket : request.games().buckets()) {
            int n = bucket.games();
            var logs = LinearScorer.score(bucket.features().orElseThrow(), bucket.allowed(), weight, context);
            buckets.add(SolutionBucket.of(
                    logs,
                    Tensor.ofDoubles(new double[n], n),
                    Tensor.ofInts(new int[n], n),
                    Tensor.ofBytes(new byte[n], n),
                    Tensor.ofBytes(new byte[n], n)));
        }
        var solution = PolicySolution.of(buckets);
        return context.settings(LinearSettings.class).artefact()
                ? solution.withPolicy(LinearScorer.policy(weight))
                : solution;
    }
}
