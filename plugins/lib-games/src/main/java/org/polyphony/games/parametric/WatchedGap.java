package org.polyphony.games.parametric;

import java.util.ArrayList;
import java.util.List;
import org.polyphony.games.LogPolicies;

/// How far policies are from the equilibrium that is fitted, among the candidates that may be played: what
/// players could gain by deviating alone. For one policy against itself that is the duality gap, 2 max(A
/// π), or gap_τ; for stakeholders the sum of NashConv at τ.
final class WatchedGap {

    private WatchedGap() {}

    /// @param tau 0 for the unregularised game
    static double of(FitProblem problem, FittedGame game, List<double[]> heads, double tau) {
        var playing = game.game().playing();
        int k = playing.count();
        double[] reference = normalised(playing.restrict(game.logReference()));
        var policies = new ArrayList<double[]>();
        for (double[] theta : heads) {
            policies.add(normalised(playing.restrict(game.logPolicy(problem.function(), theta))));
        }
        if (problem.game() != FitGame.STAKEHOLDER) {
            double[] p = playing.restrictMatrices(game.game().mixture(), 1);
            double[] own = policies.getFirst();
            return 2 * gain(p, k, own, own, reference, tau);
        }
        double sum = 0;
        for (int s = 0; s < policies.size(); s++) {
            double[] p = playing.restrictMatrices(game.game().preferencesOf(s), 1);
            var others = new ArrayList<>(policies);
            if (policies.size() > 1) {
                others.remove(s);
            }
            sum += gain(p, k, policies.get(s), SubGame.mean(others), reference, tau);
        }
        return sum;
    }

    // the best response's value less the policy's own
    private static double gain(
            double[] p, int k, double[] logPolicy, double[] logOpponent, double[] logReference, double tau) {
        var values = new double[k];
        double own = 0;
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                values[i] += p[i * k + j] * Math.exp(logOpponent[j]);
            }
            double mass = Math.exp(logPolicy[i]);
            own += mass * values[i];
            // no mass, no divergence
            own -= mass > 0 ? tau * mass * (logPolicy[i] - logReference[i]) : 0;
        }
        return (tau > 0 ? soft(values, logReference, tau) : largest(values)) - own;
    }

    private static double soft(double[] values, double[] logReference, double tau) {
        var terms = new double[values.length];
        for (int i = 0; i < terms.length; i++) {
            terms[i] = logReference[i] + values[i] / tau;
        }
        return tau * LogPolicies.logSumExp(terms, 0, terms.length);
    }

    private static double largest(double[] values) {
        double largest = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            largest = Math.max(largest, value);
        }
        return largest;
    }

    private static double[] normalised(double[] logits) {
        double[] copy = logits.clone();
        LogPolicies.normalise(copy, 0, copy.length);
        return copy;
    }
}
