package org.polyphony.distribution;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;

/// The faults of `docs/reference/bad-input.md`, each as files in a folder and the arguments that meet them.
final class BadInput {

    static final int SAFETY = 4;

    static final Map<String, Case> CASES = new LinkedHashMap<>();

    private static final String GOOD = "{\"P\":[[0.5,0.9],[0.1,0.5]]}";

    private static final String SIX =
            "{\"P\":[" + String.join(",", Collections.nCopies(6, "[[0.5,0.9],[0.1,0.5]]")) + "]}";

    private static final String RUNS = "runs:\n  - {algorithm: {plugin: nash-dpo}}\n";

    static final String STUDY = """
            study: small
            source:
              plugin: files
              settings:
                format: table
                file: judgments.csv
                item: item
                annotator: annotator
                pair: {first: a, second: b, choice: choice, values: {a: first, b: second, equal: tie}}
                attributes: [{name: side, column: side, levels: [left, right]}]
                candidates: {file: candidates.csv, item: item, id: id, text: text, unsafe: unsafe}
            seats: {attribute: side}
            profiler: {plugin: groups}
            algorithm: {plugin: nash-dpo}
            evaluators: []
            seed: 1
            """;

    private static final String POPULATION = "  - {plugin: nash-dpo, formulations: [population]}\n";

    private static final String UNSEEN = STUDY.replace(
                    "unsafe: unsafe}\n", "unsafe: unsafe}\n    items: {file: items.csv, id: id, attributes: [title]}\n")
            .replace("algorithm: {plugin: nash-dpo}\n", """
                    encoders: [{plugin: surface}]
                    split: {training: half}
                    unseen: {leave-out: title}
                    algorithms:
                      - {plugin: nash-dpo, formulations: [population]}
                      - {plugin: nash-dpo, formulations: [consensus]}
                    """);

    private static final String RATINGS = "    rating: {candidate: candidate, value: rating}";

    static final String CANDIDATES = """
            item,id,text,unsafe
            q1,x,an answer,0
            q1,y,another answer,0
            q1,z,a third answer,0
            """;

    private BadInput() {}

    /// Makes a fault.
    @FunctionalInterface
    interface Case {
        /// Writes the files and returns the arguments; none if this machine cannot make the fault.
        List<String> prepare(Path folder) throws IOException;
    }

    static {
        games();
        sweeps();
        runs();
        studies();
        data();
        records();
        tables();
        contents();
        documents();
        places();
        exports();
    }

