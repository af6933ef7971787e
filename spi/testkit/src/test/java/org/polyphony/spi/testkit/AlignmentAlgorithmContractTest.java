package org.polyphony.spi.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.polyphony.spi.alignment.AlignmentAlgorithm;
import org.polyphony.spi.alignment.AlignmentRequest;
import org.polyphony.spi.alignment.Formulation;
import org.polyphony.spi.alignment.PolicySolution;
import org.polyphony.spi.alignment.SolutionBucket;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.plugin.Plugin;
import org.polyphony.spi.plugin.Setting;
import org.polyphony.spi.tensor.Tensor;
import org.polyphony.spi.testkit.fake.RegretMatchingAlgorithm;
import org.polyphony.spi.testkit.fake.UniformAlgorithm;

class AlignmentAlgorithmContractTest {

    @Test
    void contract_algorithmsThatKeepIt_pass() {
        assertThat(ContractRun.failures(UniformTestCase.class, "")).isEmpty();
        assertThat(ContractRun.failures(FlawedTestCase.class, "none")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "plays-disallowed, align_someCandidatesNotAllowed_theyGetExactlyNoMass",
        "plays-disallowed, align_noCandidateAllowed_thatGameAloneIsRefused",
        "not-normalised, align_randomGames_policiesAreDistributionsOverAllowedCandidates",
        "wrong-shape, align_oneCandidate_isChosen",
        "loses-a-bucket, align_randomGames_policiesAreDistributionsOverAllowedCandidates",
        "uniform, align_population_condorcetWinnerIsChosen",
        "uniform, align_population_threeCycleHasTheKnownEquilibrium",
        "uniform, align_population_nobodyBeatsThePolicy",
        "answers-any-formulation, align_unknownFormulation_unsupportedNamingTheKnownOnes",
        "names-no-formulation, align_unknownFormulation_unsupportedNamingTheKnownOnes",
        "counts-its-calls, align_sameSeed_givesTheSameBytes",
        "counts-its-calls, align_calledAtOnce_answersAsAlone",
        "sees-its-threads, align_moreThreads_givesTheSameBytes",
        "writes-inputs, align_inputs_areLeftAlone",
        "ignores-cancellation, align_cancelled_stops",
        "hidden, plugin_class_declaresWhatItIs",
        "nameless, plugin_class_declaresWhatItIs",
        "nameless, plugin_settings_areDescribed",
    })
    void contract_algorithmWithAFlaw_isFound(String flaw, String test) {
        assertThat(ContractRun.fails(FlawedTestCase.class, flaw, test)).isTrue();
    }

    static class UniformTestCase implements AlignmentAlgorithmContract {

        @Override
        public AlignmentAlgorithm algorithm() {
            return new UniformAlgorithm();
        }
    }

    static class RegretMatchingTestCase implements AlignmentAlgorithmContract {

        @Override
        public AlignmentAlgorithm algorithm() {
            return new RegretMatchingAlgorithm();
        }

        @Override
        public double tolerance() {
            return 1e-3;
        }
    }

    @ExtendWith(ContractRun.Flaws.class)
    static class FlawedTestCase extends RegretMatchingTestCase {

        private final String flaw;

        FlawedTestCase(String flaw) {
            this.flaw = flaw;
        }

        @Override
        public AlignmentAlgorithm algorithm() {
            return switch (flaw) {
                case "hidden" -> new Hidden();
                case "nameless" -> new Nameless();
                default -> new Flawed(flaw);
            };
        }
    }

    static class Hidden implements AlignmentAlgorithm {

        private final AlignmentAlgorithm sound = new RegretMatchingAlgorithm();

        @Override
        public Set<String> formulations() {
            return sound.formulations();
        }

        @Override
        public PolicySolution align(AlignmentRequest request, PluginContext context) {
            return sound.align(request, context);
        }
    }

    /// Declares an id that nobody can type and a setting that nobody can understand.
    @Plugin(role = AlignmentAlgorithm.class, id = "Name Less", settings = Undescribed.class, summary = "Bad manners.")
    public static final class Nameless extends Hidden {}

