package org.polyphony.spi.alignment;

import java.util.List;
import org.polyphony.spi.tensor.Tensor;

/// Preference games of many items among the same stakeholders.
///
/// @param stakeholders names of the seats, shape (S)
/// @param weights FLOAT64, shape (S), non-negative, summing to one: the charter's weights
/// @param regime how the candidates relate to the policy
/// @param buckets games of equal K, ascending K
public record PreferenceGames(
        List<String> stakeholders, Tensor weights, CandidateRegime regime, List<GameBucket> buckets) {

    public PreferenceGames {
        stakeholders = List.copyOf(stakeholders);
        buckets = List.copyOf(buckets);
        if (weights.size() != stakeholders.size()) {
            throw new IllegalArgumentException(
                    "weights must fit " + stakeholders.size() + " stakeholders, got " + weights);
        }
        for (var bucket : buckets) {
            if (bucket.stakeholders() != stakeholders.size()) {
                throw new IllegalArgumentException(
                        "p must fit " + stakeholders.size() + " stakeholders, got " + bucket.p());
            }
        }
    }

    /// Games over enumerated candidates.
    public static PreferenceGames of(List<String> stakeholders, Tensor weights, List<GameBucket> buckets) {
        return new PreferenceGames(stakeholders, weights, CandidateRegime.ENUMERATED, buckets);
    }

    /// How many games there are in all buckets.
    public int count() {
        return buckets.stream().mapToInt(GameBucket::games).sum();
    }

    /// Game `n`, counted through all buckets.
    ///
    /// @throws IndexOutOfBoundsException if there are not that many
    public Game game(int n) {
        return Game.of(this, n);
    }
}
