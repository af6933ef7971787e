package org.polyphony.benchmarks.profiles;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.zip.GZIPInputStream;
import org.polyphony.plugin.encoder.minilm.MiniLmEncoder;
import org.polyphony.plugin.encoder.surface.SurfaceEncoder;
import org.polyphony.plugin.profile.linear.FeatureBlock;
import org.polyphony.plugin.profile.linear.FeatureBlock.Scale;
import org.polyphony.plugin.profile.linear.LinearSettings;
import org.polyphony.preferences.KeyedRandom;
import org.polyphony.spi.encoding.EncodeRequest;
import org.polyphony.spi.encoding.TextEncoder;
import org.polyphony.spi.preference.Candidates;
import org.polyphony.spi.preference.Judges;
import org.polyphony.spi.preference.Judges.GroupAttribute;
import org.polyphony.spi.preference.Judgments;
import org.polyphony.spi.profile.PreferenceEstimate;
import org.polyphony.spi.tensor.Tensor;
import org.polyphony.spi.testkit.TestContext;

/// Judgments of items that are left out in groups.
///
/// @param features FLOAT64, shape (M, D), of `surface` and `minilm`
/// @param group as part of which each item is left out
record HeldOutData(Candidates candidates, Judgments judgments, Tensor features, String[] group) {
    private static final int DRAWS = 1000;
    private static final List<String> STANCES = List.of("same", "opposite", "none");

    /// How profiles are fitted to them.
    LinearSettings settings() {
        var blocks = List.of(new FeatureBlock(32, Scale.COLUMN, 24), new FeatureBlock(384, Scale.BLOCK, 24));
        return new LinearSettings(blocks, 6, 5);
    }

    /// These items alone, with no judgments of their own.
    HeldOutData only(int[] items) {
        var names = new ArrayList<String>();
        var ids = new ArrayList<String>();
        var texts = new ArrayList<String>();
        int[] offsets = new int[items.length + 1];
        for (int at = 0; at < items.length; at++) {
            int first = candidates.first(items[at]);
            int end = first + candidates.count(items[at]);
            names.add(candidates.items().get(items[at]));
            ids.addAll(candidates.ids().subList(first, end));
            texts.addAll(candidates.texts().subList(first, end));
            offsets[at + 1] = ids.size();
        }
        int width = features.dimension(1);
        double[] of = new double[ids.size() * width];
        for (int at = 0; at < items.length; at++) {
            int count = candidates.count(items[at]);
            System.arraycopy(
                    features.toDoubles((long) candidates.first(items[at]) * width, count * width),
                    0,
                    of,
                    offsets[at] * width,
                    count * width);
        }
        var kept = Candidates.of(names, names.stream().map(_ -> "").toList(), ids, texts, offsets);
        return new HeldOutData(kept, judgments, Tensor.ofDoubles(of, ids.size(), width), new String[items.length]);
    }

    /// What an estimate about these items says of a judgment of one of them.
    ///
    /// @param judged numbers items through all
    double probability(PreferenceEstimate estimate, Judgments judged, int n, int viewpoint) {
        String name = judged.candidates().items().get(judged.item(n));
        int item = Collections.binarySearch(candidates.items(), name);
        for (var bucket : estimate.pairs()) {
            if (bucket.candidates() == candidates.count(item)) {
                int row = Arrays.binarySearch(bucket.items().toInts(), item);
                return bucket.p().at(row, viewpoint, candidate(n, 0), candidate(n, 1));
            }
        }
        throw new IllegalStateException("no answer about item " + name);
    }

    int candidate(int n, int entry) {
        return judgments.entries().candidate(judgments.entries().first(n) + entry);
    }

    /// How far the first candidate was preferred.
    double share(int n) {
        return judgments.entries().value(judgments.entries().first(n));
    }

    static double loss(double p, double y) {
        return -(y * Math.log(p) + (1 - y) * Math.log(1 - p));
    }

    /// Prints a mean with percentile intervals of draws of judges and of groups of items.
    void print(String what, double[] gain) {
        double[][] byJudge = sums(gain, n -> judgments.judges().ids().get(judgments.judge(n)));
        double[][] byDebate = sums(gain, n -> group[judgments.item(n)]);
        double total = Arrays.stream(byJudge).mapToDouble(of -> of[0]).sum();
        double count = Arrays.stream(byJudge).mapToDouble(of -> of[1]).sum();
        System.out.printf(Locale.ROOT, "%s: %.4f %s %s%n", what, total / count, interval(byJudge), interval(byDebate));
    }

    private static double[][] sums(double[] gain, IntFunction<String> unit) {
        var sums = new TreeMap<String, double[]>();
        for (int n = 0; n < gain.length; n++) {
            if (!Double.isNaN(gain[n])) {
                double[] of = sums.computeIfAbsent(unit.apply(n), _ -> new double[2]);
                of[0] += gain[n];
                of[1]++;
            }
        }
        return sums.values().toArray(double[][]::new);
    }

