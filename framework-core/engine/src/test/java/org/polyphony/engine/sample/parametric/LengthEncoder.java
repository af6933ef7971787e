package org.polyphony.engine.sample.parametric;

import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.encoding.EncodeRequest;
import org.polyphony.spi.encoding.Encodings;
import org.polyphony.spi.encoding.TextEncoder;
import org.polyphony.spi.plugin.Plugin;

/// A text as its length.
@Plugin(role = TextEncoder.class, id = "length", summary = "Counts characters, for tests")
public final class LengthEncoder implements TextEncoder {

    @Override
    public Encodings encode(EncodeRequest request, PluginContext context) {
        int n = request.texts().size();
        var features = context.allocator().doubles(n, 1);
        for (int i = 0; i < n; i++) {
            features.setDouble(i, request.texts().get(i).length());
        }
        return Encodings.of(features);
    }
}
