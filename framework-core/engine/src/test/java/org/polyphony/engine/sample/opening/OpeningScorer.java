package org.polyphony.engine.sample.opening;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.polyphony.spi.alignment.PolicyScorer;
import org.polyphony.spi.alignment.ScoredPolicy;
import org.polyphony.spi.artefact.Artefact;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.error.Issue;
import org.polyphony.spi.plugin.Plugin;
import org.polyphony.spi.tensor.Tensor;

/// Scores everything with the weight of its artefact. What it opened and closed, and where, is its text.
@Plugin(
        role = PolicyScorer.class,
        id = "opening",
        settings = OpeningSettings.class,
        summary = "Tells when it opens and closes, for tests")
public final class OpeningScorer implements PolicyScorer {

    private final List<String> journal = new CopyOnWriteArrayList<>();
    private final Set<String> refused = Collections.synchronizedSet(new LinkedHashSet<>());

    @Override
    public ScoredPolicy open(Artefact policy, PluginContext context) {
        double weight = policy.tensor("weight").getDouble(0)
                + context.settings(OpeningSettings.class).bias();
        journal.add("open " + weight);
        // the first time only
        if (policy.texts().containsKey("refuse") && refused.add(policy.text("refuse"))) {
            throw new IllegalStateException("not the first time");
        }
        context.report(Issue.note("OPENED", "seed " + context.seed(), ""));
        try {
            Thread.sleep(50); // for others to come meanwhile
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        return new ScoredPolicy() {
            @Override
            public Tensor score(Tensor features, Tensor allowed, PluginContext call) {
                var used = policy.texts().containsKey("keep") ? context : call;
                var scores = used.allocator().doubles(allowed.dimension(0), allowed.dimension(1));
                return scores.fill(weight);
            }

            @Override
            public void close() {
                var loader = Thread.currentThread().getContextClassLoader();
                double still = policy.tensor("weight").getDouble(0);
                journal.add("close " + weight + " of " + still + " on "
                        + Thread.currentThread().getName()
                        + (OpeningScorer.class.getClassLoader().equals(loader) ? "" : " of another"));
                if (policy.texts().containsKey("throw")) {
                    throw new IllegalStateException("cannot close");
                }
            }
        };
    }

    @Override
    public String toString() {
        return String.join("\n", journal);
    }
}
