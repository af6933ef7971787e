package org.polyphony.games.selfplay;

import org.polyphony.games.LinearSystem;

/// Iterative DPO on populations, with inverse temperature β = 4 / s: f is the Bradley-Terry model that fits P
/// best under pairs drawn from the policy, argmax Σ π_i π_j P_ij log σ(f_i − f_j), and lp⁺ = N(lp + f / β).
///
/// It has no equilibrium in mind: a score per candidate cannot express a cycle, and where there is one the
/// policy runs around it, outwards. Shipped as the baseline that most preference tuning is. To first order in
/// small margins f = 4 w, which is why β = 4 / s makes `step` mean what it means elsewhere.
///
/// **The fit** is Newton's method with the damping log(1 + D) / D, D the spread of the direction, which
/// decreases the loss at every step (Bach 2010). Where preferences are certain the optimum is infinitely far
/// away and the fit stops on the way, with differences of several dozens. The policy is frozen once a
/// candidate has less than 1e-12: the fit would not know it any more.
///
/// @param step s, > 0
public record IterativeDpo(double step) implements SelfPlayRule {

    private static final double FROZEN = 1e-12;
    private static final int NEWTON_STEPS = 60;
    private static final double FITTED = 1e-13;

    /// Validates the step.
    public IterativeDpo {
        UpdateSteps.require(step);
    }

    @Override
    public double tau() {
        return 0;
    }

    @Override
    public void advance(Iterate iterate) {
        double[] logPolicy = iterate.logPolicy();
        double[] next = iterate.scratch();
        System.arraycopy(logPolicy, 0, next, 0, next.length);
        if (next.length > 1 && smallest(iterate.policy()) >= FROZEN) {
            double[] scores = fit(iterate);
            for (int i = 0; i < next.length; i++) {
                next[i] += step / 4 * scores[i];
            }
        }
        iterate.become(next);
    }

    private static double smallest(double[] policy) {
        double smallest = policy[0];
        for (double mass : policy) {
            smallest = Math.min(smallest, mass);
        }
        return smallest;
    }

    private static double[] fit(Iterate iterate) {
        int k = iterate.candidates();
        var scores = new double[k];
        var gradient = new double[k];
        var hessian = new double[k * k];
        for (int n = 0; n < NEWTON_STEPS; n++) {
            derivatives(iterate, scores, gradient, hessian);
            var system = new LinearSystem(hessian, k);
            if (!system.isRegular()) { // every pair is certain by now
                break;
            }
            double[] direction = system.solve(gradient);
            double spread = spread(direction);
            double length = spread > FITTED ? Math.log1p(spread) / spread : 1;
            for (int i = 0; i < k; i++) {
                scores[i] += length * direction[i];
            }
            if (!(spread > FITTED)) {
                break;
            }
        }
        return scores;
    }

    // row i divided by π_i, so that rare candidates count as much in the arithmetic as frequent ones; the scores are
    // known up to a constant, which the last equation fixes: Σ π_i f_i stays where it is
    private static void derivatives(Iterate iterate, double[] scores, double[] gradient, double[] hessian) {
        int k = scores.length;
        double[] policy = iterate.policy();
        for (int i = 0; i < k - 1; i++) {
            double sum = 0;
            double curvature = 0;
            for (int j = 0; j < k; j++) {
                double win = 1 / (1 + Math.exp(scores[j] - scores[i]));
                sum += policy[j] * (0.5 + iterate.margin(i, j) - win);
                double weight = i == j ? 0 : policy[j] * win * (1 - win);
                hessian[i * k + j] = -weight;
                curvature += weight;
            }
            gradient[i] = sum;
            hessian[i * k + i] = curvature;
        }
        gradient[k - 1] = 0;
        System.arraycopy(policy, 0, hessian, (k - 1) * k, k);
    }

    private static double spread(double[] direction) {
        double largest = direction[0];
        double smallest = direction[0];
        for (double value : direction) {
            largest = Math.max(largest, value);
            smallest = Math.min(smallest, value);
        }
        return largest - smallest;
    }
}
