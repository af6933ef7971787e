package org.polyphony.games;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The population game under many weightings of the same stakeholders: how the outcome moves when voices
/// are weighed differently. The mixtures Σ_s ω_s P_s of all games and all ω are one batch of B × G games
/// for [PopulationSolver].
///
/// @param policies equilibria, shape (G, B, K)
/// @param gaps 2 max_i (A π)_i of each, shape (G, B)
/// @param utilities probability that stakeholder s prefers a draw of the policy to a uniform draw, shape
///     (G, B, S)
public record WeightSweep(double[] policies, double[] gaps, double[] utilities) {

    /// Solves every game under every weighting.
    ///
    /// @param p preferences, shape (games, stakeholders, k, k)
    /// @param weightings G weightings ω, each non-negative with a positive sum, shape (stakeholders)
    public static WeightSweep solve(double[] p, int games, int stakeholders, int k, double[][] weightings) {
        int matrix = k * k;
        Preferences.require(p, Math.multiplyExact(games, stakeholders), k);
        var mixtures = new double[Math.multiplyExact(weightings.length * games, matrix)];
        for (int w = 0; w < weightings.length; w++) {
            double[] omega = Preferences.normalise(weightings[w], stakeholders);
            for (int b = 0; b < games; b++) {
                int to = (w * games + b) * matrix;
                for (int s = 0; s < stakeholders; s++) {
                    int from = (b * stakeholders + s) * matrix;
                    for (int n = 0; n < matrix; n++) {
                        mixtures[to + n] += omega[s] * p[from + n];
                    }
                }
            }
        }
        int all = weightings.length * games;
        var policies = new double[all * k];
        var gaps = new double[all];
        new PopulationSolver().solveEach(mixtures, k, 0, all, policies, gaps);
        var utilities = new double[all * stakeholders];
        for (int n = 0; n < all; n++) {
            for (int s = 0; s < stakeholders; s++) {
                utilities[n * stakeholders + s] =
                        utility(p, (n % games * stakeholders + s) * matrix, k, policies, n * k);
            }
        }
        return new WeightSweep(policies, gaps, utilities);
    }

    /// The weightings whose entries are multiples of 1/`divisions`, in lexicographic order, shape (G,
    /// stakeholders).
    public static double[][] grid(int stakeholders, int divisions) {
        if (stakeholders < 1 || divisions < 1) {
            throw new IllegalArgumentException("a grid over " + stakeholders + " stakeholders in " + divisions
                    + " parts; both must be at least 1");
        }
        if (stakeholders == 1) {
            return new double[][] {{1}};
        }
        var weightings = new ArrayList<double[]>();
        fill(new int[stakeholders], 0, divisions, divisions, weightings);
        return weightings.toArray(double[][]::new);
    }

    private static void fill(int[] parts, int s, int left, int divisions, List<double[]> weightings) {
        if (s == parts.length - 1) {
            parts[s] = left;
            weightings.add(Arrays.stream(parts)
                    .mapToDouble(part -> (double) part / divisions)
                    .toArray());
            return;
        }
        for (int part = 0; part <= left; part++) {
            parts[s] = part;
            fill(parts, s + 1, left - part, divisions, weightings);
        }
    }

    private static double utility(double[] p, int matrix, int k, double[] policies, int policy) {
        double sum = 0;
        for (int i = 0; i < k; i++) {
            double row = 0;
            for (int j = 0; j < k; j++) {
                row += p[matrix + i * k + j];
            }
            sum += policies[policy + i] * row / k;
        }
        return sum;
    }
}
