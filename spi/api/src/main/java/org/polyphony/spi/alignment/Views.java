package org.polyphony.spi.alignment;

import org.polyphony.spi.tensor.Tensor;

/// Rows of tensors as tensors of one dimension less.
final class Views {

    private Views() {}

    static Tensor row(Tensor all, int row) {
        var dimensions = new int[all.shape().dimensions().size() - 1];
        for (int d = 0; d < dimensions.length; d++) {
            dimensions[d] = all.dimension(d + 1);
        }
        return all.slice(row, 1).reshape(dimensions);
    }

    static double[] probabilities(Tensor logs) {
        var values = logs.toDoubles();
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.exp(values[i]);
        }
        return values;
    }
}
