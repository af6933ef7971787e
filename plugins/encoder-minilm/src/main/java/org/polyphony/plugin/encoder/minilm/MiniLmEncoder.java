package org.polyphony.plugin.encoder.minilm;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.encoding.EncodeRequest;
import org.polyphony.spi.encoding.Encodings;
import org.polyphony.spi.encoding.TextEncoder;
import org.polyphony.spi.plugin.Determinism;
import org.polyphony.spi.plugin.Plugin;
import org.polyphony.spi.plugin.SelfTesting;

/// Encodes texts by the sentence encoder all-MiniLM-L6-v2: word pieces, six layers of attention, the mean over the
/// pieces, length 1.
///
/// Each text goes through the model alone. Its quantised layers scale by the largest activation of a batch, so that
/// a text's vector would depend on its neighbours and on padding; alone it has the same bytes in every call. Threads
/// are the framework's: the runtime itself has none.
@Plugin(
        role = TextEncoder.class,
        id = "minilm",
        settings = MiniLmSettings.class,
        determinism = Determinism.SEEDED,
        summary = "Sentence vectors of all-MiniLM-L6-v2 (384 columns), computed in this process.")
public final class MiniLmEncoder implements TextEncoder, SelfTesting {

    private static final int CHUNK = 8;

    @Override
    public Encodings encode(EncodeRequest request, PluginContext context) {
        var texts = request.texts();
        int maxTokens = context.settings(MiniLmSettings.class).maxTokens();
        var features = context.allocator().doubles(texts.size(), SentenceModel.SIZE);
        if (texts.isEmpty()) {
            return Encodings.of(features);
        }
        var done = new AtomicLong();
        try (var model = SharedModel.SHARED.acquire()) {
            context.parallel((texts.size() + CHUNK - 1) / CHUNK, chunk -> {
                int end = Math.min(texts.size(), (chunk + 1) * CHUNK);
                for (int i = chunk * CHUNK; i < end; i++) {
                    context.checkCancelled();
                    features.slice(i, 1).put(0, model.vector(texts.get(i), maxTokens));
                    context.progress(done.incrementAndGet(), texts.size());
                }
                return end;
            });
        }
        return Encodings.of(features);
    }

    /// The example of the model's authors, with room for the arithmetic of other processors.
    @Override
    public void selfTest(PluginContext context) {
        var texts = List.of("The weather is lovely today.", "It's so sunny outside!", "He drove to the stadium.");
        var features = encode(EncodeRequest.of(texts), context).features();
        require(cosine(features.toDoubles(), 0, 1), 0.666);
        require(cosine(features.toDoubles(), 0, 2), 0.105);
    }

    private static double cosine(double[] vectors, int i, int j) {
        double sum = 0;
        for (int d = 0; d < SentenceModel.SIZE; d++) {
            sum += vectors[i * SentenceModel.SIZE + d] * vectors[j * SentenceModel.SIZE + d];
        }
        return sum;
    }

    private static void require(double found, double expected) {
        if (!(Math.abs(found - expected) <= 0.05)) {
            throw new IllegalStateException(
                    "two sentences have the similarity " + found + ", must be about " + expected);
        }
    }
}
