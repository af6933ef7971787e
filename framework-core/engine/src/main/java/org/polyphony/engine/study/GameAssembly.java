package org.polyphony.engine.study;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.polyphony.spi.alignment.GameBucket;
import org.polyphony.spi.alignment.PreferenceGames;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.preference.Candidates;
import org.polyphony.spi.profile.PreferenceEstimate;
import org.polyphony.spi.tensor.ElementType;
import org.polyphony.spi.tensor.Tensor;

/// Puts estimated preferences, the charter's weights and the review together into games.
final class GameAssembly {

    // of P + Pᵀ; what the verifier bears
    private static final double ROUNDING = 1e-12;

    private GameAssembly() {}

    /// Decides about candidates.
    @FunctionalInterface
    interface Playable {

        /// Whether candidate number `candidate` of all, which is one of `item`, may be played.
        boolean test(int item, int candidate);
    }

    /// The games: estimated P shared without a copy, candidates that were refused marked as not allowed.
    ///
    /// @param weights seat → weight > 0; empty means equal. Normalised to sum to one
    /// @param playable which candidates may be played
    /// @param features FLOAT64, shape (M, D), of all candidates
    /// @param ballots the rankings that were learned from
    static PreferenceGames games(
            PreferenceEstimate estimate,
            Candidates candidates,
            Map<String, Double> weights,
            Playable playable,
            Optional<Tensor> features,
            RankingBallots ballots) {
        var shares = weights(estimate.stakeholders(), weights);
        var buckets = new ArrayList<GameBucket>();
        for (var bucket : estimate.buckets()) {
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
        return PreferenceGames.of(estimate.stakeholders(), shares, buckets);
    }

    /// Makes sure that a profiler answered preferences: of the seats asked for, about each item at most
    /// once, with as many candidates as the item has, as probabilities with P + Pᵀ = 1.
    ///
    /// @throws AlignmentException with code `PLUGIN_FAILED`
    static void requirePreferences(
            PreferenceEstimate estimate, Candidates candidates, List<String> seats, String profiler) {
        require(estimate.stakeholders().equals(seats), profiler, "the seats " + estimate.stakeholders(), seats);
        var seen = new BitSet();
        for (var bucket : estimate.buckets()) {
            var p = bucket.p();
            int k = bucket.candidates();
            int n = p.dimension(0);
            require(p.type() == ElementType.FLOAT64 && p.dimension(2) == k, profiler, p, "FLOAT64[B, S, K, K]");
            require(p.dimension(1) == seats.size(), profiler, p, seats.size() + " stakeholders");
            require(
                    bucket.items().type() == ElementType.INT32 && bucket.items().size() == n,
                    profiler,
                    "items " + bucket.items(),
                    "INT32[" + n + "]");
            for (int item : bucket.items().toInts()) {
                boolean known = item >= 0 && item < candidates.items().size();
                require(known && !seen.get(item), profiler, "item number " + item, "each item once");
                require(candidates.count(item) == k, profiler, k + " candidates", candidates.count(item));
                seen.set(item);
            }
            var matrices = p.reshape(n * seats.size(), k, k);
            for (int m = 0; m < n * seats.size(); m++) {
                requireProbabilities(matrices.slice(m, 1).toDoubles(), k, profiler);
            }
        }
        int items = candidates.items().size();
        require(seen.cardinality() == items, profiler, seen.cardinality() + " items", items + " items");
    }

    private static void requireProbabilities(double[] p, int k, String profiler) {
        for (int i = 0; i < k; i++) {
            for (int j = 0; j <= i; j++) {
                double there = p[i * k + j];
                double back = p[j * k + i];
                boolean fits = there >= 0 && there <= 1 && back >= 0 && back <= 1;
                require(
                        fits && Math.abs(there + back - 1) <= ROUNDING,
                        profiler,
                        "the preferences " + there + " and " + back + " of candidates " + i + " and " + j,
                        "probabilities that add up to 1");
            }
        }
    }

    private static void require(boolean holds, String profiler, Object got, Object wanted) {
        if (!holds) {
            throw new AlignmentException(
                    StandardErrorCode.PLUGIN_FAILED,
                    "profiler '" + profiler + "' answered " + got + " where " + wanted
                            + " is needed; its author must fix it");
        }
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

    private static Tensor weights(List<String> seats, Map<String, Double> weights) {
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
