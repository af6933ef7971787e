package org.polyphony.engine.sample.parametric;

import java.util.Map;
import org.polyphony.spi.alignment.PolicyScorer;
import org.polyphony.spi.alignment.ScoredPolicy;
import org.polyphony.spi.artefact.Artefact;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.plugin.Plugin;
import org.polyphony.spi.tensor.Tensor;

/// Opens policies π(y) ∝ exp(w φ₁(y)).
@Plugin(
        role = PolicyScorer.class,
        id = "weighing",
        reads = "sample.linear;version=[1,2)",
        summary = "Weighs the first feature, for tests")
public final class LinearScorer implements PolicyScorer {

    static Artefact policy(double weight) {
        return Artefact.of("sample.linear", 1, Map.of(), Map.of("weight", Tensor.ofDoubles(new double[] {weight}, 1)));
    }

    @Override
    public ScoredPolicy open(Artefact policy, PluginContext context) {
        double weight = policy.tensor("weight").getDouble(0);
        return (features, allowed, call) -> score(features, allowed, weight, call);
    }

    static Tensor score(Tensor features, Tensor allowed, double weight, PluginContext context) {
        int b = features.dimension(0);
        int k = features.dimension(1);
        var logs = context.allocator().doubles(b, k);
        for (int g = 0; g < b; g++) {
            double sum = 0;
            for (int i = 0; i < k; i++) {
                sum += allowed.getByte((long) g * k + i) * Math.exp(weight * features.at(g, i, 0));
            }
            for (int i = 0; i < k; i++) {
                logs.setDouble(
                        (long) g * k + i,
                        allowed.getByte((long) g * k + i) == 1
                                ? weight * features.at(g, i, 0) - Math.log(sum)
                                : Double.NEGATIVE_INFINITY);
            }
        }
        return logs;
    }
}
