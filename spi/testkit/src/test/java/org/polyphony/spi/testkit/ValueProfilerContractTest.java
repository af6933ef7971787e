package org.polyphony.spi.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.polyphony.spi.artefact.Artefact;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.error.Issue;
import org.polyphony.spi.plugin.Plugin;
import org.polyphony.spi.profile.FitRequest;
import org.polyphony.spi.profile.PreferRequest;
import org.polyphony.spi.profile.PreferenceBucket;
import org.polyphony.spi.profile.PreferenceEstimate;
import org.polyphony.spi.profile.ValueProfiler;
import org.polyphony.spi.profile.ValueProfiles;
import org.polyphony.spi.tensor.Tensor;
import org.polyphony.spi.testkit.fake.CountingProfiler;

class ValueProfilerContractTest {

    @Test
    void contract_profilerThatKeepsIt_passes() {
        assertThat(ContractRun.failures(FlawedTestCase.class, "none")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "sums-to-more, prefer_afterFit_isAPreferenceTensorOfTheSeatsAsked",
        "reversed, prefer_clearPreferences_pointTheRightWay",
        "keeps-the-order-of-the-fit, prefer_seatsInAnotherOrder_answersInThatOrder",
        "answers-for-nobody, prefer_unknownSeat_isRefusedNamingIt",
        "seats-the-blank, fit_blankLevels_haveNoSeatAndDoNoHarm",
        "silent, fit_groupWithoutJudgments_warnsAndAnswers",
        "peeks, fit_heldOutJudgments_areNotLookedAt",
        "peeks, fit_nothingToLearnFrom_isRefused",
        "last-judgment-counts-more, fit_judgmentsInAnotherOrder_givesTheSamePreferences",
        "not-a-number, fit_artefact_isFiniteData",
        "opens-anything, open_unknownVersionOrType_isRefused",
        "remembers, open_storedArtefact_prefersTheSame",
        "ignores-cancellation, fit_cancelled_stops",
        "prefers-ties-first, fit_ties_stayTied",
    })
    void contract_profilerWithAFlaw_isFound(String flaw, String test) {
        assertThat(ContractRun.fails(FlawedTestCase.class, flaw, test)).isTrue();
    }

    @ExtendWith(ContractRun.Flaws.class)
    static class FlawedTestCase implements ValueProfilerContract {

        private final String flaw;

        FlawedTestCase(String flaw) {
            this.flaw = flaw;
        }

        @Override
        public ValueProfiler profiler() {
            return new Flawed(flaw);
        }
    }

    /// A sound profiler with one flaw.
    @Plugin(role = ValueProfiler.class, id = "flawed", summary = "Breaks one rule.")
    public static final class Flawed implements ValueProfiler {

        private final ValueProfiler sound = new CountingProfiler();
        private final String flaw;
        private Optional<Artefact> remembered = Optional.empty();

        Flawed(String flaw) {
            this.flaw = flaw;
        }

        @Override
        public Artefact fit(FitRequest request, PluginContext context) {
            var artefact = sound.fit(spoiled(request), contextFor(context));
            remembered = Optional.of(artefact);
            if (flaw.equals("not-a-number")) {
                artefact.tensor("wins").setDouble(0, Double.NaN);
            }
            return flaw.equals("remembers")
                    ? Artefact.of(artefact.type(), 1, artefact.texts(), new HashMap<>())
                    : artefact;
        }

        @Override
        public ValueProfiles open(Artefact artefact, PluginContext context) {
            var readable = switch (flaw) {
                case "opens-anything" ->
                    Artefact.of("polyphony.testkit.counts", 1, artefact.texts(), artefact.tensors());
                case "remembers" -> remembered.orElse(artefact);
                default -> artefact;
            };
            var profiles = sound.open(readable, context);
            return (request, call) -> spoiled(profiles, artefact, request, call);
        }

        private FitRequest spoiled(FitRequest request) {
            var judgments = request.judgments();
            int count = judgments.count();
            return switch (flaw) {
                case "peeks" ->
                    new FitRequest(
                            judgments,
                            TestJudgments.training(count, 0),
                            request.attribute(),
                            request.seats(),
                            request.features());
                case "seats-the-blank" -> {
                    var levels = judgments.levels().toInts();
                    for (int i = 0; i < levels.length; i++) {
                        levels[i] = Math.max(0, levels[i]);
                    }
                    yield SpiValues.map(
                            request,
                            tensor -> tensor == judgments.levels()
                                    ? Tensor.ofInts(levels, count, levels.length / count)
                                    : tensor);
                }
                case "last-judgment-counts-more" -> {
                    var weights = judgments.weights().toDoubles();
                    weights[count - 1] = 3;
                    yield SpiValues.map(
                            request,
                            tensor -> tensor == judgments.weights() ? Tensor.ofDoubles(weights, count) : tensor);
                }
                default -> request;
            };
        }

        private PluginContext contextFor(PluginContext context) {
            return switch (flaw) {
                case "silent", "ignores-cancellation" -> new Deaf(context, flaw.equals("silent"));
                default -> context;
            };
        }

        private PreferenceEstimate spoiled(
                ValueProfiles profiles, Artefact artefact, PreferRequest request, PluginContext context) {
            return switch (flaw) {
                case "keeps-the-order-of-the-fit" -> {
                    var seats = request.seats().stream().sorted().toList();
                    var estimate = profiles.prefer(
                            new PreferRequest(request.candidates(), seats, request.features()), context);
                    yield PreferenceEstimate.of(request.seats(), estimate.buckets());
                }
                case "answers-for-nobody" -> {
                    var seats = request.seats().stream()
                            .map(seat -> artefact.texts().containsKey(seat) ? seat : "nurse")
                            .toList();
                    yield profiles.prefer(new PreferRequest(request.candidates(), seats, request.features()), context);
                }
                case "sums-to-more" -> each(profiles.prefer(request, context), (p, i, j) -> i > j ? p * 1.000001 : p);
                case "reversed" -> each(profiles.prefer(request, context), (p, i, j) -> 1 - p);
                case "prefers-ties-first" ->
                    each(profiles.prefer(request, context), (p, i, j) -> p == 0.5 && i != j ? (i < j ? 0.6 : 0.4) : p);
                default -> profiles.prefer(request, context);
            };
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
    }

    private interface Change {

        double of(double p, int i, int j);
    }

    /// A context that does not pass on reports, or does not tell of a cancellation.
    private record Deaf(PluginContext context, boolean silent) implements PluginContext {

        @Override
        public org.polyphony.spi.tensor.TensorAllocator allocator() {
            return context.allocator();
        }

        @Override
        public <T extends Record> T settings(Class<T> type) {
            return context.settings(type);
        }

        @Override
        public long seed() {
            return context.seed();
        }

        @Override
        public <T> List<T> parallel(int chunks, java.util.function.IntFunction<T> work) {
            return context.parallel(chunks, work);
        }

        @Override
        public void progress(long done, long total) {
            context.progress(done, total);
        }

        @Override
        public void checkCancelled() {
            if (silent) {
                context.checkCancelled();
            }
        }

        @Override
        public void report(Issue issue) {
            if (!silent) {
                context.report(issue);
            }
        }
    }
}
