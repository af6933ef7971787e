package org.polyphony.distribution;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/// The distribution this build made, started as a user starts it.
final class Distribution {

    /// For tests of many short commands: half of the processor time of each goes into optimising code that ends with
    /// it.
    static final Map<String, String> SHORT = Map.of("POLYPHONY_JAVA_OPTS", "-XX:TieredStopAtLevel=1");

    private static final Duration LIMIT = Duration.ofMinutes(5);

    private Distribution() {}

    // the first start makes the start-up cache, which takes ten times as long; one does for all JVMs of tests
    static {
        try (var channel = FileChannel.open(
                        home().resolveSibling("first-start"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var _ = channel.lock()) {
            run(home(), List.of("--version"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The folder with `polyphony`, `lib` and `plugins`.
    static Path home() {
        return Path.of(System.getProperty("polyphony.home", "target/polyphony")).toAbsolutePath();
    }

    /// The root of the source checkout: where samples are.
    static Path checkout() {
        return home().resolve("../../..").normalize();
    }

    /// What a command printed and how it ended.
    record Result(int code, String out, String err) {}

    /// Runs `polyphony` with these arguments in `folder` and waits for it.
    static Result run(Path folder, List<String> arguments) {
        return run(folder, Map.of(), arguments);
    }

    static Result run(Path folder, Map<String, String> environment, List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(home().resolve("polyphony").toString());
        command.addAll(arguments);
        return execute(folder, environment, command);
    }

    static Result execute(Path folder, Map<String, String> environment, List<String> command) {
        try {
            var out = Files.createTempFile("polyphony", ".out");
            var err = Files.createTempFile("polyphony", ".err");
            var builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")));
            builder.environment().putAll(new HashMap<>(environment));
            var process = builder.start();
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(command + " did not end within " + LIMIT);
            }
            var result = new Result(
                    process.exitValue(),
                    Files.readString(out, StandardCharsets.UTF_8),
                    Files.readString(err, StandardCharsets.UTF_8));
            Files.delete(out);
            Files.delete(err);
            return result;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + command, e);
        }
    }

    /// Copies a bundle as another version of it.
    static void withVersion(Path jar, String version, Path copy) throws IOException {
        try (var from = new JarFile(jar.toFile())) {
            var manifest = from.getManifest();
            manifest.getMainAttributes().putValue("Bundle-Version", version);
            try (var to = new JarOutputStream(Files.newOutputStream(copy), manifest)) {
                for (var entry : Collections.list(from.entries())) {
                    if (!entry.getName().equals(JarFile.MANIFEST_NAME)) {
                        to.putNextEntry(new JarEntry(entry.getName()));
                        try (var content = from.getInputStream(entry)) {
                            content.transferTo(to);
                        }
                    }
                }
            }
        }
    }
}
