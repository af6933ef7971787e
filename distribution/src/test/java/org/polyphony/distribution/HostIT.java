package org.polyphony.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.polyphony.engine.deploy.ControlSocket;
import org.polyphony.spi.error.AlignmentException;

/// A host as a user runs it: a process that is told over its socket what to do, and that is killed.
class HostIT {

    // more where somebody asks: -Dhost.kills=100 -Dhost.corrupt=100
    private static final int KILLS = Integer.getInteger("host.kills", 3);
    private static final int CORRUPT = Integer.getInteger("host.corrupt", 10);
    private static final String STUDY = """
            study: small
            source:
              plugin: generated
              settings: {seed: 1, items: 4, annotators-per-group: 10, judgments-per-annotator: 10}
            seats: {attribute: role}
            profiler: {plugin: groups}
            algorithm: {plugin: nash-dpo, formulations: [consensus]}
            seed: 1
            """;
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @SuppressWarnings("NullAway.Init") // of each test
    private Process host;

    @BeforeEach
    void start() throws Exception {
        var file = folder.resolve("study.yaml");
        Files.writeString(file, STUDY);
        var out = folder.resolve("out.txt");
        var builder = new ProcessBuilder(
                        Distribution.home().resolve("polyphony").toString(), "host", "study.yaml", "-q")
                .directory(folder.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(out.toFile())
                .redirectError(folder.resolve("err.txt").toFile());
        builder.environment().putAll(Distribution.SHORT);
        host = builder.start();
        while (!Files.readString(out).contains("listening at")) {
            assertThat(host.isAlive())
                    .as(Files.readString(folder.resolve("err.txt")))
                    .isTrue();
            Thread.sleep(20);
        }
    }

    @AfterEach
    void stop() throws Exception {
        host.descendants().forEach(ProcessHandle::destroyForcibly);
        host.destroyForcibly().waitFor();
    }

    // the process itself, not the script that started it
    private void kill() throws Exception {
        host.children().forEach(ProcessHandle::destroyForcibly);
        host.waitFor();
    }

    private static Path version(Path into, String version) throws IOException {
        Path original;
        try (var jars = Files.list(Distribution.home().resolve("plugins"))) {
            original = jars.filter(jar -> jar.toString().contains("algorithm-nash-dpo"))
                    .findFirst()
                    .orElseThrow();
        }
        var made = into.resolve("nash-dpo-" + version + ".jar");
        Distribution.withVersion(original, version, made);
        return made;
    }

    private Distribution.Result plugin(String... arguments) {
        var command = new ArrayList<>(List.of("plugin"));
        command.addAll(Arrays.asList(arguments));
        command.addAll(List.of("--host", "study.yaml"));
        return Distribution.run(folder, Distribution.SHORT, command);
    }

    private JsonNode ask(String verb, String... keys) {
        var request = JSON.createObjectNode().put("verb", verb);
        for (int i = 0; i < keys.length; i += 2) {
            request.put(keys[i], keys[i + 1]);
        }
        return ControlSocket.ask(folder.resolve("study.yaml.host/host.sock"), request, _ -> {});
    }

    private JsonNode slot(String name) {
        for (var slot : ask("list").path("slots")) {
            if (slot.path("slot").asText().equals(name)) {
                return slot;
            }
        }
        throw new AssertionError("no slot '" + name + "'");
    }

    private String stands() {
        return slot("algorithm").path("sha256").asText();
    }

    @Test
    void commands_badJarsUpdateUndoAndList_andTermEndsIt() throws Exception {
        assertBadJarsChangeNothing();
        var first = version(folder, "1.1.0");
        var original = stands();

        var updated = plugin("update", "algorithm", first.toString());
        assertThat(updated.err()).contains("is started beside", "and is stopped");
        assertThat(updated.out()).contains("updated algorithm: nash-dpo 1.1.0");
        assertThat(updated.code()).isZero();
        assertThat(plugin("list", "--collect").out())
                .contains("1.1.0", "algorithm", "profiler", "UNDO BRINGS", "former versions in memory: none");
        assertThat(plugin("update", "profiler", first.toString()).code()).isEqualTo(3);
        assertThat(plugin("update", "algorithm", first.toString(), "--watch", "1s")
                        .err())
                .contains("this very jar stands");
        assertThat(plugin("update", "algorithm", version(folder, "1.2.0").toString(), "--watch", "1s")
                        .err())
                .contains("has had 0 calls");
        assertThat(plugin("undo", "algorithm").out()).contains("again in algorithm: nash-dpo");
        assertThat(stands()).isEqualTo(original);
        var second = Distribution.run(folder, Distribution.SHORT, List.of("host", "study.yaml"));
        assertThat(second.code()).isEqualTo(3);
        assertThat(second.err()).contains("a host runs in");

        host.destroy();
        assertThat(host.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(host.exitValue())
                .as(Files.readString(folder.resolve("err.txt")))
                .isZero();
        assertThat(folder.resolve("study.yaml.host/host.sock")).doesNotExist();
        assertThat(plugin("list").err()).contains("no host listens at");
    }

    private Distribution.Result asked(String... arguments) {
        var command = new ArrayList<>(List.of("ask", "-q"));
        command.addAll(Arrays.asList(arguments));
        return Distribution.run(folder, Distribution.SHORT, command);
    }

    @Test
    void ask_overTheSocket_answersAsTheFileAndIsSeenByAWatch() throws Exception {
        var item = "q1-antibiotics-clinic";
        var own = asked("study.yaml", item);
        var hosted = asked("--host", "study.yaml", item);
        assertThat(hosted.err()).isEqualTo(own.err());
        assertThat(hosted.code()).as(hosted.err()).isEqualTo(own.code()).isZero();
        assertThat(hosted.out()).isEqualTo(own.out()).contains("pick", "receipt");
        var document =
                JSON.readTree(asked("--host", "study.yaml", item, "--json").out());
        assertThat(own.out()).contains(document.path("receipt").path("digest").asText("no receipt"));
        assertThat(asked("--host", "study.yaml", "q99").err()).contains("give the candidates to choose from");
        assertThat(asked("--host", "study.yaml", item, "--set", "seed=2").err())
                .contains("--set is said when a host is started");
        assertThat(asked("--host", "study.yaml", "study.yaml", item).code()).isEqualTo(2);
        assertThat(asked("--host", "other.yaml", item).err()).contains("no host listens at");

        var stop = new AtomicBoolean();
        var asking = CompletableFuture.runAsync(() -> {
            while (!stop.get()) {
                ask("ask", "question", item);
            }
        });
        try {
            while (slot("algorithm").path("calls").asLong() < 20) {
                assertThat(asking).isNotDone();
                Thread.sleep(20);
            }
            var watched = plugin(
                    "update",
                    "algorithm",
                    version(folder, "1.1.0").toString(),
                    "--watch",
                    "5m",
                    "--watch-calls",
                    "20",
                    "--watch-latency",
                    "1000000",
                    "--guardrail",
                    "refused:patient<=0");
            assertThat(watched.out()).contains("updated algorithm: nash-dpo 1.1.0");
            assertThat(watched.code()).isZero();
        } finally {
            stop.set(true);
            asking.join();
        }
        assertThat(plugin("list").out()).contains("MEASURED", "refused:patient", "shared:patient", "withheld:everyone");
    }

    private void assertBadJarsChangeNothing() throws Exception {
        var good = Files.readAllBytes(version(folder, "1.1.0"));
        var original = stands();
        var bad = folder.resolve("bad.jar");
        var random = new Random(5);
        for (int i = 0; i < CORRUPT; i++) {
            Files.write(bad, Arrays.copyOf(good, random.nextInt(good.length)));
            try {
                ask("update", "slot", "algorithm", "jar", bad.toString());
                throw new AssertionError("a jar that was cut off is none");
            } catch (AlignmentException e) {
                assertThat(e.getMessage()).contains("bad.jar");
            }
            assertThat(stands()).isEqualTo(original);
        }
    }

    @Test
    void kill_duringUpdates_comesBackWithTheOldVersionOrTheNew() throws Exception {
        var jars = List.of(
                version(folder, "1.1.0").toString(), version(folder, "1.2.0").toString());
        var random = new Random(3);
        int old = 0;
        for (int i = 0; i < KILLS; i++) {
            var jar = jars.get(i % 2);
            var before = stands();
            var asking = Thread.ofPlatform().start(() -> {
                try {
                    ask("update", "slot", "algorithm", "jar", jar);
                } catch (AlignmentException _) {
                    // killed, most likely
                }
            });
            Thread.sleep(random.nextInt(i % 2 == 0 ? 300 : 1500));
            kill();
            asking.join();
            start();
            var after = stands();
            var wanted = java.util.HexFormat.of()
                    .formatHex(java.security.MessageDigest.getInstance("SHA-256")
                            .digest(Files.readAllBytes(Path.of(jar))));
            assertThat(after).as("kill %d", i).isIn(before, wanted);
            old += after.equals(before) ? 1 : 0;
            try (var left = Files.walk(folder.resolve("study.yaml.host"))) {
                assertThat(left.filter(file -> file.toString().endsWith(".tmp")))
                        .isEmpty();
            }
        }
        if (Integer.getInteger("host.kills") != null) {
            System.out.printf(
                    "%d kills: %d came back with the old version, %d with the new%n", KILLS, old, KILLS - old);
        }
    }
}
