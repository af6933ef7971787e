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
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.zip.GZIPInputStream;
import org.polyphony.plugin.encoder.minilm.MiniLmEncoder;
import org.polyphony.plugin.encoder.surface.SurfaceEncoder;
import org.polyphony.plugin.profile.linear.FeatureBlock;
import org.polyphony.plugin.profile.linear.FeatureBlock.Scale;
import org.polyphony.plugin.profile.linear.LinearProfiler;
import org.polyphony.plugin.profile.linear.LinearSettings;
import org.polyphony.preferences.JudgeSplit;
import org.polyphony.preferences.KeyedRandom;
import org.polyphony.preferences.model.Logistic;
import org.polyphony.spi.encoding.EncodeRequest;
import org.polyphony.spi.encoding.TextEncoder;
import org.polyphony.spi.preference.Candidates;
import org.polyphony.spi.preference.Judges;
import org.polyphony.spi.preference.Judges.GroupAttribute;
import org.polyphony.spi.preference.Judgments;
import org.polyphony.spi.profile.FitRequest;
import org.polyphony.spi.profile.JudgedData;
import org.polyphony.spi.profile.PreferRequest;
import org.polyphony.spi.profile.PreferRequest.Form;
import org.polyphony.spi.profile.PreferenceEstimate;
import org.polyphony.spi.profile.Seat;
import org.polyphony.spi.profile.Seating;
import org.polyphony.spi.profile.Viewpoint;
import org.polyphony.spi.tensor.Tensor;
import org.polyphony.spi.testkit.SpiValues;
import org.polyphony.spi.testkit.TestContext;

/// What profiles on features tell of debates nobody judged: `java -cp … HeldOutGains DIR`, DIR holding UKPConvArg1.
///
/// Each of 12 debates is left out in turn, both sides together; half of the judges teach, the other half test. Gains
/// are
/// in nats an answer, ties one half: of everybody over the constant one half and over a logistic of the difference in
/// log length, and of stances over everybody. Intervals are percentiles of 1,000 draws of judges, and of debates.
public final class HeldOutGains {
    private static final int DRAWS = 1000;
    private static final List<String> STANCES = List.of("same", "opposite", "none");

    private final Candidates candidates;
    private final Judgments judgments;
    private final Tensor features;
    private final String[] debate;
    private final double[][] gains;

    private HeldOutGains(Candidates candidates, Judgments judgments, Tensor features, String[] debate) {
        this.candidates = candidates;
        this.judgments = judgments;
        this.features = features;
        this.debate = debate;
        this.gains = new double[3][judgments.count()];
    }

    /// Reads, encodes, fits 24 times, and prints a table.
    public static void main(String[] args) throws IOException {
        if (args.length != 1) {
            System.err.println("usage: HeldOutGains DIR");
            System.exit(2);
        }
        read(Path.of(args[0])).measure();
    }

    private void measure() {
        Arrays.stream(gains).forEach(gain -> Arrays.fill(gain, Double.NaN));
        var debates = List.copyOf(new TreeSet<>(List.of(debate)));
        int[] half = JudgeSplit.parts(judgments.judges().ids(), 2);
        int tested = 0;
        double right = 0;
        double rightLonger = 0;
        double decided = 0;
        for (String left : debates) {
            double[] teaches = new double[judgments.count()];
            Arrays.setAll(
                    teaches, n -> half[judgments.judge(n)] == 0 && !debate[judgments.item(n)].equals(left) ? 1 : 0);
            var everybody = estimate(teaches, Seating.of(List.of(new Seat("everyone", Map.of()))));
            var stances = estimate(teaches, Seating.of("stance", STANCES));
            double longer = longer(teaches);
            for (int n = 0; n < judgments.count(); n++) {
                if (half[judgments.judge(n)] == 1 && debate[judgments.item(n)].equals(left)) {
                    double y = share(n);
                    double p = probability(everybody, n, 0);
                    double byLength = Logistic.sigmoid(longer * apart(n));
                    int stance = judgments.level(n, 0);
                    double loss = loss(p, y);
                    gains[0][n] = Math.log(2) - loss;
                    gains[1][n] = loss(byLength, y) - loss;
                    gains[2][n] = stance < 0 ? 0 : loss - loss(probability(stances, n, stance), y);
                    tested++;
                    if (y != .5) {
                        decided++;
                        right += (p > .5) == (y == 1) ? 1 : 0;
                        rightLonger += (byLength > .5) == (y == 1) ? 1 : 0;
                    }
                }
            }
            System.out.println("without " + left);
        }
        System.out.printf(Locale.ROOT, "%d answers of judges who taught nothing%n", tested);
        print("everybody over the constant", gains[0]);
        print("everybody over longer is better", gains[1]);
        print("stances over everybody, all answers", gains[2]);
        System.out.printf(
                Locale.ROOT, "right of decided pairs: %.3f, longer %.3f%n", right / decided, rightLonger / decided);
    }

