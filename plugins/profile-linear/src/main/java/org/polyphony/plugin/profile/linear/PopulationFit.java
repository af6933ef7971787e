package org.polyphony.plugin.profile.linear;

import java.util.Arrays;
import java.util.List;
import org.polyphony.preferences.Parallel;
import org.polyphony.preferences.model.Logistic;
import org.polyphony.preferences.model.SymmetricSolve;

/// Fits what everybody has in common by Newton's method, the residuals eliminated item by item, and its variances by
/// maximum evidence: s² = |w|² / Σ(1 − C_jj/s²) of every block (MacKay 1992).
///
/// With L the weighted Laplacian of an item's comparisons and A = L + I/sc², the weights alone have the information
/// Σ Zᵀ(L − L A⁻¹ L)Z + 1/s0²: judgments enter by the pairs they compare, and cost nothing once counted.
final class PopulationFit {
    private static final int ROUNDS = 40;
    private static final int FIRST_STEPS = 30;
    private static final int STEPS = 4;
    private static final double STILL = 1e-8;
    private static final double SETTLED = 1e-3;
    private static final int CHUNKS = 32;

    private final Design design;
    private final Answers cells;
    private final Parallel parallel;
    private final int d;
    private final int[] firstCell;
    private final Item[] items;
    private final double[] weights;
    private final double[] residual;
    private double order;
    private double[] features;
    private double residualVariance;

    private PopulationFit(Design design, Answers cells, Variances start, Parallel parallel) {
        this.design = design;
        this.cells = cells;
        this.parallel = parallel;
        this.d = design.columns();
        this.weights = new double[d];
        this.residual = new double[design.candidates()];
        this.features = start.features().clone();
        this.residualVariance = start.residual();
        this.items = new Item[design.items()];
        this.firstCell = new int[design.items() + 1];
        int cell = 0;
        for (int item = 0; item < design.items(); item++) {
            firstCell[item] = cell;
            while (cell < cells.count() && cells.first()[cell] < design.offsets()[item + 1]) {
                cell++;
            }
        }
        firstCell[design.items()] = cell;
    }

    /// With variances by maximum evidence.
    ///
    /// @param cells merged comparisons
    static Population estimated(Design design, Answers cells, Variances start, Parallel parallel) {
        return new PopulationFit(design, cells, start, parallel).fit(ROUNDS);
    }

    /// With variances that are given.
    static Population fixed(Design design, Answers cells, Variances given, Parallel parallel) {
        return new PopulationFit(design, cells, given, parallel).fit(0);
    }

    /// What a step knows of one item: R − b/sc², A⁻¹ [K, K] and A⁻¹LZ [K, d].
    private record Item(double[] gradient, double[] inverse, double[] explained) {}

    /// Sums over items.
    private record Sums(double[] information, double[] gradient, double[] order) {}

    private Population fit(int rounds) {
        double[] covariance = new double[d * d];
        int round = 0;
        boolean settled = false;
        while (!settled) {
            int steps = round == 0 ? FIRST_STEPS : STEPS;
            double moved = Double.POSITIVE_INFINITY;
            double[] information = new double[d * d];
            for (int step = 0; step < steps && moved >= STILL; step++) {
                Sums sums = sums();
                information = sums.information();
                moved = move(sums);
            }
            covariance = SymmetricSolve.factor(information.clone(), d).inverse();
            if (rounds == 0) {
                break;
            }
            round++;
            settled = !estimate(covariance) || round == rounds;
        }
        double[] weightCovariance = covariance;
        List<double[]> scores = parallel.map(items.length, item -> scores(item, weightCovariance));
        return new Population(
                weights,
                covariance,
                residual,
                order,
                new Variances(features, residualVariance, rounds == 0 ? 0 : round),
                scores.toArray(double[][]::new),
                1);
    }

    private Sums sums() {
        int chunks = Math.min(CHUNKS, items.length);
        List<Sums> parts = parallel.map(chunks, chunk -> {
            var sums = new Sums(new double[d * d], new double[d], new double[2]);
            int end = (int) ((long) items.length * (chunk + 1) / chunks);
            for (int item = (int) ((long) items.length * chunk / chunks); item < end; item++) {
                items[item] = item(item, sums);
            }
            return sums;
        });
        var all = new Sums(new double[d * d], new double[d], new double[2]);
        for (Sums part : parts) {
            Matrices.add(all.information(), part.information());
            Matrices.add(all.gradient(), part.gradient());
            Matrices.add(all.order(), part.order());
        }
        for (int c = 0; c < d; c++) {
            all.information()[c * d + c] += 1 / features[design.block()[c]];
            all.gradient()[c] -= weights[c] / features[design.block()[c]];
        }
        return all;
    }

