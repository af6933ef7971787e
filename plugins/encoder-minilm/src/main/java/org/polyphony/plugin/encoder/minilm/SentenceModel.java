package org.polyphony.plugin.encoder.minilm;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.Map;
import org.polyphony.lib.minilm.MiniLm;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;

/// The model in memory, about 60 MB outside the heap. Safe for use by many threads; closed when none uses it.
final class SentenceModel implements AutoCloseable {

    /// D, the length of a vector.
    static final int SIZE = 384;

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final WordPieceTokenizer tokenizer;

    private SentenceModel(OrtEnvironment environment, OrtSession session, WordPieceTokenizer tokenizer) {
        this.environment = environment;
        this.session = session;
        this.tokenizer = tokenizer;
    }

    /// @throws AlignmentException with code `UNSUPPORTED` where the runtime's native library does not load
    static SentenceModel open() {
        try (var options = new OrtSession.SessionOptions()) {
            var environment = environment();
            // one thread of the caller and no pool: the order of additions is fixed
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.setDeterministicCompute(true);
            // plans memory for one shape, and ours vary
            options.setMemoryPatternOptimization(false);
            var session = environment.createSession(MiniLm.model(), options);
            return new SentenceModel(environment, session, new WordPieceTokenizer(MiniLm.vocabulary()));
        } catch (OrtException e) {
            throw failed("does not open", e);
        } catch (LinkageError e) {
            throw new AlignmentException(
                    StandardErrorCode.UNSUPPORTED,
                    "ONNX Runtime does not load on " + System.getProperty("os.name") + " "
                            + System.getProperty("os.arch") + ": " + e
                            + "; it runs on Linux with glibc (x86-64, AArch64), macOS (AArch64) and Windows (x86-64);"
                            + " elsewhere use the encoder 'http' or 'surface'",
                    e);
        }
    }

    // the first of a process registers a thread for its end, which inherits the context's class loader and keeps
    // it: it must be the library's, not this copy's
    private static OrtEnvironment environment() {
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        thread.setContextClassLoader(OrtEnvironment.class.getClassLoader());
        try {
            return OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "polyphony");
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /// The vector of one text, of length 1.
    double[] vector(String text, int maxTokens) {
        long[] ids = tokenizer.encode(text, maxTokens);
        var ones = new long[ids.length];
        Arrays.fill(ones, 1);
        try (var input = tensor(ids);
                var mask = tensor(ones);
                var types = tensor(new long[ids.length]);
                var result = session.run(Map.of("input_ids", input, "attention_mask", mask, "token_type_ids", types))) {
            var hidden = ((OnnxTensor) result.get(0)).getFloatBuffer();
            if (hidden.remaining() != ids.length * SIZE) {
                throw new IllegalStateException(
                        "the model answered " + hidden.remaining() + " numbers for " + ids.length + " word pieces");
            }
            return mean(hidden, ids.length);
        } catch (OrtException e) {
            throw failed("failed on a text of " + ids.length + " word pieces", e);
        }
    }

    private OnnxTensor tensor(long[] values) throws OrtException {
        return OnnxTensor.createTensor(environment, LongBuffer.wrap(values), new long[] {1, values.length});
    }

    private static double[] mean(FloatBuffer hidden, int tokens) {
        var mean = new double[SIZE];
        for (int t = 0; t < tokens; t++) {
            for (int d = 0; d < SIZE; d++) {
                mean[d] += hidden.get(t * SIZE + d);
            }
        }
        double squares = 0;
        for (double value : mean) {
            squares += value * value;
        }
        double norm = Math.sqrt(squares);
        for (int d = 0; d < SIZE; d++) {
            mean[d] /= norm;
        }
        return mean;
    }

    private static AlignmentException failed(String what, OrtException e) {
        return new AlignmentException(
                StandardErrorCode.PLUGIN_FAILED, "the model all-MiniLM-L6-v2 " + what + ": " + e.getMessage(), e);
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw failed("does not close", e);
        }
    }
}
