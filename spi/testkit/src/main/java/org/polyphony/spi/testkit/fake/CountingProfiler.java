package org.polyphony.spi.testkit.fake;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.polyphony.spi.artefact.Artefact;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.Issue;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.plugin.Plugin;
import org.polyphony.spi.preference.Candidates;
import org.polyphony.spi.preference.JudgmentForm;
import org.polyphony.spi.preference.Judgments;
import org.polyphony.spi.profile.AdaptRequest;
import org.polyphony.spi.profile.AdaptiveProfiles;
import org.polyphony.spi.profile.Blend;
import org.polyphony.spi.profile.FitRequest;
import org.polyphony.spi.profile.NextRequest;
import org.polyphony.spi.profile.PreferRequest;
import org.polyphony.spi.profile.PreferenceBucket;
import org.polyphony.spi.profile.PreferenceEstimate;
import org.polyphony.spi.profile.Questions;
import org.polyphony.spi.profile.Seating;
import org.polyphony.spi.profile.ValueProfiler;
import org.polyphony.spi.profile.ValueProfiles;
import org.polyphony.spi.profile.Viewpoint;
import org.polyphony.spi.profile.Whose;
import org.polyphony.spi.tensor.Tensor;
import org.polyphony.support.SeatSupport;

/// Estimates a preference by the share of comparisons won, drawn towards everyone's: with w of n won by the
/// seat or person and W of N by all, P = (w + q) / (n + 1), q = (W + 1) / (N + 2). A mixture is one of
/// these P. A person learned after the fit has n and w of their own, and as q the P of whom they were taken for.
@Plugin(role = ValueProfiler.class, id = "counting", summary = "Estimates preferences by shares of wins.")
public final class CountingProfiler implements ValueProfiler {

    private static final String TYPE = "polyphony.testkit.counts";
    private static final String PERSON = "polyphony.testkit.person";

    @Override
    public Artefact fit(FitRequest request, PluginContext context) {
        var judgments = request.judgments();
        var seats = request.seating().seats(judgments);
        boolean persons = request.seating().level() == Seating.Level.PERSON;
        int candidates = judgments.candidates().ids().size();
        int everyone = request.seating().seats().size();
        int rows = everyone + 1 + (persons ? judgments.judges().count() : 0);
        // wins[r, i, j]: how often r chose candidate i before j; r is a seat, then everyone, then a person
        var wins = context.allocator().doubles(rows, candidates, candidates);
        int used = 0;
        int labels = 0;
        for (int n = 0; n < judgments.count(); n++) {
            context.checkCancelled();
            double weight = request.weights().getDouble(n);
            if (weight > 0 && judgments.form(n) == JudgmentForm.LABEL) {
                labels++;
            } else if (weight > 0) {
                used++;
                int first = judgments.candidates().first(judgments.item(n));
                var of = IntStream.range(first, first + judgments.candidates().count(judgments.item(n)))
                        .toArray();
                count(judgments, n, weight, wins, everyone, of);
                if (seats[n] != Seating.NONE) {
                    count(judgments, n, weight, wins, seats[n], of);
                }
                if (persons) {
                    count(judgments, n, weight, wins, everyone + 1 + judgments.judge(n), of);
                }
            }
        }
        if (used == 0) {
            throw new AlignmentException(
                    StandardErrorCode.JUDGMENTS_EMPTY,
                    "none of " + judgments.count() + " judgments compares anything for training; check the split");
        }
        if (labels > 0) {
            context.report(Issue.note("JUDGMENT_LABELS", labels + " labels compare nothing and are left out", ""));
        }
        warnOfEmptySeats(request.seating().ids(), wins, context);
        var texts = new TreeMap<String, String>();
        var tensors = new TreeMap<>(Map.of("wins", wins));
        SeatSupport.of(request, seats).into(texts, tensors, context.allocator());
        for (int item = 0; item < judgments.candidates().items().size(); item++) {
            int first = judgments.candidates().first(item);
            for (int m = first; m < first + judgments.candidates().count(item); m++) {
                texts.put(name(judgments.candidates(), item, m), Integer.toString(m));
            }
        }
        for (int person = 0; persons && person < judgments.judges().count(); person++) {
            texts.put("person." + judgments.judges().ids().get(person), Integer.toString(everyone + 1 + person));
        }
        return Artefact.of(TYPE, 1, texts, tensors);
    }