    private static void games() {
        CASES.put("games-absent", _ -> List.of("solve", "absent.json"));
        CASES.put("games-folder", folder -> {
            Files.createDirectory(folder.resolve("games"));
            return List.of("solve", "games");
        });
        document("games-empty-file", "");
        document("games-truncated", "{\"games\":[{\"P\":[[0.5,");
        document("games-no-key", "{}");
        document("games-unknown-key", "{\"games\":[" + GOOD + "],\"game\":1}");
        document("games-none", "{\"games\":[]}");
        game("games-no-p", "{\"weights\":[1]}");
        game("games-ragged", "{\"P\":[[0.5,0.9],[0.1]]}");
        game("games-nan", "{\"P\":[[0.5,NaN],[0.1,0.5]]}");
        game("games-text", "{\"P\":[[0.5,\"0.9\"],[0.1,0.5]]}");
        game("games-above-one", "{\"P\":[[0.5,1.2],[-0.2,0.5]]}");
        game("games-negative", "{\"P\":[[0.5,-0.2],[1.2,0.5]]}");
        game("games-asymmetric", "{\"P\":[[0.5,0.9],[0.3,0.5]]}");
        game("games-weights-length", "{\"P\":[[0.5,0.9],[0.1,0.5]],\"weights\":[1,1,1]}");
        game("games-weights-negative", "{\"P\":[[0.5,0.9],[0.1,0.5]],\"weights\":[-1]}");
        game("games-weights-zero", "{\"P\":[[0.5,0.9],[0.1,0.5]],\"weights\":[0]}");
        game("games-reference-zero", "{\"P\":[[0.5,0.9],[0.1,0.5]],\"ref\":[1,0]}");
        game("games-unsafe-length", "{\"P\":[[0.5,0.9],[0.1,0.5]],\"unsafe\":[true]}");
        game("games-unsafe-text", "{\"P\":[[0.5,0.9],[0.1,0.5]],\"unsafe\":[\"no\",\"yes\"]}");
        game("games-unsafe-null", "{\"P\":[[0.5,0.9],[0.1,0.5]],\"unsafe\":null}");
        game("games-unsafe-empty", "{\"P\":[[0.5,0.9],[0.1,0.5]],\"unsafe\":[]}");
        game("games-unsafe-misspelt", "{\"P\":[[0.5,0.9],[0.1,0.5]],\"Unsafe\":[true,false]}");
        game("games-misspelt", "{\"P\":[[0.5,0.9],[0.1,0.5]],\"weight\":[1]}");
        game("games-all-unsafe", "{\"P\":[[0.5,0.9],[0.1,0.5]],\"unsafe\":[true,true]}");
        game("games-some-unsafe", "{\"P\":[[0.5,0.9],[0.1,0.5]],\"unsafe\":[true,true]}," + GOOD);
        game("games-one-candidate", "{\"P\":[[[0.5]]]}");
        game("games-some-broken", GOOD + ",{\"P\":[[0.5,0.9],[0.3,0.5]]}");
        options("games-formulation", "--formulation", "populaton");
        options("games-formulation-algorithm", "--formulation", "populaton", "--algorithm", "nash-dpo");
        options("games-algorithm", "--algorithm", "nash-dp0");
        options("games-tau-zero", "--tau", "0");
        options("games-tau-nan", "--tau", "NaN");
        options("option-unknown", "--formulatoin", "population");
        document("games-deep", "{\"games\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}");
        document("games-duplicate-key", "{\"games\":[" + GOOD + "],\"games\":[" + GOOD + "]}");
        CASES.put("games-arrow-huge", folder -> {
            // a stream whose first length field claims 10 GB would need 64 bits; 2 GiB is the most that 32 can say, and
            // the footer of a file can say 10 GB
            var bytes = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
            bytes.put("ARROW1\0\0".getBytes(StandardCharsets.US_ASCII))
                    .putInt(-1)
                    .putInt(0x7ffffff0);
            bytes.putLong(10_000_000_000L).putInt(2_000_000_000).put("ARROW1".getBytes(StandardCharsets.US_ASCII));
            Files.write(folder.resolve("huge.arrow"), bytes.array());
            return List.of("solve", "huge.arrow");
        });
        CASES.put("games-arrow-cut", folder -> {
            Files.write(
                    folder.resolve("cut.arrow"), Arrays.copyOf("ARROW1\0\0".getBytes(StandardCharsets.US_ASCII), 8));
            return List.of("solve", "cut.arrow");
        });
        CASES.put("games-pipe", folder -> pipe(folder, "games.json") ? List.of("solve", "games.json") : List.of());
        CASES.put("games-device", _ -> device("solve", "/dev/zero"));
        document("games-after", "{\"games\":[" + GOOD + "]}\n{\"games\":[]}\n");
        document("games-text-after", "{\"games\":[" + GOOD + "]}\nthe end\n");
        document("games-escape", "{\"games\":[" + GOOD + "],\"\\u001b[2Jgames\":1}");
        document("games-long", "{\"games\":[" + GOOD + "],\"" + "g".repeat(50_000) + "\":1}");
        CASES.put("command-planned", _ -> List.of("serve", "deployment.yaml"));
        CASES.put("command-unknown", _ -> List.of("slove", "games.json"));
    }

    private static void studies() {
        CASES.put("study-absent", _ -> List.of("study", "run", "absent.yaml"));
        CASES.put("study-folder", folder -> {
            Files.createDirectory(folder.resolve("studies"));
            return List.of("study", "run", "studies");
        });
        study("study-no-yaml", "study: [unclosed");
        study("study-duplicate-key", STUDY + "seed: 2\n");
        study("study-unknown-key", STUDY.replace("profiler:", "profilers:"));
        study("study-unknown-plugin", STUDY.replace("nash-dpo", "nash-dp0"));
        study("study-unknown-setting", STUDY.replace("{plugin: groups}", "{plugin: groups, settings: {shrinkag: 30}}"));
        study("study-setting-type", STUDY.replace("{plugin: groups}", "{plugin: groups, settings: {lambda: much}}"));
        study("study-weight", STUDY.replace("{attribute: side}", "{attribute: side, weights: {left: -1}}"));
        study("study-split", STUDY + "split: {training: most}\n");
        study(
                "study-many",
                STUDY.replace("nash-dpo", "nash-dp0")
                                .replace("{plugin: groups}", "{plugin: groups, settings: {shrinkag: 30}}")
                                .replace("seed: 1", "seed: one")
                        + "colour: blue\n");
        CASES.put("study-set", folder -> {
            sound(folder);
            return List.of("study", "run", "study.yaml", "--out", "out", "--set", "seed");
        });
        unseen();
    }

