package org.polyphony.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `samples/guice-encoder`: a bundle that takes another's Guice module along and overrides one binding of it.
class GuiceSampleIT {

    @Test
    void study_encoderWithOneBindingOverridden_asksThroughTheProxy(@TempDir Path folder) throws IOException {
        SampleProject.copy("guice-encoder", folder).built();
        Files.writeString(folder.resolve("study.yaml"), """
                study: proxied
                source:
                  plugin: generated
                  settings: {seed: 1, items: 8, annotators-per-group: 12, judgments-per-annotator: 16}
                seats: {attribute: role, levels: [pharmacist, patient, journalist, counsellor]}
                profiler: {plugin: groups}
                encoders:
                  - {plugin: example-proxied, settings: {url: "http://embeddings.invalid", model: small, retries: 0}}
                algorithms:
                  - {plugin: nash-dpo, name: linear, formulations: [population], settings: {policy: linear}}
                """);
        Queue<String> asked = new ConcurrentLinkedQueue<>();
        var proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        proxy.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().toString());
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var answer = answer(body).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        proxy.start();
        try {
            var run = Distribution.run(
                    folder,
                    Map.of("EXAMPLE_PROXY", "127.0.0.1:" + proxy.getAddress().getPort()),
                    List.of("study", "run", "study.yaml", "--plugins", "target", "--allow-network", "--out", "out"));
            assertThat(run.code()).as(run.err()).isZero();
            assertThat(run.out()).contains("VALID 8 of 8");
        } finally {
            proxy.stop(0);
        }
        assertThat(asked)
                .as("nobody else knows this host")
                .isNotEmpty()
                .allMatch(uri -> uri.equals("http://embeddings.invalid/v1/embeddings"));
    }

    // a vector of two numbers for every text
    private static String answer(String request) {
        var texts = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"")
                .matcher(request.substring(request.indexOf("\"input\":[") + "\"input\":[".length()))
                .results()
                .map(text -> text.group(1).length())
                .toList();
        return java.util.stream.IntStream.range(0, texts.size())
                .mapToObj(i -> "{\"index\":" + i + ",\"embedding\":[" + texts.get(i) / 100.0 + ",1.0]}")
                .collect(Collectors.joining(",", "{\"data\":[", "]}"));
    }
}
