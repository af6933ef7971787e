package org.polyphony.engine.sample.flawed;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.polyphony.spi.artefact.Artefact;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.plugin.Plugin;
import org.polyphony.spi.preference.Judges;
import org.polyphony.spi.preference.Judgments;
import org.polyphony.spi.profile.AdaptRequest;
import org.polyphony.spi.profile.AdaptiveProfiles;
import org.polyphony.spi.profile.Blend;
import org.polyphony.spi.profile.FitRequest;
import org.polyphony.spi.profile.JudgedData;
import org.polyphony.spi.profile.NextRequest;
import org.polyphony.spi.profile.PreferRequest;
import org.polyphony.spi.profile.PreferRequest.Form;
import org.polyphony.spi.profile.PreferenceBucket;
import org.polyphony.spi.profile.PreferenceEstimate;
import org.polyphony.spi.profile.Questions;
import org.polyphony.spi.profile.ValueProfiler;
import org.polyphony.spi.profile.ValueProfiles;
import org.polyphony.spi.profile.Viewpoint;
import org.polyphony.spi.profile.Whose;
import org.polyphony.spi.tensor.Tensor;
import org.polyphony.spi.testkit.SpiValues;
import org.polyphony.spi.testkit.TestJudgments;
import org.polyphony.spi.testkit.fake.CountingProfiler;

/// A sound profiler with one flaw.
@Plugin(role = ValueProfiler.class, id = "flawed", settings = FlawSettings.class, summary = "Breaks one rule.")
public final class FlawedProfiler implements ValueProfiler {

