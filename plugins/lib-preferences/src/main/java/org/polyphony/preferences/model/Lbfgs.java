package org.polyphony.preferences.model;

import java.util.Arrays;

/// Limited-memory BFGS with backtracking (Nocedal, Wright 2006, algorithm 7.4), for smooth objectives too
/// large for
/// Newton.
final class Lbfgs {
    private static final int MEMORY = 10;
    private static final double SUFFICIENT_DECREASE = 1e-4;

    private Lbfgs() {}

    /// A smooth function.
    @FunctionalInterface
    interface Objective {
        /// Value at x; writes the gradient at x.
        double valueAndGradient(double[] x, double[] gradient);
    }

    /// A point where every entry of the gradient is below `tolerance`, or where progress or the iterations
    /// ended.
    static double[] minimize(Objective objective, double[] start, double tolerance, int maxIterations) {
        int n = start.length;
        double[] x = start.clone();
        double[] gradient = new double[n];
        double value = objective.valueAndGradient(x, gradient);
        double[][] steps = new double[MEMORY][];
        double[][] changes = new double[MEMORY][];
        double[] inverses = new double[MEMORY];
        int stored = 0;
        for (int iteration = 0; iteration < maxIterations && largest(gradient) >= tolerance; iteration++) {
            double[] direction = direction(gradient, steps, changes, inverses, stored);
            double slope = dot(direction, gradient);
            if (!(slope < 0)) {
                stored = 0;
                direction = direction(gradient, steps, changes, inverses, 0);
                slope = dot(direction, gradient);
            }
            double scale = stored == 0 ? Math.min(1, 1 / largest(gradient)) : 1;
            double[] next = new double[n];
            double[] nextGradient = new double[n];
            double nextValue = value;
            boolean lower = false;
            for (int halving = 0; halving < 40 && !lower; halving++) {
                for (int i = 0; i < n; i++) {
                    next[i] = x[i] + scale * direction[i];
                }
                nextValue = objective.valueAndGradient(next, nextGradient);
                lower = nextValue <= value + SUFFICIENT_DECREASE * scale * slope;
                scale /= 2;
            }
            if (!lower) {
                break;
            }
            double[] step = new double[n];
            double[] change = new double[n];
            for (int i = 0; i < n; i++) {
                step[i] = next[i] - x[i];
                change[i] = nextGradient[i] - gradient[i];
            }
            double curvature = dot(step, change);
            if (curvature > 1e-12 * dot(change, change)) {
                int slot = stored % MEMORY;
                steps[slot] = step;
                changes[slot] = change;
                inverses[slot] = 1 / curvature;
                stored++;
            }
            x = next;
            gradient = nextGradient;
            value = nextValue;
        }
        return x;
    }

    private static double[] direction(
            double[] gradient, double[][] steps, double[][] changes, double[] inverses, int stored) {
        double[] q = gradient.clone();
        int oldest = Math.max(0, stored - MEMORY);
        double[] alpha = new double[MEMORY];
        for (int k = stored - 1; k >= oldest; k--) {
            int slot = k % MEMORY;
            alpha[slot] = inverses[slot] * dot(steps[slot], q);
            axpy(-alpha[slot], changes[slot], q);
        }
        if (stored > 0) {
            int last = (stored - 1) % MEMORY;
            double scale = 1 / (inverses[last] * dot(changes[last], changes[last]));
            for (int i = 0; i < q.length; i++) {
                q[i] *= scale;
            }
        }
        for (int k = oldest; k < stored; k++) {
            int slot = k % MEMORY;
            axpy(alpha[slot] - inverses[slot] * dot(changes[slot], q), steps[slot], q);
        }
        for (int i = 0; i < q.length; i++) {
            q[i] = -q[i];
        }
        return q;
    }

    private static double largest(double[] vector) {
        return Arrays.stream(vector).map(Math::abs).max().orElse(0);
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static void axpy(double factor, double[] x, double[] y) {
        for (int i = 0; i < y.length; i++) {
            y[i] += factor * x[i];
        }
    }
}
