package org.polyphony.games.parametric;

import java.util.Arrays;
import java.util.OptionalDouble;
import org.polyphony.games.AllowedCandidates;
import org.polyphony.games.Preferences;

/// One game that a policy is fitted to, over the candidates that take part in the fit.
///
/// @param item which item it is about; decides whether it is held out
/// @param p preferences, shape (S, K, K)
/// @param mixture preferences of the weighted population, shape (K, K)
/// @param playing who may be played; the others, if any, are unsafe candidates that teach the policy what
///     to avoid
/// @param logReference log μ up to a constant, finite, shape (K)
/// @param features shape (K, D)
public record TrainingGame(
        long item, double[] p, double[] mixture, AllowedCandidates playing, double[] logReference, double[] features) {

    /// The game among the allowed candidates that have mass under the reference.
    ///
    /// With an unsafe margin Δ, candidates that are not allowed stay in the fit and every allowed one
    /// beats them with probability 1/2 + (1/2 + Δ) in each stakeholder's tensor before mixing, unsafe ones
    /// tie among each other: ALGORITHMS 7, the safe preference game. The fitted scores of unsafe
    /// candidates fall; what they may play does not depend on it.
    ///
    /// @param p preferences of all K candidates, shape (S, K, K)
    /// @param logReference shape (K); −∞ where the reference has no mass: such a candidate takes no part
    /// @param features of all K candidates, shape (K, D)
    /// @throws IllegalArgumentException if no candidate may be played, or a number of those that take part
    ///     is not finite
    public static TrainingGame of(
            long item,
            double[] p,
            double[] weights,
            AllowedCandidates allowed,
            double[] logReference,
            double[] features,
            OptionalDouble unsafeMargin) {
        int k = allowed.size();
        var safe = new boolean[k];
        for (int i = 0; i < allowed.count(); i++) {
            safe[allowed.index(i)] = true;
        }
        var taking = new boolean[k];
        for (int i = 0; i < k; i++) {
            taking[i] = (safe[i] || unsafeMargin.isPresent()) && logReference[i] > Double.NEGATIVE_INFINITY;
        }
        var part = AllowedCandidates.of(taking);
        int n = part.count();
        var plays = new boolean[n];
        for (int i = 0; i < n; i++) {
            plays[i] = safe[part.index(i)];
        }
        var playing = AllowedCandidates.of(plays);
        if (playing.isEmpty()) {
            throw new IllegalArgumentException(
                    "none of the " + k + " candidates is allowed and has mass under the reference; leave the game out");
        }
        int stakeholders = weights.length;
        double[] restricted = part.restrictMatrices(p, stakeholders).clone();
        if (unsafeMargin.isPresent()) {
            separate(restricted, stakeholders, plays, unsafeMargin.getAsDouble());
        }
        int d = features.length / k;
        var phi = new double[n * d];
        for (int i = 0; i < n; i++) {
            System.arraycopy(features, part.index(i) * d, phi, i * d, d);
        }
        requireFinite(phi, d);
        return new TrainingGame(
                item,
                restricted,
                Preferences.mix(restricted, stakeholders, n, weights),
                playing,
                part.restrict(logReference),
                phi);
    }

    /// K, unsafe candidates that take part included.
    public int candidates() {
        return logReference.length;
    }

    /// P_s, shape (K, K).
    double[] preferencesOf(int stakeholder) {
        int size = candidates() * candidates();
        return Arrays.copyOfRange(p, stakeholder * size, (stakeholder + 1) * size);
    }

    private static void separate(double[] p, int stakeholders, boolean[] safe, double margin) {
        int n = safe.length;
        for (int s = 0; s < stakeholders; s++) {
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    if (!safe[i] || !safe[j]) {
                        double lead = (safe[i] ? 0.5 + margin : 0) - (safe[j] ? 0.5 + margin : 0);
                        p[(s * n + i) * n + j] = 0.5 + lead;
                    }
                }
            }
        }
    }

    private static void requireFinite(double[] phi, int d) {
        for (int i = 0; i < phi.length; i++) {
            if (!Double.isFinite(phi[i])) {
                throw new IllegalArgumentException(
                        "feature " + i % d + " of a candidate is " + phi[i] + "; features must be finite");
            }
        }
    }
}
