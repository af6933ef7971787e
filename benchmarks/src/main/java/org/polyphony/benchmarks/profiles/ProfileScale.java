package org.polyphony.benchmarks.profiles;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.polyphony.plugin.profile.linear.FeatureBlock;
import org.polyphony.plugin.profile.linear.FeatureBlock.Scale;
import org.polyphony.plugin.profile.linear.LinearProfiler;
import org.polyphony.plugin.profile.linear.LinearSettings;
import org.polyphony.spi.context.KeyedRandom;
import org.polyphony.spi.preference.Candidates;
import org.polyphony.spi.preference.Judges;
import org.polyphony.spi.preference.Judges.GroupAttribute;
import org.polyphony.spi.preference.Judgments;
import org.polyphony.spi.profile.FitRequest;
import org.polyphony.spi.profile.JudgedData;
import org.polyphony.spi.profile.PreferRequest;
import org.polyphony.spi.profile.PreferRequest.Form;
import org.polyphony.spi.profile.Seat;
import org.polyphony.spi.profile.Seating;
import org.polyphony.spi.profile.Viewpoint;
import org.polyphony.spi.profile.Whose;
import org.polyphony.spi.tensor.Tensor;
import org.polyphony.spi.testkit.TestContext;

/// How long profiles of many people take, on generated pairs: `java -cp … ProfileScale PEOPLE ITEMS ANSWERS TASTE`.
///
/// Items have 4 candidates with 64 drawn features, as of two encoders; people of four seats differ from each other and
/// between seats along 8 of them. The same arguments give the same judgments. Prints seconds; the memory is the
/// process's:
/// run it under `/usr/bin/time -v`.
public final class ProfileScale {
    private static final int CANDIDATES = 4;
    private static final int COLUMNS = 64;
    private static final int DIFFER = 8;
    private static final List<String> SEATS = List.of("a", "b", "c", "d");

    private ProfileScale() {}

    /// Fits, opens and asks for the scores of every person about every item.
    public static void main(String[] args) {
        if (args.length != 4) {
            System.err.println("usage: ProfileScale PEOPLE ITEMS ANSWERS TASTE");
            System.exit(2);
        }
        int people = Integer.parseInt(args[0]);
        Candidates candidates = candidates(Integer.parseInt(args[1]));
        double[] features = drawn("features", candidates.ids().size() * COLUMNS);
        Judgments judgments = judgments(people, Integer.parseInt(args[2]), candidates, features);
        var tensor = Optional.of(Tensor.ofDoubles(features, candidates.ids().size(), COLUMNS));
        var blocks = List.of(new FeatureBlock(32, Scale.COLUMN, 24), new FeatureBlock(32, Scale.BLOCK, 24));
        var seating = new Seating(
                Seating.Level.PERSON,
                SEATS.stream().map(seat -> Seat.of("group", seat)).toList(),
                0);
        var weights = new double[judgments.count()];
        Arrays.fill(weights, 1);
        var profiler = new LinearProfiler();
        try (var context = TestContext.of(new LinearSettings(blocks, Integer.parseInt(args[3]), 5))
                .withThreads(2)) {
            long began = System.nanoTime();
            var artefact = profiler.fit(
                    new FitRequest(
                            new JudgedData(judgments, tensor), Tensor.ofDoubles(weights, weights.length), seating),
                    context);
            print("fit", began);
            began = System.nanoTime();
            var profiles = profiler.open(artefact, context);
            print("open", began);
            began = System.nanoTime();
            var viewpoints = judgments.judges().ids().stream()
                    .map(id -> Viewpoint.of(id, new Whose.Person(id, Optional.empty())))
                    .toList();
            profiles.prefer(new PreferRequest(candidates, viewpoints, tensor, Form.SCORES), context);
            print("scores of " + people + " people about " + candidates.items().size() + " items", began);
            context.issues().forEach(issue -> System.out.println(issue.message()));
        }
    }

    private static void print(String what, long began) {
        System.out.printf(Locale.ROOT, "%s: %.1f s%n", what, (System.nanoTime() - began) / 1e9);
    }

    private static Candidates candidates(int items) {
        var names = IntStream.range(0, items)
                .mapToObj(item -> String.format(Locale.ROOT, "item-%06d", item))
                .toList();
        var ids = new ArrayList<String>();
        int[] offsets = new int[items + 1];
        for (int item = 0; item < items; item++) {
            for (int k = 0; k < CANDIDATES; k++) {
                ids.add(names.get(item) + "-" + k);
            }
            offsets[item + 1] = ids.size();
        }
        var blank = ids.stream().map(_ -> "").toList();
        return Candidates.of(names, blank.subList(0, items), ids, blank, offsets);
    }

    private static Judgments judgments(int people, int each, Candidates candidates, double[] features) {
        int n = people * each;
        var item = new int[n];
        var judge = new int[n];
        var level = new int[n];
        var entry = new int[2 * n];
        var value = new double[2 * n];
        double[] weights = drawn("weights", COLUMNS);
        double[] seats = drawn("seats", SEATS.size() * DIFFER);
        for (int row = 0; row < n; row++) {
            judge[row] = row / each;
            level[row] = judge[row] % SEATS.size();
            var random = KeyedRandom.of(1, "judgments", row);
            item[row] = random.nextInt(candidates.items().size());
            entry[2 * row] = random.nextInt(CANDIDATES);
            entry[2 * row + 1] = (entry[2 * row] + 1 + random.nextInt(CANDIDATES - 1)) % CANDIDATES;
            int i = candidates.first(item[row]) + entry[2 * row];
            int k = candidates.first(item[row]) + entry[2 * row + 1];
            var person = KeyedRandom.of(1, "people", judge[row]);
            double apart = 0;
            for (int c = 0; c < COLUMNS; c++) {
                double differs = c < DIFFER ? .3 * person.nextGaussian() + .15 * seats[level[row] * DIFFER + c] : 0;
                apart += (.15 * weights[c] + differs) * (features[i * COLUMNS + c] - features[k * COLUMNS + c]);
            }
            value[2 * row + (random.nextDouble() < 1 / (1 + Math.exp(-apart)) ? 0 : 1)] = 1;
        }
        var ids = IntStream.range(0, people)
                .mapToObj(p -> String.format(Locale.ROOT, "person-%07d", p))
                .toList();
        return PairJudgments.of(
                candidates,
                new Judges(ids, List.of(new GroupAttribute("group", SEATS))),
                item,
                judge,
                level,
                entry,
                value,
                true);
    }

    private static double[] drawn(String what, int count) {
        double[] drawn = new double[count];
        Arrays.setAll(drawn, n -> KeyedRandom.of(1, what, n).nextGaussian());
        return drawn;
    }
}
