package org.polyphony.plugin.algorithm.selfplay;

import java.util.Optional;
import java.util.function.Supplier;
import org.polyphony.alignment.MatrixGame;
import org.polyphony.alignment.MatrixRule;
import org.polyphony.games.Skew;
import org.polyphony.games.selfplay.BatchedMirrorDescent;
import org.polyphony.games.selfplay.SelfPlayOutcome;
import org.polyphony.games.selfplay.SelfPlaySolver;
import org.polyphony.spi.alignment.AlignmentAlgorithm;
import org.polyphony.spi.alignment.AlignmentRequest;
import org.polyphony.spi.alignment.Formulation;
import org.polyphony.spi.alignment.PolicySolution;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.plugin.SelfTesting;
import org.polyphony.support.Answer;
import org.polyphony.support.Extras;
import org.polyphony.support.GameLoop;

/// What the algorithms of the family share: they solve the population game, each game alone, starting at
/// the reference policy, and are deterministic. A solution carries the τ of the game that it aims at, 0
/// for the game itself, and claims to have converged only if the gap of that game, measured, is one that
/// a certificate accepts, whatever the tolerance at which it stopped. A run of N updates is the
/// beginning of every longer one.
abstract sealed class SelfPlayAlgorithm implements AlignmentAlgorithm, SelfTesting
        permits MwuAlgorithm,
                IterativeDpoAlgorithm,
                InpoAlgorithm,
                NashMdAlgorithm,
                EgpoAlgorithm,
                MmdAlgorithm,
                NashMpAlgorithm,
                OnpoAlgorithm,
                OnlineIpo2Algorithm,
                NashMdPgAlgorithm,
                ComalAlgorithm,
                PrmPlusAlgorithm {

    private final GameLoop games;
    private final GoldenGame golden;

    /// How a request is solved: the algorithm's settings in the context, the τ in the request.
    @FunctionalInterface
    interface SolverSource {

        SelfPlaySolver solver(AlignmentRequest request, PluginContext context);
    }

    /// @param golden what the self-test asks, and what must be answered
    SelfPlayAlgorithm(String id, GoldenGame golden, MatrixRule.Source rules) {
        this.games = GameLoop.of(
                        id, "lower tolerance and raise max-iterations, or choose an algorithm that converges here")
                .with(Formulation.POPULATION, Extras.NONE, MatrixRule.reading((request, context) -> {
                    try {
                        return rules.rules(request, context);
                    } catch (IllegalArgumentException e) { // a step and a τ that do not go together
                        throw new AlignmentException(StandardErrorCode.SETTING_INVALID, id + ": " + e.getMessage(), e);
                    }
                }));
        this.golden = golden;
    }

    /// Rules that run a solver.
    static MatrixRule.Source running(SolverSource source) {
        return (request, context) -> {
            var solver = source.solver(request, context).withPause(context::checkCancelled);
            return () -> game -> solve(game, solver);
        };
    }

    /// Mirror descent: the solver in double precision, a batch at a time in single.
    ///
    /// @param batches what to run where a kernel for single precision is there; absent for double precision
    static MatrixRule.Source running(SolverSource source, BatchSource batches) {
        return (request, context) -> batches.batch(request, context)
                .<Supplier<MatrixRule>>map(batch -> () -> new BatchedRule(batch))
                .orElseGet(() -> running(source).rules(request, context));
    }

    /// How a request is solved in single precision, where that was asked for and can be had.
    @FunctionalInterface
    interface BatchSource {

        Optional<BatchedMirrorDescent> batch(AlignmentRequest request, PluginContext context);
    }

    @Override
    public final PolicySolution align(AlignmentRequest request, PluginContext context) {
        return games.align(request, context);
    }

    @Override
    public final void selfTest(PluginContext context) {
        golden.check(this, context);
    }

    private static Answer solve(MatrixGame game, SelfPlaySolver solver) {
        var outcome = solver.solve(game.mixture(), game.reachable(), game.logReference());
        return answer(game, outcome, solver.rule().tau());
    }

    static Answer answer(MatrixGame game, SelfPlayOutcome outcome, double tau) {
        double gap = tau > 0 ? outcome.gap() : againstAll(game, outcome);
        return Answer.of(outcome.policy(), tau, outcome.updates(), gap);
    }

    // a candidate without mass under the reference cannot be reached from it, but may win the game itself
    private static double againstAll(MatrixGame game, SelfPlayOutcome outcome) {
        var allowed = game.allowed();
        if (game.reachable().count() == allowed.count()) {
            return outcome.gap();
        }
        int k = allowed.count();
        var a = new double[k * k];
        Skew.payoff(allowed.restrictMatrices(game.mixture(), 1), 0, k, a);
        return 2 * Skew.exploitability(a, k, allowed.restrict(outcome.policy()));
    }
}
