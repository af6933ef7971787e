package org.polyphony.plugin.encoder.http;

import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.Issue;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.model.EncodeRequest;
import org.polyphony.spi.model.Encodings;
import org.polyphony.spi.model.TextEncoder;
import org.polyphony.spi.plugin.Plugin;
import org.polyphony.spi.plugin.SelfTesting;

/// Encodes texts by a server that speaks the protocol of OpenAI's `/v1/embeddings`. Whether the same text gets the
/// same vector is the server's promise, not ours.
///
/// A call has its own client, whose threads end with it: nothing of a replaced version stays.
@Plugin(
        role = TextEncoder.class,
        id = "http",
        settings = HttpSettings.class,
        summary = "Text vectors from an OpenAI-compatible server (/v1/embeddings).")
public final class HttpEncoder implements TextEncoder, SelfTesting {

    private static final long POLL_MILLIS = 50;

    private final UnaryOperator<@Nullable String> environment;
    private final Duration firstPause;

    public HttpEncoder() {
        this(System::getenv, Duration.ofMillis(500));
    }

    /// @param environment where the API key is looked up
    /// @param firstPause before the first repetition of a request; each further one is twice as long
    HttpEncoder(UnaryOperator<@Nullable String> environment, Duration firstPause) {
        this.environment = environment;
        this.firstPause = firstPause;
    }

    @Override
    public Encodings encode(EncodeRequest request, PluginContext context) {
        var settings = context.settings(HttpSettings.class);
        var texts = request.texts();
        if (texts.isEmpty()) {
            return Encodings.of(
                    context.allocator().doubles(0, settings.dimension().orElse(0)));
        }
        if (settings.keyTravelsInClear()) {
            context.report(Issue.warning(
                    "KEY_IN_CLEAR",
                    "the API key goes to " + settings.endpoint().getHost()
                            + " unencrypted; use https, or leave api-key-env out",
                    "url"));
        }
        var vectors = fetch(texts, settings, context);
        int size = settings.dimension().orElse(vectors.getFirst().length);
        var features = context.allocator().doubles(texts.size(), size);
        for (int i = 0; i < vectors.size(); i++) {
            if (vectors.get(i).length != size) {
                throw new AlignmentException(
                        StandardErrorCode.VALUE_INVALID,
                        settings.endpoint() + " answered a vector of " + vectors.get(i).length
                                + " numbers where " + size + " are expected; "
                                + (settings.dimension().isPresent()
                                        ? "correct the setting dimension or the model"
                                        : "its vectors differ in length"));
            }
            features.put((long) i * size, vectors.get(i));
        }
        return Encodings.of(features);
    }

    private List<double[]> fetch(List<String> texts, HttpSettings settings, PluginContext context) {
        var vectors = new ArrayList<double[]>(texts.size());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var client = HttpClient.newBuilder()
                        .executor(threads)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(settings.timeout())
                        .build()) {
            var embeddings = new EmbeddingClient(client, settings, environment, firstPause);
            var permits = new Semaphore(settings.concurrency());
            var answers = new ArrayList<Future<List<double[]>>>();
            for (int from = 0; from < texts.size(); from += settings.batchSize()) {
                var batch = texts.subList(from, Math.min(texts.size(), from + settings.batchSize()));
                answers.add(threads.submit(() -> {
                    permits.acquire();
                    try {
                        return embeddings.embed(batch);
                    } finally {
                        permits.release();
                    }
                }));
            }
            try {
                for (var answer : answers) {
                    vectors.addAll(await(answer, context));
                    context.progress(vectors.size(), texts.size());
                }
            } catch (RuntimeException e) {
                threads.shutdownNow();
                client.shutdownNow();
                throw e;
            }
        }
        return vectors;
    }

    private static <T> T await(Future<T> answer, PluginContext context) {
        while (true) {
            context.checkCancelled();
            try {
                return answer.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException _) {
                // not yet: look for a cancellation
            } catch (ExecutionException e) {
                throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AlignmentException(StandardErrorCode.CANCELLED, "interrupted while waiting for vectors", e);
            }
        }
    }

    /// Reads a golden answer; a server is not asked.
    @Override
    public void selfTest(PluginContext context) {
        var body = "{\"data\":[{\"index\":1,\"embedding\":[3,-4e-1]},{\"index\":0,\"embedding\":[1,2]}]}";
        var vectors = EmbeddingAnswer.read(body.getBytes(StandardCharsets.UTF_8), 2);
        if (!Arrays.equals(vectors.get(0), new double[] {1, 2})
                || !Arrays.equals(vectors.get(1), new double[] {3, -0.4})) {
            throw new IllegalStateException("the golden answer was read as " + Arrays.deepToString(vectors.toArray()));
        }
    }
}
