package org.polyphony.plugin.algorithm.nashdpo;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.polyphony.spi.alignment.AlignmentAlgorithm;
import org.polyphony.spi.alignment.AlignmentRequest;
import org.polyphony.spi.alignment.Formulation;
import org.polyphony.spi.alignment.GameBucket;
import org.polyphony.spi.alignment.PolicySolution;
import org.polyphony.spi.alignment.SolutionBucket;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.Issue;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.plugin.Plugin;
import org.polyphony.spi.plugin.SelfTesting;

/// Solves the population, stakeholder and consensus games over enumerated candidates.
///
/// `population` is solved exactly, by linear programming, unless the request brings a τ: then it is the regularised
/// game
/// with that τ, which is how `stakeholder` and `population` are compared at the same regularisation. `stakeholder` is
/// solved by mirror-prox at the request's τ or the setting's; a single stakeholder meets a copy of itself. `consensus`
/// is a
/// linear programme and ignores τ.
///
/// Games are independent: each chunk of them is solved with scratch memory of its own, and chunks do not depend on the
/// number of threads.
@Plugin(
        role = AlignmentAlgorithm.class,
        id = "nash-dpo",
        settings = NashDpoSettings.class,
        summary = "Solves the population, stakeholder and consensus games to certified equilibria.")
public final class NashDpoAlgorithm implements AlignmentAlgorithm, SelfTesting {

    private static final Set<String> FORMULATIONS =
            Set.of(Formulation.POPULATION, Formulation.STAKEHOLDER, Formulation.CONSENSUS);

    /// Entries of P in a chunk: enough to hide the hand-off, small enough to share out evenly.
    private static final int CHUNK_ENTRIES = 4_096;

    /// How many items a warning names.
    private static final int NAMED = 5;

    /// Made by the engine.
    public NashDpoAlgorithm() {}

    @Override
    public Set<String> formulations() {
        return FORMULATIONS;
    }

    @Override
    public PolicySolution align(AlignmentRequest request, PluginContext context) {
        var settings = context.settings(NashDpoSettings.class);
        Supplier<GameRule> rules = rules(request, settings);
        var extras = switch (request.formulation()) {
            case Formulation.STAKEHOLDER -> BucketWriter.Extras.PROFILE;
            case Formulation.CONSENSUS -> BucketWriter.Extras.DUALS;
            default -> BucketWriter.Extras.NONE;
        };
        double[] weights = request.games().weights().toDoubles();
        var done = new AtomicLong();
        long total = request.games().count();
        List<Integer> unsolved = new ArrayList<>();
        List<SolutionBucket> solutions = new ArrayList<>();
        for (var bucket : request.games().buckets()) {
            var writer = new BucketWriter(bucket, extras, context.allocator());
            int size = Math.max(
                    1, CHUNK_ENTRIES / Math.max(1, bucket.stakeholders() * bucket.candidates() * bucket.candidates()));
            int chunks = Math.ceilDiv(bucket.games(), size);
            context.parallel(chunks, chunk -> {
                        int from = chunk * size;
                        int to = Math.min(bucket.games(), from + size);
                        var left = solve(bucket, from, to, weights, rules.get(), writer, context);
                        context.progress(done.addAndGet(to - from), total);
                        return left;
                    })
                    .forEach(unsolved::addAll);
            solutions.add(writer.solution());
        }
        warn(unsolved, total, request.formulation(), context);
        return PolicySolution.of(solutions);
    }

    private static Supplier<GameRule> rules(AlignmentRequest request, NashDpoSettings settings) {
        return switch (request.formulation()) {
            case Formulation.POPULATION -> GameRule.population(settings, request.tau());
            case Formulation.STAKEHOLDER -> GameRule.stakeholder(settings, request.tau());
            case Formulation.CONSENSUS -> GameRule.consensus();
            default ->
                throw new AlignmentException(
                        StandardErrorCode.UNSUPPORTED,
                        "formulation " + request.formulation() + " is not offered by nash-dpo; use one of "
                                + new TreeSet<>(FORMULATIONS));
        };
    }

    /// Solves games `from` to `to`; returns the items of those that did not converge.
    private static List<Integer> solve(
            GameBucket bucket,
            int from,
            int to,
            double[] weights,
            GameRule rule,
            BucketWriter writer,
            PluginContext context) {
        List<Integer> unsolved = new ArrayList<>();
        for (int n = from; n < to; n++) {
            context.checkCancelled();
            var game = Game.of(bucket, n, weights);
            if (game.allowed().isEmpty()) {
                writer.refuse(n);
                continue;
            }
            var answer = solve(game, bucket.items().getInt(n), rule);
            writer.write(n, answer);
            if (!answer.converged()) {
                unsolved.add(bucket.items().getInt(n));
            }
        }
        return unsolved;
    }

    private static Answer solve(Game game, int item, GameRule rule) {
        try {
            return rule.solve(game);
        } catch (IllegalArgumentException e) {
            throw new AlignmentException(
                    StandardErrorCode.GAME_INVALID, "the game of item " + item + ": " + e.getMessage(), e);
        }
    }

    private static void warn(List<Integer> unsolved, long total, String formulation, PluginContext context) {
        if (unsolved.isEmpty()) {
            return;
        }
        String named = unsolved.stream().limit(NAMED).map(String::valueOf).collect(Collectors.joining(", "));
        context.report(Issue.warning(
                "NOT_CONVERGED",
                formulation + ": " + unsolved.size() + " of " + total
                        + " games did not reach the tolerance; raise tau or the number of iterations, and read their"
                        + " certificates",
                "items " + named + (unsolved.size() > NAMED ? ", …" : "")));
    }

    @Override
    public void selfTest(PluginContext context) {
        GoldenGames.check(this, context);
    }
}
