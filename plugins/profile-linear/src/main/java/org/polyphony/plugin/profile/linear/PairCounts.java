package org.polyphony.plugin.profile.linear;

import java.util.Arrays;
import java.util.TreeMap;

/// How often each seat, and each person who has a profile, compared which candidates.
///
/// @param keys (who · N + i) · N + k with i < k of N candidates, ascending
/// @param weight weight of the comparisons, like `keys`
/// @param candidates N
record PairCounts(long[] keys, double[] weight, int candidates) {

    /// Counts while rows come.
    static final class Counting {
        private final TreeMap<Long, Double> weight = new TreeMap<>();
        private final int candidates;

        Counting(int candidates) {
            this.candidates = candidates;
        }

        void add(int who, int i, int k, double times) {
            weight.merge(key(who, i, k, candidates), times, Double::sum);
        }

        PairCounts done() {
            return new PairCounts(
                    weight.keySet().stream().mapToLong(key -> key).toArray(),
                    weight.values().stream().mapToDouble(of -> of).toArray(),
                    candidates);
        }
    }

    /// Weight of the comparisons of two candidates of the fit, in either order.
    double of(int who, int i, int k) {
        int at = Arrays.binarySearch(keys, key(who, i, k, candidates));
        return at < 0 ? 0 : weight[at];
    }

    static long key(int who, int i, int k, int candidates) {
        return ((long) who * candidates + Math.min(i, k)) * candidates + Math.max(i, k);
    }
}