    private static void unseen() {
        CASES.put("study-set-element", folder -> {
            twoItems(folder, "two");
            Files.writeString(folder.resolve("study.yaml"), UNSEEN);
            return List.of("study", "run", "study.yaml", "--out", "out", "--set", "algorithms[2].name=x");
        });
        unseen("study-two-algorithms", UNSEEN + "algorithm: {plugin: nash-dpo}\n");
        unseen("study-same-policy", UNSEEN.replace("algorithms:\n", "algorithms:\n" + POPULATION.repeat(2)));
        unseen("study-encoder", UNSEEN.replace("plugin: surface", "plugin: surfac"));
        unseen("study-encoder-text", UNSEEN.replace("plugin: surface", "plugin: surface, text: everything"));
        unseen("study-no-texts", UNSEEN.replace("text: text, ", ""));
        unseen("study-unseen-encoders", UNSEEN.replace("encoders: [{plugin: surface}]\n", ""));
        unseen("study-unseen-split", UNSEEN.replace("training: half", "training: all"));
        unseen("study-unseen-policy", UNSEEN.replace("leave-out: title", "leave-out: title, policies: [populaton]"));
        unseen("study-unseen-attribute", UNSEEN.replace("leave-out: title", "leave-out: titel"));
        CASES.put("study-unseen-value", folder -> {
            twoItems(folder, "one");
            Files.writeString(folder.resolve("study.yaml"), UNSEEN);
            return run();
        });
        unseen("study-unseen-scorer", UNSEEN.replace("plugin: nash-dpo", "plugin: mwu"));
        unseen(
                "study-unseen-scorer-named",
                UNSEEN.replace("plugin: nash-dpo", "plugin: nash-dpo, scorer: {plugin: nash-dop}"));
        unseen("study-unseen-profiles", UNSEEN.replace("leave-out: title", "leave-out: title, by: profiles"));
        unseen("study-unseen-tabular", UNSEEN);
    }

    private static void unseen(String name, String text) {
        CASES.put(name, folder -> {
            twoItems(folder, "two");
            Files.writeString(folder.resolve("study.yaml"), text);
            return run();
        });
    }

    private static void twoItems(Path folder, String second) throws IOException {
        sound(folder);
        Files.writeString(folder.resolve("items.csv"), "id,title\nq1,one\nq2," + second + "\n");
        Files.writeString(
                folder.resolve("candidates.csv"),
                CANDIDATES + CANDIDATES.replace("item,id,text,unsafe\n", "").replace("q1", "q2"));
        var lines = judgments(40);
        Files.writeString(
                folder.resolve("judgments.csv"),
                lines + lines.substring(lines.indexOf('\n') + 1).replace("q1", "q2"));
    }

