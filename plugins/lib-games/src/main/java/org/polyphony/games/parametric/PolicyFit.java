package org.polyphony.games.parametric;

import java.util.ArrayList;
import java.util.List;
import org.polyphony.games.StakeholderSolver;

/// Fits a parametric policy in rounds of mirror-descent steps, each projected on what the policy can
/// express:
///
///     for each round:                                   COMAL's outer loop
///         reference ← current policy                    (population; otherwise μ)
///         for each inner step:                          regularised by τ towards the reference
///             θ ← argmin of mean tensor loss + l2 |θ − θ at the start of the round|²
///         watch the gap on items that are not fitted; keep the best round
///
/// The penalty is on how far a round moves, as COMAL's reference is, and not on θ itself: what a fit
/// converges to does not depend on it, how slowly it commits to directions of little evidence does. A fit
/// stops when the watched gap has not fallen by .001 in `patience` rounds, and answers with the round of the
/// lowest one.
///
/// 1. COMAL: arXiv 2410.23223, algorithm 1. The inner loop is its OMD with a step that is stable for every
///    P.
/// 2. The loss: ALGORITHMS 4.14. That the minimiser in θ is least squares for linear f: ALGORITHMS 1.
/// 3. `STAKEHOLDER` replaces π_t by the opponents' mixture, w_s = P_s q_s, and anneals τ (ALGORITHMS 5.2,
///    5.3).
///
/// **Determinism.** The same problem, settings and seed give the same bytes, on any number of threads,
/// interrupted between rounds or not.
public final class PolicyFit {

    /// With fewer games than this all are fitted and watched.
    static final int FEWEST_TO_HOLD_OUT = 10;

    /// A gap, the difference of two probabilities, that falls by less does not matter to anyone.
    private static final double PROGRESS = 1e-3;

    private static final double COOLING = 0.5;

    private final FitProblem problem;
    private final FitSettings settings;
    private final MirrorDescent descent;
    private final FitCheckpoint checkpoint;

    /// A fit that keeps its rounds in `checkpoint`.
    public PolicyFit(FitProblem problem, FitSettings settings, FitCheckpoint checkpoint) {
        this.problem = problem;
        this.settings = settings;
        this.descent = settings.descent();
        this.checkpoint = checkpoint;
    }

    /// Runs the fit, from the checkpoint's round where there is one.
    ///
    /// @throws IllegalArgumentException if the numbers cannot be fitted: what is wrong, and what to do
    public FitResult run(FitRun run) {
        var split = HeldOut.split(problem.games(), settings.stop().earlyStop());
        int d = problem.function().features();
        var standardisation = Standardisation.of(
                split.fitted().stream().map(TrainingGame::features).toList(), d);
        var fitted = split.fitted().stream()
                .map(game -> FittedGame.of(game, standardisation))
                .toList();
        var watched = split.watched().stream()
                .map(game -> FittedGame.of(game, standardisation))
                .toList();
        var rounds = new Rounds(fitted, watched, run);
        var digest = FitCheckpoint.digest(problem, settings, run.seed());
        checkpoint.discardUnfinished(digest);
        var state = checkpoint
                .read(digest, problem.heads(), problem.function().parameters(), run::note)
                .orElseGet(rounds::start);
        while (!state.converged() && state.round() < descent.rounds()) {
            run.checkCancelled();
            state = rounds.next(state);
            checkpoint.write(digest, state);
            run.progress(state.round(), descent.rounds());
        }
        return new FitResult(
                standardisation,
                state.best(),
                problem.game() == FitGame.POPULATION
                        ? 0
                        : rounds.tau(Math.max(0, state.best().number() - 1)),
                state.round(),
                split.heldOut(),
                state.converged());
    }

    /// The rounds of one run.
    private final class Rounds {

        private final List<FittedGame> watched;
        private final FitRun run;
        private final GameSums sums;
        private final Minimiser minimiser;
        private final double firstTau;

        Rounds(List<FittedGame> fitted, List<FittedGame> watched, FitRun run) {
            this.watched = watched;
            this.run = run;
            this.sums = new GameSums(run);
            this.minimiser = problem.function() instanceof LinearScore linear
                            && settings.batches().batchSize() == 0
                    ? new LeastSquares(fitted, descent, linear.features(), sums)
                    : new MinibatchAdam(fitted, settings.batches(), descent.l2(), run);
            this.firstTau = problem.game() == FitGame.STAKEHOLDER ? uniqueAbove(fitted) : problem.tau();
        }

        FitState start() {
            var heads = new ArrayList<double[]>();
            for (int h = 0; h < problem.heads(); h++) {
                heads.add(problem.function().initial(run.random("parametric.initial", h)));
            }
            return FitState.after(new FitRound(0, heads, gap(heads, tau(0))));
        }

        FitState next(FitState state) {
            double tau = tau(state.round());
            double step = Math.min(descent.step(), tau / (tau * tau + 0.125));
            var heads = state.heads();
            long done = (long) state.round() * descent.inner();
            for (int m = 0; m < descent.inner(); m++) {
                run.checkCancelled();
                var subGame = new SubGame(problem, descent.weighting(), heads, state.heads(), step, tau);
                var moved = new ArrayList<double[]>();
                for (int h = 0; h < heads.size(); h++) {
                    moved.add(minimiser.minimise(subGame, h, state.heads().get(h), done + m));
                }
                heads = moved;
            }
            var round = new FitRound(state.round() + 1, heads, gap(heads, tau));
            if (tau(Math.max(0, state.round() - 1)) > tau || tau > problem.tau()) {
                // gaps at different τ do not compare
                return FitState.after(round);
            }
            boolean progress = round.watchedGap() < state.progressGap() - PROGRESS;
            return new FitState(
                    round.number(),
                    heads,
                    round.watchedGap() < state.best().watchedGap() ? round : state.best(),
                    progress ? round.number() : state.progressRound(),
                    progress ? round.watchedGap() : state.progressGap(),
                    !progress
                            && round.number() - state.progressRound()
                                    >= settings.stop().patience());
        }

        double tau(int round) {
            return Math.max(problem.tau(), firstTau * Math.pow(COOLING, round));
        }

        private double gap(List<double[]> heads, double tau) {
            double at = problem.game() == FitGame.POPULATION ? 0 : tau;
            return sums.sum(watched, 1, (game, sum) -> sum[0] += WatchedGap.of(problem, game, heads, at))[0]
                    / watched.size();
        }

        // just above Δ/2 of the most divided game
        private double uniqueAbove(List<FittedGame> fitted) {
            double largest = 0;
            for (var game : fitted) {
                largest = Math.max(
                        largest,
                        StakeholderSolver.disagreement(
                                game.game().p(),
                                problem.stakeholders(),
                                game.game().candidates()));
            }
            return 1.02 * largest / 2;
        }
    }
}
