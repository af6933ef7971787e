package org.polyphony.verify;

import java.util.Arrays;

/// A_s x for a policy x, with A = P - 1/2: how much more often than half the time a stakeholder prefers each candidate
/// to a draw from x. Only allowed candidates have one.
final class Advantages {

    private Advantages() {}

    /// (A_s x)_i, shape (K); minus infinity where i is not allowed, so that no deviation goes there.
    static double[] of(PreferenceGame game, int stakeholder, double[] x) {
        int k = game.candidates();
        var values = new double[k];
        for (int i = 0; i < k; i++) {
            if (!game.allowed(i)) {
                values[i] = Double.NEGATIVE_INFINITY;
                continue;
            }
            var row = new Sums();
            for (int j = 0; j < k; j++) {
                // P and 1/2 enter one by one: P - 1/2 alone would round where P < 1/4
                row.addProduct(game.preference(stakeholder, i, j), x[j]);
                row.add(-0.5 * x[j]);
            }
            values[i] = row.value();
        }
        return values;
    }

    /// Everybody's, shape (S, K).
    static double[][] all(PreferenceGame game, double[] x) {
        var all = new double[game.stakeholders()][];
        Arrays.setAll(all, s -> of(game, s, x));
        return all;
    }

    /// (Ā x)_i = Σ_s ω_s (A_s x)_i.
    static double[] mixed(PreferenceGame game, double[][] advantages) {
        var mixed = sums(game);
        for (int s = 0; s < advantages.length; s++) {
            add(mixed, game.weight(s), advantages[s]);
        }
        return values(game, mixed);
    }

    /// ⟨x, a⟩ over the allowed candidates.
    static double dot(PreferenceGame game, double[] x, double[] advantage) {
        var sum = new Sums();
        for (int i = 0; i < x.length; i++) {
            if (game.allowed(i)) {
                sum.addProduct(x[i], advantage[i]);
            }
        }
        return sum.value();
    }

    static double largest(double[] values) {
        double largest = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            largest = Math.max(largest, value);
        }
        return largest;
    }

    /// min_j Σ_{s,i} ν_{s,i} A_s[i,j] over the allowed j: no policy has a smaller weighted gain.
    static double dualBound(PreferenceGame game, double[][] duals) {
        double bound = Double.POSITIVE_INFINITY;
        for (int j = 0; j < game.candidates(); j++) {
            if (!game.allowed(j)) {
                continue;
            }
            var sum = new Sums();
            for (int s = 0; s < duals.length; s++) {
                for (int i = 0; i < game.candidates(); i++) {
                    sum.addProduct(game.preference(s, i, j), duals[s][i]);
                    sum.add(-0.5 * duals[s][i]);
                }
            }
            bound = Math.min(bound, sum.value());
        }
        return bound;
    }

    /// The mass of each stakeholder in ν, shape (S).
    static double[] shares(double[][] duals) {
        return Arrays.stream(duals).mapToDouble(Sums::sum).toArray();
    }

    /// One empty sum a candidate.
    static Sums[] sums(PreferenceGame game) {
        var sums = new Sums[game.candidates()];
        Arrays.setAll(sums, _ -> new Sums());
        return sums;
    }

    static void add(Sums[] sums, double factor, double[] values) {
        for (int i = 0; i < sums.length; i++) {
            if (values[i] > Double.NEGATIVE_INFINITY) {
                sums[i].addProduct(factor, values[i]);
            }
        }
    }

    /// What was summed up, and minus infinity where no candidate is allowed.
    static double[] values(PreferenceGame game, Sums[] sums) {
        var values = new double[sums.length];
        Arrays.setAll(values, i -> game.allowed(i) ? sums[i].value() : Double.NEGATIVE_INFINITY);
        return values;
    }
}
