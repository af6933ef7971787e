package org.polyphony.benchmarks.profiles;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.polyphony.plugin.profile.linear.LinearProfiler;
import org.polyphony.preferences.JudgeSplit;
import org.polyphony.preferences.KeyedRandom;
import org.polyphony.spi.preference.Candidates;
import org.polyphony.spi.preference.Judges;
import org.polyphony.spi.preference.Judges.GroupAttribute;
import org.polyphony.spi.preference.Judgments;
import org.polyphony.spi.profile.AdaptRequest;
import org.polyphony.spi.profile.AdaptiveProfiles;
import org.polyphony.spi.profile.FitRequest;
import org.polyphony.spi.profile.JudgedData;
import org.polyphony.spi.profile.PreferRequest;
import org.polyphony.spi.profile.PreferRequest.Form;
import org.polyphony.spi.profile.PreferenceEstimate;
import org.polyphony.spi.profile.Seat;
import org.polyphony.spi.profile.Seating;
import org.polyphony.spi.profile.Viewpoint;
import org.polyphony.spi.profile.Whose;
import org.polyphony.spi.tensor.Tensor;
import org.polyphony.spi.testkit.SpiValues;
import org.polyphony.spi.testkit.TestContext;

/// What a few answers of a person who taught nothing tell of what they say of items nobody judged:
/// `java -cp … PersonGains arguments|posts DIR`, DIR holding UKPConvArg1 or the posts of CREHate.
///
/// Items are left out in groups; half of the judges teach, the others answer 3, 10 and 30 questions about the items
/// that
/// are not left out (those who have fewer, all of theirs), in drawn order, and are tested on those that are. Gains are
/// in
/// nats an answer over everybody's preference, ties one half. Arguments: debates are left out, whoever answers claims
/// nothing. Posts: a fifth is left out at a time, labels are pairs with an empty candidate, whoever answers claims
/// their country,
/// and each half of the raters teaches in turn.
public final class PersonGains {
    private static final int[] ASKED = {3, 10, 30};

    private final HeldOutData data;
    private final List<String> seats;
    private final boolean claimed;
    private final double[][] gains;

    private PersonGains(HeldOutData data, List<String> seats, boolean claimed) {
        this.data = data;
        this.seats = seats;
        this.claimed = claimed;
        this.gains = new double[1 + ASKED.length][data.judgments().count()];
        Arrays.stream(gains).forEach(gain -> Arrays.fill(gain, Double.NaN));
    }

    /// Reads, encodes, fits, adapts and prints a table.
    public static void main(String[] args) throws IOException {
        if (args.length != 2 || !List.of("arguments", "posts").contains(args[0])) {
            System.err.println("usage: PersonGains arguments|posts DIR");
            System.exit(2);
        }
        boolean posts = args[0].equals("posts");
        var data = posts ? posts(Path.of(args[1])) : HeldOutData.arguments(Path.of(args[1]));
        var gains = new PersonGains(data, data.judgments().judges().levels(0), posts);
        for (int half = 0; half < (posts ? 2 : 1); half++) {
            for (String left : new TreeSet<>(List.of(data.group()))) {
                gains.measure(half, left);
                System.out.println("without " + left);
            }
        }
        gains.print();
    }

    private void print() {
        long tested =
                Arrays.stream(gains[0]).filter(gain -> !Double.isNaN(gain)).count();
        System.out.printf(Locale.ROOT, "%d answers of people who taught nothing%n", tested);
        data.print("seat over everybody", gains[0]);
        for (int a = 0; a < ASKED.length; a++) {
            data.print("person after " + ASKED[a] + " over everybody", gains[a + 1]);
        }
    }

    private void measure(int half, String left) {
        Judgments judgments = data.judgments();
        int[] halves = JudgeSplit.parts(judgments.judges().ids(), 2);
        int n = judgments.count();
        double[] teaches = new double[n];
        var own = new TreeMap<Integer, List<Integer>>();
        var tested = new TreeMap<Integer, List<Integer>>();
        for (int row = 0; row < n; row++) {
            boolean out = data.group()[judgments.item(row)].equals(left);
            if (halves[judgments.judge(row)] == half) {
                teaches[row] = out ? 0 : 1;
            } else {
                (out ? tested : own)
                        .computeIfAbsent(judgments.judge(row), _ -> new ArrayList<>())
                        .add(row);
            }
        }
        tested.keySet().retainAll(own.keySet());
        int[] items = IntStream.range(0, data.group().length)
                .filter(item -> data.group()[item].equals(left))
                .toArray();
        HeldOutData asked = data.only(items);
        var profiler = new LinearProfiler();
        String attribute = judgments.judges().attributes().getFirst().name();
        try (var context = TestContext.of(data.settings()).withThreads(2)) {
            var alone = Seating.of(List.of(new Seat("everyone", Map.of())));
            var everybody = prefer(
                    (AdaptiveProfiles) profiler.open(profiler.fit(fit(teaches, alone), context), context),
                    asked,
                    List.of(Viewpoint.ofSeat("everyone")),
                    context);
            var profiles = (AdaptiveProfiles) profiler.open(
                    profiler.fit(fit(teaches, Seating.of(attribute, seats)), context), context);
            var viewpoints =
                    new ArrayList<>(seats.stream().map(Viewpoint::ofSeat).toList());
            for (var person : tested.keySet()) {
                var rows = drawn(own.getOrDefault(person, List.of()), person);
                for (int most : ASKED) {
                    viewpoints.add(adapted(profiles, person, rows.subList(0, Math.min(most, rows.size())), context));
                }
            }
            var estimate = prefer(profiles, asked, viewpoints, context);
            int v = seats.size();
            for (var rows : tested.values()) {
                for (int row : rows) {
                    double y = data.share(row);
                    double loss = HeldOutData.loss(asked.probability(everybody, judgments, row, 0), y);
                    int seat = judgments.level(row, 0);
                    gains[0][row] = seat < 0
                            ? 0
                            : loss - HeldOutData.loss(asked.probability(estimate, judgments, row, seat), y);
                    for (int a = 0; a < ASKED.length; a++) {
                        gains[a + 1][row] =
                                loss - HeldOutData.loss(asked.probability(estimate, judgments, row, v + a), y);
                    }
                }
                v += ASKED.length;
            }
        }
    }

