package org.polyphony.games.welfare;

import org.polyphony.games.LinearSystem;
import org.polyphony.games.Strategies;

/// Minimises a smooth convex function over the simplex by a primal-dual interior-point method (Boyd and
/// Vandenberghe 2004, 11.7): Newton's method on ∇f − z + λ 1 = 0, x_i z_i = t, 1ᵀx = 1 with t brought down
/// by tens, steps cut where they leave the domain or raise the residual.
///
/// Where that gets stuck above the tolerance the primal barrier method goes on. What decides is the
/// Frank-Wolfe gap ⟨x, ∇f⟩ − min_i ∇f_i ≥ f(x) − min f, of which the smallest seen is kept. Some 15 to 40
/// steps, each one dense (n + 1)-system.
final class SimplexInteriorPoint {

    private static final int STEPS = 200;
    private static final int PATIENCE = 40;

    /// How far t comes down in a step; where that leads nowhere, less far, and in the end back to the
    /// central path.
    private static final double[] SHRINK = {0.1, 0.5, 1};

    private static final double SHORTEST = 1e-9;

    /// No x_i z_i may fall below this share of t: a point too near to a face can hardly move.
    private static final double CENTRAL = 1e-2;

    private final ConvexFunction function;
    private final int n;
    private double[] best;
    private double bestGap = Double.POSITIVE_INFINITY;
    private int steps;

    private SimplexInteriorPoint(ConvexFunction function, int n) {
        this.function = function;
        this.n = n;
        this.best = Strategies.uniform(n);
    }

    /// @param start in the domain, every entry > 0
    /// @param tolerance on the Frank-Wolfe gap at which it stops
    static Minimum minimise(ConvexFunction function, double[] start, double tolerance) {
        var search = new SimplexInteriorPoint(function, start.length);
        search.run(start.clone(), tolerance);
        if (search.bestGap > tolerance) {
            search.descend(search.best.clone(), tolerance);
        }
        search.clean();
        return new Minimum(search.best, search.bestGap, search.steps);
    }

    private void run(double[] x, double tolerance) {
        if (!function.moveTo(x)) {
            throw new IllegalStateException("the starting point is outside of the domain");
        }
        double[] gradient = function.gradient();
        keepBest(x, gradient);
        if (n == 1) {
            return;
        }
        double t = Math.max(bestGap, 1e-3) / n;
        var z = new double[n];
        double lambda = 0;
        for (int i = 0; i < n; i++) {
            z[i] = t / x[i];
            lambda -= x[i] * (gradient[i] - z[i]);
        }
        int idle = 0;
        while (steps < STEPS && bestGap > tolerance && idle < PATIENCE) {
            double complementarity = 0;
            for (int i = 0; i < n; i++) {
                complementarity += x[i] * z[i] / n;
            }
            double before = bestGap;
            boolean moved = false;
            for (double shrink : SHRINK) {
                t = shrink * complementarity;
                double[] direction = direction(x, z, lambda, gradient, t);
                double norm = residual(x, z, lambda, gradient, t);
                for (double length = longest(x, z, direction, t); length > SHORTEST; length /= 2) {
                    var nextX = new double[n];
                    var nextZ = new double[n];
                    boolean central = true;
                    for (int i = 0; i < n; i++) {
                        nextX[i] = x[i] + length * direction[i];
                        nextZ[i] = z[i] + length * dualStep(x, z, direction, t, i);
                        central &= nextX[i] * nextZ[i] >= CENTRAL * t;
                    }
                    double nextLambda = lambda + length * direction[n];
                    if (central && function.moveTo(nextX)) {
                        double[] nextGradient = function.gradient();
                        if (residual(nextX, nextZ, nextLambda, nextGradient, t) <= (1 - 0.01 * length) * norm) {
                            x = nextX;
                            z = nextZ;
                            lambda = nextLambda;
                            gradient = nextGradient;
                            moved = true;
                            break;
                        }
                    }
                }
                if (moved) {
                    break;
                }
                function.moveTo(x);
            }
            steps++;
            if (!moved) { // at the rounding floor
                return;
            }
            keepBest(x, gradient);
            idle = bestGap < 0.9 * before ? 0 : idle + 1;
        }
    }

