package com.example.borda;

import java.util.Set;
import org.polyphony.spi.alignment.AlignmentAlgorithm;
import org.polyphony.spi.alignment.AlignmentRequest;
import org.polyphony.spi.alignment.PolicySolution;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.plugin.Plugin;

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
        throw new UnsupportedOperationException("TODO: name the formulation this plugin solves, for example borda");
    }

    @Override
    public PolicySolution align(AlignmentRequest request, PluginContext context) {
        throw new UnsupportedOperationException("TODO: for every game, a distribution over its allowed candidates");
    }
}
