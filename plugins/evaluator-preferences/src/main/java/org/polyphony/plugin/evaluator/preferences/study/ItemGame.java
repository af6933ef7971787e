package org.polyphony.plugin.evaluator.preferences.study;

import org.polyphony.games.AllowedCandidates;
import org.polyphony.games.PopulationSolver;
import org.polyphony.games.Preferences;

/// The game that was solved about one item.
///
/// @param allowed the candidates that may be played
/// @param p the estimated preferences [S, K, K], row-major
/// @param logReference log-probabilities of the reference policy [K], up to a constant; zeros where it is
///     uniform
public record ItemGame(AllowedCandidates allowed, double[] p, double[] logReference) {

    /// Number of candidates, allowed or not.
    public int candidates() {
        return allowed.size();
    }

    /// The maximal lottery of the weighted mixture of preferences about this item [K].
    ///
    /// @param preferences [S, K, K], row-major
    /// @param weights of the seats [S]
    public double[] lottery(double[] preferences, double[] weights) {
        double[] mixed = Preferences.mix(preferences, weights.length, candidates(), weights);
        return new PopulationSolver().solve(mixed, allowed).policy();
    }

    /// The uniform policy over the allowed candidates [K].
    public double[] uniform() {
        double[] policy = new double[allowed.size()];
        for (int i = 0; i < allowed.count(); i++) {
            policy[allowed.index(i)] = 1.0 / allowed.count();
        }
        return policy;
    }
}