    private Item item(int item, Sums sums) {
        int from = design.offsets()[item];
        int k = design.offsets()[item + 1] - from;
        double[] laplacian = new double[k * k];
        double[] gradient = new double[k];
        double[] score = new double[k];
        Arrays.setAll(score, i -> design.score(from + i, weights) + residual[from + i]);
        for (int cell = firstCell[item]; cell < firstCell[item + 1]; cell++) {
            int i = cells.first()[cell] - from;
            int j = cells.second()[cell] - from;
            double n = cells.weight()[cell];
            double p = Logistic.sigmoid(score[i] - score[j] + (cells.ordered()[cell] ? order : 0));
            double q = n * p * (1 - p);
            double e = n * (cells.share()[cell] - p);
            laplacian[i * k + i] += q;
            laplacian[j * k + j] += q;
            laplacian[i * k + j] -= q;
            laplacian[j * k + i] -= q;
            gradient[i] += e;
            gradient[j] -= e;
            if (cells.ordered()[cell]) {
                sums.order()[0] += e;
                sums.order()[1] += q;
            }
        }
        double[] ridged = laplacian.clone();
        for (int i = 0; i < k; i++) {
            ridged[i * k + i] += 1 / residualVariance;
        }
        double[] inverse = SymmetricSolve.factor(ridged, k).inverse();
        double[] z = Arrays.copyOfRange(design.z(), from * d, (from + k) * d);
        double[] told = Matrices.product(laplacian, z, k, k, d);
        double[] explained = Matrices.product(inverse, told, k, k, d);
        Matrices.addCrossed(sums.gradient(), 1, z, gradient, k, d, 1);
        for (int i = 0; i < k; i++) {
            gradient[i] -= residual[from + i] / residualVariance;
        }
        Matrices.addCrossed(sums.gradient(), -1, explained, gradient, k, d, 1);
        Matrices.addCrossed(sums.information(), 1, z, told, k, d, d);
        Matrices.addCrossed(sums.information(), -1, told, explained, k, d, d);
        return new Item(gradient, inverse, explained);
    }

    private double move(Sums sums) {
        double[] step = sums.gradient().clone();
        SymmetricSolve.factor(sums.information().clone(), d).solve(step);
        double moved = 0;
        for (int c = 0; c < d; c++) {
            weights[c] += step[c];
            moved = Math.max(moved, Math.abs(step[c]));
        }
        for (int item = 0; item < items.length; item++) {
            int from = design.offsets()[item];
            Item of = items[item];
            int k = of.gradient().length;
            for (int i = 0; i < k; i++) {
                double by = Matrices.dot(of.inverse(), i * k, of.gradient(), 0, k)
                        - Matrices.dot(of.explained(), i * d, step, 0, d);
                residual[from + i] += by;
                moved = Math.max(moved, Math.abs(by));
            }
        }
        // ridge 1: an effect of order must be earned
        order += sums.order()[0] / (sums.order()[1] + 1);
        return moved;
    }

    /// The next variances; false when they have settled.
    private boolean estimate(double[] covariance) {
        double[] squares = new double[features.length];
        double[] free = new double[features.length];
        for (int c = 0; c < d; c++) {
            int block = design.block()[c];
            squares[block] += weights[c] * weights[c];
            free[block] += 1 - covariance[c * d + c] / features[block];
        }
        double moved = 0;
        for (int block = 0; block < features.length; block++) {
            double next = Math.clamp(squares[block] / Math.max(1e-3, free[block]), 1e-6, 100);
            moved = Math.max(moved, Math.abs(Math.log(next / features[block])));
            features[block] = next;
        }
        double square = 0;
        double freedom = 0;
        for (int item = 0; item < items.length; item++) {
            Item of = items[item];
            int k = of.gradient().length;
            double[] row = new double[d];
            for (int i = 0; i < k; i++) {
                System.arraycopy(of.explained(), i * d, row, 0, d);
                double variance = of.inverse()[i * k + i] + Matrices.form(covariance, row);
                freedom += 1 - variance / residualVariance;
                double b = residual[design.offsets()[item] + i];
                square += b * b;
            }
        }
        double next = Math.clamp(square / Math.max(1e-3, freedom), 1e-4, 100);
        moved = Math.max(moved, Math.abs(Math.log(next / residualVariance)));
        residualVariance = next;
        return moved >= SETTLED;
    }

    private double[] scores(int item, double[] covariance) {
        Item of = items[item];
        int k = of.gradient().length;
        double[] left = Arrays.copyOfRange(design.z(), design.offsets()[item] * d, design.offsets()[item + 1] * d);
        for (int at = 0; at < left.length; at++) {
            left[at] -= of.explained()[at];
        }
        double[] spread = Matrices.product(left, covariance, k, d, d);
        double[] scores = of.inverse();
        for (int i = 0; i < k; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = scores[i * k + j] + Matrices.dot(spread, i * d, left, j * d, d);
                scores[i * k + j] = sum;
                scores[j * k + i] = sum;
            }
        }
        return scores;
    }
}
