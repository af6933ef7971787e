package org.polyphony.engine.sample.wrong;

import java.util.List;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.plugin.Plugin;
import org.polyphony.spi.safety.NormRule;
import org.polyphony.spi.safety.ReviewRequest;
import org.polyphony.spi.safety.ReviewResult;
import org.polyphony.spi.safety.SafetyLayer;
import org.polyphony.spi.tensor.Tensor;

/// Decides about one candidate, however many there are.
@Plugin(role = SafetyLayer.class, id = "wrong", summary = "Answers a wrong shape, for tests")
public final class WrongLayer implements SafetyLayer {

    @Override
    public ReviewResult review(ReviewRequest request, PluginContext context) {
        return ReviewResult.of(
                Tensor.ofBytes(new byte[1], 1),
                Tensor.ofInts(new int[1], 1),
                List.of(NormRule.of("one", "all are refused", "a test")));
    }
}