    private Viewpoint adapted(AdaptiveProfiles profiles, int person, List<Integer> rows, TestContext context) {
        Judgments all = data.judgments();
        String id = all.judges().ids().get(person);
        int[] of = rows.stream().mapToInt(row -> row).toArray();
        var entry = new int[2 * of.length];
        var value = new double[2 * of.length];
        for (int at = 0; at < of.length; at++) {
            for (int e = 0; e < 2; e++) {
                entry[2 * at + e] = all.entries().candidate(all.entries().first(of[at]) + e);
                value[2 * at + e] = all.entries().value(all.entries().first(of[at]) + e);
            }
        }
        var said = PairJudgments.of(
                data.candidates(),
                new Judges(List.of(id), all.judges().attributes()),
                Arrays.stream(of).map(all::item).toArray(),
                new int[of.length],
                Arrays.stream(of).map(row -> all.level(row, 0)).toArray(),
                entry,
                value,
                all.entries().ordered());
        int seat = all.level(of[0], 0);
        Whose before =
                claimed && seat >= 0 ? new Whose.Seats(Map.of(seats.get(seat), 1.0)) : new Whose.Claiming(Map.of());
        var known = profiles.adapt(
                new AdaptRequest(id, before, new JudgedData(said, Optional.of(data.features()))), context);
        return Viewpoint.of(id + " " + of.length, new Whose.Person(id, Optional.of(known)));
    }

    private static List<Integer> drawn(List<Integer> rows, int person) {
        var drawn = new ArrayList<>(rows);
        var random = KeyedRandom.of(1, "asked", person);
        for (int at = drawn.size() - 1; at > 0; at--) {
            Collections.swap(drawn, at, random.nextInt(at + 1));
        }
        return drawn;
    }

    private FitRequest fit(double[] teaches, Seating seating) {
        return new FitRequest(
                new JudgedData(data.judgments(), Optional.of(data.features())),
                Tensor.ofDoubles(teaches, teaches.length),
                seating);
    }

    private static PreferenceEstimate prefer(
            AdaptiveProfiles profiles, HeldOutData asked, List<Viewpoint> viewpoints, TestContext context) {
        return SpiValues.copy(profiles.prefer(
                new PreferRequest(asked.candidates(), viewpoints, Optional.of(asked.features()), Form.PAIRS), context));
    }

    private static HeldOutData posts(Path folder) throws IOException {
        var texts = new TreeMap<String, String>();
        HeldOutData.table(folder.resolve("items_sbic.csv.gz")).forEach(row -> texts.put(row[0], row[1]));
        var names = List.copyOf(texts.keySet());
        var ids = new ArrayList<String>();
        var all = new ArrayList<String>();
        for (String name : names) {
            // in byte order, as ids are
            ids.addAll(List.of(name, name + "-nothing"));
            all.addAll(List.of(texts.get(name), ""));
        }
        var rows = HeldOutData.table(folder.resolve("ratings_sbic.csv.gz"));
        rows.removeIf(row -> row[10].equals("2") || !texts.containsKey(row[0]));
        int n = rows.size();
        var people = List.copyOf(new TreeSet<>(rows.stream().map(row -> row[1]).toList()));
        var countries =
                List.copyOf(new TreeSet<>(rows.stream().map(row -> row[2]).toList()));
        var place = new HashMap<String, Integer>();
        names.forEach(name -> place.put(name, place.size()));
        var entry = new int[2 * n];
        var value = new double[2 * n];
        for (int row = 0; row < n; row++) {
            entry[2 * row + 1] = 1;
            value[2 * row + (rows.get(row)[10].equals("1") ? 0 : 1)] = 1;
        }
        var candidates = Candidates.of(
                names,
                names.stream().map(_ -> "").toList(),
                ids,
                all,
                IntStream.rangeClosed(0, names.size()).map(item -> 2 * item).toArray());
        return new HeldOutData(
                candidates,
                PairJudgments.of(
                        candidates,
                        new Judges(people, List.of(new GroupAttribute("country", countries))),
                        rows.stream().mapToInt(row -> place.get(row[0])).toArray(),
                        rows.stream()
                                .mapToInt(row -> Collections.binarySearch(people, row[1]))
                                .toArray(),
                        rows.stream()
                                .mapToInt(row -> Collections.binarySearch(countries, row[2]))
                                .toArray(),
                        entry,
                        value,
                        false),
                HeldOutData.encoded(all),
                names.stream()
                        .map(name -> "fifth " + JudgeSplit.parts(List.of(name), 5)[0])
                        .toArray(String[]::new));
    }
}