    private final ValueProfiler sound = new CountingProfiler();
    private volatile boolean closed;
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
        return new AdaptiveProfiles() {
            private final AtomicInteger learned = new AtomicInteger();
            private volatile Optional<Whose> last = Optional.empty();

            @Override
            public Artefact adapt(AdaptRequest request, PluginContext call) {
                var adapted = ((AdaptiveProfiles) profiles).adapt(spoiled(flaw, request), call);
                last = Optional.of(new Whose.Person(request.person(), Optional.of(adapted)));
                if (flaw != Flaw.PROFILER_COUNTS_WHO_IT_LEARNED) {
                    return adapted;
                }
                var texts = new TreeMap<>(adapted.texts());
                texts.put("number", String.valueOf(learned.incrementAndGet()));
                return Artefact.of(adapted.type(), adapted.version(), texts, adapted.tensors());
            }

            @Override
            public Questions next(NextRequest request, PluginContext call) {
                return spoiled(flaw, (AdaptiveProfiles) profiles, request, call);
            }

            @Override
            public PreferenceEstimate prefer(PreferRequest request, PluginContext call) {
                if (closed) {
                    throw new IllegalStateException("closed for all");
                }
                if (flaw == Flaw.PROFILER_LEARNS_INTO_THE_FIT && last.isPresent()) {
                    var viewpoints = each(request, viewpoint -> Viewpoint.of(viewpoint.id(), last.get()));
                    return profiles.prefer(with(request, viewpoints), call);
                }
                var used = flaw == Flaw.PROFILER_KEEPS_THE_CONTEXT_OF_OPEN ? context : call;
                return spoiled(flaw, profiles, request, used);
            }

            @Override
            public void close() {
                closed |= flaw == Flaw.PROFILER_CLOSES_ALL;
                if (flaw == Flaw.PROFILER_CLOSE_THROWS) {
                    throw new IllegalStateException("cannot close");
                }
            }
        };
    }

    private static FitRequest spoiled(Flaw flaw, FitRequest request) {
        var judgments = request.judgments();
        int count = judgments.count();
        return switch (flaw) {
            case PROFILER_PEEKS -> new FitRequest(request.data(), TestJudgments.training(count, 0), request.seating());
            case PROFILER_WEIGHTS_ARE_FLAGS -> {
                var flags = request.weights().toDoubles();
                Arrays.setAll(flags, n -> Math.min(1, flags[n]));
                yield new FitRequest(request.data(), Tensor.ofDoubles(flags, count), request.seating());
            }
            case PROFILER_SEATS_THE_BLANK -> {
                var levels = judgments.columns().levels().toInts();
                for (int i = 0; i < levels.length; i++) {
                    levels[i] = Math.max(0, levels[i]);
                }
                yield with(request, judgments.columns().levels(), Tensor.ofInts(levels, count, levels.length / count));
            }
            case PROFILER_LAST_JUDGMENT_COUNTS_MORE -> {
                var weights = judgments.columns().weight().toDoubles();
                weights[count - 1] = 3;
                yield with(request, judgments.columns().weight(), Tensor.ofDoubles(weights, count));
            }
            default -> request;
        };
    }

    private static AdaptRequest spoiled(Flaw flaw, AdaptRequest request) {
        var said = request.data().judgments();
        return switch (flaw) {
            case PROFILER_LEARNS_NOTHING -> with(request, TestJudgments.reordered(said));
            case PROFILER_LEARNS_FROM_ANYBODY -> {
                var judges = new Judges(List.of(request.person()), said.judges().attributes());
                yield with(
                        request,
                        new Judgments(said.candidates(), judges, said.criteria(), said.columns(), said.entries()));
            }
            case PROFILER_FORGETS_WHAT_IT_LEARNED_BEFORE ->
                request.before() instanceof Whose.Person
                        ? new AdaptRequest(request.person(), new Whose.Seats(Map.of("nurse", 1.0)), request.data())
                        : request;
            case PROFILER_LAST_ANSWER_COUNTS_MORE -> {
                int[] twice = new int[said.count() + 1];
                Arrays.setAll(twice, n -> Math.min(n, Math.max(0, said.count() - 1)));
                yield said.count() == 0 ? request : with(request, TestJudgments.reordered(said, twice));
            }
            default -> request;
        };
    }

    private static AdaptRequest with(AdaptRequest request, Judgments judgments) {
        return new AdaptRequest(
                request.person(),
                request.before(),
                new JudgedData(judgments, request.data().features()));
    }

    private static Questions spoiled(Flaw flaw, AdaptiveProfiles profiles, NextRequest request, PluginContext context) {
        return switch (flaw) {
            case PROFILER_ASKS_TWICE -> {
                var forgotten = new NextRequest(
                        new Whose.Seats(Map.of("nurse", 1.0)),
                        request.candidates(),
                        request.features(),
                        request.askable(),
                        request.matters(),
                        request.most());
                yield profiles.next(forgotten, context);
            }
            case PROFILER_ASKS_ANYTHING -> {
                byte[] all = new byte[request.candidates().ids().size()];
                Arrays.fill(all, (byte) 1);
                yield profiles.next(request.withAskable(Tensor.ofBytes(all, all.length)), context);
            }
            case PROFILER_ASKS_THE_WORST_FIRST -> {
                var questions = profiles.next(request, context);
                var worth = questions.worth().toDoubles();
                var turned = new double[worth.length];
                Arrays.setAll(turned, q -> worth[worth.length - 1 - q]);
                yield Questions.of(questions.pairs(), Tensor.ofDoubles(turned, turned.length));
            }
            default -> profiles.next(request, context);
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
            Flaw flaw, ValueProfiles profiles, PreferRequest request, PluginContext context) {
        return switch (flaw) {
            case PROFILER_KEEPS_THE_ORDER_OF_THE_FIT -> {
                var sorted = request.viewpoints().stream()
                        .sorted(Comparator.comparing(Viewpoint::id))
                        .toList();
                var estimate = profiles.prefer(with(request, sorted), context);
                yield PreferenceEstimate.of(profiles.prefer(request, context).blends(), estimate.pairs());
            }
            case PROFILER_ANSWERS_FOR_NOBODY ->
                profiles.prefer(with(request, each(request, FlawedProfiler::known)), context);
            case PROFILER_TAKES_ANYBODY_FOR_A_PERSON ->
                profiles.prefer(with(request, each(request, FlawedProfiler::asLearned)), context);
            case PROFILER_IGNORES_VALUES ->
                profiles.prefer(
                        with(request, each(request, viewpoint -> Viewpoint.of(viewpoint.id(), viewpoint.whose()))),
                        context);
            case PROFILER_ANSWERS_FOR_A_PERSON ->
                profiles.prefer(
                        with(
                                request,
                                each(
                                        request,
                                        viewpoint -> viewpoint.whose() instanceof Whose.Person
                                                ? nurse(viewpoint)
                                                : viewpoint)),
                        context);
            case PROFILER_MIXES_EQUALLY ->
                profiles.prefer(
                        with(
                                request,
                                each(
                                        request,
                                        viewpoint -> viewpoint.whose() instanceof Whose.Seats seats
                                                ? new Viewpoint(viewpoint.id(), equal(seats), viewpoint.values())
                                                : viewpoint)),
                        context);
            case PROFILER_HAS_NO_SUPPORT -> {
                var estimate = profiles.prefer(request, context);
                var bare = estimate.blends().stream()
                        .map(blend -> Blend.of(blend.viewpoint(), blend.seats(), 0, 0))
                        .toList();
                yield PreferenceEstimate.of(bare, estimate.pairs());
            }
            case PROFILER_SHARES_OF_TWO -> {
                var estimate = profiles.prefer(request, context);
                var doubled = estimate.blends().stream()
                        .map(blend ->
                                Blend.of(blend.viewpoint(), Map.of("nurse", 1.0, "patient", 1.0), blend.judgments(), 1))
                        .toList();
                yield PreferenceEstimate.of(doubled, estimate.pairs());
            }
            case PROFILER_NEGATIVE_DEVIATION -> {
                var estimate = profiles.prefer(request, context);
                estimate.pairs().forEach(bucket -> bucket.deviation().setDouble(1, -1));
                yield estimate;
            }
            case PROFILER_ANSWERS_PAIRS_FOR_SCORES -> profiles.prefer(request.as(Form.PAIRS), context);
            case PROFILER_GUESSES_NEW_ITEMS -> {
                try {
                    yield profiles.prefer(request, context);
                } catch (AlignmentException e) {
                    if (e.code() != StandardErrorCode.UNSUPPORTED
                            || !request.candidates().items().contains("unheard")) {
                        throw e;
                    }
                    var half = Tensor.ofDoubles(new double[] {.5, .5, .5, .5, .5, .5, .5, .5}, 1, 2, 2, 2);
                    var none = Tensor.ofDoubles(new double[8], 1, 2, 2, 2);
                    yield PreferenceEstimate.ofSeats(
                            List.of("nurse", "patient"),
                            List.of(PreferenceBucket.of(Tensor.ofInts(new int[1], 1), half, none, none)));
                }
            }
            case PROFILER_FORGETS_AN_ITEM -> {
                var estimate = profiles.prefer(request, context);
                int buckets = estimate.pairs().size();
                yield PreferenceEstimate.of(estimate.blends(), estimate.pairs().subList(0, Math.max(1, buckets - 1)));
            }
            case PROFILER_ONE_FOR_ALL_ITEMS -> {
                var estimate = profiles.prefer(request, context);
                estimate.pairs().forEach(FlawedProfiler::repeatFirst);
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

    private static PreferRequest with(PreferRequest request, List<Viewpoint> viewpoints) {
        return new PreferRequest(request.candidates(), viewpoints, request.features(), request.form());
    }

    private static List<Viewpoint> each(PreferRequest request, UnaryOperator<Viewpoint> change) {
        return request.viewpoints().stream().map(change).toList();
    }

    private static Viewpoint known(Viewpoint viewpoint) {
        return viewpoint.whose() instanceof Whose.Seats seats
                        && seats.weights().keySet().stream().anyMatch("nobody"::equals)
                ? nurse(viewpoint)
                : viewpoint;
    }

    private static Viewpoint asLearned(Viewpoint viewpoint) {
        return viewpoint.whose() instanceof Whose.Person person
                        && person.adapted().isPresent()
                        && person.adapted().get().texts().containsKey("person")
                ? Viewpoint.of(
                        viewpoint.id(), new Whose.Person(person.adapted().get().text("person"), person.adapted()))
                : viewpoint;
    }

    private static Viewpoint nurse(Viewpoint viewpoint) {
        return Viewpoint.of(viewpoint.id(), new Whose.Seats(Map.of("nurse", 1.0)));
    }

    private static Whose equal(Whose.Seats seats) {
        var equal = new TreeMap<String, Double>();
        seats.weights().forEach((seat, weight) -> equal.put(seat, weight > 0 ? 1.0 : weight));
        return new Whose.Seats(equal);
    }

    private static void repeatFirst(PreferenceBucket bucket) {
        int games = bucket.p().dimension(0);
        long row = games == 0 ? 0 : bucket.p().size() / games;
        for (long at = row; at < bucket.p().size(); at++) {
            bucket.p().setDouble(at, bucket.p().getDouble(at % row));
        }
    }

    private static PreferenceEstimate each(PreferenceEstimate estimate, Change change) {
        for (PreferenceBucket bucket : estimate.pairs()) {
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
