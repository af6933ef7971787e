package org.polyphony.engine.game;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.polyphony.spi.alignment.GameBucket;
import org.polyphony.spi.alignment.PreferenceGames;
import org.polyphony.spi.preference.Candidates;
import org.polyphony.spi.profile.PreferenceEstimate;
import org.polyphony.spi.tensor.Tensor;

/// Puts estimated preferences, the charter's weights and the review together into games.
public final class GameAssembly {

    private GameAssembly() {}

    /// Decides about items and their candidates.
    public interface Playable {

        /// Whether there is something to choose about an item.
        boolean poses(int item);

        /// Whether candidate number `candidate` of all, which is one of `item`, may be played.
        boolean test(int item, int candidate);
    }

    /// The games: estimated P shared without a copy, candidates that were refused marked as not allowed. Items about
    /// which there is nothing to choose form none; the others of their bucket are copied.
    ///
    /// @param weights seat → weight > 0; empty means equal. Normalised to sum to one
    /// @param playable which candidates may be played
    /// @param features FLOAT64, shape (M, D), of all candidates
    /// @param ballots the rankings that were learned from
    public static PreferenceGames games(
            PreferenceEstimate estimate,
            Candidates candidates,
            Map<String, Double> weights,
            Playable playable,
            Optional<Tensor> features,
            RankingBallots ballots) {
        var shares = weights(estimate.viewpoints(), weights);
        var buckets = new ArrayList<GameBucket>();
        for (var bucket : estimate.pairs()) {
            int n = Math.toIntExact(bucket.items().size());
            int k = bucket.candidates();
            var allowed = new byte[n * k];
            for (int g = 0; g < n; g++) {
                int item = bucket.items().getInt(g);
                int first = candidates.first(item);
                for (int i = 0; i < k; i++) {
                    allowed[g * k + i] = (byte) (playable.test(item, first + i) ? 1 : 0);
                }
            }
            var games = ballots.into(
                    GameBucket.of(bucket.items(), bucket.p()).withAllowed(Tensor.ofBytes(allowed, n, k)),
                    shares.toDoubles());
            buckets.add(features.map(of -> games.withFeatures(features(of, bucket.items(), candidates, k)))
                    .orElse(games));
        }
        var all = PreferenceGames.of(estimate.viewpoints(), shares, buckets);
        boolean eachPoses = estimate.pairs().stream()
                .flatMapToInt(bucket -> IntStream.range(
                                0, Math.toIntExact(bucket.items().size()))
                        .map(bucket.items()::getInt))
                .allMatch(playable::poses);
        return eachPoses ? all : GameSelection.select(all, playable::poses);
    }

    private static Tensor features(Tensor all, Tensor items, Candidates candidates, int k) {
        int n = Math.toIntExact(items.size());
        int d = all.dimension(1);
        var features = Tensor.ofDoubles(new double[n * k * d], n, k, d);
        for (int g = 0; g < n; g++) {
            var of = all.slice(candidates.first(items.getInt(g)), k);
            features.slice(g, 1).data().copyFrom(of.data());
        }
        return features;
    }

    /// What seats weigh, FLOAT64, shape (S), summing to one.
    ///
    /// @param weights seat → weight > 0; empty means equal
    public static Tensor weights(List<String> seats, Map<String, Double> weights) {
        var values = new double[seats.size()];
        double sum = 0;
        for (int s = 0; s < values.length; s++) {
            values[s] = weights.getOrDefault(seats.get(s), 1.0);
            sum += values[s];
        }
        for (int s = 0; s < values.length; s++) {
            values[s] /= sum;
        }
        return Tensor.ofDoubles(values, values.length);
    }
}