    private static void data() {
        CASES.put("data-absent", folder -> {
            sound(folder);
            Files.delete(folder.resolve("judgments.csv"));
            return run();
        });
        CASES.put("data-folder", folder -> {
            sound(folder);
            Files.delete(folder.resolve("judgments.csv"));
            Files.createDirectory(folder.resolve("judgments.csv"));
            return run();
        });
        study("data-column", STUDY.replace("annotator: annotator", "annotator: annotatr"));
        judgments("data-ragged", judgments(40) + "q1,w1,x,y,a,left,more,and more\n");
        CASES.put("data-ragged-json", folder -> {
            sound(folder);
            Files.writeString(
                    folder.resolve("judgments.jsonl"),
                    "{\"item\":\"q1\",\"annotator\":\"w1\",\"a\":\"x\",\"b\":\"y\",\"choice\":\"a\",\"side\":\"left\"}\n{\"item\":\"q1\",\n");
            Files.writeString(folder.resolve("study.yaml"), STUDY.replace("judgments.csv", "judgments.jsonl"));
            return run();
        });
        CASES.put("data-nan", folder -> {
            sound(folder);
            Files.writeString(
                    folder.resolve("judgments.csv"),
                    "item,annotator,candidate,rating,side\nq1,w1,x,3,left\nq1,w1,y,NaN,left\nq1,w2,x,1,right\n");
            Files.writeString(folder.resolve("study.yaml"), STUDY.replaceAll("(?m)^    pair: .*$", RATINGS));
            return run();
        });
        judgments("data-choice", judgments(40) + "q1,w1,x,y,maybe,left\n");
        CASES.put("data-gzip", folder -> {
            sound(folder);
            var bytes = new ByteArrayOutputStream();
            try (var gzip = new GZIPOutputStream(bytes)) {
                gzip.write(judgments(400).getBytes(StandardCharsets.UTF_8));
            }
            Files.write(folder.resolve("judgments.csv.gz"), Arrays.copyOf(bytes.toByteArray(), bytes.size() / 2));
            Files.writeString(folder.resolve("study.yaml"), STUDY.replace("judgments.csv", "judgments.csv.gz"));
            return run();
        });
        judgments("data-empty", "item,annotator,a,b,choice,side\n");
        CASES.put("data-not-utf8", folder -> {
            sound(folder);
            Files.write(
                    folder.resolve("judgments.csv"),
                    (judgments(40) + "q1,w\u00e9\u00ff,x,y,a,left\n").getBytes(StandardCharsets.ISO_8859_1));
            return run();
        });
        study("study-huge", STUDY + "# a comment\n".repeat(30_000));
        study("study-name-path", STUDY.replace("study: small", "study: ../elsewhere"));
        study(
                "study-formulation",
                STUDY.replace("{plugin: nash-dpo}", "{plugin: nash-dpo, formulations: [populaton]}"));
        study("study-network", STUDY + encoder(""));
        study("study-env", STUDY + encoder(", api-key-env: HOME"));
        study("data-attribute", STUDY.replace("{attribute: side}", "{attribute: camp}"));
        study("data-level", STUDY.replace("{attribute: side}", "{attribute: side, levels: [lft, right]}"));
        judgments("data-empty-group", judgments(40).replace(",right", ",left"));
        judgments("data-one-annotator", judgments(40).replaceAll("w\\d+", "w1"));
        CASES.put("data-one-candidate", folder -> {
            sound(folder);
            Files.writeString(folder.resolve("candidates.csv"), CANDIDATES + "q2,only,the only answer,0\n");
            Files.writeString(folder.resolve("judgments.csv"), """
                    item,annotator,candidate,rating,side
                    q1,w1,x,3,left
                    q1,w1,y,2,left
                    q1,w1,z,2,left
                    q1,w2,x,1,right
                    q1,w2,y,4,right
                    q2,w1,only,3,left
                    q2,w2,only,2,right
                    """);
            Files.writeString(folder.resolve("study.yaml"), STUDY.replaceAll("(?m)^    pair: .*$", RATINGS));
            return run();
        });
        judgments("data-duplicates", judgments(40) + "q1,w1,x,y,a,left\nq1,w1,x,y,a,left\n");
        CASES.put("data-all-unsafe", folder -> {
            sound(folder);
            Files.writeString(folder.resolve("candidates.csv"), CANDIDATES.replace(",0\n", ",1\n"));
            return run();
        });
    }

    // tables as people have them
    private static void tables() {
        table("table-weights", RATINGS + "\n    weight: w", """
                item,annotator,candidate,rating,side,w
                q1,w1,x,3,left,1
                q1,w1,y,2,left,2
                """);
        table("table-attributes", RATINGS, """
                item,annotator,candidate,rating,side
                q1,w1,x,3,left
                q1,w1,y,2,right
                """);
        table("table-replaced", RATINGS, """
                item,annotator,candidate,rating,side
                q1,w1,x,3,left
                q1,w1,y,2,left
                q1,w1,x,1,left
                q1,w2,x,1,right
                q1,w2,y,2,right
                """);
        table("table-nothing-compared", RATINGS, """
                item,annotator,candidate,rating,side
                q1,w1,x,3,left
                q1,w2,y,2,right
                """);
        table("table-time", RATINGS + "\n    time: at", """
                item,annotator,candidate,rating,side,at
                q1,w1,x,3,left,50000000000
                """);
        table("table-decimal-comma", RATINGS, """
                item,annotator,candidate,rating,side
                q1,w1,x,"4,5",left
                """);
        table("ballots-separator", "    ranking: {column: order}", """
                item,annotator,order,side
                q1,w1,"x,y,z",left
                """);
        table("ballots-one-each", "    ranking: {column: order}", """
                item,annotator,order,side
                q1,w1,x,left
                q1,w2,y,right
                """);
        table("ballots-bullet", "    ranking: {column: order}", """
                item,annotator,order,side
                q1,w1,x>y>z,left
                q1,w2,y>x,right
                q1,w2,y,right
                """);
        study("ballots-both", STUDY.replaceAll("(?m)^    pair: .*$", "    ranking: {column: a, columns: [a, b]}"));
        study(
                "ratings-no-annotator",
                STUDY.replaceAll("(?m)^    pair: .*$", RATINGS).replaceAll("(?m)^    annotator: .*\n", ""));
    }

