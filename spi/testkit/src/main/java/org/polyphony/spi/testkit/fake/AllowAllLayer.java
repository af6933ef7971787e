package org.polyphony.spi.testkit.fake;

import java.util.List;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.plugin.Plugin;
import org.polyphony.spi.safety.ReviewRequest;
import org.polyphony.spi.safety.ReviewResult;
import org.polyphony.spi.safety.SafetyLayer;
import org.polyphony.spi.tensor.ElementType;
import org.polyphony.spi.tensor.Shape;

/// Allows everything. Universal constraints still apply.
@Plugin(role = SafetyLayer.class, id = "allow-all", summary = "Allows everything that is universally allowed.")
public final class AllowAllLayer implements SafetyLayer {

    @Override
    public ReviewResult review(ReviewRequest request, PluginContext context) {
        int m = request.candidates().ids().size();
        var allowed = context.allocator().bytes(m);
        var rule = context.allocator().allocate(ElementType.INT32, Shape.of(m));
        allowed.data().fill((byte) 1);
        rule.data().fill((byte) -1);
        return ReviewResult.of(allowed, rule, List.of());
    }
}
