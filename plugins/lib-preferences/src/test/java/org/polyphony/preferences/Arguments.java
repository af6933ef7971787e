package org.polyphony.preferences;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/// The real arguments data in the order of the reference procedure, read once, and the reference numbers.
///
/// @param pairs 62,581 judgments; groups are same, opposite, none
/// @param judges judge ids in byte order
/// @param topics topic names in byte order
/// @param arguments argument ids of every topic in byte order
/// @param words number of whitespace-separated words of every argument
public record Arguments(
        Pairs pairs, List<String> judges, List<String> topics, List<List<String>> arguments, int[][] words) {
    /// The stances with a seat, in the order of the reference procedure.
    public static final List<String> STANCES = List.of("same", "opposite", "none");

    private static final class Loaded {
        private static final Arguments DATA = load(RealData.folder("ukpconvarg1"));
    }

    /// The data, or the calling test is skipped.
    public static Arguments load() {
        RealData.folder("ukpconvarg1");
        return Loaded.DATA;
    }

    /// The reference numbers.
    public static JsonNode expected() {
        try (InputStream in = Arguments.class.getResourceAsStream("/reference/arguments_expected.json")) {
            return new ObjectMapper().readTree(Objects.requireNonNull(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Fold of every judge.
    public int[] folds() {
        return JudgeSplit.parts(judges, 5);
    }

    /// Half of every judge, 0 for training.
    public int[] halves() {
        return JudgeSplit.parts(judges, 2);
    }

    private static Arguments load(Path folder) {
        Map<String, TreeMap<String, Integer>> words = new TreeMap<>();
        for (List<String> row : body(RealData.csv(folder.resolve("arguments.csv.gz")))) {
            String text = row.get(5).strip();
            words.computeIfAbsent(row.get(0), topic -> new TreeMap<>())
                    .put(row.get(1), text.isEmpty() ? 0 : text.split("\\s+").length);
        }
        List<List<String>> rows = body(RealData.csv(folder.resolve("judgements.csv.gz")));
        TreeSet<String> judges = new TreeSet<>();
        rows.forEach(row -> judges.add(row.get(5)));
        List<String> topics = new ArrayList<>(words.keySet());
        List<List<String>> arguments = new ArrayList<>();
        Map<String, Integer> judgeIndex = index(new ArrayList<>(judges));
        Map<String, Integer> topicIndex = index(topics);
        List<Map<String, Integer>> argumentIndex = new ArrayList<>();
        int[][] lengths = new int[topics.size()][];
        for (String topic : topics) {
            TreeMap<String, Integer> ofTopic = Objects.requireNonNull(words.get(topic));
            lengths[arguments.size()] =
                    ofTopic.values().stream().mapToInt(Integer::intValue).toArray();
            arguments.add(new ArrayList<>(ofTopic.keySet()));
            argumentIndex.add(index(arguments.getLast()));
        }
        PairsBuilder builder =
                Pairs.builder(arguments.stream().mapToInt(List::size).toArray(), judges.size(), STANCES.size());
        for (List<String> row : rows) {
            int item = Objects.requireNonNull(topicIndex.get(row.get(0)));
            Map<String, Integer> of = argumentIndex.get(item);
            double y = switch (row.get(6)) {
                case "a1" -> 1;
                case "a2" -> 0;
                case "equal" -> 0.5;
                default -> throw new IllegalArgumentException("unknown choice " + row.get(6));
            };
            builder.pair(
                    item,
                    Objects.requireNonNull(of.get(row.get(2))),
                    Objects.requireNonNull(of.get(row.get(3))),
                    y,
                    Objects.requireNonNull(judgeIndex.get(row.get(5))),
                    STANCES.indexOf(row.get(7)),
                    1);
        }
        return new Arguments(builder.build(), new ArrayList<>(judges), topics, arguments, lengths);
    }

    private static List<List<String>> body(List<List<String>> records) {
        return records.subList(1, records.size());
    }

    private static Map<String, Integer> index(List<String> names) {
        Map<String, Integer> index = new HashMap<>();
        names.forEach(name -> index.put(name, index.size()));
        return index;
    }
}
