package org.polyphony.spi.testkit.fake;

import java.util.Set;
import org.polyphony.spi.alignment.AlignmentAlgorithm;
import org.polyphony.spi.alignment.AlignmentRequest;
import org.polyphony.spi.alignment.PolicySolution;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.plugin.Plugin;

/// Plays every allowed candidate equally often, whatever anyone prefers. Its formulation is `uniform`.
@Plugin(role = AlignmentAlgorithm.class, id = "uniform", summary = "Plays every allowed candidate equally often.")
public final class UniformAlgorithm implements AlignmentAlgorithm {

    @Override
    public Set<String> formulations() {
        return Set.of("uniform");
    }

    @Override
    public PolicySolution align(AlignmentRequest request, PluginContext context) {
        return GameByGame.solve(request, formulations(), context, (game, n, allowed) -> {
            var policy = new double[game.candidates()];
            for (int i : allowed) {
                policy[i] = 1.0 / allowed.length;
            }
            return policy;
        });
    }
}
