package org.polyphony.verify;

import java.util.Arrays;
import java.util.List;

/// Sums whose error does not grow with their length.
///
/// Each is computed as if in twice the working precision and rounded once (Ogita, Rump, Oishi: Accurate sum and dot
/// product, SIAM J. Sci. Comput. 26, 2005, algorithms 4.4 and 5.3): a product's rounding error comes from a fused
/// multiply-add, a sum's from Knuth's two-sum, and the errors are added up beside the result.
final class Sums {

    private double sum;
    private double error;

    void add(double x) {
        double next = sum + x;
        double part = next - sum;
        error += (sum - (next - part)) + (x - part);
        sum = next;
    }

    void addProduct(double x, double y) {
        double product = x * y;
        error += Math.fma(x, y, -product);
        add(product);
    }

    double value() {
        return sum + error;
    }

    static double sum(double[] values) {
        var total = new Sums();
        for (double value : values) {
            total.add(value);
        }
        return total.value();
    }

    /// The largest value; NaN if there is none, or one is NaN.
    static double largest(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
    }

    static List<Double> list(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }
}