    // files that are not what their names say, and what nobody may be given
    private static void contents() {
        judgments("data-delimiter", judgments(40).replace(',', ';'));
        judgments("data-title-line", "Export of today\n" + judgments(40));
        content("data-utf16", judgments(40).getBytes(StandardCharsets.UTF_16));
        content("data-zip", new byte[] {'P', 'K', 3, 4, 0, 0});
        content("data-arrow", "ARROW1..".getBytes(StandardCharsets.US_ASCII));
        content("data-parquet", "PAR1....PAR1".getBytes(StandardCharsets.US_ASCII));
        candidates("data-unsafe-blank", CANDIDATES.replace("another answer,0", "another answer,"));
        candidates("data-unsafe-misspelt", CANDIDATES.replace("unsafe", "Unsafe"));
        CASES.put("data-unsafe-unread", folder -> {
            sound(folder);
            Files.writeString(folder.resolve("study.yaml"), STUDY.replace(", unsafe: unsafe", ""));
            return run();
        });
        candidates("data-no-texts", CANDIDATES.replaceAll(",(an|another|a third) answer,", ",,"));
        CASES.put("polis-two-exports", folder -> {
            sound(folder);
            for (var prefix : List.of("", "2026-01-02-")) {
                Files.writeString(folder.resolve(prefix + "participant-votes.csv"), "participant,0,1\n0,1,-1\n");
            }
            Files.writeString(folder.resolve("study.yaml"), source("format: polis, file: ."));
            return run();
        });
        CASES.put("preflib-categories", folder -> {
            sound(folder);
            Files.writeString(folder.resolve("e.cat"), "# DATA TYPE: cat\n# NUMBER ALTERNATIVES: 2\n1: {1},{2}\n");
            Files.writeString(folder.resolve("study.yaml"), source("format: preflib, file: e.cat"));
            return run();
        });
    }

    private static String source(String settings) {
        return STUDY.replaceAll("(?s)source:.*seats:", "source: {plugin: files, settings: {" + settings + "}}\nseats:");
    }

    private static void content(String name, byte[] bytes) {
        CASES.put(name, folder -> {
            sound(folder);
            Files.write(folder.resolve("judgments.csv"), bytes);
            return run();
        });
    }

    private static void candidates(String name, String text) {
        CASES.put(name, folder -> {
            sound(folder);
            Files.writeString(folder.resolve("candidates.csv"), text);
            return run();
        });
    }

    private static void table(String name, String form, String text) {
        CASES.put(name, folder -> {
            sound(folder);
            Files.writeString(folder.resolve("judgments.csv"), text);
            Files.writeString(folder.resolve("study.yaml"), STUDY.replaceAll("(?m)^    pair: .*$", form));
            return run();
        });
    }

    // study files that are no document of ours
    private static void documents() {
        study("yaml-itself", STUDY + "context: &a {b: *a}\n");
        study("yaml-aliases", STUDY + "description: &a [x]\nnorms: [" + "*a,".repeat(200) + "]\n");
        study("yaml-deep", STUDY + "context: " + "[".repeat(1000) + "\n");
        study("yaml-two", STUDY + "---\nstudy: other\n");
        study("yaml-tab", STUDY + "context:\n\trole: nurse\n");
        study("yaml-nul", STUDY + "description: a\u0000b\n");
        study("yaml-tag", STUDY + "description: !!java.io.File x\n");
        study("yaml-list", "- a\n- b\n");
        study("yaml-large", STUDY + "# " + "x".repeat(300_000) + "\n");
        CASES.put("yaml-utf16", folder -> {
            sound(folder);
            Files.write(folder.resolve("study.yaml"), STUDY.getBytes(StandardCharsets.UTF_16));
            return run();
        });
        CASES.put("yaml-device", folder -> {
            sound(folder);
            return Files.exists(Path.of("/dev/zero")) ? List.of("study", "run", "/dev/zero") : List.of();
        });
    }

