package org.polyphony.games.selfplay;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.polyphony.games.LogPolicies;
import org.polyphony.games.Preferences;
import org.polyphony.games.Skew;
import org.polyphony.games.kernel.MirrorDescent;
import org.polyphony.games.kernel.MirrorDescentKernel;
import org.polyphony.games.kernel.RaggedGames;

/// Runs [Inpo], or [Mwu] where τ = 0, on many games at once by a kernel. The last policy is answered. Its gap is
/// measured in double precision, every 50 updates; a game that reached the tolerance stops.
///
/// @param kernel what updates
/// @param step s, > 0
/// @param tau τ, ≥ 0
/// @param tolerance on the gap, ≥ 0
/// @param maxUpdates ≥ 0
/// @param pause called every 50 updates; may throw to stop the run
public record BatchedMirrorDescent(
        MirrorDescentKernel kernel, double step, double tau, double tolerance, int maxUpdates, Runnable pause) {

    private static final int BETWEEN_GAPS = 50;

    /// Validates step and τ, whose product is at most 1.
    public BatchedMirrorDescent {
        new MirrorDescent(step, tau, maxUpdates);
    }

    /// Where the games ended, in their order. Runs on the calling thread.
    public List<SelfPlayOutcome> solve(List<Game> games) {
        var runs = games.stream().map(Run::new).toList();
        List<Run> running = measure(runs, 0);
        for (int updates = 0; updates < maxUpdates && !running.isEmpty(); ) {
            pause.run();
            int more = Math.min(BETWEEN_GAPS, maxUpdates - updates);
            var batch = RaggedGames.of(running.stream().map(Run::game).toList());
            batch.iterate(kernel, new MirrorDescent(step, tau, more), RaggedGames.Runner.SEQUENTIAL);
            List<double[]> policies = batch.logPolicies();
            for (int n = 0; n < running.size(); n++) {
                running.get(n).logPolicy = policies.get(n);
            }
            updates += more;
            running = measure(running, updates);
        }
        return runs.stream().map(Run::outcome).toList();
    }

    /// The runs that are not yet at the tolerance.
    private List<Run> measure(List<Run> runs, int updates) {
        List<Run> left = new ArrayList<>();
        for (var run : runs) {
            if (!run.measure(updates)) {
                left.add(run);
            }
        }
        return left;
    }

    /// One game among all its candidates.
    ///
    /// @param p preferences, shape (k, k)
    /// @param logReference log μ, finite, shape (k); the policy starts there
    public record Game(double[] p, double[] logReference) {

        /// Validates both.
        public Game {
            Preferences.require(p, 1, logReference.length);
            logReference = LogPolicies.reference(logReference, logReference.length);
        }
    }

    private final class Run {

        private final Game game;
        private double[] logPolicy;
        private int updates;
        private double gap;

        Run(Game game) {
            this.game = game;
            this.logPolicy = game.logReference();
        }

        RaggedGames.Game game() {
            return new RaggedGames.Game(game.p(), game.logReference(), logPolicy);
        }

        boolean measure(int afterUpdates) {
            int k = logPolicy.length;
            var a = new double[k * k];
            Skew.payoff(game.p(), 0, k, a);
            var iterate = new Iterate(a, k, game.logReference());
            iterate.become(logPolicy);
            updates = afterUpdates;
            gap = iterate.gap(tau);
            return gap <= tolerance;
        }

        SelfPlayOutcome outcome() {
            double[] policy = Arrays.stream(logPolicy).map(Math::exp).toArray();
            int measured = 1 + Math.ceilDiv(updates, BETWEEN_GAPS);
            return new SelfPlayOutcome(policy, gap, updates, (long) updates + measured, gap <= tolerance);
        }
    }
}
