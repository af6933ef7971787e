package org.polyphony.preferences.model;

import java.util.Arrays;

/// Ridge Bradley-Terry utilities of many items with one position effect for all of them, on cells: ordered or unordered
/// pairs of an item's candidates.
///
/// Minimises −Σ_c [y_c ln p_c + (n_c − y_c) ln(1 − p_c)] + λ/2 · |θ|², with p_c = σ(o_c + θ_i − θ_k + α), where o is an
/// offset and α is left out on request. Newton's method on all of it, item by item with α eliminated, until no step is
/// longer than 1e-10. Immutable and safe to share between threads.
public final class CellModel {
    private static final int MAX_ITERATIONS = 200;
    private static final double STEP_TOLERANCE = 1e-10;
    /// Steps up to here always lower a logistic loss; longer ones are searched along.
    private static final double SAFE_STEP = 0.5;
    /// Where all answers name the first (or the second) shown there is no finite position effect.
    private static final double LARGEST_POSITION = 20;

    private final int[] coordinates;
    private final int[] cells;
    private final int[] first;
    private final int[] second;

    /// A model of these cells.
    ///
    /// @param coordinates first coordinate of every item's candidates; the last entry is the number of coordinates
    /// @param cells first cell of every item; the last entry is the number of cells
    /// @param first coordinate of the candidate shown first, by cell
    /// @param second coordinate of the other, by cell
    public CellModel(int[] coordinates, int[] cells, int[] first, int[] second) {
        this.coordinates = coordinates;
        this.cells = cells;
        this.first = first;
        this.second = second;
    }

    /// Utilities by coordinate, and the position effect α; not to be changed.
    public record Fit(double[] theta, double position) {}

    /// Nothing known: all zero.
    public Fit start() {
        return new Fit(new double[coordinates[coordinates.length - 1]], 0);
    }

    /// Fits.
    ///
    /// @param n judgments of every cell
    /// @param y of them for the candidate shown first, ties as halves
    /// @param offset o by cell; empty for none
    /// @param ridge λ > 0
    /// @param position whether there is a position effect
    /// @param start where Newton's method starts; only speed depends on it
    public Fit fit(double[] n, double[] y, double[] offset, double ridge, boolean position, Fit start) {
        BradleyTerry.requireRidge(ridge);
        Newton newton = new Newton(n, y, offset, ridge, position, start);
        for (int iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
            if (newton.step() < STEP_TOLERANCE) {
                break;
            }
        }
        return new Fit(newton.theta, newton.alpha);
    }

    /// The log-odds of every cell under a fit, offsets left out.
    public double[] logits(Fit fit) {
        double[] eta = new double[first.length];
        for (int c = 0; c < eta.length; c++) {
            eta[c] = fit.theta[first[c]] - fit.theta[second[c]] + fit.position;
        }
        return eta;
    }

    /// How a sum over the log-odds of a fit, Σ_c b_c η_c, answers to its data: the entry of a cell is by how
    /// much the sum falls for each judgment that the fit expected for the first beyond those given, x_cᵀ H⁻¹
    /// Σ_d b_d x_d. It is what an infinitesimal jackknife needs of a fit, and costs one Newton step.
    ///
    /// @param n judgments of every cell that were fitted
    /// @param offset o by cell; empty for none
    /// @param ridge λ of the fit
    /// @param position whether the fit has a position effect
    /// @param fit of these
    /// @param b by cell, of cells that nobody judged too
    public double[] responses(double[] n, double[] offset, double ridge, boolean position, Fit fit, double[] b) {
        Newton newton = new Newton(n, new double[n.length], offset, ridge, position, fit);
        newton.evaluate();
        double alpha = newton.solve(0, b);
        double[] responses = new double[first.length];
        for (int c = 0; c < responses.length; c++) {
            responses[c] = newton.towards[first[c]] - newton.towards[second[c]] + alpha;
        }
        return responses;
    }

    /// One fit under way.
    private final class Newton {
        private final double[] n;
        private final double[] y;
        private final double[] offset;
        private final double ridge;
        private final boolean position;
        private double[] theta;
        private double alpha;
        /// H⁻¹ g and H⁻¹ h by coordinate: h is the mixed derivative by α
        private final double[] towards;
        private final double[] mixed;
        private final double[] hessian;
        /// n p − y and n p (1 − p) by cell, where it stands
        private final double[] residual;
        private final double[] curvature;

