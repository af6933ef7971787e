package org.polyphony.plugin.evaluator.preferences;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;
import org.polyphony.spi.preference.Candidates;
import org.polyphony.spi.preference.Judgments;

/// The public arguments data (UKPConvArg1), read from the data folder where there is one.
final class Arguments {
    static final List<String> STANCES = List.of("same", "opposite", "none");

    private Arguments() {}

    /// The 62,581 judgments about 24 topics; skips the test where the data are not here.
    static Judgments read() {
        Optional<Path> found = folder();
        Assumptions.assumeTrue(found.isPresent(), "the arguments data are not here; set POLYPHONY_DATA to try");
        Path folder = found.orElseThrow();
        Map<String, TreeMap<String, String>> texts = new TreeMap<>();
        for (List<String> row : csv(folder.resolve("arguments.csv.gz"))) {
            texts.computeIfAbsent(row.get(0), topic -> new TreeMap<>()).put(row.get(1), row.get(5));
        }
        List<String> ids = new ArrayList<>();
        List<String> words = new ArrayList<>();
        Map<String, Integer> numbers = new HashMap<>();
        int[] offsets = new int[texts.size() + 1];
        int item = 0;
        for (var topic : texts.entrySet()) {
            for (var argument : topic.getValue().entrySet()) {
                numbers.put(topic.getKey() + " " + argument.getKey(), ids.size() - offsets[item]);
                ids.add(argument.getKey());
                words.add(argument.getValue());
            }
            offsets[++item] = ids.size();
        }
        List<String> items = List.copyOf(texts.keySet());
        List<String> debates = items.stream().map(Arguments::debate).toList();
        var candidates = Candidates.of(items, java.util.Collections.nCopies(items.size(), ""), ids, words, offsets)
                .withItemAttribute("debate", debates);
        return judgments(candidates, numbers, csv(folder.resolve("judgements.csv.gz")));
    }

    // the topic's name up to the last underscore, trailing hyphens removed: both sides of a debate
    private static String debate(String topic) {
        return topic.substring(0, topic.lastIndexOf('_')).replaceAll("-+$", "");
    }

    private static Judgments judgments(Candidates candidates, Map<String, Integer> numbers, List<List<String>> rows) {
        List<String> judges =
                List.copyOf(new TreeSet<>(rows.stream().map(row -> row.get(5)).toList()));
        Map<String, Integer> judgeNumbers = new HashMap<>();
        judges.forEach(judge -> judgeNumbers.put(judge, judgeNumbers.size()));
        PairJudgments judgments = new PairJudgments(rows.size());
        for (List<String> row : rows) {
            judgments.add(
                    candidates.items().indexOf(row.get(0)),
                    judgeNumbers.getOrDefault(row.get(5), -1),
                    STANCES.indexOf(row.get(7)),
                    numbers.getOrDefault(row.get(0) + " " + row.get(2), -1),
                    numbers.getOrDefault(row.get(0) + " " + row.get(3), -1),
                    row.get(6).equals("a1") ? 1 : row.get(6).equals("a2") ? 0 : 0.5,
                    1);
        }
        return judgments.of(candidates, judges, "stance", STANCES);
    }

    private static Optional<Path> folder() {
        Optional<Path> named = Optional.ofNullable(System.getProperty("polyphony.data"))
                .or(() -> Optional.ofNullable(System.getenv("POLYPHONY_DATA")))
                .map(Path::of);
        return named.or(Arguments::beside)
                .map(data -> data.resolve("ukpconvarg1"))
                .filter(data -> Files.exists(data.resolve("judgements.csv.gz")));
    }

    // the repository's root is the folder whose pom is the parent; the data lie beside it
    private static Optional<Path> beside() {
        return Stream.iterate(Path.of("").toAbsolutePath(), Objects::nonNull, Path::getParent)
                .filter(at -> Files.isDirectory(at.resolve("spi/api")) && Files.exists(at.resolve("pom.xml")))
                .map(at -> at.resolve("../shared/data").normalize())
                .findFirst();
    }

    // RFC 4180: quoted fields may hold commas, quotes and line ends; the header is dropped
    private static List<List<String>> csv(Path file) {
        List<List<String>> rows = new ArrayList<>();
        try (var in = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            List<String> row = new ArrayList<>();
            StringBuilder field = new StringBuilder();
            boolean quoted = false;
            for (int c = in.read(); c >= 0; c = in.read()) {
                if (quoted && c == '"') {
                    in.mark(1);
                    int next = in.read();
                    if (next == '"') {
                        field.append('"');
                    } else {
                        quoted = false;
                        in.reset();
                    }
                } else if (quoted) {
                    field.append((char) c);
                } else if (c == '"') {
                    quoted = true;
                } else if (c == ',' || c == '\n') {
                    row.add(field.toString());
                    field.setLength(0);
                    if (c == '\n') {
                        rows.add(row);
                        row = new ArrayList<>();
                    }
                } else if (c != '\r') {
                    field.append((char) c);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rows.subList(1, rows.size());
    }
}