    /// Preferences as trainers keep them.
    private static void records() {
        String asked = "{\"role\":\"user\",\"content\":\"Q\"}";
        String answered = "{\"role\":\"assistant\",\"content\":\"A\"}";
        pairs("records-line", "\"prompt\":\"Q\",\"chosen\":\"A\",\"rejected\"");
        pairs("records-chosen-null", "\"prompt\":\"Q\",\"chosen\":null,\"rejected\":\"B\"");
        pairs("records-prompt-blank", "\"prompt\":\" \",\"chosen\":\"A\",\"rejected\":\"B\"");
        pairs("records-same", "\"prompt\":\"Q\",\"chosen\":\"A\",\"rejected\":\"A\"");
        pairs(
                "records-no-answer",
                "\"chosen\":[" + asked + "," + answered + "],\"rejected\":[" + asked + "," + answered + "," + asked
                        + "," + answered + "]");
        pairs("records-parting-early", "\"chosen\":[" + asked + "," + answered + "],\"rejected\":[" + answered + "]");
        pairs("records-answer-of-user", "\"prompt\":\"Q\",\"chosen\":[" + asked + "],\"rejected\":[" + answered + "]");
        pairs(
                "records-image",
                "\"prompt\":[{\"role\":\"user\",\"content\":[{\"type\":\"image\"}]}],\"chosen\":\"A\",\"rejected\":\"B\"");
        pairs("records-keys", "\"prompt\":[{\"speaker\":\"user\",\"text\":\"Q\"}],\"chosen\":\"A\",\"rejected\":\"B\"");
        pairs(
                "records-list-group",
                "\"prompt\":\"Q\",\"chosen\":\"A\",\"rejected\":\"B\",\"side\":[\"left\",\"right\"]");
        CASES.put("export-calls", folder -> {
            String call =
                    "[{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"function\":{\"name\":\"f\"}}]}]";
            preferences(folder, "\"prompt\":\"Q\",\"chosen\":" + call + ",\"rejected\":\"B\",\"side\":\"left\"");
            return List.of("data", "export", "study.yaml", "--to", "llama-factory", "--out", "new");
        });
    }

    private static void pairs(String name, String second) {
        CASES.put(name, folder -> {
            preferences(folder, second);
            return run();
        });
    }

    private static void preferences(Path folder, String second) throws IOException {
        sound(folder);
        Files.writeString(
                folder.resolve("pairs.jsonl"),
                "{\"prompt\":\"P\",\"chosen\":\"A\",\"rejected\":\"B\",\"side\":\"right\"}\n{" + second + "}\n");
        Files.writeString(folder.resolve("study.yaml"), """
                study: pairs
                source: {plugin: files, settings: {format: trl, file: pairs.jsonl, attributes: [{name: side}]}}
                seats: {attribute: side}
                profiler: {plugin: groups}
                algorithm: {plugin: nash-dpo, formulations: [population]}
                evaluators: []
                """);
    }

