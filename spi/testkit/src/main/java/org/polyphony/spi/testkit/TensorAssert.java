package org.polyphony.spi.testkit;

import java.lang.foreign.ValueLayout;
import org.assertj.core.api.AbstractAssert;
import org.polyphony.spi.tensor.ElementType;
import org.polyphony.spi.tensor.Shape;
import org.polyphony.spi.tensor.Tensor;

/// Assertions about a [Tensor].
public final class TensorAssert extends AbstractAssert<TensorAssert, Tensor> {

    private TensorAssert(Tensor actual) {
        super(actual, TensorAssert.class);
    }

    /// Assertions about `actual`.
    public static TensorAssert assertThat(Tensor actual) {
        return new TensorAssert(actual);
    }

    /// The extents are these.
    public TensorAssert hasShape(int... dimensions) {
        if (!actual.shape().equals(Shape.of(dimensions))) {
            failWithMessage("Expected shape %s, got %s", Shape.of(dimensions), actual);
        }
        return this;
    }

    /// The element type is this.
    public TensorAssert hasType(ElementType type) {
        if (actual.type() != type) {
            failWithMessage("Expected a %s tensor, got %s", type, actual);
        }
        return this;
    }

    /// Every element of a FLOAT64 tensor is finite.
    public TensorAssert isFinite() {
        return isBetween(-Double.MAX_VALUE, Double.MAX_VALUE);
    }

    /// Every element of a FLOAT64 tensor lies in `[low, high]`; NaN does not.
    public TensorAssert isBetween(double low, double high) {
        hasType(ElementType.FLOAT64);
        for (long i = 0; i < actual.size(); i++) {
            double value = actual.getDouble(i);
            if (!(value >= low && value <= high)) {
                failWithMessage("Expected elements in [%s, %s], element %s of %s is %s", low, high, i, actual, value);
            }
        }
        return this;
    }

    /// Every element of a UINT8 tensor is 0 or 1.
    public TensorAssert isFlags() {
        hasType(ElementType.UINT8);
        for (long i = 0; i < actual.size(); i++) {
            byte value = actual.getByte(i);
            if (value != 0 && value != 1) {
                failWithMessage("Expected flags 0 or 1, element %s of %s is %s", i, actual, value);
            }
        }
        return this;
    }

    /// The elements of a FLOAT64 tensor, in row-major order, are these within `tolerance`.
    public TensorAssert isCloseTo(double tolerance, double... expected) {
        hasType(ElementType.FLOAT64);
        if (actual.size() != expected.length) {
            failWithMessage("Expected %s elements, got %s", expected.length, actual);
        }
        for (int i = 0; i < expected.length; i++) {
            double value = actual.getDouble(i);
            if (value != expected[i] && !(Math.abs(value - expected[i]) <= tolerance)) {
                failWithMessage(
                        "Expected element %s of %s to be %s within %s, got %s",
                        i, actual, expected[i], tolerance, value);
            }
        }
        return this;
    }

    /// The elements of a FLOAT64 tensor are within `tolerance` of those of `expected`.
    public TensorAssert isCloseTo(Tensor expected, double tolerance) {
        if (!actual.shape().equals(expected.shape())) {
            failWithMessage("Expected %s, got %s", expected, actual);
        }
        return isCloseTo(tolerance, expected.data().toArray(ValueLayout.JAVA_DOUBLE_UNALIGNED));
    }

    /// Type, shape and every byte equal those of `expected`.
    public TensorAssert hasContentOf(Tensor expected) {
        SpiValues.firstDifference(actual, expected)
                .ifPresent(difference -> failWithMessage("Expected the same content, but%s", difference));
        return this;
    }
}
