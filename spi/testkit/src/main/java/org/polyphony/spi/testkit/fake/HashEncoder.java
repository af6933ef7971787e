package org.polyphony.spi.testkit.fake;

import org.polyphony.spi.context.KeyedRandom;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.encoding.EncodeRequest;
import org.polyphony.spi.encoding.Encodings;
import org.polyphony.spi.encoding.TextEncoder;
import org.polyphony.spi.plugin.Plugin;

/// Gives each text a fixed vector of eight normal numbers, unrelated to what it says.
@Plugin(role = TextEncoder.class, id = "hash", summary = "Gives each text eight numbers of its own.")
public final class HashEncoder implements TextEncoder {

    /// D, the length of a vector.
    public static final int SIZE = 8;

    @Override
    public Encodings encode(EncodeRequest request, PluginContext context) {
        int n = request.texts().size();
        var features = context.allocator().doubles(n, SIZE);
        for (int i = 0; i < n; i++) {
            var random = KeyedRandom.of(0, request.texts().get(i), 0);
            var vector = features.slice(i, 1);
            for (int d = 0; d < SIZE; d++) {
                vector.setDouble(d, random.nextGaussian());
            }
        }
        return Encodings.of(features);
    }
}
