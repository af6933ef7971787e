package org.polyphony.plugin.encoder.http.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// A real server on the loopback address: answers each text with its length and its hash, the last text first, after
/// the faults it was told to make.
final class EmbeddingServer implements AutoCloseable {

    /// What happens instead of an answer.
    interface Fault {
        void make(HttpExchange exchange) throws IOException;
    }

    final List<Map<?, ?>> requests = new CopyOnWriteArrayList<>();
    final List<String> authorizations = new CopyOnWriteArrayList<>();
    final AtomicInteger most = new AtomicInteger();
    private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
    private final AtomicInteger now = new AtomicInteger();
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    EmbeddingServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/v1/embeddings", this::answer);
        server.start();
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    void next(Fault... next) {
        faults.addAll(List.of(next));
    }

    static Fault status(int status, String body, String... headers) {
        return exchange -> {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
            }
            send(exchange, status, body);
        };
    }

    private void answer(HttpExchange exchange) throws IOException {
        most.accumulateAndGet(now.incrementAndGet(), Math::max);
        try (exchange) {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var request = (Map<?, ?>) Json.read(body);
            if (request == null) {
                throw new IOException("no request");
            }
            requests.add(request);
            authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            var fault = faults.poll();
            if (fault != null) {
                fault.make(exchange);
            } else {
                send(exchange, 200, vectors((List<?>) Objects.requireNonNull(request.get("input"))));
            }
        } finally {
            now.decrementAndGet();
        }
    }

    private static String vectors(List<?> texts) {
        var data = new ArrayList<String>();
        for (int i = texts.size() - 1; i >= 0; i--) {
            var text = String.valueOf(texts.get(i));
            data.add("{\"object\":\"embedding\",\"index\":" + i + ",\"embedding\":[" + text.length() + ","
                    + text.hashCode() + "e-3]}");
        }
        return "{\"object\":\"list\",\"data\":[" + String.join(",", data) + "],\"model\":\"m\"}";
    }

    static void send(HttpExchange exchange, int status, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
