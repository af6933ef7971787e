package org.polyphony.distribution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// A real Chromium without a window, spoken to by its DevTools protocol.
final class Browser implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long PATIENCE_SECONDS = 60;

    private final Process process;
    private final HttpClient client = HttpClient.newHttpClient();
    private final WebSocket socket;
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
    private final List<String> errors = new ArrayList<>();

    private Browser(Process process, URI page) {
        this.process = process;
        this.socket =
                client.newWebSocketBuilder().buildAsync(page, new Answers()).join();
    }

    /// Where Chromium is, if it is installed.
    static Optional<Path> find() {
        return Stream.of("chromium", "chromium-browser", "google-chrome")
                .flatMap(name -> Stream.of(System.getenv("PATH").split(":")).map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /// Opens a browser with an empty page.
    ///
    /// @param profile a folder that it may fill
    static Browser open(Path chromium, Path profile) throws Exception {
        var process = new ProcessBuilder(
                        chromium.toString(),
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--no-first-run",
                        "--user-data-dir=" + profile,
                        "--remote-debugging-port=0",
                        "about:blank")
                .redirectErrorStream(true)
                .redirectOutput(profile.resolve("browser.log").toFile())
                .start();
        var port = profile.resolve("DevToolsActivePort");
        for (int i = 0; i < 600 && (!Files.exists(port) || Files.size(port) == 0); i++) {
            Thread.sleep(100);
        }
        var at = Files.readAllLines(port).getFirst();
        var targets = JSON.readTree(get("http://127.0.0.1:" + at + "/json"));
        for (var target : targets) {
            if (target.path("type").asText().equals("page")) {
                var browser = new Browser(
                        process, URI.create(target.path("webSocketDebuggerUrl").asText()));
                browser.ask("Page.enable", Map.of());
                browser.ask("Runtime.enable", Map.of());
                browser.ask("Network.enable", Map.of());
                browser.ask(
                        "Network.emulateNetworkConditions",
                        Map.of("offline", true, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
                return browser;
            }
        }
        throw new IllegalStateException("no page in " + targets);
    }

    private static String get(String address) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    /// Shows a page of this width, as on a screen of 844 lines.
    void show(Path page, int width) throws InterruptedException {
        ask(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 844, "deviceScaleFactor", 1, "mobile", width < 500));
        ask("Page.navigate", Map.of("url", page.toUri().toString()));
        for (int i = 0; i < 600; i++) {
            if (evaluate("document.readyState === 'complete' && location.protocol === 'file:'")
                    .asBoolean()) {
                return;
            }
            Thread.sleep(100);
        }
        throw new IllegalStateException(page + " is not shown");
    }

    /// What an expression is worth in the page; a promise is waited for.
    JsonNode evaluate(String expression) {
        var answer =
                ask("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
        if (answer.has("exceptionDetails")) {
            throw new IllegalStateException(answer.path("exceptionDetails").toString());
        }
        return answer.at("/result/value");
    }

    /// Presses a key.
    ///
    /// @param text what it writes; empty if nothing
    void press(String key, int code, String text) {
        for (var type : List.of(text.isEmpty() ? "rawKeyDown" : "keyDown", "keyUp")) {
            ask(
                    "Input.dispatchKeyEvent",
                    Map.of("type", type, "key", key, "code", key, "windowsVirtualKeyCode", code, "text", text));
        }
    }

    /// The page as it would be printed.
    int printedBytes() {
        return ask("Page.printToPDF", Map.of()).path("data").asText().length();
    }

    void media(String name) {
        ask("Emulation.setEmulatedMedia", Map.of("media", name));
    }

    /// Scripts that failed.
    List<String> errors() {
        synchronized (errors) {
            return List.copyOf(errors);
        }
    }

    private JsonNode ask(String method, Map<String, Object> parameters) {
        int id = ids.incrementAndGet();
        var answer = new CompletableFuture<JsonNode>();
        answers.put(id, answer);
        try {
            socket.sendText(JSON.writeValueAsString(Map.of("id", id, "method", method, "params", parameters)), true)
                    .join();
            var message = answer.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
            if (message.has("error")) {
                throw new IllegalStateException(method + ": " + message.path("error"));
            }
            return message.path("result");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        socket.abort();
        client.close();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.onExit().join();
    }

    private final class Answers implements WebSocket.Listener {

        private final StringBuilder message = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            message.append(data);
            if (last) {
                take(message.toString());
                message.setLength(0);
            }
            from.request(1);
            return CompletableFuture.completedStage(null);
        }

        private void take(String text) {
            try {
                var node = JSON.readTree(text);
                var answer = answers.remove(node.path("id").asInt());
                if (answer != null) {
                    answer.complete(node);
                } else if (node.path("method").asText().equals("Runtime.exceptionThrown")) {
                    synchronized (errors) {
                        errors.add(text);
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
