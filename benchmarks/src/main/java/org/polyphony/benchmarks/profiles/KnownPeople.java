package org.polyphony.benchmarks.profiles;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.polyphony.benchmarks.profiles.GeneratedPeople.Spread;
import org.polyphony.plugin.profile.linear.LinearProfiler;
import org.polyphony.preferences.model.Logistic;
import org.polyphony.spi.context.KeyedRandom;
import org.polyphony.spi.preference.Candidates;
import org.polyphony.spi.profile.AdaptRequest;
import org.polyphony.spi.profile.AdaptiveProfiles;
import org.polyphony.spi.profile.FitRequest;
import org.polyphony.spi.profile.JudgedData;
import org.polyphony.spi.profile.NextRequest;
import org.polyphony.spi.profile.PreferRequest;
import org.polyphony.spi.profile.PreferRequest.Form;
import org.polyphony.spi.profile.PreferenceBucket;
import org.polyphony.spi.profile.Seat;
import org.polyphony.spi.profile.Seating;
import org.polyphony.spi.profile.Viewpoint;
import org.polyphony.spi.profile.Whose;
import org.polyphony.spi.tensor.Tensor;
import org.polyphony.spi.testkit.TestContext;

/// What profiles say of people whose preferences are known: `java -cp … KnownPeople gains|intervals|questions`.
///
/// Each row is worlds of 200 people × 30 answers, four seats, 20 items that nobody judged. *gains*: expected log loss
/// of 60 new people of each of 16 worlds, over everybody's preference. *intervals*: how often a 90 % interval of a
/// person's P holds it, of people of the fit and of new ones after 30 answers. *questions*: expected log loss of 20 new
/// people of each of 16 worlds after 10 questions, chosen over drawn. Intervals are ±2.13 standard errors between
/// worlds.
public final class KnownPeople {
    private static final int WORLDS = 16;
    private static final int PEOPLE = 200;
    private static final int COLUMNS = 12;
    private static final int[] ASKED = {0, 3, 10, 30};
    private static final Candidates CANDIDATES = GeneratedPeople.candidates();
    private static final Candidates UNSEEN = unseen();

    private KnownPeople() {}

    /// Prints a table.
    public static void main(String[] args) {
        switch (args.length == 1 ? args[0] : "") {
            case "gains" -> gains();
            case "intervals" -> intervals();
            case "questions" -> questions();
            default -> {
                System.err.println("usage: KnownPeople gains|intervals|questions");
                System.exit(2);
            }
        }
    }

    private static void gains() {
        gains("all differ", new Spread(.3, .3, .3), PEOPLE);
        gains("persons only", new Spread(.3, 0, 0), PEOPLE);
        gains("seats only", new Spread(0, .3, 0), PEOPLE);
        gains("reliability only", new Spread(0, 0, .3), PEOPLE);
        gains("nobody differs", new Spread(0, 0, 0), PEOPLE);
        gains("all differ, 24 people", new Spread(.3, .3, .3), 24);
    }

