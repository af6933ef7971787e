package org.polyphony.engine.sample.injected;

import com.google.inject.name.Named;
import jakarta.inject.Inject;
import java.util.List;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.plugin.Plugin;
import org.polyphony.spi.safety.NormRule;
import org.polyphony.spi.safety.ReviewRequest;
import org.polyphony.spi.safety.ReviewResult;
import org.polyphony.spi.safety.SafetyLayer;
import org.polyphony.spi.tensor.Tensor;

/// Refuses everything by a rule whose name is injected.
@Plugin(role = SafetyLayer.class, id = "injected", summary = "Refuses every candidate, for tests")
public final class InjectedLayer implements SafetyLayer {

    private final String rule;

    @Inject
    public InjectedLayer(@Named("rule") String rule) {
        this.rule = rule;
    }

    @Override
    public ReviewResult review(ReviewRequest request, PluginContext context) {
        int m = request.candidates().ids().size();
        return ReviewResult.of(
                Tensor.ofBytes(new byte[m], m),
                Tensor.ofInts(new int[m], m),
                List.of(NormRule.of(rule, "all are refused", "a test")));
    }

    @Override
    public String toString() {
        return rule;
    }
}
