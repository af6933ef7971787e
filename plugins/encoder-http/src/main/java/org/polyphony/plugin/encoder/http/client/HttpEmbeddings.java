package org.polyphony.plugin.encoder.http.client;

import com.google.inject.name.Named;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.encoding.EncodeRequest;
import org.polyphony.spi.encoding.Encodings;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.Issue;
import org.polyphony.spi.error.StandardErrorCode;

/// Vectors of texts from a server that speaks the protocol of OpenAI's `/v1/embeddings`. Whether the same text gets the
/// same vector is the server's promise, not ours.
///
/// A call has its own client, whose threads end with it: nothing of a replaced version stays. Made by
/// [EmbeddingsModule], or one that overrides it.
public final class HttpEmbeddings {

    private static final long POLL_MILLIS = 50;

    private final Provider<HttpClient.Builder> clients;
    private final ThreadFactory threads;
    private final ApiKeys keys;
    private final Clock clock;
    private final Duration firstPause;

    @Inject
    HttpEmbeddings(
            Provider<HttpClient.Builder> clients,
            ThreadFactory threads,
            ApiKeys keys,
            Clock clock,
            @Named(EmbeddingsModule.FIRST_PAUSE) Duration firstPause) {
        this.clients = clients;
        this.threads = threads;
        this.keys = keys;
        this.clock = clock;
        this.firstPause = firstPause;
    }

    /// A vector of FLOAT64 for every text, in their order.
    ///
    /// @throws AlignmentException saying what the server did
    public Encodings encode(EncodeRequest request, HttpSettings settings, PluginContext context) {
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
            features.slice(i, 1).put(0, vectors.get(i));
        }
        return Encodings.of(features);
    }

    private List<double[]> fetch(List<String> texts, HttpSettings settings, PluginContext context) {
        var asking = settings.requests();
        var vectors = new ArrayList<double[]>(texts.size());
        try (var workers = Executors.newThreadPerTaskExecutor(threads);
                var client = clients.get()
                        .executor(workers)
                        .connectTimeout(asking.timeout())
                        .build()) {
            var embeddings = new EmbeddingClient(client, settings, keys, clock, firstPause);
            var permits = new Semaphore(asking.concurrency());
            var answers = new ArrayList<Future<List<double[]>>>();
            for (int from = 0; from < texts.size(); from += asking.batchSize()) {
                var batch = texts.subList(from, Math.min(texts.size(), from + asking.batchSize()));
                answers.add(workers.submit(() -> {
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
                workers.shutdownNow();
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
    ///
    /// @throws IllegalStateException if it is read otherwise
    public static void checkGoldenAnswer() {
        var body = "{\"data\":[{\"index\":1,\"embedding\":[3,-4e-1]},{\"index\":0,\"embedding\":[1,2]}]}";
        var vectors = EmbeddingAnswer.read(body.getBytes(StandardCharsets.UTF_8), 2);
        if (!Arrays.equals(vectors.get(0), new double[] {1, 2})
                || !Arrays.equals(vectors.get(1), new double[] {3, -0.4})) {
            throw new IllegalStateException("the golden answer was read as " + Arrays.deepToString(vectors.toArray()));
        }
    }
}
