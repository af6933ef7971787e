package org.polyphony.plugin.encoder.surface;

import java.util.List;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.encoding.EncodeRequest;
import org.polyphony.spi.encoding.Encodings;
import org.polyphony.spi.encoding.TextEncoder;
import org.polyphony.spi.plugin.Plugin;
import org.polyphony.spi.plugin.SelfTesting;
import org.polyphony.spi.tensor.Tensor;

/// Encodes a text by what can be counted on its surface, without knowing what it means: one column per
/// [SurfaceFeature], in the order of their declaration. A model that beats these has learned more than length
/// and punctuation.
@Plugin(
        role = TextEncoder.class,
        id = "surface",
        summary = "Counts what is on a text's surface: length, words, sentences, punctuation.")
public final class SurfaceEncoder implements TextEncoder, SelfTesting {

    /// The columns.
    static final List<SurfaceFeature> COLUMNS = List.of(SurfaceFeature.values());

    private static final int CHUNK = 256;

    @Override
    public Encodings encode(EncodeRequest request, PluginContext context) {
        var texts = request.texts();
        var features = context.allocator().doubles(texts.size(), COLUMNS.size());
        context.parallel((texts.size() + CHUNK - 1) / CHUNK, chunk -> {
            context.checkCancelled();
            int end = Math.min(texts.size(), (chunk + 1) * CHUNK);
            for (int i = chunk * CHUNK; i < end; i++) {
                features.slice(i, 1).put(0, vector(texts.get(i)));
            }
            return end;
        });
        return Encodings.of(features);
    }

    /// The features of one text, in the order of [#COLUMNS].
    static double[] vector(String text) {
        var surface = TextSurface.of(text);
        var vector = new double[COLUMNS.size()];
        for (int d = 0; d < vector.length; d++) {
            vector[d] = COLUMNS.get(d).of(surface);
        }
        return vector;
    }

    @Override
    public void selfTest(PluginContext context) {
        var features = encode(EncodeRequest.of(List.of("Why not? Because 2 is more.")), context)
                .features();
        require(features, SurfaceFeature.WORDS, Math.log1p(6));
        require(features, SurfaceFeature.QUESTIONS, Math.log1p(1));
        require(features, SurfaceFeature.NEGATIONS, 1 / 6.0);
    }

    private static void require(Tensor features, SurfaceFeature feature, double expected) {
        double found = features.at(0, COLUMNS.indexOf(feature));
        if (!(Math.abs(found - expected) <= 1e-12)) {
            throw new IllegalStateException(feature.label() + " is " + found + ", must be " + expected);
        }
    }
}
