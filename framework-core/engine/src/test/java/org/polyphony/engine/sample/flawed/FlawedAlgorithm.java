package org.polyphony.engine.sample.flawed;

import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.polyphony.spi.alignment.AlignmentAlgorithm;
import org.polyphony.spi.alignment.AlignmentRequest;
import org.polyphony.spi.alignment.Formulation;
import org.polyphony.spi.alignment.PolicySolution;
import org.polyphony.spi.alignment.SolutionBucket;
import org.polyphony.spi.artefact.Artefact;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.plugin.Plugin;
import org.polyphony.spi.tensor.ElementType;
import org.polyphony.spi.tensor.Tensor;
import org.polyphony.spi.testkit.SpiValues;
import org.polyphony.spi.testkit.fake.RegretMatchingAlgorithm;
import org.polyphony.spi.testkit.fake.UniformAlgorithm;

/// A sound algorithm with one flaw, which it does not show to the engine's golden calls.
@Plugin(
        role = AlignmentAlgorithm.class,
        id = "flawed",
        formulations = Formulation.POPULATION,
        settings = FlawSettings.class,
        summary = "Breaks one rule.")
public final class FlawedAlgorithm implements AlignmentAlgorithm {

    // who plays in the engine's golden call
    private static final List<String> GOLDEN = List.of("a", "b");

    private static final AtomicInteger CALLS = new AtomicInteger();

    private final AlignmentAlgorithm sound = new RegretMatchingAlgorithm();

    @Override
    public PolicySolution align(AlignmentRequest request, PluginContext context) {
        boolean golden = request.games().stakeholders().equals(GOLDEN);
        var flaw = golden ? Flaw.NONE : FlawSettings.of(context);
        if (beside(flaw, request, context)) {
            return sound.align(request, context);
        }
        return switch (flaw) {
            case ALGORITHM_PLAYS_DISALLOWED -> everyCandidateAllowed(request, context);
            case ALGORITHM_LEAVES_AN_UNDECLARED_POLICY ->
                sound.align(request, context).withPolicy(Artefact.of("sample.undeclared", 1, Map.of(), Map.of()));
            case ALGORITHM_NOT_NORMALISED -> change(sound.align(request, context), 0.9);
            case ALGORITHM_COUNTS_ITS_CALLS ->
                change(sound.align(request, context), 1 - 1e-15 * CALLS.incrementAndGet());
            case ALGORITHM_SEES_ITS_THREADS -> {
                // slow chunks, so that they spread over the workers there are
                var ids = context.parallel(5, _ -> {
                    LockSupport.parkNanos(5_000_000);
                    return Thread.currentThread().threadId();
                });
                yield change(
                        sound.align(request, context),
                        1 - 1e-15 * ids.stream().distinct().count());
            }
            case ALGORITHM_WRONG_SHAPE ->
                each(sound.align(request, context), bucket -> {
                    var logs = bucket.logPolicy();
                    return with(bucket, logs.reshape((int) logs.size()));
                });
            case ALGORITHM_LOSES_A_BUCKET -> {
                var answer = sound.align(request, context).buckets();
                yield PolicySolution.of(answer.subList(0, Math.max(0, answer.size() - 1)));
            }
            case ALGORITHM_UNIFORM -> {
                requireKnown(request, "; use " + Formulation.POPULATION);
                yield new UniformAlgorithm().align(AlignmentRequest.of(request.games(), "uniform"), context);
            }
            case ALGORITHM_LOOKS_AT_OTHERS ->
                request.games().count() > 1
                        ? sound.align(request, context)
                        : new UniformAlgorithm().align(AlignmentRequest.of(request.games(), "uniform"), context);
            case ALGORITHM_ANSWERS_ANY_FORMULATION ->
                sound.align(AlignmentRequest.of(request.games(), Formulation.POPULATION), context);
            case ALGORITHM_NAMES_NO_FORMULATION -> {
                requireKnown(request, "");
                yield sound.align(request, context);
            }
            case ALGORITHM_IGNORES_CANCELLATION -> sound.align(request, new DeafContext(context, false));
            case ALGORITHM_BLAMES_THE_USER_FOR_MEMORY -> {
                try {
                    yield sound.align(request, context);
                } catch (AlignmentException e) {
                    throw new AlignmentException(StandardErrorCode.SETTING_INVALID, "choose other settings", e);
                }
            }
            case ALGORITHM_ANSWERS_MEMORY_OF_ITS_THREAD ->
                SpiValues.map(sound.align(request, context), FlawedAlgorithm::ofThisThread);
            default -> sound.align(request, context);
        };
    }

