package org.polyphony.engine.sample.untrue;

import java.util.List;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.plugin.Plugin;
import org.polyphony.spi.plugin.SelfTesting;
import org.polyphony.spi.safety.NormRule;
import org.polyphony.spi.safety.ReviewRequest;
import org.polyphony.spi.safety.ReviewResult;
import org.polyphony.spi.safety.SafetyLayer;
import org.polyphony.spi.tensor.Tensor;

/// Finds itself broken.
@Plugin(role = SafetyLayer.class, id = "untrue", summary = "Fails its self-test, for tests")
public final class UntrueLayer implements SafetyLayer, SelfTesting {

    @Override
    public void selfTest(PluginContext context) {
        throw new IllegalStateException("expected refusal, got allowance");
    }

    @Override
    public ReviewResult review(ReviewRequest request, PluginContext context) {
        int m = request.candidates().ids().size();
        return ReviewResult.of(
                Tensor.ofBytes(new byte[m], m),
                Tensor.ofInts(new int[m], m),
                List.of(NormRule.of("all", "all are refused", "a test")));
    }
}
