package org.polyphony.games.selfplay;

import java.util.Arrays;
import org.polyphony.games.AllowedCandidates;
import org.polyphony.games.LogPolicies;
import org.polyphony.games.Preferences;
import org.polyphony.games.Skew;

/// Runs a self-play rule on a game from the reference policy, until the gap is at most a tolerance or a
/// number of updates is used up. The gap is measured at every update below 50 and at every tenth after that;
/// where it stops has no influence on where it goes, so a run of N updates is the beginning of every longer
/// one.
///
/// This is the definition, in plain double precision, that faster kernels are compared with.
///
/// Immutable; may be shared between threads. Never throws for a game that it does not solve: `converged` says
/// so.
public final class SelfPlaySolver {

    private static final int EVERY_UPDATE_BELOW = 50;
    private static final int THEN_EVERY = 10;
    private static final int PAUSE_EVERY = 1024;

    private final SelfPlayRule rule;
    private final double tolerance;
    private final int maxUpdates;
    private final boolean average;
    private final Runnable pause;

    private SelfPlaySolver(SelfPlayRule rule, double tolerance, int maxUpdates, boolean average, Runnable pause) {
        this.rule = rule;
        this.tolerance = tolerance;
        this.maxUpdates = maxUpdates;
        this.average = average;
        this.pause = pause;
    }

    /// One that answers the last policy.
    ///
    /// @param tolerance on the gap, ≥ 0
    /// @param maxUpdates ≥ 0
    public static SelfPlaySolver of(SelfPlayRule rule, double tolerance, int maxUpdates) {
        if (!(tolerance >= 0)) {
            throw new IllegalArgumentException("tolerance is " + tolerance + "; it must not be negative");
        }
        if (maxUpdates < 0) {
            throw new IllegalArgumentException("maxUpdates is " + maxUpdates + "; it must not be negative");
        }
        return new SelfPlaySolver(rule, tolerance, maxUpdates, false, () -> {});
    }

    /// The same, answering and measuring the average of the policies that were played, the last one not among
    /// them.
    ///
    /// @throws IllegalArgumentException if the rule aims at a regularised game, whose theory is of the last
    ///     policy
    public SelfPlaySolver withAverage() {
        if (rule.tau() > 0) {
            throw new IllegalArgumentException(rule + " is a rule whose last policy converges; do not average it");
        }
        return new SelfPlaySolver(rule, tolerance, maxUpdates, true, pause);
    }

    /// The same, calling `check` every 1,024 updates; it may throw to stop the run.
    public SelfPlaySolver withPause(Runnable check) {
        return new SelfPlaySolver(rule, tolerance, maxUpdates, average, check);
    }

    /// The rule it runs.
    public SelfPlayRule rule() {
        return rule;
    }

    /// The gap at which it stops.
    public double tolerance() {
        return tolerance;
    }

    /// Solves one game among all its candidates.
    ///
    /// @param p preferences in \[0, 1\], shape (k, k)
    /// @param logReference log μ in nats, finite, shape (k), normalised here; the policy starts there
    /// @throws IllegalArgumentException if `p` or `logReference` does not hold that many finite entries
    public SelfPlayOutcome solve(double[] p, int k, double[] logReference) {
        Preferences.require(p, 1, k);
        var a = new double[k * k];
        Skew.payoff(p, 0, k, a);
        return run(new Iterate(a, k, LogPolicies.reference(logReference, k)), new PolicyAverage(average ? k : 0));
    }

    /// Solves the game among the allowed candidates, with the reference conditioned on them; the others get
    /// exactly zero.
    ///
    /// @throws IllegalArgumentException if nothing is allowed: the caller refuses, there is no policy to
    ///     return
    public SelfPlayOutcome solve(double[] p, AllowedCandidates allowed, double[] logReference) {
        Preferences.requireSomeone(allowed);
        var solved = solve(allowed.restrictMatrices(p, 1), allowed.count(), allowed.restrict(logReference));
        return solved.withPolicy(allowed.expand(solved.policy(), 0));
    }

    /// Solves games `from` (included) to `to` (excluded) of a batch of equal k that lies in one array, the
    /// whole of one game before the next, so that its payoffs stay in the nearest cache. A kernel for batches
    /// takes the place of this loop.
    ///
    /// @param p shape (games, k, k)
    /// @param logReferences shape (games, k)
    /// @param outcomes receives one outcome per game, at the game's index
    public void solveEach(double[] p, int k, double[] logReferences, int from, int to, SelfPlayOutcome[] outcomes) {
        for (int game = from; game < to; game++) {
            outcomes[game] = solve(
                    Arrays.copyOfRange(p, game * k * k, (game + 1) * k * k),
                    k,
                    Arrays.copyOfRange(logReferences, game * k, (game + 1) * k));
        }
    }

    private SelfPlayOutcome run(Iterate iterate, PolicyAverage played) {
        int updates = 0;
        double gap = iterate.gap(rule.tau());
        while (gap > tolerance && updates < maxUpdates && !iterate.hasDiverged()) {
            if (average) {
                played.add(iterate);
            }
            rule.advance(iterate);
            updates++;
            if (updates < EVERY_UPDATE_BELOW || updates % THEN_EVERY == 0 || updates == maxUpdates) {
                gap = gap(iterate, played);
            }
            if (updates % PAUSE_EVERY == 0) {
                pause.run();
            }
        }
        gap = gap(iterate, played);
        double[] policy = played.isEmpty() ? iterate.policy() : played.policy();
        return new SelfPlayOutcome(policy, gap, updates, iterate.products(), gap <= tolerance);
    }

    private double gap(Iterate iterate, PolicyAverage played) {
        return played.isEmpty() ? iterate.gap(rule.tau()) : played.gap();
    }

    /// The plain average of policies, and of their payoffs: A of an average is the average of A.
    private static final class PolicyAverage {

        private final double[] policies;
        private final double[] payoffs;
        private int count;

        PolicyAverage(int k) {
            this.policies = new double[k];
            this.payoffs = new double[k];
        }

        void add(Iterate iterate) {
            double[] policy = iterate.policy();
            double[] w = iterate.payoffs();
            for (int i = 0; i < policies.length; i++) {
                policies[i] += policy[i];
                payoffs[i] += w[i];
            }
            count++;
        }

        boolean isEmpty() {
            return count == 0;
        }

        double gap() {
            return 2 * Iterate.largest(payoffs) / count;
        }

        double[] policy() {
            return Arrays.stream(policies).map(mass -> mass / count).toArray();
        }
    }
}
