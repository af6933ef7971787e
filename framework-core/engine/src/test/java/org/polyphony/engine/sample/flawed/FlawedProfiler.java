package org.polyphony.engine.sample.flawed;

import java.util.HashMap;
import java.util.Optional;
import org.polyphony.spi.artefact.Artefact;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.plugin.Plugin;
import org.polyphony.spi.profile.FitRequest;
import org.polyphony.spi.profile.PreferRequest;
import org.polyphony.spi.profile.PreferenceBucket;
import org.polyphony.spi.profile.PreferenceEstimate;
import org.polyphony.spi.profile.ValueProfiler;
import org.polyphony.spi.profile.ValueProfiles;
import org.polyphony.spi.tensor.Tensor;
import org.polyphony.spi.testkit.SpiValues;
import org.polyphony.spi.testkit.TestJudgments;
import org.polyphony.spi.testkit.fake.CountingProfiler;

/// A sound profiler with one flaw.
@Plugin(role = ValueProfiler.class, id = "flawed", settings = FlawSettings.class, summary = "Breaks one rule.")
public final class FlawedProfiler implements ValueProfiler {

    private final ValueProfiler sound = new CountingProfiler();
    private volatile Optional<Artefact> remembered = Optional.empty();

    @Override
    public Artefact fit(FitRequest request, PluginContext context) {
        var flaw = FlawSettings.of(context);
        var artefact = sound.fit(spoiled(flaw, request), contextFor(flaw, context));
        remembered = Optional.of(artefact);
        if (flaw == Flaw.PROFILER_NOT_A_NUMBER) {
            artefact.tensor("wins").setDouble(0, Double.NaN);
        }
        return flaw == Flaw.PROFILER_REMEMBERS
                ? Artefact.of(artefact.type(), 1, artefact.texts(), new HashMap<>())
                : artefact;
    }

    @Override
    public ValueProfiles open(Artefact artefact, PluginContext context) {
        var flaw = FlawSettings.of(context);
        var readable = switch (flaw) {
            case PROFILER_OPENS_ANYTHING ->
                Artefact.of("polyphony.testkit.counts", 1, artefact.texts(), artefact.tensors());
            case PROFILER_REMEMBERS -> remembered.orElse(artefact);
            default -> artefact;
        };
        var profiles = sound.open(readable, context);
        return (request, call) -> {
            var used = flaw == Flaw.PROFILER_KEEPS_THE_CONTEXT_OF_OPEN ? context : call;
            return spoiled(flaw, profiles, artefact, request, used);
        };
    }

    private static FitRequest spoiled(Flaw flaw, FitRequest request) {
        var judgments = request.judgments();
        int count = judgments.count();
        return switch (flaw) {
            case PROFILER_PEEKS ->
                new FitRequest(
                        judgments,
                        TestJudgments.training(count, 0),
                        request.attribute(),
                        request.seats(),
                        request.features());
            case PROFILER_SEATS_THE_BLANK -> {
                var levels = judgments.levels().toInts();
                for (int i = 0; i < levels.length; i++) {
                    levels[i] = Math.max(0, levels[i]);
                }
                yield with(request, judgments.levels(), Tensor.ofInts(levels, count, levels.length / count));
            }
            case PROFILER_LAST_JUDGMENT_COUNTS_MORE -> {
                var weights = judgments.weights().toDoubles();
                weights[count - 1] = 3;
                yield with(request, judgments.weights(), Tensor.ofDoubles(weights, count));
            }
            default -> request;
        };
    }

    private static FitRequest with(FitRequest request, Tensor column, Tensor other) {
        return SpiValues.map(request, tensor -> tensor.equals(column) ? other : tensor);
    }

    private static PluginContext contextFor(Flaw flaw, PluginContext context) {
        return switch (flaw) {
            case PROFILER_SILENT, PROFILER_IGNORES_CANCELLATION ->
                new DeafContext(context, flaw == Flaw.PROFILER_SILENT);
            default -> context;
        };
    }

    private static PreferenceEstimate spoiled(
            Flaw flaw, ValueProfiles profiles, Artefact artefact, PreferRequest request, PluginContext context) {
        return switch (flaw) {
            case PROFILER_KEEPS_THE_ORDER_OF_THE_FIT -> {
                var seats = request.seats().stream().sorted().toList();
                var estimate =
                        profiles.prefer(new PreferRequest(request.candidates(), seats, request.features()), context);
                yield PreferenceEstimate.of(request.seats(), estimate.buckets());
            }
            case PROFILER_ANSWERS_FOR_NOBODY -> {
                var seats = request.seats().stream()
                        .map(seat -> artefact.texts().containsKey(seat) ? seat : "nurse")
                        .toList();
                yield profiles.prefer(new PreferRequest(request.candidates(), seats, request.features()), context);
            }
            case PROFILER_FORGETS_AN_ITEM -> {
                var buckets = profiles.prefer(request, context).buckets();
                yield PreferenceEstimate.of(request.seats(), buckets.subList(0, Math.max(1, buckets.size() - 1)));
            }
            case PROFILER_ONE_FOR_ALL_ITEMS -> {
                var estimate = profiles.prefer(request, context);
                estimate.buckets().forEach(FlawedProfiler::repeatFirst);
                yield estimate;
            }
            case PROFILER_SUMS_TO_MORE ->
                each(profiles.prefer(request, context), (p, i, j) -> i > j ? p * 1.000001 : p);
            case PROFILER_REVERSED -> each(profiles.prefer(request, context), (p, i, j) -> 1 - p);
            case PROFILER_PREFERS_TIES_FIRST ->
                each(profiles.prefer(request, context), (p, i, j) -> p == 0.5 && i != j ? (i < j ? 0.6 : 0.4) : p);
            default -> profiles.prefer(request, context);
        };
    }

    private static void repeatFirst(PreferenceBucket bucket) {
        int games = bucket.p().dimension(0);
        long row = games == 0 ? 0 : bucket.p().size() / games;
        for (long at = row; at < bucket.p().size(); at++) {
            bucket.p().setDouble(at, bucket.p().getDouble(at % row));
        }
    }

    private static PreferenceEstimate each(PreferenceEstimate estimate, Change change) {
        for (PreferenceBucket bucket : estimate.buckets()) {
            int k = bucket.candidates();
            for (long at = 0; at < bucket.p().size(); at++) {
                int i = (int) (at / k % k);
                int j = (int) (at % k);
                bucket.p().setDouble(at, Math.min(1, change.of(bucket.p().getDouble(at), i, j)));
            }
        }
        return estimate;
    }

    private interface Change {

        double of(double p, int i, int j);
    }
}
