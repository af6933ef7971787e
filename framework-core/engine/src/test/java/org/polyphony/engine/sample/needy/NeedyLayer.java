package org.polyphony.engine.sample.needy;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.plugin.Plugin;
import org.polyphony.spi.safety.ReviewRequest;
import org.polyphony.spi.safety.ReviewResult;
import org.polyphony.spi.safety.SafetyLayer;

/// Uses a library that the host has but does not lend.
@Plugin(role = SafetyLayer.class, id = "needy", summary = "Needs Jackson, for tests")
public final class NeedyLayer implements SafetyLayer {

    @Override
    public ReviewResult review(ReviewRequest request, PluginContext context) {
        throw new IllegalStateException(new ObjectMapper().toString());
    }
}
