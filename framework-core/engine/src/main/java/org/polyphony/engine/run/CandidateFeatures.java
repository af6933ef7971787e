package org.polyphony.engine.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.polyphony.engine.plan.StudyPlan.EncoderUse;
import org.polyphony.engine.plan.StudyPlan.Text;
import org.polyphony.spi.encoding.EncodeRequest;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.preference.Candidates;
import org.polyphony.spi.tensor.Tensor;

/// What encoders make of the candidates' texts: one vector per candidate, the encoders' parts side by side.
final class CandidateFeatures {

    private CandidateFeatures() {}

    /// FLOAT64, shape (M, D) in the order of candidates; empty without encoders. Every encoder is called once.
    ///
    /// @throws AlignmentException with code `PLUGIN_FAILED` if an encoder answers anything but one finite vector
    ///     a text
    static Optional<Tensor> encode(Candidates candidates, List<EncoderUse> encoders, Stages stages) {
        if (encoders.isEmpty()) {
            return Optional.empty();
        }
        int m = candidates.ids().size();
        var parts = new ArrayList<Tensor>();
        int width = 0;
        for (var encoder : encoders) {
            var part = stages.encode(encoder.use(), new EncodeRequest(texts(candidates, encoder.text())))
                    .features();
            check(encoder, part, m);
            parts.add(part);
            width += part.dimension(1);
        }
        var all = new double[Math.multiplyExact(m, width)];
        int column = 0;
        for (var part : parts) {
            int d = part.dimension(1);
            for (int i = 0; i < m; i++) {
                System.arraycopy(part.slice(i, 1).toDoubles(), 0, all, i * width + column, d);
            }
            column += d;
        }
        return Optional.of(Tensor.ofDoubles(all, m, width));
    }

    /// @throws AlignmentException with code `COLUMN_MISSING` if no candidate has a text
    static void requireTexts(Candidates candidates) {
        if (candidates.texts().stream().allMatch(String::isBlank)) {
            throw new AlignmentException(
                    StandardErrorCode.COLUMN_MISSING,
                    "none of the " + candidates.texts().size()
                            + " candidates has a text to encode; let the source read one (for files: candidates.text)"
                            + " or leave 'encoders' out");
        }
    }

    private static List<String> texts(Candidates candidates, Text text) {
        if (text == Text.CANDIDATE) {
            return candidates.texts();
        }
        var texts = new ArrayList<String>();
        for (int item = 0; item < candidates.items().size(); item++) {
            for (int m = candidates.first(item); m < candidates.first(item) + candidates.count(item); m++) {
                texts.add(candidates.prompts().get(item) + "\n\n"
                        + candidates.texts().get(m));
            }
        }
        return texts;
    }

    private static void check(EncoderUse encoder, Tensor vectors, int texts) {
        if (vectors.shape().rank() != 2 || vectors.dimension(0) != texts) {
            throw wrong(encoder, vectors + " where one vector for each of " + texts + " texts is needed");
        }
        for (long i = 0; i < vectors.size(); i++) {
            if (!Double.isFinite(vectors.getDouble(i))) {
                throw wrong(encoder, "the number " + vectors.getDouble(i));
            }
        }
    }

    private static AlignmentException wrong(EncoderUse encoder, String what) {
        return new AlignmentException(
                StandardErrorCode.PLUGIN_FAILED,
                "encoder '" + encoder.use().plugin() + "' answered " + what + "; its author must fix it");
    }
}