    private static void gains(String what, Spread spread, int people) {
        double[][] gain = new double[ASKED.length][WORLDS];
        for (int world = 0; world < WORLDS; world++) {
            try (var fitted = new World(new GeneratedPeople(world, people, 4, spread, COLUMNS), Seating.Level.GROUP)) {
                var viewpoints = new ArrayList<Viewpoint>();
                for (int person = people; person < people + 60; person++) {
                    int[][] pairs = fitted.drawn(person, 30);
                    for (int asked : ASKED) {
                        viewpoints.add(
                                fitted.after(person, Arrays.copyOf(pairs[0], asked), Arrays.copyOf(pairs[1], asked)));
                    }
                }
                double[] loss = fitted.losses(viewpoints, people, ASKED.length);
                double[] everybody = fitted.everybody(people, 60);
                for (int a = 0; a < ASKED.length; a++) {
                    for (int person = 0; person < 60; person++) {
                        gain[a][world] += (everybody[person] - loss[person * ASKED.length + a]) / 60;
                    }
                }
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%s: seat %s, after 3 %s, 10 %s, 30 %s%n",
                what,
                mean(gain[0]),
                mean(gain[1]),
                mean(gain[2]),
                mean(gain[3]));
    }

    private static void intervals() {
        for (double persons : new double[] {.15, .3, .5}) {
            double[] known = new double[WORLDS];
            double[] met = new double[WORLDS];
            for (int world = 0; world < WORLDS; world++) {
                var people = new GeneratedPeople(world, PEOPLE, 4, new Spread(persons, .15, .3), COLUMNS);
                try (var fitted = new World(people, Seating.Level.PERSON)) {
                    var old = new ArrayList<Viewpoint>();
                    var fresh = new ArrayList<Viewpoint>();
                    for (int person = 0; person < 60; person++) {
                        old.add(Viewpoint.of("p", new Whose.Person(GeneratedPeople.id(person), Optional.empty())));
                        int[][] pairs = fitted.drawn(PEOPLE + person, 30);
                        fresh.add(fitted.after(PEOPLE + person, pairs[0], pairs[1]));
                    }
                    known[world] = fitted.covered(old, 0);
                    met[world] = fitted.covered(fresh, PEOPLE);
                }
            }
            System.out.printf(
                    Locale.ROOT, "persons' sd %.2f: of the fit %s, new after 30 %s%n", persons, mean(known), mean(met));
        }
    }

    private static void questions() {
        questions("persons' sd .5", new Spread(.5, 0, 0));
        questions("persons' sd .3", new Spread(.3, 0, 0));
        questions("persons' sd .15", new Spread(.15, 0, 0));
        questions("reliability only", new Spread(0, 0, .3));
        questions("nobody differs", new Spread(0, 0, 0));
    }

    private static void questions(String what, Spread spread) {
        double[][] gain = new double[2][WORLDS];
        for (int world = 0; world < WORLDS; world++) {
            try (var fitted = new World(new GeneratedPeople(world, PEOPLE, 4, spread, COLUMNS), Seating.Level.GROUP)) {
                var viewpoints = new ArrayList<Viewpoint>();
                for (int person = PEOPLE; person < PEOPLE + 20; person++) {
                    int[][] pairs = fitted.drawn(person, 10);
                    viewpoints.add(fitted.after(person, pairs[0], pairs[1]));
                    viewpoints.add(fitted.chosen(person, 10, true));
                    viewpoints.add(fitted.chosen(person, 10, false));
                }
                double[] loss = fitted.losses(viewpoints, PEOPLE, 3);
                for (int person = 0; person < 20; person++) {
                    gain[0][world] += (loss[3 * person] - loss[3 * person + 1]) / 20;
                    gain[1][world] += (loss[3 * person] - loss[3 * person + 2]) / 20;
                }
            }
        }
        System.out.printf(Locale.ROOT, "%s: what matters known %s, not known %s%n", what, mean(gain[0]), mean(gain[1]));
    }

    /// Profiles fitted to a world.
    private static final class World implements AutoCloseable {
        private final GeneratedPeople people;
        private final TestContext context;
        private final Optional<Tensor> features;
        private final AdaptiveProfiles profiles;

        World(GeneratedPeople people, Seating.Level level) {
            this.people = people;
            this.context = TestContext.of(people.settings(COLUMNS / 2)).withThreads(2);
            this.features = people.given();
            this.profiles = fitted(new Seating(
                    level,
                    IntStream.range(0, people.seats())
                            .mapToObj(seat -> Seat.of("seat", people.seat(seat)))
                            .toList(),
                    0));
        }

        private AdaptiveProfiles fitted(Seating seating) {
            var profiler = new LinearProfiler();
            var judgments = people.answered(30);
            double[] all = new double[judgments.count()];
            Arrays.fill(all, 1);
            var fit = new FitRequest(new JudgedData(judgments, features), Tensor.ofDoubles(all, all.length), seating);
            return (AdaptiveProfiles) profiler.open(profiler.fit(fit, context), context);
        }

        /// Pairs of judged items drawn for a person.
        int[][] drawn(int person, int count) {
            int[][] pairs = new int[2][count];
            for (int n = 0; n < count; n++) {
                var random = KeyedRandom.of(people.world(), "asked", person * 100L + n);
                int item = random.nextInt(GeneratedPeople.JUDGED);
                int i = random.nextInt(GeneratedPeople.CANDIDATES);
                int k = (i + 1 + random.nextInt(GeneratedPeople.CANDIDATES - 1)) % GeneratedPeople.CANDIDATES;
                pairs[0][n] = item * GeneratedPeople.CANDIDATES + i;
                pairs[1][n] = item * GeneratedPeople.CANDIDATES + k;
            }
            return pairs;
        }

        Viewpoint after(int person, int[] first, int[] second) {
            var said = new JudgedData(people.answered(person, first, second), features);
            String id = GeneratedPeople.id(person);
            var known = profiles.adapt(new AdaptRequest(id, new Whose.Seats(people.shares(person)), said), context);
            return Viewpoint.of(id, new Whose.Person(id, Optional.of(known)));
        }

        /// Ask one, adapt, ask again.
        Viewpoint chosen(int person, int questions, boolean target) {
            byte[] askable = new byte[CANDIDATES.ids().size()];
            double[] matters = new double[askable.length];
            int judged = GeneratedPeople.JUDGED * GeneratedPeople.CANDIDATES;
            Arrays.fill(askable, 0, judged, (byte) 1);
            Arrays.fill(matters, judged, matters.length, 1);
            int[] first = new int[questions];
            int[] second = new int[questions];
            var now = after(person, new int[0], new int[0]);
            for (int n = 0; n < questions; n++) {
                var request = NextRequest.of(now.whose(), CANDIDATES, 1)
                        .withFeatures(features)
                        .withAskable(Tensor.ofBytes(askable, askable.length));
                var best = profiles.next(
                        target ? request.withMatters(Tensor.ofDoubles(matters, matters.length)) : request, context);
                first[n] = best.pairs().getInt(0);
                second[n] = best.pairs().getInt(1);
                now = after(person, Arrays.copyOf(first, n + 1), Arrays.copyOf(second, n + 1));
            }
            return now;
        }

        /// Expected loss, in nats, of what so many viewpoints say of each person in turn, of all pairs nobody judged.
        double[] losses(List<Viewpoint> viewpoints, int firstPerson, int each) {
            return losses(asked(profiles, viewpoints), viewpoints.size(), firstPerson, each);
        }

        /// The same of what a fit without seats says.
        double[] everybody(int firstPerson, int count) {
            var all = fitted(Seating.of(List.of(new Seat("everyone", Map.of()))));
            var bucket = asked(all, Collections.nCopies(count, Viewpoint.ofSeat("everyone")));
            return losses(bucket, count, firstPerson, 1);
        }

        private double[] losses(PreferenceBucket bucket, int viewpoints, int firstPerson, int each) {
            double[] losses = new double[viewpoints];
            for (int v = 0; v < viewpoints; v++) {
                double[] scores = people.scores(firstPerson + v / each);
                int pairs = 0;
                for (int item = 0; item < UNSEEN.items().size(); item++) {
                    for (int i = 0; i < GeneratedPeople.CANDIDATES; i++) {
                        for (int k = 0; k < i; k++) {
                            double p = truth(scores, item, i, k);
                            double said = bucket.p().at(item, v, i, k);
                            losses[v] -= p * Math.log(said) + (1 - p) * Math.log(1 - said);
                            pairs++;
                        }
                    }
                }
                losses[v] /= pairs;
            }
            return losses;
        }

        /// How often the 90 % interval of somebody's P holds it, of all pairs nobody judged.
        double covered(List<Viewpoint> viewpoints, int firstPerson) {
            var bucket = asked(profiles, viewpoints);
            double held = 0;
            int pairs = 0;
            for (int v = 0; v < viewpoints.size(); v++) {
                double[] scores = people.scores(firstPerson + v);
                for (int item = 0; item < UNSEEN.items().size(); item++) {
                    for (int i = 0; i < GeneratedPeople.CANDIDATES; i++) {
                        for (int k = 0; k < i; k++) {
                            double deviation = bucket.deviation().at(item, v, i, k);
                            // P is the mean of σ over the log odds: σ(κ η')
                            double eta = Logistic.logit(bucket.p().at(item, v, i, k))
                                    * Math.sqrt(1 + Math.PI / 8 * deviation * deviation);
                            double apart = Logistic.logit(truth(scores, item, i, k)) - eta;
                            held += Math.abs(apart) <= 1.645 * deviation ? 1 : 0;
                            pairs++;
                        }
                    }
                }
            }
            return held / pairs;
        }

        private static double truth(double[] scores, int item, int i, int k) {
            int first = (GeneratedPeople.JUDGED + item) * GeneratedPeople.CANDIDATES;
            return 1 / (1 + Math.exp(scores[first + k] - scores[first + i]));
        }

        @Override
        public void close() {
            context.close();
        }

        private PreferenceBucket asked(AdaptiveProfiles of, List<Viewpoint> viewpoints) {
            int from = GeneratedPeople.JUDGED * GeneratedPeople.CANDIDATES;
            var unseen = features.map(all -> all.slice(from, all.dimension(0) - from));
            return of.prefer(new PreferRequest(UNSEEN, viewpoints, unseen, Form.PAIRS), context)
                    .pairs()
                    .getFirst();
        }
    }

    private static Candidates unseen() {
        int from = GeneratedPeople.JUDGED * GeneratedPeople.CANDIDATES;
        var ids = CANDIDATES.ids().subList(from, CANDIDATES.ids().size());
        var names = CANDIDATES.items().subList(GeneratedPeople.JUDGED, GeneratedPeople.ITEMS);
        var blank = ids.stream().map(_ -> "").toList();
        return Candidates.of(
                names,
                blank.subList(0, names.size()),
                ids,
                blank,
                IntStream.rangeClosed(0, names.size())
                        .map(item -> item * GeneratedPeople.CANDIDATES)
                        .toArray());
    }

    private static String mean(double[] worlds) {
        double mean = Arrays.stream(worlds).average().orElse(0);
        double squares =
                Arrays.stream(worlds).map(of -> (of - mean) * (of - mean)).sum();
        double error = Math.sqrt(squares / (worlds.length - 1) / worlds.length);
        // 97.5 % of Student's t of 15 degrees of freedom
        return String.format(Locale.ROOT, "%.4f [%.4f, %.4f]", mean, mean - 2.13 * error, mean + 2.13 * error);
    }
}
