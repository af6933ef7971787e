package org.polyphony.engine.sample.allowing;

import java.util.Arrays;
import java.util.List;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.plugin.Plugin;
import org.polyphony.spi.safety.ReviewRequest;
import org.polyphony.spi.safety.ReviewResult;
import org.polyphony.spi.safety.SafetyLayer;
import org.polyphony.spi.tensor.Tensor;

/// Allows everything.
@Plugin(
        role = SafetyLayer.class,
        id = "allowing",
        settings = AllowingSettings.class,
        summary = "Allows every candidate, for tests")
public final class AllowingLayer implements SafetyLayer {

    @Override
    public ReviewResult review(ReviewRequest request, PluginContext context) {
        int m = request.candidates().ids().size();
        var allowed = new byte[m];
        Arrays.fill(allowed, (byte) 1);
        var rule = new int[m];
        Arrays.fill(rule, -1);
        return ReviewResult.of(Tensor.ofBytes(allowed, m), Tensor.ofInts(rule, m), List.of());
    }
}
