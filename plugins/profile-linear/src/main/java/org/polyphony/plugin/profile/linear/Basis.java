package org.polyphony.plugin.profile.linear;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.polyphony.plugin.profile.linear.FeatureBlock.Scale;
import org.polyphony.preferences.Parallel;

/// Features in few directions: of each encoder the principal components of what candidates of one item differ in.
///
/// They are not whitened: a direction in which candidates differ little explains little, and the mean variance of the
/// kept ones is 1, so that the blocks of several encoders compare. Differences alone matter, so nothing is centred
/// when it is applied.
///
/// @param parts one per encoder, and one of a column of ones of whatever is not empty, where there is a threshold
/// @param threshold whether candidates were compared with [EmptyCandidates]
record Basis(List<Part> parts, boolean threshold) {

    /// Directions with less than this share of the largest variance are rounding.
    private static final double NOTHING = 1e-9;

    Basis {
        parts = List.copyOf(parts);
    }

    /// The components of one encoder.
    ///
    /// @param columns how many columns C it gives
    /// @param loadings `[j][c]`: how much of column c, as the encoder gives it, is in component j
    record Part(int columns, double[][] loadings) {}

    /// Learns the components.
    ///
    /// @param features row-major [N, D], D being the columns of all blocks
    /// @param offsets first candidate of each item, then N
    static Basis learn(double[] features, int[] offsets, List<FeatureBlock> blocks, Parallel parallel) {
        int width = blocks.stream().mapToInt(FeatureBlock::columns).sum();
        var parts = new ArrayList<Part>();
        int from = 0;
        for (FeatureBlock block : blocks) {
            parts.add(learn(features, width, from, offsets, block, parallel));
            from += block.columns();
        }
        return new Basis(parts, false);
    }

    private static Part learn(
            double[] features, int width, int from, int[] offsets, FeatureBlock block, Parallel parallel) {
        int n = offsets[offsets.length - 1];
        int columns = block.columns();
        double[][] within = new double[columns][n];
        int items = 0;
        for (int item = 0; item + 1 < offsets.length; item++) {
            int size = offsets[item + 1] - offsets[item];
            items += size > 0 ? 1 : 0;
            for (int c = 0; c < columns; c++) {
                double mean = 0;
                for (int i = offsets[item]; i < offsets[item + 1]; i++) {
                    mean += features[i * width + from + c];
                }
                mean /= Math.max(1, size);
                for (int i = offsets[item]; i < offsets[item + 1]; i++) {
                    within[c][i] = features[i * width + from + c] - mean;
                }
            }
        }
        double freedom = Math.max(1, n - items);
        double[] scale = scales(within, freedom, block.scale());
        for (int c = 0; c < columns; c++) {
            for (int i = 0; i < n; i++) {
                within[c][i] /= scale[c];
            }
        }
        double[][] covariance = new double[columns][columns];
        parallel.forEach(columns, c -> {
            for (int other = 0; other < columns; other++) {
                covariance[c][other] = product(within[c], within[other]) / freedom;
            }
        });
        double[][] kept = components(SymmetricEigen.of(covariance), block.keep());
        for (double[] direction : kept) {
            Arrays.setAll(direction, c -> direction[c] / scale[c]);
        }
        return new Part(columns, kept);
    }

    private static double[] scales(double[][] within, double freedom, Scale scale) {
        double[] variance = Arrays.stream(within)
                .mapToDouble(column -> product(column, column) / freedom)
                .toArray();
        double[] scales = new double[variance.length];
        if (scale == Scale.BLOCK) {
            Arrays.fill(scales, positive(Math.sqrt(Arrays.stream(variance).sum())));
        } else {
            Arrays.setAll(scales, c -> positive(Math.sqrt(variance[c])));
        }
        return scales;
    }

    private static double positive(double deviation) {
        return deviation > NOTHING ? deviation : Double.POSITIVE_INFINITY;
    }

    private static double[][] components(SymmetricEigen eigen, int keep) {
        int columns = eigen.values().length;
        double largest = eigen.values()[columns - 1];
        var kept = new ArrayList<double[]>();
        double sum = 0;
        for (int j = columns - 1; j >= 0 && kept.size() < keep && eigen.values()[j] > NOTHING * largest; j--) {
            kept.add(eigen.vectors()[j]);
            sum += eigen.values()[j];
        }
        double length = Math.sqrt(sum / kept.size());
        for (double[] direction : kept) {
            int at = 0;
            for (int c = 1; c < columns; c++) {
                at = Math.abs(direction[c]) > Math.abs(direction[at]) ? c : at;
            }
            double by = Math.signum(direction[at]) / length;
            Arrays.setAll(direction, c -> direction[c] * by);
        }
        return kept.toArray(double[][]::new);
    }

    /// The same, whose last part is of ones.
    Basis withThreshold(boolean ones) {
        return new Basis(parts, ones);
    }

    /// Columns of the encoders' features.
    int encoded() {
        return width() - (threshold ? 1 : 0);
    }

    /// Columns of the features it takes.
    int width() {
        return parts.stream().mapToInt(Part::columns).sum();
    }

    /// Columns of what it makes of them.
    int size() {
        return parts.stream().mapToInt(part -> part.loadings().length).sum();
    }

    /// The encoder of every kept column [d].
    int[] block() {
        int[] block = new int[size()];
        int to = 0;
        for (int p = 0; p < parts.size(); p++) {
            int size = parts.get(p).loadings().length;
            Arrays.fill(block, to, to + size, p);
            to += size;
        }
        return block;
    }

    /// The kept columns of `n` candidates, row-major [n, d], from their features [n, D].
    double[] apply(double[] features, int n) {
        int width = width();
        int size = size();
        double[] z = new double[n * size];
        for (int i = 0; i < n; i++) {
            int from = i * width;
            int to = i * size;
            for (Part part : parts) {
                for (double[] loading : part.loadings()) {
                    double sum = 0;
                    for (int c = 0; c < loading.length; c++) {
                        sum += features[from + c] * loading[c];
                    }
                    z[to++] = sum;
                }
                from += part.columns();
            }
        }
        return z;
    }

    private static double product(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