    @Override
    public ValueProfiles open(Artefact artefact, PluginContext context) {
        if (!artefact.type().equals(TYPE) || artefact.version() != 1) {
            throw new AlignmentException(
                    StandardErrorCode.ARTEFACT_UNREADABLE,
                    "cannot read " + artefact.type() + " version " + artefact.version() + ", only " + TYPE
                            + " version 1");
        }
        return new Counts(artefact);
    }

    private record Counts(Artefact fitted) implements AdaptiveProfiles {

        @Override
        public PreferenceEstimate prefer(PreferRequest request, PluginContext context) {
            return CountingProfiler.prefer(fitted, request, context);
        }

        @Override
        public Artefact adapt(AdaptRequest request, PluginContext context) {
            return CountingProfiler.adapt(fitted, request, context);
        }

        @Override
        public Questions next(NextRequest request, PluginContext context) {
            return CountingProfiler.next(fitted, request, context);
        }
    }

    /// What a viewpoint asks of, the share of every row of `wins` in it, and how often a person learned after the fit
    /// chose which candidate.
    private record Asked(Blend blend, double[] shares, int everyone, Optional<Tensor> own) {

        double own(int i, int j) {
            return own.map(chose -> chose.at(0, i, j)).orElse(0.0);
        }
    }

    private static Artefact adapt(Artefact fitted, AdaptRequest request, PluginContext context) {
        var judgments = request.data().judgments();
        if (request.before() instanceof Whose.Person self && !self.id().equals(request.person())) {
            throw invalid(
                    request.person() + " was not " + self.id() + " before; take a person for themselves or a seat");
        }
        var before = asked(fitted, SeatSupport.of(fitted), Viewpoint.of(request.person(), request.before()));
        int m = fitted.tensor("wins").dimension(1);
        var own = context.allocator().doubles(1, m, m);
        before.own().ifPresent(chose -> own.put(0, chose.toDoubles()));
        for (int n = 0; n < judgments.count(); n++) {
            context.checkCancelled();
            var judge = judgments.judges().ids().get(judgments.judge(n));
            if (!judge.equals(request.person())) {
                throw invalid(
                        judge + " judged, and " + request.person() + " is to be learned; give their judgments only");
            }
            count(judgments, n, 1, own, 0, places(fitted, judgments.candidates(), judgments.item(n)));
        }
        return Artefact.of(
                PERSON,
                1,
                Map.of("person", request.person()),
                Map.of("own", own, "shares", Tensor.ofDoubles(before.shares(), before.shares().length)));
    }

    private static Questions next(Artefact fitted, NextRequest request, PluginContext context) {
        record Question(int i, int k, double worth) {}
        var asked = asked(fitted, SeatSupport.of(fitted), Viewpoint.of("asked", request.whose()));
        var wins = fitted.tensor("wins");
        var found = new ArrayList<Question>();
        var candidates = request.candidates();
        for (int item = 0; item < candidates.items().size(); item++) {
            context.checkCancelled();
            int first = candidates.first(item);
            var of = places(fitted, candidates, item);
            for (int k = 0; k < of.length; k++) {
                for (int i = 0; i < k; i++) {
                    boolean open = request.askable().getByte(first + i) == 1
                            && request.askable().getByte(first + k) == 1
                            && asked.own(of[i], of[k]) + asked.own(of[k], of[i]) == 0;
                    if (open) {
                        double p = probability(wins, asked, of[i], of[k]);
                        int at = first + i;
                        int other = first + k;
                        double matters = request.matters()
                                .map(mass -> mass.getDouble(at) * mass.getDouble(other))
                                .orElse(1.0);
                        found.add(new Question(at, other, p * (1 - p) * matters));
                    }
                }
            }
        }
        found.sort(Comparator.comparingDouble(question -> -question.worth()));
        int count = Math.min(found.size(), request.most());
        var pairs = context.allocator().ints(count, 2);
        var worth = context.allocator().doubles(count);
        for (int q = 0; q < count; q++) {
            pairs.setInt(2L * q, found.get(q).i());
            pairs.setInt(2L * q + 1, found.get(q).k());
            worth.setDouble(q, found.get(q).worth());
        }
        return Questions.of(pairs, worth);
    }

