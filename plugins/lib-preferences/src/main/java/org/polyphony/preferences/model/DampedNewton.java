package org.polyphony.preferences.model;

import java.util.Arrays;

/// Newton's method for smooth objectives that need not be convex: a multiple of the identity is added to
/// the Hessian until it is positive definite and the step descends (Levenberg 1944, with the exact
/// Hessian).
final class DampedNewton {
    private static final int MAX_ITERATIONS = 300;
    private static final double GRADIENT_TOLERANCE = 1e-7;
    private static final double MOST_DAMPING = 1e12;

    private DampedNewton() {}

    /// A smooth function of several variables.
    interface Objective {
        /// Its value.
        double value(double[] x);

        /// Writes the gradient (n) and the lower half of the Hessian (n, n) over the arrays given.
        void derivatives(double[] x, double[] gradient, double[] hessian);
    }

    /// A local minimum near the start: every entry of the gradient is below 1e-7, or no step descends any
    /// more.
    static double[] minimize(Objective objective, double[] start) {
        int n = start.length;
        double[] x = start.clone();
        double value = objective.value(x);
        double[] gradient = new double[n];
        double[] hessian = new double[n * n];
        double damping = 1e-3;
        for (int iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
            objective.derivatives(x, gradient, hessian);
            if (Arrays.stream(gradient).allMatch(g -> Math.abs(g) < GRADIENT_TOLERANCE)) {
                break;
            }
            boolean lower = false;
            while (!lower && damping < MOST_DAMPING) {
                double[] damped = hessian.clone();
                for (int i = 0; i < n; i++) {
                    damped[i * n + i] += damping;
                }
                SymmetricSolve factored = SymmetricSolve.factorIfPositive(damped, n);
                if (factored != null) {
                    double[] next = gradient.clone();
                    factored.solve(next);
                    for (int i = 0; i < n; i++) {
                        next[i] = x[i] - next[i];
                    }
                    double nextValue = objective.value(next);
                    if (nextValue <= value) {
                        lower = true;
                        x = next;
                        value = nextValue;
                    }
                }
                damping = lower ? Math.max(damping / 8, 1e-9) : damping * 4;
            }
            if (!lower) {
                break;
            }
        }
        return x;
    }
}