    private static String interval(double[][] units) {
        double[] means = new double[DRAWS];
        Arrays.setAll(means, draw -> {
            var random = KeyedRandom.of(1, "bootstrap", draw);
            double sum = 0;
            double count = 0;
            for (int u = 0; u < units.length; u++) {
                double[] of = units[random.nextInt(units.length)];
                sum += of[0];
                count += of[1];
            }
            return sum / count;
        });
        Arrays.sort(means);
        return String.format(Locale.ROOT, "[%.4f, %.4f]", means[DRAWS / 40], means[DRAWS - 1 - DRAWS / 40]);
    }

    /// UKPConvArg1: sides of debates, of which both are left out at once.
    static HeldOutData arguments(Path folder) throws IOException {
        var names = new ArrayList<String>();
        var ids = new ArrayList<String>();
        var texts = new ArrayList<String>();
        var offsets = new ArrayList<Integer>();
        var titles = new HashMap<String, String>();
        var rows = new ArrayList<String[]>();
        var arguments = table(folder.resolve("arguments.csv.gz"));
        arguments.sort(Comparator.<String[], String>comparing(row -> row[0]).thenComparing(row -> row[1]));
        for (String[] row : arguments) {
            if (names.isEmpty() || !names.getLast().equals(row[0])) {
                names.add(row[0]);
                offsets.add(ids.size());
            }
            ids.add(row[1]);
            texts.add(row[5]);
        }
        offsets.add(ids.size());
        table(folder.resolve("topics.csv")).forEach(row -> titles.put(row[0], row[1]));
        for (String[] row : table(folder.resolve("judgements.csv.gz"))) {
            rows.add(new String[] {row[0], row[2], row[3], row[5], row[6], row[7]});
        }
        var candidates = Candidates.of(
                names,
                names.stream().map(_ -> "").toList(),
                ids,
                texts,
                offsets.stream().mapToInt(at -> at).toArray());
        return new HeldOutData(
                candidates,
                judgments(candidates, rows),
                encoded(texts),
                names.stream().map(titles::get).toArray(String[]::new));
    }

    /// The rows of a CSV file without its header; fields may be quoted and hold line breaks.
    static List<String[]> table(Path file) throws IOException {
        try (InputStream plain = Files.newInputStream(file);
                InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(plain) : plain) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            var rows = new ArrayList<String[]>();
            var row = new ArrayList<String>();
            var field = new StringBuilder();
            boolean quoted = false;
            for (int at = 0; at < text.length(); at++) {
                char c = text.charAt(at);
                if (quoted && c == '"' && at + 1 < text.length() && text.charAt(at + 1) == '"') {
                    field.append(c);
                    at++;
                } else if (c == '"') {
                    quoted = !quoted;
                } else if (!quoted && (c == ',' || c == '\n')) {
                    row.add(field.toString());
                    field.setLength(0);
                    if (c == '\n') {
                        rows.add(row.toArray(String[]::new));
                        row.clear();
                    }
                } else if (quoted || c != '\r') {
                    field.append(c);
                }
            }
            rows.removeFirst();
            return rows;
        }
    }

    private static Judgments judgments(Candidates candidates, List<String[]> rows) {
        int n = rows.size();
        var people = List.copyOf(new TreeSet<>(rows.stream().map(row -> row[3]).toList()));
        var item = new int[n];
        var judge = new int[n];
        var level = new int[n];
        var entry = new int[2 * n];
        var value = new double[2 * n];
        var place = new HashMap<String, Integer>();
        for (int of = 0; of < candidates.items().size(); of++) {
            for (int k = 0; k < candidates.count(of); k++) {
                place.put(candidates.items().get(of) + " " + candidates.ids().get(candidates.first(of) + k), k);
            }
        }
        for (int row = 0; row < n; row++) {
            String[] of = rows.get(row);
            item[row] = candidates.items().indexOf(of[0]);
            judge[row] = Collections.binarySearch(people, of[3]);
            level[row] = STANCES.indexOf(of[5]);
            entry[2 * row] = place.getOrDefault(of[0] + " " + of[1], -1);
            entry[2 * row + 1] = place.getOrDefault(of[0] + " " + of[2], -1);
            value[2 * row] = of[4].equals("a1") ? 1 : of[4].equals("a2") ? 0 : .5;
            value[2 * row + 1] = 1 - value[2 * row];
        }
        return PairJudgments.of(
                candidates,
                new Judges(people, List.of(new GroupAttribute("stance", STANCES))),
                item,
                judge,
                level,
                entry,
                value,
                true);
    }

    /// Features of `surface`, then of `minilm`.
    static Tensor encoded(List<String> texts) {
        double[] all = new double[texts.size() * (32 + 384)];
        int from = 0;
        for (TextEncoder encoder : List.of(new SurfaceEncoder(), new MiniLmEncoder())) {
            try (var context = TestContext.forPlugin(encoder).withThreads(2)) {
                Tensor part = encoder.encode(new EncodeRequest(texts), context).features();
                int width = part.dimension(1);
                for (int i = 0; i < texts.size(); i++) {
                    System.arraycopy(part.slice(i, 1).toDoubles(), 0, all, i * (32 + 384) + from, width);
                }
                from += width;
            }
        }
        return Tensor.ofDoubles(all, texts.size(), 32 + 384);
    }
}