    private static void places() {
        CASES.put("study-pipe", folder -> pipe(folder, "study.yaml") ? run() : List.of());
        CASES.put("study-device", _ -> device("study", "run", "/dev/zero"));
        CASES.put("data-pipe", folder -> {
            sound(folder);
            Files.delete(folder.resolve("judgments.csv"));
            return pipe(folder, "judgments.csv") ? run() : List.of();
        });
        CASES.put("data-device", folder -> {
            sound(folder);
            Files.delete(folder.resolve("judgments.csv"));
            Files.createSymbolicLink(folder.resolve("judgments.csv"), Path.of("/dev/zero"));
            return run();
        });
        CASES.put("plugins-pipe", folder -> {
            Files.writeString(folder.resolve("games.json"), "{\"games\":[" + GOOD + "]}");
            Files.createDirectory(folder.resolve("more"));
            return pipe(folder, "more/one.jar") ? List.of("solve", "games.json", "--plugins", "more") : List.of();
        });
        CASES.put("out-policy-folder", folder -> {
            sound(folder);
            Files.createDirectories(folder.resolve("out/policy.arrow/kept"));
            return run();
        });
        CASES.put("out-file", folder -> {
            sound(folder);
            Files.writeString(folder.resolve("taken"), "a file");
            return List.of("study", "run", "study.yaml", "--out", "taken");
        });
        CASES.put("out-forbidden", folder -> {
            sound(folder);
            // nobody can make a folder there, not even root
            return Files.isDirectory(Path.of("/proc"))
                    ? List.of("study", "run", "study.yaml", "--out", "/proc/polyphony")
                    : List.of();
        });
        CASES.put("out-full", folder -> {
            sound(folder);
            return full(folder) ? run() : List.of();
        });
        CASES.put("plugins-absent", folder -> {
            Files.writeString(folder.resolve("games.json"), "{\"games\":[" + GOOD + "]}");
            return List.of("solve", "games.json", "--plugins", "no-such-folder");
        });
        CASES.put("plugins-no-bundle", folder -> {
            Files.writeString(folder.resolve("games.json"), "{\"games\":[" + GOOD + "]}");
            var more = Files.createDirectory(folder.resolve("more"));
            try (var jar = new JarOutputStream(Files.newOutputStream(more.resolve("plain.jar")))) {
                jar.putNextEntry(new ZipEntry("readme.txt"));
                jar.write('x');
            }
            return List.of("solve", "games.json", "--plugins", "more");
        });
        CASES.put("plugins-needed", folder -> {
            Files.writeString(folder.resolve("games.json"), "{\"games\":[" + GOOD + "]}");
            Files.write(Files.createDirectory(folder.resolve("more")).resolve("cut.jar"), new byte[] {'P', 'K', 3, 4});
            return List.of("solve", "games.json", "--algorithm", "mine", "--plugins", "more");
        });
        CASES.put("plugins-damaged", folder -> {
            Files.writeString(folder.resolve("games.json"), "{\"games\":[" + GOOD + "]}");
            Files.write(Files.createDirectory(folder.resolve("more")).resolve("cut.jar"), new byte[] {'P', 'K', 3, 4});
            return List.of("solve", "games.json", "--plugins", "more");
        });
        CASES.put("plugins-twice", folder -> {
            Files.writeString(folder.resolve("games.json"), "{\"games\":[" + GOOD + "]}");
            var more = Files.createDirectory(folder.resolve("more"));
            try (var shipped = Files.newDirectoryStream(Distribution.home().resolve("plugins"), "*nash-dpo*.jar")) {
                Files.copy(shipped.iterator().next(), more.resolve("copy.jar"));
            }
            return List.of("solve", "games.json", "--plugins", "more");
        });
        CASES.put("host-absent", _ -> List.of("plugin", "list", "--host", "study.yaml"));
        CASES.put("host-unsaid", _ -> List.of("plugin", "undo", "algorithm"));
        CASES.put(
                "host-watch",
                _ -> List.of("plugin", "update", "algorithm", "new.jar", "--host", "study.yaml", "--watch-calls", "5"));
        CASES.put("host-file-absent", _ -> List.of("host", "study.yaml"));
        CASES.put("host-file-malformed", folder -> {
            Files.writeString(folder.resolve("study.yaml"), "study: [");
            return List.of("host", "study.yaml");
        });
        CASES.put("host-socket-open", folder -> {
            sound(folder);
            Files.createDirectory(
                    folder.resolve("open"),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
            return List.of("host", "study.yaml", "--socket", "open/host.sock");
        });
        options("plugins-timeout", "--plugin-timeout", "soon");
        options("plugins-timeout-zero", "--plugin-timeout", "0");
    }

    private static void sweeps() {
        options("sweep-zero", "--sweep", "0");
        options("sweep-formulation", "--sweep", "2", "--formulation", "consensus");
        options("sweep-one-stakeholder", "--sweep", "2");
        solve("sweep-many", SIX, "--sweep", "40");
        solve("sweep-broken", "{\"weights\":[1]}", "--sweep", "2");
        solve("sweep-all-unsafe", SIX.replace("}", ",\"unsafe\":[1,1]}"), "--sweep", "2");
    }

    private static void runs() {
        options("runs-no-out", "--runs", "runs.yaml");
        options("runs-tau", "--runs", "runs.yaml", "--out", "new", "--tau", "0.1");
        options("runs-absent", "--runs", "absent.yaml", "--out", "new");
        watch("runs-empty", GOOD, "runs: []\n", "new");
        watch("runs-misspelt", GOOD, "iteration: 5\n" + RUNS, "new");
        watch("runs-iterations", GOOD, "iterations: 0\n" + RUNS, "new");
        watch("runs-label", GOOD, RUNS + "  - {algorithm: {plugin: nash-dpo}}\n", "new");
        watch("runs-algorithm", GOOD, RUNS.replace("nash-dpo", "nash-dp0"), "new");
        watch("runs-setting", GOOD, RUNS.replace("dpo}", "dpo, settings: {toleranc: 1}}"), "new");
        watch("runs-formulation", GOOD, "formulation: populaton\n" + RUNS, "new");
        watch("runs-game", "{\"weights\":[1]}", RUNS, "new");
        watch("runs-out-file", GOOD, RUNS, "runs.yaml");
        watch("runs-network", GOOD, RUNS.replace("dpo}", "dpo, settings: {from: 'https://example.org/x'}}"), "new");
        CASES.put("runs-device", folder -> {
            Files.writeString(folder.resolve("games.json"), "{\"games\":[" + GOOD + "]}");
            return device("solve", "games.json", "--runs", "/dev/zero", "--out", "new");
        });
    }

    private static void solve(String name, String game, String... options) {
        CASES.put(name, folder -> {
            Files.writeString(folder.resolve("games.json"), "{\"games\":[" + game + "]}");
            var arguments = BadInputIT.list("solve", "games.json");
            arguments.addAll(List.of(options));
            return arguments;
        });
    }

    private static void watch(String name, String game, String runs, String out) {
        CASES.put(name, folder -> {
            Files.writeString(folder.resolve("games.json"), "{\"games\":[" + game + "]}");
            Files.writeString(folder.resolve("runs.yaml"), runs);
            return List.of("solve", "games.json", "--runs", "runs.yaml", "--out", out);
        });
    }

    private static void exports() {
        export("export-trainer", "--to", "tlr", "--out", "new");
        export("export-no-trainer", "--out", "new");
        export("export-pairs", "--to", "trl", "--out", "new", "--pairs", "best");
        export("export-weights", "--to", "trl", "--out", "new", "--weights", "borda");
        export("export-step", "--to", "trl", "--out", "new", "--step", "0");
        export("export-formulation-unknown", "--to", "trl", "--out", "new", "--formulation", "populaton");
        export("export-not-empty", "--to", "trl", "--out", "out");
        CASES.put("export-no-text", folder -> {
            sound(folder);
            Files.writeString(folder.resolve("candidates.csv"), CANDIDATES.replaceAll(",(an|a third)[a-z ]*,", ",,"));
            return List.of("data", "export", "study.yaml", "--to", "trl", "--out", "new");
        });
        CASES.put("export-all-unsafe", folder -> {
            sound(folder);
            Files.writeString(folder.resolve("candidates.csv"), CANDIDATES.replace(",0\n", ",1\n"));
            return List.of("data", "export", "study.yaml", "--to", "trl", "--out", "new");
        });
        CASES.put("export-full", folder -> {
            sound(folder);
            return full(folder)
                    ? List.of("data", "export", "study.yaml", "--to", "trl", "--out", "out", "--force")
                    : List.of();
        });
    }

    private static void export(String name, String... options) {
        CASES.put(name, folder -> {
            sound(folder);
            var arguments = BadInputIT.list("data", "export", "study.yaml");
            arguments.addAll(List.of(options));
            return arguments;
        });
    }

    private static String encoder(String more) {
        return "encoders: [{plugin: http, settings: {url: 'https://example.org', model: m" + more + "}}]\n";
    }

    private static boolean pipe(Path folder, String name) {
        return Distribution.execute(folder, Map.of(), List.of("mkfifo", name)).code() == 0;
    }

    private static List<String> device(String... arguments) {
        return Files.exists(Path.of("/dev/zero")) ? List.of(arguments) : List.of();
    }

    /// Puts a disk of 8 kB with an earlier result at `out`, if this machine allows it.
    private static boolean full(Path folder) {
        var full = folder.resolve("out");
        return Distribution.execute(
                                folder,
                                Map.of(),
                                List.of(
                                        "sh",
                                        "-c",
                                        "mount -t tmpfs -o size=8k tmpfs '" + full
                                                + "' && printf 'an earlier result\\n' > '" + full + "/report.json'"))
                        .code()
                == 0;
    }

    /// Whether something is mounted at `folder`.
    static boolean mounted(Path folder) {
        try {
            return Files.exists(folder) && !Files.getFileStore(folder).equals(Files.getFileStore(folder.resolve("..")));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void document(String name, String text) {
        CASES.put(name, folder -> {
            Files.writeString(folder.resolve("games.json"), text);
            return List.of("solve", "games.json");
        });
    }

    private static void game(String name, String game) {
        document(name, "{\"games\":[" + game + "]}");
    }

    private static void options(String name, String... options) {
        solve(name, GOOD, options);
    }

    private static void study(String name, String text) {
        CASES.put(name, folder -> {
            sound(folder);
            Files.writeString(folder.resolve("study.yaml"), text);
            return run();
        });
    }

    private static void judgments(String name, String text) {
        CASES.put(name, folder -> {
            sound(folder);
            Files.writeString(folder.resolve("judgments.csv"), text);
            return run();
        });
    }

    private static List<String> run() {
        return List.of("study", "run", "study.yaml", "--out", "out");
    }

    /// Files of a study in which nothing is wrong.
    private static void sound(Path folder) throws IOException {
        Files.writeString(folder.resolve("study.yaml"), STUDY);
        Files.writeString(folder.resolve("judgments.csv"), judgments(40));
        Files.writeString(folder.resolve("candidates.csv"), CANDIDATES);
    }

    static String judgments(int count) {
        var text = new StringBuilder("item,annotator,a,b,choice,side\n");
        var pairs = List.of("x,y", "y,z", "x,z");
        for (int n = 0; n < count; n++) {
            text.append("q1,w").append(n / 3 + 1).append(',').append(pairs.get(n % 3));
            text.append(',').append(n % 5 == 0 ? "b" : n % 7 == 0 ? "equal" : "a");
            text.append(',').append(n / 3 % 2 == 0 ? "left" : "right").append('\n');
        }
        return text.toString();
    }
}
