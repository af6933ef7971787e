package org.polyphony.preferences.model;

/// How uncertain fitted strengths of one item are: the Gaussian that the Laplace approximation puts around
/// them.
///
/// **Population.** The precision is Σ w·p(1−p)·J Jᵀ plus the ridge, J the gradient of a pair's logit with
/// respect to the parameters (utilities, then planes). For utilities alone this is the exact Hessian; with
/// planes the Gauss-Newton part of it, which is positive definite.
///
/// **Group.** A group's strengths are β = θ + δ with δ given θ Gaussian of covariance (H_g + λ_d)⁻¹ and a
/// mean that moves with θ by −(H_g + λ_d)⁻¹ H_g. The law of total variance gives Cov β = (H_g + λ_d)⁻¹ + M
/// Cov(θ) Mᵀ with M = λ_d (H_g + λ_d)⁻¹: the population's uncertainty where the group said nothing, the
/// group's own where it said much.
public final class LaplacePosterior {
    private final Strengths strengths;
    private final double[] covariance;

    private LaplacePosterior(Strengths strengths, double[] covariance) {
        this.strengths = strengths;
        this.covariance = covariance;
    }

    /// Around strengths fitted with a ridge to zero.
    ///
    /// @param ridge λ of the utilities
    /// @param planeRidge λ of the planes; unused without planes
    public static LaplacePosterior ofPopulation(
            WinCounts counts, Strengths strengths, double ridge, double planeRidge) {
        int k = strengths.candidates();
        int size = parameters(strengths);
        double[] precision = information(counts, strengths);
        for (int i = 0; i < size; i++) {
            precision[i * size + i] += i < k ? ridge : planeRidge;
        }
        return new LaplacePosterior(
                strengths, SymmetricSolve.factor(precision, size).inverse());
    }

    /// Around strengths of a group that deviate from the population's.
    ///
    /// @param counts the group's own judgments
    /// @param shrinkage λ_d of the deviations; infinite means that the group is the population
    public static LaplacePosterior ofGroup(
            LaplacePosterior population, WinCounts counts, Strengths strengths, double shrinkage) {
        if (shrinkage == Double.POSITIVE_INFINITY) {
            return population;
        }
        int size = parameters(strengths);
        double[] precision = information(counts, strengths);
        for (int i = 0; i < size; i++) {
            precision[i * size + i] += shrinkage;
        }
        double[] own = SymmetricSolve.factor(precision, size).inverse();
        double[] carried = product(product(own, population.covariance, size), own, size);
        for (int i = 0; i < carried.length; i++) {
            own[i] += shrinkage * shrinkage * carried[i];
        }
        return new LaplacePosterior(strengths, own);
    }

    /// Standard deviation of the logit that i is preferred to j, [K, K], symmetric, zero on the diagonal.
    public double[] deviations() {
        int k = strengths.candidates();
        int size = parameters(strengths);
        double[] deviations = new double[k * k];
        int[] at = new int[2 + 2 * strengths.planes().length];
        double[] slope = new double[at.length];
        for (int i = 0; i < k; i++) {
            for (int j = i + 1; j < k; j++) {
                gradient(strengths, i, j, at, slope);
                double variance = 0;
                for (int a = 0; a < at.length; a++) {
                    for (int b = 0; b < at.length; b++) {
                        variance += slope[a] * slope[b] * covariance[at[a] * size + at[b]];
                    }
                }
                double deviation = Math.sqrt(Math.max(0, variance));
                deviations[i * k + j] = deviation;
                deviations[j * k + i] = deviation;
            }
        }
        return deviations;
    }

    private static int parameters(Strengths strengths) {
        return strengths.candidates() * (1 + strengths.planes().length);
    }

    /// Σ w·p(1−p)·J Jᵀ.
    private static double[] information(WinCounts counts, Strengths strengths) {
        int size = parameters(strengths);
        double[] information = new double[size * size];
        int[] at = new int[2 + 2 * strengths.planes().length];
        double[] slope = new double[at.length];
        for (int e = 0; e < counts.size(); e++) {
            int i = counts.low(e);
            int j = counts.high(e);
            double p = Logistic.sigmoid(strengths.logit(i, j));
            double curvature = (counts.lowWins(e) + counts.highWins(e)) * p * (1 - p);
            gradient(strengths, i, j, at, slope);
            for (int a = 0; a < at.length; a++) {
                for (int b = 0; b < at.length; b++) {
                    information[at[a] * size + at[b]] += curvature * slope[a] * slope[b];
                }
            }
        }
        return information;
    }

    /// Where the logit of (i, j) depends on the parameters, and how much.
    private static void gradient(Strengths strengths, int i, int j, int[] at, double[] slope) {
        int k = strengths.candidates();
        at[0] = i;
        slope[0] = 1;
        at[1] = j;
        slope[1] = -1;
        double[][] planes = strengths.planes();
        for (int p = 0; p < planes.length; p += 2) {
            int u = (p + 1) * k;
            int v = u + k;
            int next = 2 + 2 * p;
            at[next] = u + i;
            slope[next] = planes[p + 1][j];
            at[next + 1] = v + j;
            slope[next + 1] = planes[p][i];
            at[next + 2] = v + i;
            slope[next + 2] = -planes[p][j];
            at[next + 3] = u + j;
            slope[next + 3] = -planes[p + 1][i];
        }
    }

    private static double[] product(double[] a, double[] b, int size) {
        double[] product = new double[size * size];
        for (int i = 0; i < size; i++) {
            for (int k = 0; k < size; k++) {
                double factor = a[i * size + k];
                for (int j = 0; j < size; j++) {
                    product[i * size + j] += factor * b[k * size + j];
                }
            }
        }
        return product;
    }
}
