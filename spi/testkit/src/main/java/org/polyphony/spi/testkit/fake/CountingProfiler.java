package org.polyphony.spi.testkit.fake;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.polyphony.spi.artefact.Artefact;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.Issue;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.plugin.Plugin;
import org.polyphony.spi.preference.Judgments;
import org.polyphony.spi.profile.FitRequest;
import org.polyphony.spi.profile.PreferRequest;
import org.polyphony.spi.profile.PreferenceBucket;
import org.polyphony.spi.profile.PreferenceEstimate;
import org.polyphony.spi.profile.ValueProfiler;
import org.polyphony.spi.profile.ValueProfiles;
import org.polyphony.spi.tensor.Tensor;

/// Estimates a seat's preference by the share of comparisons won, drawn towards everyone's: with w of n won
/// by the seat and W of N by all, P = (w + q) / (n + 1), q = (W + 1) / (N + 2).
@Plugin(role = ValueProfiler.class, id = "counting", summary = "Estimates preferences by shares of wins.")
public final class CountingProfiler implements ValueProfiler {

    private static final String TYPE = "polyphony.testkit.counts";

    @Override
    public Artefact fit(FitRequest request, PluginContext context) {
        var judgments = request.judgments();
        int candidates = judgments.candidates().ids().size();
        int everyone = request.seats().size();
        // wins[s, i, j]: how often seat s chose candidate i before j; the last seat is everyone
        var wins = context.allocator().doubles(everyone + 1, candidates, candidates);
        int used = 0;
        for (int n = 0; n < judgments.count(); n++) {
            context.checkCancelled();
            if (request.training().getByte(n) == 1) {
                used++;
                int seat = seat(request, n);
                count(judgments, n, wins, everyone);
                if (seat >= 0) {
                    count(judgments, n, wins, seat);
                }
            }
        }
        if (used == 0) {
            throw new AlignmentException(
                    StandardErrorCode.JUDGMENTS_EMPTY,
                    "none of " + judgments.count() + " judgments is for training; check the split");
        }
        warnOfEmptySeats(request.seats(), wins, context);
        var texts = new HashMap<String, String>();
        for (int s = 0; s < everyone; s++) {
            texts.put(request.seats().get(s), Integer.toString(s));
        }
        return Artefact.of(TYPE, 1, texts, Map.of("wins", wins));
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

    private static PreferenceEstimate prefer(Artefact artefact, PreferRequest request, PluginContext context) {
        var candidates = request.candidates();
        var seats = request.seats().stream().map(seat -> index(artefact, seat)).toList();
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
                    memory.doubles(items.size(), seats.size(), k, k),
                    memory.doubles(items.size(), seats.size(), k, k),
                    memory.doubles(items.size(), seats.size(), k, k));
            for (int row = 0; row < items.size(); row++) {
                for (int s = 0; s < seats.size(); s++) {
                    fill(bucket, row, s, wins, seats.get(s), candidates.first(items.get(row)));
                }
            }
            buckets.add(bucket);
        });
        return PreferenceEstimate.of(request.seats(), buckets);
    }

    private static void fill(PreferenceBucket bucket, int row, int s, Tensor wins, int seat, int first) {
        int k = bucket.candidates();
        int everyone = wins.dimension(0) - 1;
        for (int i = 0; i < k; i++) {
            bucket.p().setDouble(bucket.p().shape().offset(row, s, i, i), 0.5);
            for (int j = 0; j < i; j++) {
                double won = wins.at(seat, first + i, first + j);
                double count = won + wins.at(seat, first + j, first + i);
                double allWon = wins.at(everyone, first + i, first + j);
                double allCount = allWon + wins.at(everyone, first + j, first + i);
                double p = (won + (allWon + 1) / (allCount + 2)) / (count + 1);
                long at = bucket.p().shape().offset(row, s, i, j);
                long mirror = bucket.p().shape().offset(row, s, j, i);
                bucket.p().setDouble(at, p);
                bucket.p().setDouble(mirror, 1 - p);
                for (long entry : new long[] {at, mirror}) {
                    bucket.counts().setDouble(entry, count);
                    bucket.deviation().setDouble(entry, 2 / Math.sqrt(count + 1));
                }
            }
        }
    }

    private static int index(Artefact artefact, String seat) {
        var index = artefact.texts().get(seat);
        if (index == null) {
            throw new AlignmentException(
                    StandardErrorCode.VALUE_INVALID,
                    "nobody called " + seat + " has a profile; known are "
                            + artefact.texts().keySet());
        }
        return Integer.parseInt(index);
    }

    private static int seat(FitRequest request, int n) {
        int attribute = request.judgments().attribute(request.attribute());
        int level = request.judgments().level(n, attribute);
        return level < 0
                ? -1
                : request.seats()
                        .indexOf(request.judgments()
                                .attributes()
                                .get(attribute)
                                .levels()
                                .get(level));
    }

    private static void count(Judgments judgments, int n, Tensor wins, int seat) {
        int first = judgments.candidates().first(judgments.items().getInt(n));
        for (int e = judgments.offsets().getInt(n); e < judgments.offsets().getInt(n + 1L); e++) {
            for (int f = judgments.offsets().getInt(n); f < e; f++) {
                int one = first + judgments.entries().getInt(e);
                int other = first + judgments.entries().getInt(f);
                double sign = Math.signum(
                        judgments.values().getDouble(e) - judgments.values().getDouble(f));
                double weight = judgments.weights().getDouble(n);
                long won = wins.shape().offset(seat, one, other);
                long lost = wins.shape().offset(seat, other, one);
                wins.setDouble(won, wins.getDouble(won) + weight * (1 + sign) / 2);
                wins.setDouble(lost, wins.getDouble(lost) + weight * (1 - sign) / 2);
            }
        }
    }

    private static void warnOfEmptySeats(List<String> seats, Tensor wins, PluginContext context) {
        int block = wins.dimension(1) * wins.dimension(2);
        for (int s = 0; s < seats.size(); s++) {
            if (Arrays.stream(wins.toDoubles((long) s * block, block)).sum() == 0) {
                context.report(Issue.warning(
                        "SEAT_WITHOUT_JUDGMENTS",
                        seats.get(s) + " has no judgments of its own; its profile is everyone's",
                        seats.get(s)));
            }
        }
    }
}
