package org.polyphony.preferences.model;

import java.util.Arrays;
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
    private static final double START_LENGTH = 0.3;

    private SkewBilinearFit() {}

    static StrengthsModel fit(Pairs training, ModelSpec.SkewBilinear spec, Parallel parallel) {
        WinCounts[] everybody = WinCounts.of(training, spec.ties());
        int items = everybody.length;
        Strengths[] population =
                parallel.map(items, item -> population(everybody[item], spec)).toArray(Strengths[]::new);
        if (spec.shrinkage() == Double.POSITIVE_INFINITY) {
            Strengths[][] alike = new Strengths[training.groups()][];
            Arrays.fill(alike, population);
            return new StrengthsModel(population, alike);
        }
        WinCounts[][] byGroup = WinCounts.byGroup(training, spec.ties());
        List<Strengths> deviating = parallel.map(byGroup.length * items, index -> {
            Strengths centre = population[index % items];
            WinCounts counts = byGroup[index / items][index % items];
            return counts.size() == 0 ? centre : minimize(counts, centre, centre, spec.shrinkage(), spec.shrinkage());
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
        SkewBilinearLoss loss = new SkewBilinearLoss(counts, start.planes().length, flat(centre), ridge, planeRidge);
        double[] x = DampedNewton.minimize(loss, flat(start));
        int k = counts.candidates();
        double[][] fitted = new double[start.planes().length][];
        for (int p = 0; p < fitted.length; p++) {
            fitted[p] = Arrays.copyOfRange(x, (p + 1) * k, (p + 2) * k);
        }
        return new Strengths(Arrays.copyOf(x, k), fitted);
    }

    private static double[] flat(Strengths strengths) {
        int k = strengths.candidates();
        double[] x = Arrays.copyOf(strengths.theta(), k * (1 + strengths.planes().length));
        for (int p = 0; p < strengths.planes().length; p++) {
            System.arraycopy(strengths.planes()[p], 0, x, (p + 1) * k, k);
        }
        return x;
    }
}
