package org.polyphony.engine.sample.flawed;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.polyphony.spi.alignment.PolicyScorer;
import org.polyphony.spi.alignment.ScoredPolicy;
import org.polyphony.spi.artefact.Artefact;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.plugin.Plugin;
import org.polyphony.spi.tensor.Tensor;
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
        return new Flawed(flaw, new LinearScorer().open(readable, context), context);
    }

    private static final class Flawed implements ScoredPolicy {

        private final Flaw flaw;
        private final ScoredPolicy sound;
        private final PluginContext opening;
        private final AtomicInteger calls = new AtomicInteger();
        private final AtomicInteger atOnce = new AtomicInteger();
        private volatile boolean closed;

        Flawed(Flaw flaw, ScoredPolicy sound, PluginContext opening) {
            this.flaw = flaw;
            this.sound = sound;
            this.opening = opening;
        }

        @Override
        public Tensor score(Tensor features, Tensor allowed, PluginContext call) {
            var context = flaw == Flaw.SCORER_KEEPS_THE_CONTEXT_OF_OPEN ? opening : call;
            var scores = sound.score(features, allowed, context);
            if (flaw == Flaw.SCORER_ANSWERS_ONCE && calls.incrementAndGet() > 1) {
                throw new IllegalStateException("it has answered");
            }
            if (flaw == Flaw.SCORER_NOT_FOR_TWO_THREADS) {
                alone();
            }
            for (long i = 0; i < scores.size(); i++) {
                double score = scores.getDouble(i);
                switch (flaw) {
                    case SCORER_NOT_NORMALISED -> scores.setDouble(i, score + 0.01);
                    case SCORER_CHOOSES_THE_REFUSED -> scores.setDouble(i, Math.max(score, -30));
                    case SCORER_LOOKS_AT_OTHERS -> scores.setDouble(i, score / features.dimension(0));
                    case SCORER_ANSWERS_AFTER_CLOSE -> scores.setDouble(i, closed ? 0 : score);
                    default -> {}
                }
            }
            return scores;
        }

        // as one does that works in fields of its own
        private void alone() {
            if (atOnce.incrementAndGet() > 1) {
                throw new IllegalStateException("it answers one at a time");
            }
            LockSupport.parkNanos(2_000_000);
            atOnce.decrementAndGet();
        }

        @Override
        public void close() {
            closed = true;
            if (flaw == Flaw.SCORER_CLOSE_THROWS) {
                throw new IllegalStateException("cannot close");
            }
        }
    }
}
