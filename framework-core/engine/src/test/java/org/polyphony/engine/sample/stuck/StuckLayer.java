package org.polyphony.engine.sample.stuck;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.plugin.Plugin;
import org.polyphony.spi.safety.NormRule;
import org.polyphony.spi.safety.ReviewRequest;
import org.polyphony.spi.safety.ReviewResult;
import org.polyphony.spi.safety.SafetyLayer;
import org.polyphony.spi.tensor.Tensor;

/// Answers at once when asked about two candidates, as golden calls do, and otherwise waits until interrupted.
@Plugin(role = SafetyLayer.class, id = "stuck", summary = "Waits until it is cancelled, for tests")
public final class StuckLayer implements SafetyLayer {

    @Override
    public ReviewResult review(ReviewRequest request, PluginContext context) {
        int m = request.candidates().ids().size();
        if (m != 2) {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                throw new IllegalStateException("interrupted", e);
            }
        }
        return ReviewResult.of(
                Tensor.ofBytes(new byte[m], m),
                Tensor.ofInts(new int[m], m),
                List.of(NormRule.of("all", "all are refused", "a test")));
    }
}
