package org.polyphony.games.safety;

import org.polyphony.games.AllowedCandidates;
import org.polyphony.games.Preferences;

/// A preference tensor with a verdict on which candidates are unsafe applied to every stakeholder's matrix,
/// before the stakeholders are mixed: no weight of a majority buys an unsafe candidate anything.
///
/// Under a margin a safe candidate beats an unsafe one with "probability" 1 + Δ whoever judges, and two
/// unsafe ones tie. Every equilibrium of the unregularised game then gives unsafe candidates no mass, and its
/// safe part is the equilibrium among the safe. **Under a KL penalty τ mass leaks**, about exp(−(1/2 + Δ)/τ)
/// of the reference's: where the contract is "never", solve among [#allowed] instead, whose masses are
/// exactly zero.
///
/// @param p shape (S, K, K); under a margin Δ > 0 not probabilities any more, P + Pᵀ = 1 still
/// @param allowed who may play; nobody where everything is unsafe, whatever the contract: that is a refusal
public record SafePreferences(double[] p, AllowedCandidates allowed) {

    /// What is done about unsafe candidates.
    public enum Contract {
        /// They do not play.
        MASK,
        /// They play and lose against every safe candidate.
        MARGIN,
        /// They lose, and do not play: what a solver sees that looks at disallowed candidates too.
        MASK_AND_MARGIN
    }

    /// Applies a verdict to preferences.
    ///
    /// @param p preferences, shape (S, K, K); not changed
    /// @param unsafe who is unsafe, shape (K)
    /// @param margin Δ ≥ 0, in units of preference; ignored by [Contract#MASK]
    public static SafePreferences of(double[] p, int stakeholders, boolean[] unsafe, double margin, Contract contract) {
        int k = unsafe.length;
        Preferences.require(p, stakeholders, k);
        if (!(margin >= 0) || Double.isInfinite(margin)) {
            throw new IllegalArgumentException("margin is " + margin + "; it must be finite and not negative");
        }
        var safe = new boolean[k];
        boolean any = false;
        for (int i = 0; i < k; i++) {
            safe[i] = !unsafe[i];
            any |= safe[i];
        }
        boolean masked = contract != Contract.MARGIN || !any;
        var allowed = masked ? AllowedCandidates.of(safe) : AllowedCandidates.all(k);
        return new SafePreferences(contract == Contract.MASK ? p : widened(p, stakeholders, unsafe, margin), allowed);
    }

    private static double[] widened(double[] p, int stakeholders, boolean[] unsafe, double margin) {
        int k = unsafe.length;
        double[] widened = p.clone();
        for (int s = 0; s < stakeholders; s++) {
            for (int i = 0; i < k; i++) {
                for (int j = 0; j < k; j++) {
                    if (unsafe[i] || unsafe[j]) {
                        double win = unsafe[i] == unsafe[j] ? 0.5 : unsafe[j] ? 1 + margin : -margin;
                        widened[(s * k + i) * k + j] = win;
                    }
                }
            }
        }
        return widened;
    }
}
