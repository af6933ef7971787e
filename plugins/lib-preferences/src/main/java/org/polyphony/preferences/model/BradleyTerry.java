package org.polyphony.preferences.model;

import java.util.Arrays;

/// Ridge Bradley-Terry utilities of the candidates of one item, fitted by Newton's method to convergence.
///
/// Minimises −Σ wins · ln σ(θ_i − θ_k) + λ/2 · |θ − c|², where c is a centre: zero for a population (Bradley,
/// Terry
/// 1952,
/// with a ridge), the population's utilities for a group that is shrunk towards it. The objective is strictly
/// convex
/// for
/// λ > 0, so there is one answer, whatever the start.
public final class BradleyTerry {
    private static final int MAX_ITERATIONS = 200;
    /// The step after one this short would be about its square, 1e-10: far below the digits that studies report.
    private static final double STEP_TOLERANCE = 1e-5;

    /// A full Newton step no longer than this always lowers the objective: a difference of utilities then
    /// changes by at
    /// most 1,
    /// over which the logistic loss keeps f(θ+s) ≤ f − (1 − (e−2)) sᵀHs. Longer ones are searched along.
    private static final double SAFE_STEP = 0.5;

    private BradleyTerry() {}

    /// Utilities [K] shrunk towards zero.
    public static double[] fit(WinCounts counts, double ridge) {
        double[] zero = new double[counts.candidates()];
        return fit(counts, ridge, zero, zero);
    }

    /// Utilities [K] shrunk towards a centre.
    ///
    /// @param ridge λ > 0, in units of judgments
    /// @param centre c [K], not changed
    /// @param start where Newton's method starts [K], not changed; only speed depends on it
    public static double[] fit(WinCounts counts, double ridge, double[] centre, double[] start) {
        requireRidge(ridge);
        int k = counts.candidates();
        if (centre.length != k || start.length != k) {
            throw new IllegalArgumentException("centre and start have " + centre.length + " and " + start.length
                    + " entries for " + k + " candidates");
        }
        if (counts.size() == 0) {
            return centre.clone();
        }
        double[] theta = start.clone();
        double[] step = new double[k];
        double[] hessian = new double[k * k];
        for (int iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
            Arrays.fill(hessian, 0);
            derivatives(counts, theta, ridge, centre, step, hessian);
            SymmetricSolve.factor(hessian, k).solve(step);
            double largest = 0;
            for (double s : step) {
                largest = Math.max(largest, Math.abs(s));
            }
            theta = largest <= SAFE_STEP ? moved(theta, step, 1) : searched(counts, theta, step, ridge, centre);
            if (largest < STEP_TOLERANCE) {
                break;
            }
        }
        return theta;
    }

    /// Covariance [K, K] of the utilities in the Laplace approximation: the inverse of the objective's
    /// Hessian at θ.
    public static double[] covariance(WinCounts counts, double[] theta, double ridge) {
        requireRidge(ridge);
        int k = counts.candidates();
        double[] hessian = new double[k * k];
        derivatives(counts, theta, ridge, theta, new double[k], hessian);
        return SymmetricSolve.factor(hessian, k).inverse();
    }

    /// The fitted objective: penalised negative log-likelihood in nats.
    public static double objective(WinCounts counts, double[] theta, double ridge, double[] centre) {
        double penalty = 0;
        for (int i = 0; i < theta.length; i++) {
            penalty += (theta[i] - centre[i]) * (theta[i] - centre[i]);
        }
        return -counts.logLikelihood(theta) + ridge / 2 * penalty;
    }

    /// Gradient [K] and the lower half of the Hessian [K, K] of the objective at θ; the Hessian is added to
    /// the array given.
    static void derivatives(
            WinCounts counts, double[] theta, double ridge, double[] centre, double[] gradient, double[] hessian) {
        int k = theta.length;
        for (int i = 0; i < k; i++) {
            gradient[i] = ridge * (theta[i] - centre[i]);
            hessian[i * k + i] += ridge;
        }
        for (int e = 0; e < counts.size(); e++) {
            int i = counts.low(e);
            int j = counts.high(e);
            double weight = counts.lowWins(e) + counts.highWins(e);
            double p = Logistic.sigmoid(theta[i] - theta[j]);
            double residual = weight * p - counts.lowWins(e);
            gradient[i] += residual;
            gradient[j] -= residual;
            double curvature = weight * p * (1 - p);
            hessian[i * k + i] += curvature;
            hessian[j * k + j] += curvature;
            // i < j: the lower half
            hessian[j * k + i] -= curvature;
        }
    }

    static void requireRidge(double ridge) {
        if (!(ridge > 0) || ridge == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("ridge " + ridge + " is not a positive finite number");
        }
    }

    /// The first of the full step, its half, its quarter … that lowers the objective; one does, as the step
    /// descends.
    private static double[] searched(WinCounts counts, double[] theta, double[] step, double ridge, double[] centre) {
        double value = height(counts, theta, ridge, centre);
        double scale = 1;
        double[] next = moved(theta, step, scale);
        while (!(height(counts, next, ridge, centre) <= value) && scale > 1e-9) {
            scale /= 2;
            next = moved(theta, step, scale);
        }
        return next;
    }

    /// The objective to compare steps by.
    private static double height(WinCounts counts, double[] theta, double ridge, double[] centre) {
        double value = 0;
        for (int i = 0; i < theta.length; i++) {
            value += ridge / 2 * (theta[i] - centre[i]) * (theta[i] - centre[i]);
        }
        for (int e = 0; e < counts.size(); e++) {
            double d = theta[counts.low(e)] - theta[counts.high(e)];
            value += Logistic.loss(d, counts.lowWins(e) + counts.highWins(e), counts.lowWins(e));
        }
        return value;
    }

    private static double[] moved(double[] theta, double[] step, double scale) {
        double[] next = new double[theta.length];
        for (int i = 0; i < next.length; i++) {
            next[i] = theta[i] - scale * step[i];
        }
        return next;
    }
}
