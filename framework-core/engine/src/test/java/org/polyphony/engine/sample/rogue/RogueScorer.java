package org.polyphony.engine.sample.rogue;

import org.polyphony.spi.alignment.PolicyScorer;
import org.polyphony.spi.alignment.ScoredPolicy;
import org.polyphony.spi.artefact.Artefact;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.plugin.Plugin;
import org.polyphony.spi.tensor.Tensor;

/// Gives all mass to the first candidate that may be played, except where there are four, where it cheats.
@Plugin(
        role = PolicyScorer.class,
        id = "rogue-fit",
        reads = "sample.rogue;version=1",
        summary = "Breaks its contract, for tests")
public final class RogueScorer implements PolicyScorer {

    @Override
    public ScoredPolicy open(Artefact policy, PluginContext context) {
        var cheat = Cheat.valueOf(policy.texts().getOrDefault(RogueFit.CHEAT, "NONE"));
        return (_, allowed, _) -> score(allowed, cheat);
    }

    @SuppressWarnings("NullAway") // null is one of the things it must not answer
    private static Tensor score(Tensor mask, Cheat wanted) {
        int n = mask.dimension(0);
        int k = mask.dimension(1);
        var cheat = k == RogueAlgorithm.CHEATED ? wanted : Cheat.NONE;
        if (cheat == Cheat.THROWS) {
            throw new IllegalStateException("it throws");
        }
        if (cheat == Cheat.ANSWERS_NULL) {
            return null;
        }
        var logs = new double[n * k];
        for (int g = 0; g < n; g++) {
            var allowed = Forgery.allowed(mask, g);
            var played = new double[k];
            int first = RogueAlgorithm.first(allowed);
            if (first >= 0) {
                played[first] = 1;
            }
            var row = RogueAlgorithm.log(Forgery.policy(cheat, allowed, played), cheat, allowed);
            System.arraycopy(row, 0, logs, g * k, k);
        }
        Forgery.later(cheat, logs);
        return Forgery.shape(cheat, logs, n, k);
    }
}
