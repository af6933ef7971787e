package org.polyphony.games.voting;

import java.util.Arrays;
import org.polyphony.games.AllowedCandidates;

/// Weighted rankings of K candidates by V voters. Smaller ranks are better, equal ranks are ties; candidates
/// without a rank (NaN) are below all that have one, with no preference among them. A ballot without any rank
/// abstains.
///
/// @param ranks shape (V, K), NaN where unranked
/// @param weights how much each ballot counts, not negative, shape (V)
/// @param candidates K
public record Ballots(double[] ranks, double[] weights, int candidates) {

    public Ballots {
        if (candidates < 1 || ranks.length != Math.multiplyExact(weights.length, candidates)) {
            throw new IllegalArgumentException(ranks.length + " ranks, " + weights.length + " ballots on " + candidates
                    + " candidates need " + (long) weights.length * candidates);
        }
        for (int v = 0; v < weights.length; v++) {
            if (!(weights[v] >= 0) || Double.isInfinite(weights[v])) {
                throw new IllegalArgumentException(
                        "ballot " + v + " has weight " + weights[v] + "; weights are finite and not negative");
            }
        }
    }

    /// Ballots that count one each.
    public static Ballots of(double[] ranks, int candidates) {
        var ones = new double[ranks.length / candidates];
        Arrays.fill(ones, 1);
        return new Ballots(ranks, ones, candidates);
    }

    /// V.
    public int voters() {
        return weights.length;
    }

    /// The same voters on the allowed candidates alone.
    public Ballots restrict(AllowedCandidates allowed) {
        if (allowed.isAll()) {
            return this;
        }
        int n = allowed.count();
        var left = new double[voters() * n];
        for (int v = 0; v < voters(); v++) {
            for (int i = 0; i < n; i++) {
                left[v * n + i] = ranks[v * candidates + allowed.index(i)];
            }
        }
        return new Ballots(left, weights, n);
    }

    /// P = 1/2 + (weight that prefers i − weight that prefers j) / (2 · weight of all that do not abstain),
    /// shape (K, K); 1/2 everywhere where all do.
    public double[] preferences() {
        int k = candidates;
        var lead = new double[k * k];
        double total = 0;
        for (int v = 0; v < voters(); v++) {
            boolean abstains = true;
            for (int i = 0; i < k; i++) {
                abstains &= Double.isNaN(ranks[v * k + i]);
                for (int j = 0; j < k; j++) {
                    lead[i * k + j] += weights[v] * (prefers(v, i, j) ? 1 : prefers(v, j, i) ? -1 : 0);
                }
            }
            total += abstains ? 0 : weights[v];
        }
        var p = new double[k * k];
        for (int i = 0; i < k * k; i++) {
            p[i] = 0.5 + (total > 0 ? lead[i] / (2 * total) : 0);
        }
        return p;
    }

    /// Weight of the ballots on which each candidate is the best of `remaining`; a ballot shares its weight
    /// among those it ties at the top, and one that ranks none of them counts for nobody. Shape (K).
    double[] firstChoices(boolean[] remaining) {
        var first = new double[candidates];
        var top = new int[candidates];
        for (int v = 0; v < voters(); v++) {
            double best = Double.POSITIVE_INFINITY;
            int n = 0;
            for (int i = 0; i < candidates; i++) {
                double rank = ranks[v * candidates + i];
                if (remaining[i] && rank <= best) {
                    n = rank < best ? 0 : n;
                    best = rank;
                    top[n++] = i;
                }
            }
            for (int t = 0; t < n; t++) {
                first[top[t]] += weights[v] / n;
            }
        }
        return first;
    }

    private boolean prefers(int voter, int i, int j) {
        double mine = ranks[voter * candidates + i];
        double other = ranks[voter * candidates + j];
        return mine < other || (!Double.isNaN(mine) && Double.isNaN(other));
    }
}
