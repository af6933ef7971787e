package org.polyphony.preferences.model;

import java.util.List;
import org.polyphony.preferences.Pairs;
import org.polyphony.preferences.Parallel;

/// Fits utilities and planes of circular preference.
///
/// The objective is smooth but not convex in the planes, so the start decides the answer: planes start along
/// the
/// leading
/// singular planes of what Bradley-Terry leaves unexplained, R_ij = wins − n·p. A plane is worth its ridge
/// only if its
/// singular value exceeds it; below, the planes shrink to nothing and the model is Bradley-Terry again.
final class SkewBilinearFit {
    private static final double TOLERANCE = 1e-7;
    private static final int MAX_ITERATIONS = 2000;
    private static final double START_LENGTH = 0.3;

    private SkewBilinearFit() {}

    static StrengthsModel fit(Pairs training, ModelSpec.SkewBilinear spec, Parallel parallel) {
        WinCounts[] everybody = WinCounts.of(training, spec.ties());
        WinCounts[][] byGroup = WinCounts.byGroup(training, spec.ties());
        int items = everybody.length;
        Strengths[] population =
                parallel.map(items, item -> population(everybody[item], spec)).toArray(Strengths[]::new);
        List<Strengths> deviating = parallel.map(byGroup.length * items, index -> {
            Strengths centre = population[index % items];
            WinCounts counts = byGroup[index / items][index % items];
            return spec.shrinkage() == Double.POSITIVE_INFINITY || counts.size() == 0
                    ? centre
                    : minimize(counts, centre, centre, spec.shrinkage(), spec.shrinkage());
        });
        Strengths[][] groups = new Strengths[byGroup.length][];
        for (int g = 0; g < groups.length; g++) {
            groups[g] = deviating.subList(g * items, (g + 1) * items).toArray(Strengths[]::new);
        }
        return new StrengthsModel(population, groups);
    }

    private static Strengths population(WinCounts counts, ModelSpec.SkewBilinear spec) {
        int k = counts.candidates();
        double[] theta = BradleyTerry.fit(counts, spec.ridge());
        double[][] none = new double[2 * spec.planes()][k];
        if (k < 3 || counts.size() == 0) {
            return new Strengths(theta, none);
        }
        double[][] start = ResidualPlanes.leading(counts, theta, spec.planes(), START_LENGTH);
        return minimize(
                counts,
                new Strengths(new double[k], none),
                new Strengths(theta, start),
                spec.ridge(),
                spec.planeRidge());
    }

    private static Strengths minimize(
            WinCounts counts, Strengths centre, Strengths start, double ridge, double planeRidge) {
        int planes = start.planes().length;
        double[] middle = flat(centre);
        double[] x = Lbfgs.minimize(
                (at, gradient) -> valueAndGradient(counts, at, planes, middle, ridge, planeRidge, gradient),
                flat(start),
                TOLERANCE,
                MAX_ITERATIONS);
        int k = counts.candidates();
        double[][] fitted = new double[planes][];
        for (int p = 0; p < planes; p++) {
            fitted[p] = java.util.Arrays.copyOfRange(x, (p + 1) * k, (p + 2) * k);
        }
        return new Strengths(java.util.Arrays.copyOf(x, k), fitted);
    }

    /// Penalised negative log-likelihood in nats of parameters [θ, u0, v0, u1, …], each block of length K.
    static double valueAndGradient(
            WinCounts counts,
            double[] x,
            int planes,
            double[] centre,
            double ridge,
            double planeRidge,
            double[] gradient) {
        int k = counts.candidates();
        double value = 0;
        for (int i = 0; i < x.length; i++) {
            double strength = i < k ? ridge : planeRidge;
            double away = x[i] - centre[i];
            value += strength / 2 * away * away;
            gradient[i] = strength * away;
        }
        for (int e = 0; e < counts.size(); e++) {
            int i = counts.low(e);
            int j = counts.high(e);
            double d = x[i] - x[j];
            for (int p = 0; p < planes; p += 2) {
                int u = (p + 1) * k;
                int v = u + k;
                d += x[u + i] * x[v + j] - x[v + i] * x[u + j];
            }
            double weight = counts.lowWins(e) + counts.highWins(e);
            value -= counts.lowWins(e) * Logistic.logSigmoid(d) + counts.highWins(e) * Logistic.logSigmoid(-d);
            double residual = weight * Logistic.sigmoid(d) - counts.lowWins(e);
            gradient[i] += residual;
            gradient[j] -= residual;
            for (int p = 0; p < planes; p += 2) {
                int u = (p + 1) * k;
                int v = u + k;
                gradient[u + i] += residual * x[v + j];
                gradient[v + j] += residual * x[u + i];
                gradient[v + i] -= residual * x[u + j];
                gradient[u + j] -= residual * x[v + i];
            }
        }
        return value;
    }

    private static double[] flat(Strengths strengths) {
        int k = strengths.candidates();
        double[] x = java.util.Arrays.copyOf(strengths.theta(), k * (1 + strengths.planes().length));
        for (int p = 0; p < strengths.planes().length; p++) {
            System.arraycopy(strengths.planes()[p], 0, x, (p + 1) * k, k);
        }
        return x;
    }
}
