package org.polyphony.spi.alignment;

import java.util.List;
import java.util.Objects;
import java.util.function.ToIntFunction;
import org.polyphony.spi.tensor.Shape;
import org.polyphony.spi.tensor.Tensor;

/// Rows of buckets and of their tensors.
final class Views {

    private Views() {}

    /// A view of one row of a bucket.
    @FunctionalInterface
    interface OfRow<B, V> {
        V view(B bucket, int row);
    }

    /// The view of row `n`, counted through all buckets.
    ///
    /// @param rows how many rows a bucket has
    /// @param what a row is, for the message
    static <B, V> V find(List<B> buckets, ToIntFunction<B> rows, int n, String what, OfRow<B, V> of) {
        int left = n;
        for (var bucket : buckets) {
            int count = rows.applyAsInt(bucket);
            if (left < count) {
                return of.view(bucket, Objects.checkIndex(left, count));
            }
            left -= count;
        }
        throw new IndexOutOfBoundsException("there are " + (n - left) + " " + what + ", not one numbered " + n);
    }

    /// Row `row` as a tensor of one dimension less.
    static Tensor row(Tensor all, int row) {
        Objects.checkIndex(row, all.dimension(0));
        var dimensions = all.shape().dimensions();
        var shape = new Shape(dimensions.subList(1, dimensions.size()));
        long bytes = shape.size() * all.type().byteSize();
        return Tensor.of(all.type(), shape, all.data().asSlice(row * bytes, bytes));
    }

    static double[] probabilities(Tensor logs) {
        var values = logs.toDoubles();
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.exp(values[i]);
        }
        return values;
    }
}
