package org.polyphony.spi.testkit.fake;

import java.util.ArrayList;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.polyphony.spi.alignment.AlignmentRequest;
import org.polyphony.spi.alignment.GameBucket;
import org.polyphony.spi.alignment.PolicySolution;
import org.polyphony.spi.alignment.SolutionBucket;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;

/// Solves the games of a request one by one: all that a simple algorithm needs beside its rule.
final class GameByGame {

    private GameByGame() {}

    static PolicySolution solve(AlignmentRequest request, Set<String> formulations, PluginContext context, Rule rule) {
        if (!formulations.contains(request.formulation())) {
            throw new AlignmentException(
                    StandardErrorCode.UNSUPPORTED,
                    "formulation " + request.formulation() + " is not offered; use one of "
                            + new TreeSet<>(formulations));
        }
        var buckets = new ArrayList<SolutionBucket>();
        for (var game : request.games().buckets()) {
            buckets.add(solve(game, context, rule));
        }
        return PolicySolution.of(buckets);
    }

    private static SolutionBucket solve(GameBucket game, PluginContext context, Rule rule) {
        int b = game.games();
        int k = game.candidates();
        var memory = context.allocator();
        var logPolicy = memory.doubles(b, k);
        var converged = memory.bytes(b);
        var refused = memory.bytes(b);
        context.parallel(b, n -> {
            context.checkCancelled();
            int[] allowed = IntStream.range(0, k)
                    .filter(i -> game.allowed().getByte((long) n * k + i) == 1)
                    .toArray();
            var policy = allowed.length == 0 ? new double[k] : rule.policy(game, n, allowed);
            for (int i = 0; i < k; i++) {
                logPolicy.setDouble((long) n * k + i, Math.log(policy[i]));
            }
            refused.setByte(n, (byte) (allowed.length == 0 ? 1 : 0));
            converged.setByte(n, (byte) 1);
            return n;
        });
        return SolutionBucket.of(logPolicy, memory.doubles(b), memory.ints(b), converged, refused);
    }

    /// Chooses the policy of one game.
    interface Rule {

        /// Probabilities of all K candidates of game `n`; zero except for those of `allowed`, at least one.
        double[] policy(GameBucket game, int n, int[] allowed);
    }
}
