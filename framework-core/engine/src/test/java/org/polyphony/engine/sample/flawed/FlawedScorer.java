package org.polyphony.engine.sample.flawed;

import java.util.concurrent.atomic.AtomicInteger;
import org.polyphony.spi.alignment.PolicyScorer;
import org.polyphony.spi.alignment.ScoredPolicy;
import org.polyphony.spi.artefact.Artefact;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.plugin.Plugin;
import org.polyphony.spi.testkit.fake.LinearScorer;

/// A sound scorer with one flaw.
@Plugin(
        role = PolicyScorer.class,
        id = "flawed",
        reads = "polyphony.testkit.linear;version=1",
        settings = FlawSettings.class,
        summary = "Breaks one rule.")
public final class FlawedScorer implements PolicyScorer {

    @Override
    public ScoredPolicy open(Artefact policy, PluginContext context) {
        var flaw = FlawSettings.of(context);
        var readable = flaw == Flaw.SCORER_OPENS_ANYTHING
                ? LinearScorer.policy(policy.tensor("weights").toDoubles())
                : policy;
        var opened = new LinearScorer().open(readable, context);
        var calls = new AtomicInteger();
        return (features, allowed, call) -> {
            var scores =
                    opened.score(features, allowed, flaw == Flaw.SCORER_KEEPS_THE_CONTEXT_OF_OPEN ? context : call);
            if (flaw == Flaw.SCORER_ANSWERS_ONCE && calls.incrementAndGet() > 1) {
                throw new IllegalStateException("it has answered");
            }
            for (long i = 0; i < scores.size(); i++) {
                double score = scores.getDouble(i);
                switch (flaw) {
                    case SCORER_NOT_NORMALISED -> scores.setDouble(i, score + 0.01);
                    case SCORER_CHOOSES_THE_REFUSED -> scores.setDouble(i, Math.max(score, -30));
                    case SCORER_LOOKS_AT_OTHERS -> scores.setDouble(i, score / features.dimension(0));
                    default -> {}
                }
            }
            return scores;
        };
    }
}