    private PreferenceEstimate estimate(double[] teaches, Seating seating) {
        var blocks = List.of(new FeatureBlock(32, Scale.COLUMN, 24), new FeatureBlock(384, Scale.BLOCK, 24));
        var profiler = new LinearProfiler();
        try (var context = TestContext.of(new LinearSettings(blocks, 6, 5)).withThreads(2)) {
            var artefact = profiler.fit(
                    new FitRequest(
                            new JudgedData(judgments, Optional.of(features)),
                            Tensor.ofDoubles(teaches, teaches.length),
                            seating),
                    context);
            var viewpoints = seating.ids().stream().map(Viewpoint::ofSeat).toList();
            var estimate = profiler.open(artefact, context)
                    .prefer(new PreferRequest(candidates, viewpoints, Optional.of(features), Form.PAIRS), context);
            return SpiValues.copy(estimate);
        }
    }

    private double probability(PreferenceEstimate estimate, int n, int seat) {
        int item = judgments.item(n);
        for (var bucket : estimate.pairs()) {
            if (bucket.candidates() == candidates.count(item)) {
                int row = Arrays.binarySearch(bucket.items().toInts(), item);
                return bucket.p().at(row, seat, candidate(n, 0), candidate(n, 1));
            }
        }
        throw new IllegalStateException("no answer about item " + item);
    }

    private int candidate(int n, int entry) {
        return judgments.entries().candidate(judgments.entries().first(n) + entry);
    }

    private double share(int n) {
        return judgments.entries().value(judgments.entries().first(n));
    }

    /// Difference in ln(1 + characters), column 0 of `surface`.
    private double apart(int n) {
        int first = candidates.first(judgments.item(n));
        return features.at(first + candidate(n, 0), 0) - features.at(first + candidate(n, 1), 0);
    }

    private double longer(double[] teaches) {
        double slope = 0;
        for (int step = 0; step < 20; step++) {
            double gradient = 0;
            double information = 1e-9;
            for (int n = 0; n < teaches.length; n++) {
                if (teaches[n] > 0) {
                    double x = apart(n);
                    double p = Logistic.sigmoid(slope * x);
                    gradient += (share(n) - p) * x;
                    information += p * (1 - p) * x * x;
                }
            }
            slope += gradient / information;
        }
        return slope;
    }

    private static double loss(double p, double y) {
        return -(y * Math.log(p) + (1 - y) * Math.log(1 - p));
    }

    private void print(String what, double[] gain) {
        double[][] byJudge = sums(gain, n -> judgments.judges().ids().get(judgments.judge(n)));
        double[][] byDebate = sums(gain, n -> debate[judgments.item(n)]);
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

    private static HeldOutGains read(Path folder) throws IOException {
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
        return new HeldOutGains(
                candidates,
                judgments(candidates, rows),
                encoded(texts),
                names.stream().map(titles::get).toArray(String[]::new));
    }

    /// The rows of a CSV file without its header; fields may be quoted and hold line breaks.
    private static List<String[]> table(Path file) throws IOException {
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
                value);
    }

    private static Tensor encoded(List<String> texts) {
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
