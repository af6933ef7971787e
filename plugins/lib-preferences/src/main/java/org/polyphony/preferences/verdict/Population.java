package org.polyphony.preferences.verdict;

import org.polyphony.preferences.model.CellModel;
import org.polyphony.preferences.model.Logistic;

/// What everybody with a seat prefers, cell by cell; no label of a seat enters. Immutable.
///
/// Utilities and a position effect are fitted, and cells shrunk to them: μ = (y + 4p) / (n + 4), η = logit p.
///
/// @param fit utilities and position effect
/// @param total judgments of every cell
/// @param eta log-odds under the fit, by cell
/// @param curvature p(1 − p), by cell
/// @param mean μ, by cell
record Population(CellModel.Fit fit, double[] total, double[] eta, double[] curvature, double[] mean) {
    /// Judgments that the fit counts for in a cell.
    static final double PRIOR = 4;

    /// Of the fit.
    static final double RIDGE = 1;

    /// Fits sums by cell.
    static Population of(ComparedCells cells, double[] n, double[] y, CellModel.Fit start) {
        CellModel.Fit fit = cells.model().fit(n, y, new double[0], RIDGE, cells.ordered(), start);
        double[] eta = cells.model().logits(fit);
        double[] curvature = new double[eta.length];
        double[] mean = new double[eta.length];
        for (int c = 0; c < eta.length; c++) {
            double p = Logistic.sigmoid(eta[c]);
            curvature[c] = p * (1 - p);
            mean[c] = (y[c] + PRIOR * p) / (n[c] + PRIOR);
        }
        return new Population(fit, n, eta, curvature, mean);
    }

    /// Fits everybody but the units of the seats left out.
    static Population of(ComparedCells cells, boolean[] leftOut) {
        double[] n = new double[cells.cells()];
        double[] y = new double[cells.cells()];
        for (int unit = 0; unit < cells.units().size(); unit++) {
            if (!leftOut[cells.units().label(unit)]) {
                cells.add(unit, 1, n, y);
            }
        }
        return of(cells, n, y, cells.model().start());
    }

    /// The log-odds of μ.
    double logit(int cell) {
        return Logistic.logit(mean[cell]);
    }
}
