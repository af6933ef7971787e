package org.polyphony.preferences.model;

/// Population and group utilities of one item fitted together, for the evidence of a strength of group
/// differences.
///
/// The Hessian is an arrow: groups meet only through θ. With s = 1/σ² and A_g = H_g + s, eliminating the
/// deviations leaves S = H_blank + 1/τ² + Σ_g (s − s² A_g⁻¹), so a step costs one K×K factor a group
/// instead of one of all of them together, and ln det = Σ_g ln det A_g + ln det S. Not for use by several
/// threads: it keeps its solution as the next start.
final class JointFit {
    private static final int MAX_ITERATIONS = 100;
    private static final double STEP_TOLERANCE = 1e-6;

    private final WinCounts blank;
    private final WinCounts[] groups;
    private final double populationPrecision;
    private final double populationDeviation;
    private final double[] theta;
    private final double[][] delta;

    JointFit(WinCounts blank, WinCounts[] groups, double populationDeviation) {
        int k = blank.candidates();
        this.blank = blank;
        this.groups = groups;
        this.populationDeviation = populationDeviation;
        this.populationPrecision = 1 / (populationDeviation * populationDeviation);
        this.theta = new double[k];
        this.delta = new double[groups.length][k];
    }

    /// ln p(judgments | σ_d) in the Laplace approximation; the powers of 2π of prior and posterior cancel.
    double logEvidence(double sigma) {
        double s = 1 / (sigma * sigma);
        int k = theta.length;
        double logDeterminant = 0;
        for (int iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
            Newton newton = new Newton(s);
            logDeterminant = newton.logDeterminant;
            double largest = newton.largest();
            double scale = 1;
            // below 1/4, utilities of a pair move by at most 1, over which a full step always descends
            double before = largest > 0.25 ? objective(s) : Double.POSITIVE_INFINITY;
            newton.move(scale);
            while (largest > 0.25 && !(objective(s) <= before) && scale > 1e-9) {
                newton.move(-scale / 2);
                scale /= 2;
            }
            if (largest < STEP_TOLERANCE) {
                break;
            }
        }
        return -objective(s)
                - k * Math.log(populationDeviation)
                - groups.length * k * Math.log(sigma)
                - logDeterminant / 2;
    }

    private double objective(double s) {
        double value = -blank.logLikelihood(theta) + populationPrecision / 2 * squares(theta);
        for (int g = 0; g < groups.length; g++) {
            value += -groups[g].logLikelihood(sum(theta, delta[g])) + s / 2 * squares(delta[g]);
        }
        return value;
    }

    /// One Newton step of all utilities.
    private final class Newton {
        private final double[] thetaStep;
        private final double[][] deltaStep = new double[groups.length][];
        private final double logDeterminant;

        Newton(double s) {
            int k = theta.length;
            double[] zero = new double[k];
            double[] schur = new double[k * k];
            thetaStep = new double[k];
            BradleyTerry.derivatives(blank, theta, populationPrecision, zero, thetaStep, schur);
            SymmetricSolve[] factors = new SymmetricSolve[groups.length];
            double[][] slopes = new double[groups.length][];
            double sum = 0;
            for (int g = 0; g < groups.length; g++) {
                double[] beta = sum(theta, delta[g]);
                double[] likelihoodSlope = new double[k];
                double[] precision = new double[k * k];
                BradleyTerry.derivatives(groups[g], beta, 0, zero, likelihoodSlope, precision);
                slopes[g] = new double[k];
                for (int i = 0; i < k; i++) {
                    precision[i * k + i] += s;
                    slopes[g][i] = likelihoodSlope[i] + s * delta[g][i];
                }
                factors[g] = SymmetricSolve.factor(precision, k);
                double[] inverse = factors[g].inverse();
                sum += factors[g].logDeterminant();
                double[] solved = slopes[g].clone();
                factors[g].solve(solved);
                for (int i = 0; i < k; i++) {
                    thetaStep[i] += likelihoodSlope[i] - slopes[g][i] + s * solved[i];
                    schur[i * k + i] += s;
                }
                for (int i = 0; i < inverse.length; i++) {
                    schur[i] -= s * s * inverse[i];
                }
            }
            SymmetricSolve whole = SymmetricSolve.factor(schur, k);
            whole.solve(thetaStep);
            logDeterminant = sum + whole.logDeterminant();
            for (int g = 0; g < groups.length; g++) {
                deltaStep[g] = slopes[g];
                for (int i = 0; i < k; i++) {
                    deltaStep[g][i] += s * thetaStep[i];
                }
                factors[g].solve(deltaStep[g]);
                for (int i = 0; i < k; i++) {
                    deltaStep[g][i] -= thetaStep[i];
                }
            }
        }

        double largest() {
            double largest = 0;
            for (int i = 0; i < theta.length; i++) {
                largest = Math.max(largest, Math.abs(thetaStep[i]));
                for (double[] step : deltaStep) {
                    largest = Math.max(largest, Math.abs(step[i]));
                }
            }
            return largest;
        }

        void move(double scale) {
            for (int i = 0; i < theta.length; i++) {
                theta[i] -= scale * thetaStep[i];
                for (int g = 0; g < delta.length; g++) {
                    delta[g][i] -= scale * deltaStep[g][i];
                }
            }
        }
    }

    private static double[] sum(double[] a, double[] b) {
        double[] sum = new double[a.length];
        for (int i = 0; i < sum.length; i++) {
            sum[i] = a[i] + b[i];
        }
        return sum;
    }

    private static double squares(double[] x) {
        double sum = 0;
        for (double value : x) {
            sum += value * value;
        }
        return sum;
    }
}
