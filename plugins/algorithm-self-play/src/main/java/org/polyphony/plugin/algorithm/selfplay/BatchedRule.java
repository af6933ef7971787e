package org.polyphony.plugin.algorithm.selfplay;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import org.polyphony.alignment.MatrixGame;
import org.polyphony.alignment.MatrixRule;
import org.polyphony.games.kernel.MirrorDescentKernels;
import org.polyphony.games.kernel.Precision;
import org.polyphony.games.selfplay.BatchedMirrorDescent;
import org.polyphony.games.selfplay.SelfPlayOutcome;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.support.Answer;

/// Solves the games of a chunk together by a kernel.
final class BatchedRule implements MatrixRule {

    private final BatchedMirrorDescent solver;
    private final IdentityHashMap<MatrixGame, SelfPlayOutcome> solved = new IdentityHashMap<>();

    BatchedRule(BatchedMirrorDescent solver) {
        this.solver = solver;
    }

    /// The batched solver; none where the definition in double precision is what runs.
    static Optional<BatchedMirrorDescent> solver(
            Precision precision, double step, double tau, double tolerance, int maxUpdates, PluginContext context) {
        if (precision == Precision.DOUBLE) {
            return Optional.empty();
        }
        return MirrorDescentKernels.single(tolerance)
                .map(kernel ->
                        new BatchedMirrorDescent(kernel, step, tau, tolerance, maxUpdates, context::checkCancelled));
    }

    @Override
    public void prepare(List<MatrixGame> games) {
        List<MatrixGame> valid = new ArrayList<>();
        List<BatchedMirrorDescent.Game> batch = new ArrayList<>();
        for (var game : games) {
            try {
                batch.add(read(game));
                valid.add(game);
            } catch (IllegalArgumentException _) {
                // told when the game is asked for
            }
        }
        List<SelfPlayOutcome> outcomes = solver.solve(batch);
        for (int n = 0; n < valid.size(); n++) {
            solved.put(valid.get(n), outcomes.get(n));
        }
    }

    @Override
    public Answer solve(MatrixGame game) {
        var outcome = solved.remove(game);
        if (outcome == null) {
            outcome = solver.solve(List.of(read(game))).getFirst();
        }
        return SelfPlayAlgorithm.answer(
                game, outcome.withPolicy(game.reachable().expand(outcome.policy(), 0)), solver.tau());
    }

    private static BatchedMirrorDescent.Game read(MatrixGame game) {
        var reachable = game.reachable();
        return new BatchedMirrorDescent.Game(
                reachable.restrictMatrices(game.mixture(), 1), reachable.restrict(game.logReference()));
    }
}