    private static AlignmentException invalid(String what) {
        return new AlignmentException(StandardErrorCode.VALUE_INVALID, what);
    }

    private static PreferenceEstimate prefer(Artefact artefact, PreferRequest request, PluginContext context) {
        if (request.form() != PreferRequest.Form.PAIRS) {
            throw new AlignmentException(StandardErrorCode.UNSUPPORTED, "shares of wins are no scores; ask for pairs");
        }
        var candidates = request.candidates();
        var seats = SeatSupport.of(artefact);
        var asked = request.viewpoints().stream()
                .map(viewpoint -> asked(artefact, seats, viewpoint))
                .toList();
        var byCount = new TreeMap<Integer, List<Integer>>();
        for (int b = 0; b < candidates.items().size(); b++) {
            byCount.computeIfAbsent(candidates.count(b), _ -> new ArrayList<>()).add(b);
        }
        var wins = artefact.tensor("wins");
        var buckets = new ArrayList<PreferenceBucket>();
        byCount.forEach((k, items) -> {
            var memory = context.allocator();
            var bucket = PreferenceBucket.of(
                    Tensor.ofInts(items.stream().mapToInt(i -> i).toArray(), items.size()),
                    memory.doubles(items.size(), asked.size(), k, k),
                    memory.doubles(items.size(), asked.size(), k, k),
                    memory.doubles(items.size(), asked.size(), k, k));
            for (int row = 0; row < items.size(); row++) {
                var of = places(artefact, candidates, items.get(row));
                for (int v = 0; v < asked.size(); v++) {
                    fill(bucket, row, v, wins, asked.get(v), of);
                }
            }
            buckets.add(bucket);
        });
        return PreferenceEstimate.of(asked.stream().map(Asked::blend).toList(), buckets);
    }

    private static Asked asked(Artefact artefact, SeatSupport seats, Viewpoint viewpoint) {
        var wins = artefact.tensor("wins");
        if (viewpoint.values().isEmpty() && viewpoint.whose() instanceof Whose.Person person) {
            if (person.adapted().isPresent()) {
                return adapted(
                        viewpoint, person.id(), seats.count(), person.adapted().get());
            }
            if (wins.dimension(0) > seats.count() + 1) {
                var row = artefact.texts().get("person." + person.id());
                if (row == null) {
                    throw invalid(person.id()
                            + " judged nothing these profiles were fitted to; nothing else is known of anybody");
                }
                var shares = new double[wins.dimension(0)];
                shares[Integer.parseInt(row)] = 1;
                double judged = Arrays.stream(
                                wins.slice(Integer.parseInt(row), 1).toDoubles())
                        .sum();
                return new Asked(
                        Blend.of(viewpoint.id(), Map.of(), judged, 1), shares, seats.count(), Optional.empty());
            }
        }
        var blend = seats.blend(viewpoint);
        return new Asked(blend, Arrays.copyOf(seats.shares(blend), wins.dimension(0)), seats.count(), Optional.empty());
    }

    private static Asked adapted(Viewpoint viewpoint, String id, int everyone, Artefact adapted) {
        if (!adapted.type().equals(PERSON) || adapted.version() != 1) {
            throw new AlignmentException(
                    StandardErrorCode.ARTEFACT_UNREADABLE,
                    "cannot read " + adapted.type() + " version " + adapted.version() + ", only " + PERSON
                            + " version 1");
        }
        if (!adapted.text("person").equals(id)) {
            throw invalid("what was learned is of " + adapted.text("person") + ", not of " + id);
        }
        double judged = Arrays.stream(adapted.tensor("own").toDoubles()).sum();
        return new Asked(
                Blend.of(viewpoint.id(), Map.of(), judged, 1),
                adapted.tensor("shares").toDoubles(),
                everyone,
                Optional.of(adapted.tensor("own")));
    }

