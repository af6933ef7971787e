package com.example.proxied;

import jakarta.inject.Inject;
import org.polyphony.plugin.encoder.http.client.HttpEmbeddings;
import org.polyphony.plugin.encoder.http.client.HttpSettings;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.encoding.EncodeRequest;
import org.polyphony.spi.encoding.Encodings;
import org.polyphony.spi.encoding.TextEncoder;
import org.polyphony.spi.plugin.Determinism;
import org.polyphony.spi.plugin.Need;
import org.polyphony.spi.plugin.Plugin;

/// Text vectors from a server behind a proxy: everything but the client is that of `http`.
@Plugin(
        role = TextEncoder.class,
        id = "example-proxied",
        settings = HttpSettings.class,
        needs = Need.NETWORK,
        determinism = Determinism.NONE,
        summary = "Text vectors from an OpenAI-compatible server behind a proxy.")
public final class ProxiedEncoder implements TextEncoder {

    private final HttpEmbeddings embeddings;

    @Inject
    ProxiedEncoder(HttpEmbeddings embeddings) {
        this.embeddings = embeddings;
    }

    @Override
    public Encodings encode(EncodeRequest request, PluginContext context) {
        return embeddings.encode(request, context.settings(HttpSettings.class), context);
    }
}
