package org.polyphony.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.polyphony.cli.Main;
import org.polyphony.engine.tensor.VariableShapeTensorType;
import org.polyphony.engine.tensor.VariableShapeTensorVector;
import org.polyphony.spi.tensor.ElementType;

/// Spoilt files of every kind, given to the commands that read them, in this process: whatever stands in a file, the
/// command ends with one of its exit codes and a message that a terminal can show.
class FuzzIT {

    private static final long SEED = Long.getLong("fuzz.seed", 20_261_201L);

    private static final String PREFLIB = """
            # FILE NAME: 00001-00000001.soc
            # DATA TYPE: soc
            # NUMBER ALTERNATIVES: 3
            # NUMBER VOTERS: 6
            # NUMBER UNIQUE ORDERS: 3
            # ALTERNATIVE NAME 1: first
            # ALTERNATIVE NAME 2: second
            # ALTERNATIVE NAME 3: third
            3: 1,2,3
            2: 2,3,1
            1: 3,1,2
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    /// A command, its files, and which of them is spoilt.
    private record Input(Map<String, byte[]> files, String spoilt, List<String> arguments) {

        private static Input of(Map<String, String> files, String spoilt, String... arguments) {
            var bytes = new LinkedHashMap<String, byte[]>();
            files.forEach((name, text) -> bytes.put(name, text.getBytes(StandardCharsets.UTF_8)));
            return new Input(bytes, spoilt, List.of(arguments));
        }
    }

    @Test
    void spoiltFiles_aFewOfEveryKind_endWithAMessage() throws IOException {
        fuzz(3);
    }

    @Test
    @Tag("slow")
    void spoiltFiles_aThousand_endWithAMessage() throws IOException {
        fuzz(Integer.getInteger("fuzz.each", 67));
    }

    // a damaged jar once wrote its bytes to the terminal
    @Test
    void jarNamedByControlCharacters_isSetAsideByReadableName() throws IOException {
        var more = Files.createDirectory(folder.resolve("more"));
        Files.writeString(more.resolve("a\u001b[31m\u0001.jar"), "no jar");
        Files.writeString(folder.resolve("games.json"), "{\"games\":[{\"P\":[[0.5,0.9],[0.1,0.5]]}]}");
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        int code = captured(out, err, "solve", folder.resolve("games.json").toString(), "--plugins", more.toString());
        var said = err.toString(StandardCharsets.UTF_8);
        assertThat(said).contains("PLUGIN_REJECTED", "a\\u001b[31m\\u0001.jar", "set aside");
        assertThat(complaint(code, said, out.toString(StandardCharsets.UTF_8))).isEmpty();
    }

    private void fuzz(int each) throws IOException {
        var wrong = new ArrayList<String>();
        var inputs = inputs();
        for (int kind = Integer.getInteger("fuzz.from", 0); kind < inputs.size(); kind++) {
            for (int n = 0; n < each; n++) {
                var random = new SplittableRandom(SEED + 1_000_003L * kind + n);
                var place = Files.createDirectory(folder.resolve(kind + "-" + n));
                run(inputs.get(kind), new Mutation(random), place, wrong);
                delete(place);
            }
        }
        assertThat(wrong).as("of " + each * inputs.size() + " spoilt files").isEmpty();
    }

    private static void run(Input input, Mutation mutation, Path place, List<String> wrong) throws IOException {
        for (var file : input.files().entrySet()) {
            var target = place.resolve(file.getKey());
            Files.createDirectories(target.getParent());
            Files.write(target, file.getKey().equals(input.spoilt()) ? mutation.of(file.getValue()) : file.getValue());
        }
        var arguments = here(input.arguments(), place);
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        int code = captured(out, err, arguments);
        var said = err.toString(StandardCharsets.UTF_8);
        var why = complaint(code, said, out.toString(StandardCharsets.UTF_8));
        if (!why.isEmpty()) {
            var kept = Files.createDirectories(
                    Path.of(System.getProperty("fuzz.keep", "target/fuzz")).resolve(place.getFileName()));
            for (var name : input.files().keySet()) {
                Files.createDirectories(kept.resolve(name).getParent());
                Files.copy(place.resolve(name), kept.resolve(name), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            }
            wrong.add(why + ": " + String.join(" ", arguments) + " (kept in " + kept + "): "
                    + said.substring(0, Math.min(600, said.length())));
        }
    }

    private static String complaint(int code, String err, String out) {
        if (code < 0 || code == 1 || code > 7) {
            return "exit " + code;
        }
        if (err.contains("\tat ") || err.contains("Exception in thread") || err.contains("Caused by:")) {
            return "a stack trace";
        }
        if (code != 0 && err.isBlank()) {
            return "exit " + code + " without a word";
        }
        return (err + out).chars().anyMatch(c -> c != '\n' && Character.isISOControl(c)) ? "a control character" : "";
    }

    private static int captured(ByteArrayOutputStream out, ByteArrayOutputStream err, String... arguments) {
        var beforeOut = System.out;
        var beforeErr = System.err;
        try (var newOut = new PrintStream(out, true, StandardCharsets.UTF_8);
                var newErr = new PrintStream(err, true, StandardCharsets.UTF_8)) {
            System.setOut(newOut);
            System.setErr(newErr);
            return Main.run(arguments);
        } finally {
            System.setOut(beforeOut);
            System.setErr(beforeErr);
        }
    }

    private static List<Input> inputs() throws IOException {
        var study = Map.of(
                "study.yaml", BadInput.STUDY,
                "judgments.csv", BadInput.judgments(40),
                "candidates.csv", BadInput.CANDIDATES);
        var records = Map.of(
                "study.yaml", BadInput.STUDY.replace("judgments.csv", "judgments.jsonl"),
                "judgments.jsonl",
                        BadInput.judgments(20)
                                .lines()
                                .skip(1)
                                .map(line -> line.split(",", -1))
                                .map(cells ->
                                        "{\"item\":\"%s\",\"annotator\":\"%s\",\"a\":\"%s\",\"b\":\"%s\",\"choice\":\"%s\",\"side\":\"%s\"}\n"
                                                .formatted((Object[]) cells))
                                .collect(java.util.stream.Collectors.joining()),
                "candidates.csv", BadInput.CANDIDATES);
        var ballots = Map.of("study.yaml", """
                study: ballots
                source: {plugin: files, settings: {format: preflib, file: votes.soc, unranked: below}}
                seats: {attribute: electorate, levels: [voters]}
                profiler: {plugin: groups, settings: {model: ballots}}
                algorithm: {plugin: social-choice, formulations: [copeland, irv]}
                evaluators: []
                """, "votes.soc", PREFLIB);
        var games =
                "{\"games\":[{\"name\":\"one\",\"P\":[[[0.5,0.9,0.2],[0.1,0.5,0.7],[0.8,0.3,0.5]],[[0.5,0.1,0.6],[0.9,0.5,0.4],[0.4,0.6,0.5]]],"
                        + "\"weights\":[1,2],\"ref\":[0.2,0.3,0.5],\"unsafe\":[false,true,0]},\n{\"P\":[[0.5,0.9],[0.1,0.5]]}]}\n";
        var runs =
                "formulation: population\niterations: 20\nruns:\n  - {label: a, tau: 0.1, algorithm: {plugin: mwu, settings: {step: 0.3}}}\n";
        Path jar;
        try (var jars = Files.list(Distribution.home().resolve("plugins"))) {
            jar = jars.filter(path -> path.toString().contains("encoder-surface"))
                    .findFirst()
                    .orElseThrow();
        }
        var all = new ArrayList<Input>();
        all.add(Input.of(study, "study.yaml", "study", "run", "HERE/study.yaml", "--out", "HERE/out"));
        all.add(Input.of(study, "study.yaml", "data", "stats", "HERE/study.yaml"));
        all.add(Input.of(study, "judgments.csv", "study", "run", "HERE/study.yaml", "--out", "HERE/out"));
        all.add(Input.of(
                study, "candidates.csv", "data", "export", "HERE/study.yaml", "--to", "trl", "--out", "HERE/out"));
        all.add(Input.of(records, "judgments.jsonl", "study", "run", "HERE/study.yaml", "--out", "HERE/out"));
        all.add(Input.of(ballots, "votes.soc", "study", "run", "HERE/study.yaml", "--out", "HERE/out"));
        all.add(Input.of(Map.of("games.json", games), "games.json", "solve", "HERE/games.json"));
        all.add(Input.of(
                Map.of("games.json", games, "runs.yaml", runs),
                "runs.yaml",
                "solve",
                "HERE/games.json",
                "--runs",
                "HERE/runs.yaml",
                "--out",
                "HERE/out"));
        all.add(new Input(Map.of("games.arrow", arrow()), "games.arrow", List.of("solve", "HERE/games.arrow")));
        all.add(new Input(
                Map.of("more/one.jar", Files.readAllBytes(jar), "games.json", games.getBytes(StandardCharsets.UTF_8)),
                "more/one.jar",
                List.of("solve", "HERE/games.json", "--plugins", "HERE/more")));
        all.add(Input.of(
                Map.of("games.json", games),
                "games.json",
                "solve",
                "HERE/games.json",
                "--formulation",
                "stakeholder",
                "--tau",
                "0.1"));
        all.addAll(readBack(study));
        return all;
    }

    // what an earlier run left and the next one reads: the checkpoint of a fit, the manifest of a result, that of a
    // result whose files are not all in place, and the manifest of an export
    private static List<Input> readBack(Map<String, String> study) throws IOException {
        var fitted = new LinkedHashMap<>(study);
        fitted.put("study.yaml", BadInput.STUDY.replace("algorithm: {plugin: nash-dpo}\n", """
                encoders: [{plugin: surface}]
                algorithm: {plugin: nash-dpo, formulations: [population], settings: {policy: linear}}
                """));
        var fit = List.of(
                "study",
                "run",
                "HERE/study.yaml",
                "--out",
                "HERE/out",
                "--set",
                "algorithm.settings.fit.checkpoint=HERE/fit");
        var run = List.of("study", "run", "HERE/study.yaml", "--out", "HERE/out");
        var export = List.of("data", "export", "HERE/study.yaml", "--to", "trl", "--out", "HERE/out", "--force");
        var all = new ArrayList<Input>();
        all.add(left(fitted, fit, "fit/", ""));
        all.add(left(study, run, "out/result.json", ""));
        all.add(left(study, run, "out/result.json", ".polyphony-ready/"));
        all.add(left(study, export, "out/result.json", ""));
        return all;
    }

    // the files after a sound run, of which the largest that begins with `spoilt` will be; those of the results in a
    // folder of that name below
    private static Input left(Map<String, String> study, List<String> arguments, String spoilt, String below)
            throws IOException {
        var place = Files.createTempDirectory("left");
        try {
            for (var file : study.entrySet()) {
                Files.writeString(place.resolve(file.getKey()), file.getValue());
            }
            var err = new ByteArrayOutputStream();
            int code = captured(new ByteArrayOutputStream(), err, here(arguments, place));
            assertThat(code).as(err.toString(StandardCharsets.UTF_8)).isZero();
            var files = new LinkedHashMap<String, byte[]>();
            try (var found = Files.walk(place)) {
                for (var file : found.filter(Files::isRegularFile).sorted().toList()) {
                    var name = place.relativize(file).toString();
                    files.put(name.replace("out/", "out/" + below), Files.readAllBytes(file));
                }
            }
            var name = spoilt.replace("out/", "out/" + below);
            var largest = files.keySet().stream()
                    .filter(file -> file.startsWith(name))
                    .max(java.util.Comparator.comparingInt(file -> files.getOrDefault(file, new byte[0]).length))
                    .orElseThrow();
            return new Input(files, largest, arguments);
        } finally {
            delete(place);
        }
    }

    private static String[] here(List<String> arguments, Path place) {
        return arguments.stream()
                .map(argument -> argument.replace("HERE", place.toString()))
                .toArray(String[]::new);
    }

    private static byte[] arrow() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var allocator = new RootAllocator();
                var root = VectorSchemaRoot.create(
                        new Schema(List.of(VariableShapeTensorType.field("P", ElementType.FLOAT64, 2))), allocator);
                var writer = new ArrowFileWriter(root, null, Channels.newChannel(bytes))) {
            root.allocateNew();
            var struct = ((VariableShapeTensorVector) root.getVector("P")).getUnderlyingVector();
            var data = (ListVector) struct.getChild("data");
            var shape = (FixedSizeListVector) struct.getChild("shape");
            for (int row = 0; row < 3; row++) {
                var p = new double[] {0.5, 0.25 * (row + 1), 1 - 0.25 * (row + 1), 0.5};
                int at = data.startNewValue(row);
                for (int i = 0; i < p.length; i++) {
                    ((Float8Vector) data.getDataVector()).setSafe(at + i, p[i]);
                }
                data.endValue(row, p.length);
                shape.setNotNull(row);
                ((IntVector) shape.getDataVector()).setSafe(2 * row, 2);
                ((IntVector) shape.getDataVector()).setSafe(2 * row + 1, 2);
                struct.setIndexDefined(row);
            }
            root.setRowCount(3);
            writer.start();
            writer.writeBatch();
            writer.end();
        }
        return bytes.toByteArray();
    }

    private static void delete(Path place) throws IOException {
        try (var files = Files.walk(place)) {
            for (var file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
