package org.polyphony.games.welfare;

import org.polyphony.games.LogPolicies;
import org.polyphony.games.Skew;
import org.polyphony.games.Strategies;

/// The reference policy and what each stakeholder would move it towards: m_s = A_s μ, by how much s prefers
/// each candidate to a draw of the reference, and the policies π ∝ μ exp(Σ_s ω_s m_s / τ) that lie between
/// the stakeholders.
final class ReferenceTilt {

    final double[] a;
    final int stakeholders;
    final int k;
    final double[] logReference;
    final double[] mu;

    /// m_s, shape (S, K).
    final double[] margins;

    ReferenceTilt(double[] a, int stakeholders, int k, double[] logReference) {
        this.a = a;
        this.stakeholders = stakeholders;
        this.k = k;
        this.logReference = logReference;
        this.mu = new double[k];
        LogPolicies.exponentiate(logReference, 0, k, mu);
        this.margins = new double[stakeholders * k];
        for (int s = 0; s < stakeholders; s++) {
            Skew.multiply(a, s * k * k, k, mu, 0, margins, s * k);
        }
    }

    /// log μ + Σ_s ω_s m_s / τ.
    double[] logits(double[] omega, double tau) {
        double[] logits = Strategies.mixture(margins, omega, k);
        for (int i = 0; i < k; i++) {
            logits[i] = logReference[i] + logits[i] / tau;
        }
        return logits;
    }

    /// The policy of those logits.
    double[] policy(double[] omega, double tau) {
        return policy(logits(omega, tau));
    }

    /// The policy of logits, which become its probabilities.
    double[] policy(double[] policy) {
        LogPolicies.normalise(policy, 0, k);
        LogPolicies.exponentiate(policy, 0, k, policy);
        return policy;
    }

    /// ⟨π, m_s⟩ of each stakeholder, shape (S).
    double[] utilities(double[] policy) {
        var utilities = new double[stakeholders];
        for (int s = 0; s < stakeholders; s++) {
            for (int i = 0; i < k; i++) {
                utilities[s] += policy[i] * margins[s * k + i];
            }
        }
        return utilities;
    }

    /// KL(π ‖ μ).
    double divergence(double[] policy) {
        double sum = 0;
        for (int i = 0; i < k; i++) {
            sum += policy[i] > 0 ? policy[i] * (Math.log(policy[i]) - logReference[i]) : 0;
        }
        return sum;
    }

    /// ω_s μ_j, shape (S, K).
    double[] duals(double[] omega) {
        var duals = new double[stakeholders * k];
        for (int s = 0; s < stakeholders; s++) {
            for (int j = 0; j < k; j++) {
                duals[s * k + j] = omega[s] * mu[j];
            }
        }
        return duals;
    }
}