        Newton(double[] n, double[] y, double[] offset, double ridge, boolean position, Fit start) {
            this.n = n;
            this.y = y;
            this.offset = offset;
            this.ridge = ridge;
            this.position = position;
            this.theta = start.theta.clone();
            this.alpha = position ? start.position : 0;
            this.towards = new double[theta.length];
            this.mixed = new double[theta.length];
            int largest = 0;
            for (int item = 0; item + 1 < coordinates.length; item++) {
                largest = Math.max(largest, coordinates[item + 1] - coordinates[item]);
            }
            this.hessian = new double[largest * largest];
            this.residual = new double[n.length];
            this.curvature = new double[n.length];
        }

        /// Takes a step and returns its largest entry.
        double step() {
            evaluate();
            double alphaStep = solve(ridge, residual);
            double largest = Math.abs(alphaStep);
            for (double entry : towards) {
                largest = Math.max(largest, Math.abs(entry));
            }
            move(alphaStep, largest);
            return largest;
        }

        void evaluate() {
            for (int c = 0; c < n.length; c++) {
                if (n[c] != 0) {
                    double p = Logistic.sigmoid(eta(c, theta, alpha));
                    residual[c] = n[c] * p - y[c];
                    curvature[c] = n[c] * p * (1 - p);
                }
            }
        }

        /// Solves H (v, a) = (shrinkage · θ + Σ_c r_c x_c, Σ_c r_c), leaves v in `towards` and returns a.
        double solve(double shrinkage, double[] right) {
            double[] schur = new double[2]; // gradient and curvature by α once utilities are eliminated
            for (int item = 0; item + 1 < coordinates.length; item++) {
                if (cells[item + 1] > cells[item]) {
                    eliminate(item, shrinkage, right, schur);
                }
            }
            double alphaStep = position && schur[1] > 1e-12 ? schur[0] / schur[1] : 0;
            for (int i = 0; i < towards.length; i++) {
                towards[i] -= mixed[i] * alphaStep;
            }
            return alphaStep;
        }

        private void eliminate(int item, double shrinkage, double[] right, double[] schur) {
            int from = coordinates[item];
            int k = coordinates[item + 1] - from;
            Arrays.fill(hessian, 0, k * k, 0);
            double[] gradient = new double[k];
            double[] h = new double[k];
            for (int i = 0; i < k; i++) {
                gradient[i] = shrinkage * theta[from + i];
                hessian[i * k + i] = ridge;
            }
            for (int c = cells[item]; c < cells[item + 1]; c++) {
                int i = first[c] - from;
                int j = second[c] - from;
                gradient[i] += right[c];
                gradient[j] -= right[c];
                h[i] += curvature[c];
                h[j] -= curvature[c];
                hessian[i * k + i] += curvature[c];
                hessian[j * k + j] += curvature[c];
                hessian[Math.max(i, j) * k + Math.min(i, j)] -= curvature[c];
                schur[0] += right[c];
                schur[1] += curvature[c];
            }
            SymmetricSolve factored = SymmetricSolve.factor(hessian, k);
            double[] u = gradient;
            factored.solve(u);
            System.arraycopy(u, 0, towards, from, k);
            if (position) {
                double[] v = h.clone();
                factored.solve(v);
                System.arraycopy(v, 0, mixed, from, k);
                for (int i = 0; i < k; i++) {
                    schur[0] -= h[i] * u[i];
                    schur[1] -= h[i] * v[i];
                }
            }
        }

        private void move(double alphaStep, double largest) {
            double scale = 1;
            double value = largest <= SAFE_STEP ? 0 : objective(theta, alpha);
            while (true) {
                double[] next = new double[theta.length];
                for (int i = 0; i < next.length; i++) {
                    next[i] = theta[i] - scale * towards[i];
                }
                double nextAlpha = Math.clamp(alpha - scale * alphaStep, -LARGEST_POSITION, LARGEST_POSITION);
                if (largest <= SAFE_STEP || scale < 1e-9 || objective(next, nextAlpha) <= value) {
                    theta = next;
                    alpha = nextAlpha;
                    return;
                }
                scale /= 2;
            }
        }

        private double objective(double[] at, double atAlpha) {
            double sum = 0;
            for (double t : at) {
                sum += ridge / 2 * t * t;
            }
            for (int c = 0; c < n.length; c++) {
                if (n[c] > 0) {
                    double eta = eta(c, at, atAlpha);
                    sum += Logistic.loss(eta, n[c], y[c]);
                }
            }
            return sum;
        }

        private double eta(int c, double[] at, double atAlpha) {
            return at[first[c]] - at[second[c]] + atAlpha + (offset.length == 0 ? 0 : offset[c]);
        }
    }
}