    // the primal barrier method, f(x) − t Σ log x_i by damped Newton with t brought down: slower, and not to be stopped
    // by a
    // residual that has to rise first, as it has where f itself is a logarithm near its pole
    private void descend(double[] start, double tolerance) {
        double[] x = start;
        double t = Math.max(Math.min(bestGap, 1), 1e-3) / n;
        while (t * n > tolerance / 2) {
            for (int newton = 0; newton < 50; newton++) {
                function.moveTo(x);
                double value = barrier(x, t);
                double[] gradient = function.gradient();
                keepBest(x, gradient);
                var z = new double[n];
                for (int i = 0; i < n; i++) {
                    z[i] = t / x[i];
                }
                double[] direction = direction(x, z, 0, gradient, t);
                double decrease = 0;
                double length = 1;
                for (int i = 0; i < n; i++) {
                    decrease -= (gradient[i] - z[i]) * direction[i];
                    length = direction[i] < 0 ? Math.min(length, -0.99 * x[i] / direction[i]) : length;
                }
                steps++;
                double[] next = lower(x, direction, length, value, decrease, t);
                if (next.length == 0) {
                    break;
                }
                x = next;
                if (decrease < 1e-3 * t) {
                    break;
                }
            }
            t *= 0.2;
        }
        if (function.moveTo(x)) {
            keepBest(x, function.gradient());
        }
    }

    // a point along the direction where the barrier function is low enough (Armijo), empty if rounding hides it
    private double[] lower(double[] x, double[] direction, double longest, double value, double decrease, double t) {
        for (double length = longest; length > SHORTEST; length /= 2) {
            var next = new double[n];
            for (int i = 0; i < n; i++) {
                next[i] = x[i] + length * direction[i];
            }
            if (function.moveTo(next) && (decrease < 1e-12 || barrier(next, t) <= value - 0.1 * length * decrease)) {
                return next;
            }
        }
        return new double[0];
    }

    private double barrier(double[] x, double t) {
        double value = function.value();
        for (double mass : x) {
            value -= t * Math.log(mass);
        }
        return value;
    }

    // the last entry is the step of λ
    private double[] direction(double[] x, double[] z, double lambda, double[] gradient, double t) {
        double[] hessian = function.hessian();
        int m = n + 1;
        var matrix = new double[m * m];
        var right = new double[m];
        double sum = 0;
        for (int i = 0; i < n; i++) {
            System.arraycopy(hessian, i * n, matrix, i * m, n);
            matrix[i * m + i] += z[i] / x[i];
            matrix[i * m + n] = 1;
            matrix[n * m + i] = 1;
            right[i] = t / x[i] - gradient[i] - lambda;
            sum += x[i];
        }
        right[n] = 1 - sum;
        return new LinearSystem(matrix, m).solve(right);
    }

    private static double dualStep(double[] x, double[] z, double[] direction, double t, int i) {
        return (t - z[i] * direction[i]) / x[i] - z[i];
    }

    private double longest(double[] x, double[] z, double[] direction, double t) {
        double length = 1;
        for (int i = 0; i < n; i++) {
            if (direction[i] < 0) {
                length = Math.min(length, -0.99 * x[i] / direction[i]);
            }
            double dual = dualStep(x, z, direction, t, i);
            if (dual < 0) {
                length = Math.min(length, -0.99 * z[i] / dual);
            }
        }
        return length;
    }

    private double residual(double[] x, double[] z, double lambda, double[] gradient, double t) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            double dual = gradient[i] - z[i] + lambda;
            double centre = x[i] * z[i] - t;
            sum += dual * dual + centre * centre;
        }
        return Math.sqrt(sum);
    }

    private void keepBest(double[] x, double[] gradient) {
        double gap = gap(x, gradient);
        if (gap < bestGap) {
            bestGap = gap;
            best = x.clone();
            Strategies.scale(best, n, 1 / sum(best));
        }
    }

    // masses that only the barrier holds above zero are dropped where that does not cost anything
    private void clean() {
        var cleaned = best.clone();
        for (int i = 0; i < n; i++) {
            cleaned[i] = cleaned[i] < 1e-11 ? 0 : cleaned[i];
        }
        Strategies.scale(cleaned, n, 1 / sum(cleaned));
        if (function.moveTo(cleaned)) {
            double gap = gap(cleaned, function.gradient());
            if (gap <= Math.max(bestGap, 1e-14)) {
                best = cleaned;
                bestGap = gap;
            }
        }
        function.moveTo(best);
    }

    private static double gap(double[] x, double[] gradient) {
        double mean = 0;
        double smallest = Double.POSITIVE_INFINITY;
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            mean += x[i] * gradient[i];
            sum += x[i];
            smallest = Math.min(smallest, gradient[i]);
        }
        double gap = mean / sum - smallest;
        return Double.isNaN(gap) ? Double.POSITIVE_INFINITY : gap;
    }

    private static double sum(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }

    /// @param point where the smallest gap was seen, shape (n)
    /// @param gap ⟨x, ∇f⟩ − min_i ∇f_i there
    /// @param steps of Newton
    record Minimum(double[] point, double gap, int steps) {}
}
