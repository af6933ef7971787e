package org.polyphony.plugin.profile.linear;

import java.util.Arrays;
import org.polyphony.preferences.model.Logistic;
import org.polyphony.preferences.model.SymmetricSolve;

/// Where the estimation of spreads starts: by moments. Two answers n, m of one person agree beyond the population by
/// E rₙrₘ = qₙqₘ tₙᵀ D tₘ; a small linear system for the blocks of D, exact for small D and too small for large.
///
/// Sums over pairs of answers are squares of sums less the squares: Σ_{n≠m} rₙrₘ tₙ·tₘ = |Σ rₙtₙ|² − Σ rₙ²|tₙ|², so a
/// person of a thousand answers costs a thousand.
final class StartingSpread {
    private StartingSpread() {}

    /// @param meanSquares of t, by block
    /// @param most variance of each block, at most
    static Levels.Spread of(LevelData data, double[] meanSquares, double[] most) {
        int blocks = data.blocks();
        double[] system = new double[blocks * blocks];
        double[] agreed = new double[blocks];
        for (int unit = 0; unit < data.units(); unit++) {
            if (data.start()[unit + 1] - data.start()[unit] > 1) {
                add(data, unit, system, agreed);
            }
        }
        double[] root = new double[blocks];
        Arrays.setAll(root, b -> Math.sqrt(Math.max(0, system[b * blocks + b])));
        double[] scaled = new double[blocks * blocks];
        double[] target = new double[blocks];
        for (int b = 0; b < blocks; b++) {
            // a block in which nobody answered twice is known from nothing
            target[b] = root[b] > 0 ? agreed[b] / root[b] : 0;
            for (int c = 0; c < blocks; c++) {
                double by = root[b] * root[c];
                scaled[b * blocks + c] = by > 0 ? system[b * blocks + c] / by : b == c ? 1 : 0;
            }
        }
        double[] found = nonNegative(scaled, target);
        double[] person = new double[blocks];
        double[] seat = new double[blocks];
        for (int b = 0; b < blocks; b++) {
            double variance = root[b] > 0 ? found[b] / root[b] : 0;
            person[b] = Math.min(Math.max(variance, 0.01 / meanSquares[b]), most[b] / 4);
            seat[b] = person[b] / 4;
        }
        return new Levels.Spread(person, seat);
    }

    private static void add(LevelData data, int unit, double[] system, double[] agreed) {
        int r = data.columns();
        int blocks = data.blocks();
        double[] sum = new double[r];
        double[] crossed = new double[r * r];
        double[] square = new double[blocks];
        double[] row = new double[r];
        for (int n = data.start()[unit]; n < data.start()[unit + 1]; n++) {
            System.arraycopy(data.t(), n * r, row, 0, r);
            double p = Logistic.sigmoid(data.eta()[n]);
            double rest = data.weight()[n] * (data.share()[n] - p);
            double q = data.weight()[n] * p * (1 - p);
            Arrays.fill(square, 0);
            for (int c = 0; c < r; c++) {
                sum[c] += rest * row[c];
                square[data.block()[c]] += row[c] * row[c];
            }
            Matrices.addCrossed(crossed, q, row, row, 1, r, r);
            for (int b = 0; b < blocks; b++) {
                agreed[b] -= rest * rest * square[b];
                for (int c = 0; c < blocks; c++) {
                    system[b * blocks + c] -= q * q * square[b] * square[c];
                }
            }
        }
        for (int c = 0; c < r; c++) {
            agreed[data.block()[c]] += sum[c] * sum[c];
            for (int other = 0; other < r; other++) {
                double of = crossed[c * r + other];
                system[data.block()[c] * blocks + data.block()[other]] += of * of;
            }
        }
    }

    /// The x ≥ 0 with the least |A x − b|, by trying which of the few are zero.
    static double[] nonNegative(double[] a, double[] b) {
        int n = b.length;
        double[] best = new double[n];
        double least = Matrices.dot(b, 0, b, 0, n);
        for (int free = 1; free < 1 << n; free++) {
            int[] of = new int[Integer.bitCount(free)];
            for (int j = 0, at = 0; j < n; j++) {
                if ((free >> j & 1) == 1) {
                    of[at++] = j;
                }
            }
            double[] x = leastSquares(a, b, of);
            if (x.length == n && Arrays.stream(x).allMatch(value -> value >= 0)) {
                double[] left = Matrices.product(a, x, n, n, 1);
                Arrays.setAll(left, i -> left[i] - b[i]);
                double square = Matrices.dot(left, 0, left, 0, n);
                if (square < least) {
                    least = square;
                    best = x;
                }
            }
        }
        return best;
    }

    // empty where these columns are not independent
    private static double[] leastSquares(double[] a, double[] b, int[] of) {
        int n = b.length;
        int m = of.length;
        double[] normal = new double[m * m];
        double[] x = new double[m];
        for (int i = 0; i < m; i++) {
            for (int row = 0; row < n; row++) {
                x[i] += a[row * n + of[i]] * b[row];
                for (int j = 0; j < m; j++) {
                    normal[i * m + j] += a[row * n + of[i]] * a[row * n + of[j]];
                }
            }
        }
        var factor = SymmetricSolve.factorIfPositive(normal, m);
        if (factor == null) {
            return new double[0];
        }
        factor.solve(x);
        double[] all = new double[n];
        for (int i = 0; i < m; i++) {
            all[of[i]] = x[i];
        }
        return all;
    }
}
