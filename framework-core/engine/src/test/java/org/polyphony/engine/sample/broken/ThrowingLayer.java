package org.polyphony.engine.sample.broken;

import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.plugin.Plugin;
import org.polyphony.spi.safety.ReviewRequest;
import org.polyphony.spi.safety.ReviewResult;
import org.polyphony.spi.safety.SafetyLayer;

/// Cannot be constructed.
@Plugin(role = SafetyLayer.class, id = "throwing", summary = "Throws in its constructor, for tests")
public final class ThrowingLayer implements SafetyLayer {

    public ThrowingLayer() {
        throw new IllegalStateException("no rules on this machine");
    }

    @Override
    public ReviewResult review(ReviewRequest request, PluginContext context) {
        throw new AssertionError("never constructed");
    }
}
