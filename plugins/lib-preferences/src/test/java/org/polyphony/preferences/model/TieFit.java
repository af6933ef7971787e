package org.polyphony.preferences.model;

/// Newton's method for utilities and the tie parameter of one item.
final class TieFit {
    private static final int MAX_ITERATIONS = 200;
    private static final double STEP_TOLERANCE = 1e-10;
    /// Keeps the Hessian positive definite where an item has no ties to learn the tie parameter from.
    private static final double LEAST_CURVATURE = 1e-9;

    private TieFit() {}

    /// Utilities [K] and, last, the tie parameter.
    static double[] fit(TieCurve curve, TieCounts counts, double ridge) {
        BradleyTerry.requireRidge(ridge);
        int k = counts.candidates();
        int size = k + 1;
        double[] x = new double[size];
        x[k] = curve.start();
        double value = objective(curve, counts, ridge, x);
        for (int iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
            double[] gradient = new double[size];
            double[] hessian = new double[size * size];
            derivatives(curve, counts, ridge, x, gradient, hessian);
            hessian[size * size - 1] += LEAST_CURVATURE;
            SymmetricSolve.factor(hessian, size).solve(gradient);
            double largest = 0;
            for (double step : gradient) {
                largest = Math.max(largest, Math.abs(step));
            }
            double scale = Math.min(1, 5 / largest);
            double[] next = moved(curve, x, gradient, scale);
            double nextValue = objective(curve, counts, ridge, next);
            while (!(nextValue <= value + 1e-12 * Math.abs(value)) && scale > 1e-9) {
                scale /= 2;
                next = moved(curve, x, gradient, scale);
                nextValue = objective(curve, counts, ridge, next);
            }
            double change = 0;
            for (int i = 0; i < size; i++) {
                change = Math.max(change, Math.abs(next[i] - x[i]));
            }
            x = next;
            value = nextValue;
            if (change < STEP_TOLERANCE) {
                break;
            }
        }
        return x;
    }

    static double objective(TieCurve curve, TieCounts counts, double ridge, double[] x) {
        int k = counts.candidates();
        double value = 0;
        for (int i = 0; i < k; i++) {
            value += ridge / 2 * x[i] * x[i];
        }
        for (int e = 0; e < counts.size(); e++) {
            double d = x[counts.low()[e]] - x[counts.high()[e]];
            value += curve.loss(d, x[k], counts.lowWins()[e], counts.highWins()[e], counts.ties()[e]);
        }
        return value;
    }

    static void derivatives(
            TieCurve curve, TieCounts counts, double ridge, double[] x, double[] gradient, double[] hessian) {
        int k = counts.candidates();
        int size = k + 1;
        double[] of = new double[5];
        for (int i = 0; i < k; i++) {
            gradient[i] += ridge * x[i];
            hessian[i * size + i] += ridge;
        }
        for (int e = 0; e < counts.size(); e++) {
            int i = counts.low()[e];
            int j = counts.high()[e];
            curve.derivatives(x[i] - x[j], x[k], counts.lowWins()[e], counts.highWins()[e], counts.ties()[e], of);
            gradient[i] += of[0];
            gradient[j] -= of[0];
            gradient[k] += of[1];
            hessian[i * size + i] += of[2];
            hessian[j * size + j] += of[2];
            hessian[i * size + j] -= of[2];
            hessian[j * size + i] -= of[2];
            hessian[i * size + k] += of[3];
            hessian[k * size + i] += of[3];
            hessian[j * size + k] -= of[3];
            hessian[k * size + j] -= of[3];
            hessian[k * size + k] += of[4];
        }
    }

    private static double[] moved(TieCurve curve, double[] x, double[] step, double scale) {
        double[] next = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            next[i] = x[i] - scale * step[i];
        }
        next[x.length - 1] = curve.within(next[x.length - 1]);
        return next;
    }
}
