package org.polyphony.spi.testkit.fake;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.polyphony.spi.artefact.Artefact;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.Issue;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.plugin.Plugin;
import org.polyphony.spi.preference.Candidates;
import org.polyphony.spi.preference.JudgmentForm;
import org.polyphony.spi.preference.Judgments;
import org.polyphony.spi.profile.Blend;
import org.polyphony.spi.profile.FitRequest;
import org.polyphony.spi.profile.PreferRequest;
import org.polyphony.spi.profile.PreferenceBucket;
import org.polyphony.spi.profile.PreferenceEstimate;
import org.polyphony.spi.profile.Seating;
import org.polyphony.spi.profile.ValueProfiler;
import org.polyphony.spi.profile.ValueProfiles;
import org.polyphony.spi.profile.Viewpoint;
import org.polyphony.spi.profile.Whose;
import org.polyphony.spi.tensor.Tensor;
import org.polyphony.support.SeatSupport;

/// Estimates a preference by the share of comparisons won, drawn towards everyone's: with w of n won by the
/// seat or person and W of N by all, P = (w + q) / (n + 1), q = (W + 1) / (N + 2). A mixture is one of
/// these P.
@Plugin(role = ValueProfiler.class, id = "counting", summary = "Estimates preferences by shares of wins.")
public final class CountingProfiler implements ValueProfiler {

    private static final String TYPE = "polyphony.testkit.counts";

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
                count(judgments, n, weight, wins, everyone);
                if (seats[n] != Seating.NONE) {
                    count(judgments, n, weight, wins, seats[n]);
                }
                if (persons) {
                    count(judgments, n, weight, wins, everyone + 1 + judgments.judge(n));
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
        return (request, call) -> prefer(artefact, request, call);
    }

    /// What a viewpoint asks of, and the share of every row of `wins` in it.
    private record Asked(Blend blend, double[] shares) {}

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
        int everyone = seats.count();
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
                    fill(bucket, row, v, wins, everyone, asked.get(v).shares(), of);
                }
            }
            buckets.add(bucket);
        });
        return PreferenceEstimate.of(asked.stream().map(Asked::blend).toList(), buckets);
    }

    private static Asked asked(Artefact artefact, SeatSupport seats, Viewpoint viewpoint) {
        var wins = artefact.tensor("wins");
        if (viewpoint.values().isEmpty()
                && viewpoint.whose() instanceof Whose.Person person
                && wins.dimension(0) > seats.count() + 1) {
            var row = artefact.texts().get("person." + person.id());
            if (row == null || person.adapted().isPresent()) {
                throw new AlignmentException(
                        StandardErrorCode.VALUE_INVALID,
                        person.id()
                                + " judged nothing these profiles were fitted to; nothing else is known of anybody");
            }
            var shares = new double[wins.dimension(0)];
            shares[Integer.parseInt(row)] = 1;
            double judged = Arrays.stream(wins.slice(Integer.parseInt(row), 1).toDoubles())
                    .sum();
            return new Asked(new Blend(viewpoint.id(), Map.of(), judged, 1), shares);
        }
        var blend = seats.blend(viewpoint);
        return new Asked(blend, Arrays.copyOf(seats.shares(blend), wins.dimension(0)));
    }

    private static void fill(
            PreferenceBucket bucket, int row, int v, Tensor wins, int everyone, double[] shares, int[] of) {
        int k = bucket.candidates();
        long mixed = Arrays.stream(shares).filter(share -> share > 0).count();
        for (int i = 0; i < k; i++) {
            bucket.p().setDouble(bucket.p().shape().offset(row, v, i, i), 0.5);
            for (int j = 0; j < i; j++) {
                double all = (wins.at(everyone, of[i], of[j]) + 1) / (compared(wins, everyone, of[i], of[j]) + 2);
                double p = 0;
                double count = 0;
                for (int r = 0; r < shares.length; r++) {
                    if (shares[r] > 0) {
                        double own = compared(wins, r, of[i], of[j]);
                        p += shares[r] * (wins.at(r, of[i], of[j]) + all) / (own + 1);
                        count += shares[r] * own;
                    }
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

    private static void count(Judgments judgments, int n, double times, Tensor wins, int row) {
        int first = judgments.candidates().first(judgments.item(n));
        for (int e = judgments.entries().first(n); e < judgments.entries().end(n); e++) {
            for (int f = judgments.entries().first(n); f < e; f++) {
                int one = first + judgments.entries().candidate(e);
                int other = first + judgments.entries().candidate(f);
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
