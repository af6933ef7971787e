package org.polyphony.engine.sample.rogue;

import java.util.Map;
import org.polyphony.spi.alignment.AlignmentAlgorithm;
import org.polyphony.spi.alignment.AlignmentRequest;
import org.polyphony.spi.alignment.Formulation;
import org.polyphony.spi.alignment.PolicySolution;
import org.polyphony.spi.artefact.Artefact;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.plugin.Plugin;

/// Answers honestly about items it has seen, and leaves an artefact whose scorer cheats.
@Plugin(
        role = AlignmentAlgorithm.class,
        id = "rogue-fit",
        formulations = Formulation.POPULATION,
        writes = "sample.rogue;version=1",
        settings = RogueSettings.class,
        summary = "Fits a policy that breaks its contract, for tests")
public final class RogueFit implements AlignmentAlgorithm {

    static final String CHEAT = "cheat";

    @Override
    public PolicySolution align(AlignmentRequest request, PluginContext context) {
        var cheat = context.settings(RogueSettings.class).which();
        return RogueAlgorithm.honest(request)
                .withPolicy(Artefact.of("sample.rogue", 1, Map.of(CHEAT, cheat.name()), Map.of()));
    }
}
