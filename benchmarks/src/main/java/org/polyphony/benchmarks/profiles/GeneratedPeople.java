package org.polyphony.benchmarks.profiles;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.polyphony.plugin.profile.linear.FeatureBlock;
import org.polyphony.plugin.profile.linear.FeatureBlock.Scale;
import org.polyphony.plugin.profile.linear.LinearSettings;
import org.polyphony.spi.context.KeyedRandom;
import org.polyphony.spi.preference.Candidates;
import org.polyphony.spi.preference.Judges;
import org.polyphony.spi.preference.Judges.GroupAttribute;
import org.polyphony.spi.preference.Judgments;
import org.polyphony.spi.tensor.Tensor;

/// People whose preferences are known: log odds (x·w + bᵢ − bₖ)(1 + reliability) + x·(u + v), x being the difference of
/// drawn features of two encoders, w of standard deviation .3, b of .3. Items have four candidates; the first
/// [#JUDGED] of them are answered, the others by nobody. The same world and spread give the same people.
///
/// @param world which draw
/// @param people numbered from 0; whoever else is asked is somebody else of the same kind
/// @param seats how many there are, in turn
/// @param spread how much people differ
/// @param columns of features
record GeneratedPeople(int world, int people, int seats, Spread spread, int columns) {
    static final int JUDGED = 100;
    static final int ITEMS = 120;
    static final int CANDIDATES = 4;

    /// @param persons standard deviation of a person's weight of each feature
    /// @param seats of a seat's
    /// @param reliability of a person's slope
    record Spread(double persons, double seats, double reliability) {}

    /// Profiles of them, all features kept.
    ///
    /// @param taste along how many of each encoder people may differ
    LinearSettings settings(int taste) {
        return new LinearSettings(
                List.of(
                        new FeatureBlock(columns / 2, Scale.COLUMN, columns / 2),
                        new FeatureBlock(columns / 2, Scale.BLOCK, columns / 2)),
                taste,
                5);
    }

    static Candidates candidates() {
        var ids = new ArrayList<String>();
        for (int i = 0; i < ITEMS * CANDIDATES; i++) {
            ids.add(String.format(Locale.ROOT, "item-%03d-%d", i / CANDIDATES, i % CANDIDATES));
        }
        var names = IntStream.range(0, ITEMS)
                .mapToObj(item -> String.format(Locale.ROOT, "item-%03d", item))
                .toList();
        var blank = ids.stream().map(_ -> "").toList();
        return Candidates.of(
                names,
                blank.subList(0, ITEMS),
                ids,
                blank,
                IntStream.rangeClosed(0, ITEMS).map(item -> item * CANDIDATES).toArray());
    }

    Tensor features() {
        int n = ITEMS * CANDIDATES;
        return Tensor.ofDoubles(drawn("features", world, n * columns), n, columns);
    }

    Optional<Tensor> given() {
        return Optional.of(features());
    }

    String seat(int person) {
        return "seat-" + Math.floorMod(person, seats);
    }

    Map<String, Double> shares(int person) {
        return Map.of(seat(person), 1.0);
    }

    static String id(int person) {
        return String.format(Locale.ROOT, "person-%05d", person);
    }

    /// Scores of all candidates by a person.
    double[] scores(int person) {
        double[] x = drawn("features", world, ITEMS * CANDIDATES * columns);
        double[] w = drawn("weights", world, columns);
        double[] b = drawn("residuals", world, ITEMS * CANDIDATES);
        double[] u = drawn("seat", world * 100 + Math.floorMod(person, seats), columns);
        double[] v = drawn("person", world * 100_000 + person, columns + 1);
        double[] scores = new double[ITEMS * CANDIDATES];
        Arrays.setAll(scores, i -> {
            double common = .3 * b[i];
            double own = 0;
            for (int c = 0; c < columns; c++) {
                common += .3 * w[c] * x[i * columns + c];
                own += (spread.seats() * u[c] + spread.persons() * v[c]) * x[i * columns + c];
            }
            return common * (1 + spread.reliability() * v[columns]) + own;
        });
        return scores;
    }

    /// What people answer about pairs drawn for them.
    Judgments answered(int each) {
        int[] item = new int[people * each];
        int[] entry = new int[2 * item.length];
        for (int row = 0; row < item.length; row++) {
            var random = KeyedRandom.of(world, "pairs", row);
            item[row] = random.nextInt(JUDGED);
            entry[2 * row] = random.nextInt(CANDIDATES);
            entry[2 * row + 1] = (entry[2 * row] + 1 + random.nextInt(CANDIDATES - 1)) % CANDIDATES;
        }
        var ids = IntStream.range(0, people).mapToObj(GeneratedPeople::id).toList();
        return judgments(ids, item, entry, row -> row / each, row -> row / each);
    }

    /// What one person answers about these pairs, `first[n]` and `second[n]` numbered through all candidates.
    Judgments answered(int person, int[] first, int[] second) {
        int[] item = Arrays.stream(first).map(i -> i / CANDIDATES).toArray();
        int[] entry = new int[2 * first.length];
        for (int n = 0; n < first.length; n++) {
            entry[2 * n] = first[n] % CANDIDATES;
            entry[2 * n + 1] = second[n] % CANDIDATES;
        }
        return judgments(List.of(id(person)), item, entry, _ -> 0, _ -> person);
    }

    private Judgments judgments(
            List<String> ids, int[] item, int[] entry, IntUnaryOperator judge, IntUnaryOperator person) {
        int n = item.length;
        double[] value = new double[2 * n];
        double[] scores = {};
        int whose = -1;
        for (int row = 0; row < n; row++) {
            if (row == 0 || person.applyAsInt(row) != whose) {
                whose = person.applyAsInt(row);
                scores = scores(whose);
            }
            int i = item[row] * CANDIDATES + entry[2 * row];
            int k = item[row] * CANDIDATES + entry[2 * row + 1];
            // the same pair is answered the same, whenever it is asked
            double drawn = KeyedRandom.of(world * 100_000L + whose, "answers", (long) i * ITEMS * CANDIDATES + k)
                    .nextDouble();
            value[2 * row + (drawn < 1 / (1 + Math.exp(scores[k] - scores[i])) ? 0 : 1)] = 1;
        }
        var levels = IntStream.range(0, seats).mapToObj(seat -> "seat-" + seat).toList();
        return PairJudgments.of(
                candidates(),
                new Judges(ids, List.of(new GroupAttribute("seat", levels))),
                item,
                IntStream.range(0, n).map(judge).toArray(),
                IntStream.range(0, n)
                        .map(row -> Math.floorMod(person.applyAsInt(row), seats))
                        .toArray(),
                entry,
                value,
                false);
    }

    private static double[] drawn(String what, long key, int count) {
        double[] drawn = new double[count];
        var random = KeyedRandom.of(key, what, 0);
        Arrays.setAll(drawn, _ -> random.nextGaussian());
        return drawn;
    }
}
