package org.polyphony.games;

import java.util.Arrays;

/// Own-centre mirror-prox on the stakeholder game (Nemirovski 2004, with the KL term solved implicitly), all players at
/// once. With g_s = A_s q_s, step η and N = normalise:
///
///     half_s = N((log π_s + η τ log μ + η g_s)   / (1 + η τ))
///     next_s = N((log π_s + η τ log μ + η g'_s)  / (1 + η τ))      g' at the half step
///
/// The preferences are 1/2-Lipschitz from the 1-norm to the maximum norm, so η = 2 is safe where the game is monotone.
/// Where it is not, η = 2 mostly works as well, and needs some ten times fewer steps than η = min(1, 2 τ); it is halved
/// whenever the residual has stopped falling.
///
/// The iterate and its scratch space; one game, one thread.
final class MirrorProx {

    private static final double LARGEST_STEP = 2;
    private static final int CHECK_EVERY = 8;
    private static final int PATIENCE = 100 * CHECK_EVERY;
    private static final int HALVINGS = 5;

    private final double[] a;
    private final double[] lambda;
    private final int stakeholders;
    private final int k;
    private final double[] reference;
    private double[] logProfile;
    private final double[] half;
    private final double[] policies;
    private final double[] gradients;
    private final double[] opponents;
    private int steps;

    /// @param a payoffs, shape (stakeholders, k, k)
    /// @param lambda opponents' shares, shape (stakeholders, stakeholders)
    /// @param reference log μ, normalised; every player starts there
    MirrorProx(double[] a, double[] lambda, int stakeholders, int k, double[] reference) {
        this.a = a;
        this.lambda = lambda;
        this.stakeholders = stakeholders;
        this.k = k;
        this.reference = reference;
        this.logProfile = new double[stakeholders * k];
        this.half = new double[stakeholders * k];
        this.policies = new double[stakeholders * k];
        this.gradients = new double[stakeholders * k];
        this.opponents = new double[k];
        for (int s = 0; s < stakeholders; s++) {
            System.arraycopy(reference, 0, logProfile, s * k, k);
        }
    }

    int steps() {
        return steps;
    }

    double[] profile() {
        var profile = new double[stakeholders * k];
        LogPolicies.exponentiate(logProfile, 0, stakeholders * k, profile);
        return profile;
    }

    /// Iterates at one τ until the residual is at most `tolerance`; false if it gave up or ran out of steps, with the
    /// best iterate in place.
    boolean solve(double tau, double tolerance, int maxSteps) {
        double step = LARGEST_STEP;
        double best = residual(tau);
        double[] bestProfile = logProfile.clone();
        int lastProgress = steps;
        int halvings = 0;
        while (best > tolerance && steps < maxSteps) {
            for (int n = 0; n < CHECK_EVERY; n++) {
                advance(tau, step);
            }
            double residual = residual(tau);
            if (residual < 0.99 * best) {
                lastProgress = steps;
            }
            if (residual < best) {
                best = residual;
                bestProfile = logProfile.clone();
            }
            if (steps - lastProgress > PATIENCE) {
                if (halvings == HALVINGS) {
                    break;
                }
                halvings++;
                step /= 2;
                logProfile = bestProfile.clone();
                lastProgress = steps;
            }
        }
        logProfile = bestProfile;
        return best <= tolerance;
    }

    /// max over players and candidates of |π_s − BR_s|.
    double residual(double tau) {
        gradients(logProfile);
        double largest = 0;
        var response = new double[k];
        for (int s = 0; s < stakeholders; s++) {
            bestResponse(s, tau, response);
            for (int i = 0; i < k; i++) {
                largest = Math.max(largest, Math.abs(policies[s * k + i] - Math.exp(response[i])));
            }
        }
        return largest;
    }

    /// τ KL(π_s ‖ BR_s) per player, which is BRval_s − u_s without its cancellation.
    double[] nashConv(double tau) {
        gradients(logProfile);
        var nashConv = new double[stakeholders];
        var response = new double[k];
        for (int s = 0; s < stakeholders; s++) {
            bestResponse(s, tau, response);
            nashConv[s] = tau * LogPolicies.divergence(logProfile, s * k, response, k);
        }
        return nashConv;
    }

    private void advance(double tau, double step) {
        gradients(logProfile);
        proximal(tau, step, half);
        gradients(half);
        proximal(tau, step, logProfile);
        steps++;
    }

    // from the centre log π and the gradients in place; `target` may be the centre itself
    private void proximal(double tau, double step, double[] target) {
        double shrink = 1 / (1 + step * tau);
        for (int s = 0; s < stakeholders; s++) {
            for (int i = 0; i < k; i++) {
                int at = s * k + i;
                target[at] = (logProfile[at] + step * (tau * reference[i] + gradients[at])) * shrink;
            }
            LogPolicies.normalise(target, s * k, k);
        }
    }

    // g_s = A_s q_s at the given profile, whose probabilities are left in `policies`
    private void gradients(double[] logPolicies) {
        LogPolicies.exponentiate(logPolicies, 0, stakeholders * k, policies);
        for (int s = 0; s < stakeholders; s++) {
            Arrays.fill(opponents, 0);
            for (int r = 0; r < stakeholders; r++) {
                double share = lambda[s * stakeholders + r];
                if (share != 0) {
                    for (int i = 0; i < k; i++) {
                        opponents[i] += share * policies[r * k + i];
                    }
                }
            }
            Skew.multiply(a, s * k * k, k, opponents, 0, gradients, s * k);
        }
    }

    private void bestResponse(int s, double tau, double[] response) {
        for (int i = 0; i < k; i++) {
            response[i] = reference[i] + gradients[s * k + i] / tau;
        }
        LogPolicies.normalise(response, 0, k);
    }
}