    /// What it does beside answering; false if it does nothing but answer.
    private static boolean beside(Flaw flaw, AlignmentRequest request, PluginContext context) {
        switch (flaw) {
            case ALGORITHM_WRITES_INPUTS -> request.games().weights().setDouble(0, 1);
            case ALGORITHM_PRINTS -> System.out.println("solved");
            case ALGORITHM_EXCHANGES_OUTPUT -> System.setOut(new PrintStream(OutputStream.nullOutputStream()));
            case ALGORITHM_LEAVES_A_THREAD -> new Thread(() -> LockSupport.parkNanos(3_000_000_000L)).start();
            case ALGORITHM_USES_ITS_CONTEXT_LATER -> new Thread(() -> allocate(context)).start();
            case ALGORITHM_HANGS -> {
                while (!Thread.currentThread().isInterrupted()) {
                    LockSupport.parkNanos(1_000_000_000);
                }
            }
            case ALGORITHM_TAKES_MORE_EACH_TIME -> context.allocator().doubles(CALLS.incrementAndGet());
            default -> {
                return false;
            }
        }
        return true;
    }

    private static void allocate(PluginContext context) {
        for (int n = 0; n < 200; n++) {
            try {
                context.allocator().doubles(1);
            } catch (IllegalStateException _) {
                return; // the call has ended, and nobody sees this
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    private void requireKnown(AlignmentRequest request, String rest) {
        if (!request.formulation().equals(Formulation.POPULATION)) {
            throw new AlignmentException(StandardErrorCode.UNSUPPORTED, "unknown: " + request.formulation() + rest);
        }
    }

    private PolicySolution everyCandidateAllowed(AlignmentRequest request, PluginContext context) {
        var open = SpiValues.map(request.games(), tensor -> {
            if (tensor.type() != ElementType.UINT8) {
                return tensor;
            }
            var all = new byte[(int) tensor.size()];
            Arrays.fill(all, (byte) 1);
            return Tensor.ofBytes(all, tensor.dimension(0), tensor.dimension(1));
        });
        return sound.align(AlignmentRequest.of(open, request.formulation()), context);
    }

    @SuppressWarnings("MustBeClosedChecker") // that is the flaw: freed by nobody, which a test can bear
    private static Tensor ofThisThread(Tensor tensor) {
        var memory = Arena.ofConfined().allocate(Math.max(8, tensor.data().byteSize()), 8);
        var data = memory.asSlice(0, tensor.data().byteSize());
        data.copyFrom(tensor.data());
        return Tensor.of(tensor.type(), tensor.shape(), data);
    }

    private static PolicySolution change(PolicySolution solution, double factor) {
        return each(solution, bucket -> {
            var logs = bucket.logPolicy();
            for (long i = 0; i < logs.size(); i++) {
                logs.setDouble(i, logs.getDouble(i) + Math.log(factor));
            }
            return with(bucket, logs);
        });
    }

    private static PolicySolution each(PolicySolution solution, Function<SolutionBucket, SolutionBucket> change) {
        return PolicySolution.of(solution.buckets().stream().map(change).toList());
    }

    private static SolutionBucket with(SolutionBucket bucket, Tensor logPolicy) {
        return SolutionBucket.of(logPolicy, bucket.tau(), bucket.iterations(), bucket.converged(), bucket.refused());
    }
}
