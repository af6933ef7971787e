package org.polyphony.preferences.model;

/// Penalised negative log-likelihood in nats of one item as a function of x = [θ, u0, v0, u1, …], each
/// block of length K.
///
/// @param counts the item's judgments
/// @param rows number of plane rows, two a plane
/// @param centre what x is shrunk towards
/// @param ridge strength on θ
/// @param planeRidge strength on u and v
record SkewBilinearLoss(WinCounts counts, int rows, double[] centre, double ridge, double planeRidge)
        implements DampedNewton.Objective {
    @Override
    public double value(double[] x) {
        int k = counts.candidates();
        double value = 0;
        for (int i = 0; i < x.length; i++) {
            double away = x[i] - centre[i];
            value += (i < k ? ridge : planeRidge) / 2 * away * away;
        }
        for (int e = 0; e < counts.size(); e++) {
            double d = logit(x, counts.low(e), counts.high(e));
            value += Logistic.loss(d, counts.lowWins(e) + counts.highWins(e), counts.lowWins(e));
        }
        return value;
    }

    @Override
    public void derivatives(double[] x, double[] gradient, double[] hessian) {
        int k = counts.candidates();
        int n = x.length;
        java.util.Arrays.fill(hessian, 0);
        for (int i = 0; i < n; i++) {
            double strength = i < k ? ridge : planeRidge;
            gradient[i] = strength * (x[i] - centre[i]);
            hessian[i * n + i] = strength;
        }
        int[] at = new int[2 + 2 * rows];
        double[] slope = new double[at.length];
        for (int e = 0; e < counts.size(); e++) {
            int i = counts.low(e);
            int j = counts.high(e);
            double p = Logistic.sigmoid(logit(x, i, j));
            double weight = counts.lowWins(e) + counts.highWins(e);
            double residual = weight * p - counts.lowWins(e);
            double curvature = weight * p * (1 - p);
            slopes(x, i, j, at, slope);
            for (int a = 0; a < at.length; a++) {
                gradient[at[a]] += residual * slope[a];
                for (int b = 0; b < at.length; b++) {
                    if (at[b] <= at[a]) {
                        hessian[at[a] * n + at[b]] += curvature * slope[a] * slope[b];
                    }
                }
            }
            for (int row = 0; row < rows; row += 2) {
                int u = (row + 1) * k;
                int v = u + k;
                // the logit's own second derivatives: u_i v_j has +1, v_i u_j has -1; v comes after u
                hessian[(v + j) * n + u + i] += residual;
                hessian[(v + i) * n + u + j] -= residual;
            }
        }
    }

    private double logit(double[] x, int i, int j) {
        int k = counts.candidates();
        double d = x[i] - x[j];
        for (int row = 0; row < rows; row += 2) {
            int u = (row + 1) * k;
            int v = u + k;
            d += x[u + i] * x[v + j] - x[v + i] * x[u + j];
        }
        return d;
    }

    /// Where the logit of (i, j) depends on x, and how much.
    private void slopes(double[] x, int i, int j, int[] at, double[] slope) {
        int k = counts.candidates();
        at[0] = i;
        slope[0] = 1;
        at[1] = j;
        slope[1] = -1;
        for (int row = 0; row < rows; row += 2) {
            int u = (row + 1) * k;
            int v = u + k;
            int next = 2 + 2 * row;
            at[next] = u + i;
            slope[next] = x[v + j];
            at[next + 1] = v + j;
            slope[next + 1] = x[u + i];
            at[next + 2] = v + i;
            slope[next + 2] = -x[u + j];
            at[next + 3] = u + j;
            slope[next + 3] = -x[v + i];
        }
    }
}
