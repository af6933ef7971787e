package org.polyphony.engine.sample.eager;

import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.plugin.Plugin;
import org.polyphony.spi.safety.ReviewRequest;
import org.polyphony.spi.safety.ReviewResult;
import org.polyphony.spi.safety.SafetyLayer;

/// Would run before anybody asked for it, if its settings were initialised to be read.
@Plugin(role = SafetyLayer.class, id = "eager", settings = EagerSettings.class, summary = "Runs early, for tests")
public final class EagerLayer implements SafetyLayer {

    @Override
    public ReviewResult review(ReviewRequest request, PluginContext context) {
        throw new IllegalStateException("not called");
    }
}
