package org.polyphony.spi.encoding;

import org.osgi.annotation.versioning.ConsumerType;
import org.polyphony.spi.context.PluginContext;

/// Turns texts into vectors.
@ConsumerType
public interface TextEncoder {

    /// One vector per text.
    Encodings encode(EncodeRequest request, PluginContext context);
}