    record Undescribed(
            @Setting(description = "", defaultValue = "1") int n) {}

    /// A sound algorithm with one flaw.
    @Plugin(role = AlignmentAlgorithm.class, id = "flawed", summary = "Breaks one rule.")
    public static final class Flawed implements AlignmentAlgorithm {

        private static final AtomicInteger CALLS = new AtomicInteger();
        private final AlignmentAlgorithm sound = new RegretMatchingAlgorithm();
        private final String flaw;

        Flawed(String flaw) {
            this.flaw = flaw;
        }

        @Override
        public Set<String> formulations() {
            return sound.formulations();
        }

        @Override
        public PolicySolution align(AlignmentRequest request, PluginContext context) {
            return switch (flaw) {
                case "plays-disallowed" -> everyCandidateAllowed(request, context);
                case "not-normalised" -> change(sound.align(request, context), 0.9);
                case "counts-its-calls" -> change(sound.align(request, context), 1 - 1e-15 * CALLS.incrementAndGet());
                case "sees-its-threads" -> {
                    // slow chunks, so that they spread over the workers there are
                    var ids = context.parallel(5, chunk -> {
                        LockSupport.parkNanos(5_000_000);
                        return Thread.currentThread().threadId();
                    });
                    long others = ids.stream().distinct().count();
                    yield change(sound.align(request, context), 1 - 1e-15 * others);
                }
                case "wrong-shape" -> {
                    var answer = sound.align(request, context).buckets();
                    yield PolicySolution.of(answer.stream()
                            .map(b -> with(
                                    b, b.logPolicy().reshape((int) b.logPolicy().size())))
                            .toList());
                }
                case "loses-a-bucket" -> {
                    var answer = sound.align(request, context).buckets();
                    yield PolicySolution.of(answer.subList(0, Math.max(0, answer.size() - 1)));
                }
                case "uniform" -> {
                    requireKnown(request, "; use " + formulations());
                    yield new UniformAlgorithm().align(AlignmentRequest.of(request.games(), "uniform"), context);
                }
                case "answers-any-formulation" ->
                    sound.align(AlignmentRequest.of(request.games(), Formulation.POPULATION), context);
                case "names-no-formulation" -> {
                    requireKnown(request, "");
                    yield sound.align(request, context);
                }
                case "writes-inputs" -> {
                    request.games().weights().setDouble(0, 1);
                    yield sound.align(request, context);
                }
                case "ignores-cancellation" -> {
                    try (var deaf = TestContext.create()) {
                        yield SpiValues.copy(sound.align(request, deaf));
                    }
                }
                default -> sound.align(request, context);
            };
        }

        private void requireKnown(AlignmentRequest request, String rest) {
            if (!formulations().contains(request.formulation())) {
                throw new AlignmentException(StandardErrorCode.UNSUPPORTED, "unknown: " + request.formulation() + rest);
            }
        }

        private PolicySolution everyCandidateAllowed(AlignmentRequest request, PluginContext context) {
            var games = request.games();
            var open = SpiValues.map(games, tensor -> {
                if (tensor.type() != org.polyphony.spi.tensor.ElementType.UINT8) {
                    return tensor;
                }
                var all = new byte[(int) tensor.size()];
                java.util.Arrays.fill(all, (byte) 1);
                return Tensor.ofBytes(all, tensor.dimension(0), tensor.dimension(1));
            });
            return sound.align(AlignmentRequest.of(open, request.formulation()), context);
        }

        private static PolicySolution change(PolicySolution solution, double factor) {
            return PolicySolution.of(solution.buckets().stream()
                    .map(bucket -> {
                        var logPolicy = bucket.logPolicy();
                        for (long i = 0; i < logPolicy.size(); i++) {
                            logPolicy.setDouble(i, logPolicy.getDouble(i) + Math.log(factor));
                        }
                        return with(bucket, logPolicy);
                    })
                    .toList());
        }

        private static SolutionBucket with(SolutionBucket bucket, Tensor logPolicy) {
            return SolutionBucket.of(
                    logPolicy, bucket.tau(), bucket.iterations(), bucket.converged(), bucket.refused());
        }
    }
}
