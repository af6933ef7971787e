package org.polyphony.spi.tensor;

import java.util.List;

/// The extents of a tensor, outermost first; row-major.
///
/// @param dimensions extents, each >= 0; empty for a scalar
public record Shape(List<Integer> dimensions) {

    public Shape {
        dimensions = List.copyOf(dimensions);
        for (int axis = 0; axis < dimensions.size(); axis++) {
            if (dimensions.get(axis) < 0) {
                throw new IllegalArgumentException("a dimension must be >= 0, got " + dimensions);
            }
        }
    }

    /// A shape of these extents.
    public static Shape of(int... dimensions) {
        var boxed = new Integer[dimensions.length];
        for (int axis = 0; axis < boxed.length; axis++) {
            boxed[axis] = dimensions[axis];
        }
        return new Shape(List.of(boxed));
    }

    /// How many dimensions there are.
    public int rank() {
        return dimensions.size();
    }

    /// The extent of dimension `axis`.
    public int dimension(int axis) {
        return dimensions.get(axis);
    }

    /// How many elements there are: the product of the extents; 1 for a scalar.
    ///
    /// @throws ArithmeticException if the product exceeds a long
    public long size() {
        long size = 1;
        for (int axis = 0; axis < dimensions.size(); axis++) {
            size = Math.multiplyExact(size, (long) dimensions.get(axis));
        }
        return size;
    }

    /// The position of `indices` in row-major order.
    public long offset(int... indices) {
        if (indices.length != dimensions.size()) {
            throw new IllegalArgumentException(
                    "shape " + this + " takes " + rank() + " indices, got " + indices.length);
        }
        long offset = 0;
        for (int axis = 0; axis < indices.length; axis++) {
            offset = offset * dimensions.get(axis) + java.util.Objects.checkIndex(indices[axis], dimensions.get(axis));
        }
        return offset;
    }

    @Override
    public String toString() {
        return dimensions.toString();
    }
}
