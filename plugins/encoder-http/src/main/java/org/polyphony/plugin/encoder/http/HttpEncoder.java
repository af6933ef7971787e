package org.polyphony.plugin.encoder.http;

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
import org.polyphony.spi.plugin.SelfTesting;

/// Encodes texts by a server that speaks the protocol of OpenAI's `/v1/embeddings`.
@Plugin(
        role = TextEncoder.class,
        id = "http",
        settings = HttpSettings.class,
        needs = Need.NETWORK,
        determinism = Determinism.NONE,
        summary = "Text vectors from an OpenAI-compatible server (/v1/embeddings).")
public final class HttpEncoder implements TextEncoder, SelfTesting {

    private final HttpEmbeddings embeddings;

    /// Made by [org.polyphony.plugin.encoder.http.client.EmbeddingsModule].
    @Inject
    HttpEncoder(HttpEmbeddings embeddings) {
        this.embeddings = embeddings;
    }

    @Override
    public Encodings encode(EncodeRequest request, PluginContext context) {
        return embeddings.encode(request, context.settings(HttpSettings.class), context);
    }

    @Override
    public void selfTest(PluginContext context) {
        HttpEmbeddings.checkGoldenAnswer();
    }
}
