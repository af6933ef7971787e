package org.polyphony.alignment;

import java.util.Optional;
import org.polyphony.games.AllowedCandidates;
import org.polyphony.games.Preferences;
import org.polyphony.games.voting.Ballots;
import org.polyphony.spi.alignment.Game;
import org.polyphony.spi.tensor.Tensor;

/// One game on plain arrays, as the solvers of lib-games read it; all its candidates included.
///
/// @param p preferences, shape (S, K, K)
/// @param stakeholders S
/// @param allowed who may play
/// @param weights of the stakeholders, shape (S)
/// @param logReference log-probabilities of the reference policy, shape (K); −∞ where it has no mass
/// @param ballots of the voters, on all candidates; absent where the request brings none
/// @param features of all candidates, shape (K, D); absent where the request brings none
public record MatrixGame(
        double[] p,
        int stakeholders,
        AllowedCandidates allowed,
        double[] weights,
        double[] logReference,
        Optional<Ballots> ballots,
        Optional<double[]> features) {

    /// A copy of a game.
    ///
    /// @param weights of the stakeholders, shape (S)
    public static MatrixGame of(Game game, double[] weights) {
        int k = game.candidates();
        var mask = new boolean[k];
        for (int i = 0; i < k; i++) {
            mask[i] = game.allowed(i);
        }
        return new MatrixGame(
                game.preferences().toDoubles(),
                game.stakeholders(),
                AllowedCandidates.of(mask),
                weights,
                game.logReference().map(Tensor::toDoubles).orElseGet(() -> new double[k]),
                game.ballots().map(ranks -> ballots(ranks, game.ballotWeights(), k)),
                game.features().map(Tensor::toDoubles));
    }

    private static Ballots ballots(Tensor ranks, Optional<Tensor> weights, int k) {
        double[] cast = ranks.toDoubles();
        return weights.map(each -> new Ballots(cast, each.toDoubles(), k)).orElseGet(() -> Ballots.of(cast, k));
    }

    /// K, the disallowed candidates included.
    public int candidates() {
        return logReference.length;
    }

    /// P̄ = Σ_s ω_s P_s, shape (K, K). Mixing is linear, so masking before or after it is the same.
    ///
    /// @throws IllegalArgumentException if an entry or a weight is not a number that it may be
    public double[] mixture() {
        return Preferences.mix(p, stakeholders, candidates(), weights);
    }

    /// Who can play under a KL penalty: a candidate without mass under the reference would cost
    /// infinitely much. One whose mass is too small to be written down as a number has none.
    ///
    /// @throws IllegalArgumentException if the reference rules out everyone who is allowed
    public AllowedCandidates reachable() {
        var mask = new boolean[candidates()];
        for (int i = 0; i < allowed.count(); i++) {
            mask[allowed.index(i)] = Math.exp(logReference[allowed.index(i)]) > 0;
        }
        var reachable = AllowedCandidates.of(mask);
        if (reachable.isEmpty()) {
            throw new IllegalArgumentException("the reference policy gives no mass to any of the " + allowed.count()
                    + " allowed candidates; give it some, or leave the reference out");
        }
        return reachable;
    }
}