    /// P of two candidates of the fit, the first before the second.
    private static double probability(Tensor wins, Asked asked, int i, int j) {
        double all = (wins.at(asked.everyone(), i, j) + 1) / (compared(wins, asked.everyone(), i, j) + 2);
        double p = 0;
        for (int r = 0; r < asked.shares().length; r++) {
            if (asked.shares()[r] > 0) {
                p += asked.shares()[r] * (wins.at(r, i, j) + all) / (compared(wins, r, i, j) + 1);
            }
        }
        return asked.own().isEmpty() ? p : (asked.own(i, j) + p) / (asked.own(i, j) + asked.own(j, i) + 1);
    }

    private static void fill(PreferenceBucket bucket, int row, int v, Tensor wins, Asked asked, int[] of) {
        int k = bucket.candidates();
        long mixed = Arrays.stream(asked.shares()).filter(share -> share > 0).count();
        for (int i = 0; i < k; i++) {
            bucket.p().setDouble(bucket.p().shape().offset(row, v, i, i), 0.5);
            for (int j = 0; j < i; j++) {
                double p = probability(wins, asked, of[i], of[j]);
                double count = asked.own(of[i], of[j]) + asked.own(of[j], of[i]);
                for (int r = 0; r < asked.shares().length && asked.own().isEmpty(); r++) {
                    count += asked.shares()[r] * compared(wins, r, of[i], of[j]);
                }
                long at = bucket.p().shape().offset(row, v, i, j);
                long mirror = bucket.p().shape().offset(row, v, j, i);
                bucket.p().setDouble(at, p);
                bucket.p().setDouble(mirror, 1 - p);
                for (long entry : new long[] {at, mirror}) {
                    bucket.counts().setDouble(entry, count);
                    bucket.deviation().setDouble(entry, mixed == 1 ? 2 / Math.sqrt(count + 1) : Double.NaN);
                }
            }
        }
    }

    private static double compared(Tensor wins, int row, int i, int j) {
        return wins.at(row, i, j) + wins.at(row, j, i);
    }

    private static String name(Candidates candidates, int item, int m) {
        return "candidate." + candidates.items().get(item) + "/"
                + candidates.ids().get(m);
    }

    /// The places of an item's candidates among those of the fit.
    private static int[] places(Artefact artefact, Candidates candidates, int item) {
        var places = new int[candidates.count(item)];
        for (int i = 0; i < places.length; i++) {
            var name = name(candidates, item, candidates.first(item) + i);
            var place = artefact.texts().get(name);
            if (place == null) {
                throw new AlignmentException(
                        StandardErrorCode.UNSUPPORTED, "nobody judged " + name + "; fit again with judgments about it");
            }
            places[i] = Integer.parseInt(place);
        }
        return places;
    }

    // `of`: where the candidates of the judgment's item stand in `wins`
    private static void count(Judgments judgments, int n, double times, Tensor wins, int row, int[] of) {
        for (int e = judgments.entries().first(n); e < judgments.entries().end(n); e++) {
            for (int f = judgments.entries().first(n); f < e; f++) {
                int one = of[judgments.entries().candidate(e)];
                int other = of[judgments.entries().candidate(f)];
                double sign = Math.signum(
                        judgments.entries().value(e) - judgments.entries().value(f));
                double weight = times * judgments.weight(n);
                long won = wins.shape().offset(row, one, other);
                long lost = wins.shape().offset(row, other, one);
                wins.setDouble(won, wins.getDouble(won) + weight * (1 + sign) / 2);
                wins.setDouble(lost, wins.getDouble(lost) + weight * (1 - sign) / 2);
            }
        }
    }

    private static void warnOfEmptySeats(List<String> seats, Tensor wins, PluginContext context) {
        for (int s = 0; s < seats.size(); s++) {
            if (Arrays.stream(wins.slice(s, 1).toDoubles()).sum() == 0) {
                context.report(Issue.warning(
                        "SEAT_WITHOUT_JUDGMENTS",
                        seats.get(s) + " has no judgments of its own; its profile is everyone's",
                        seats.get(s)));
            }
        }
    }
}
