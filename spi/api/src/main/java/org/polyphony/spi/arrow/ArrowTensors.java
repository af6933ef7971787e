package org.polyphony.spi.arrow;

import java.lang.foreign.MemorySegment;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.UInt1Vector;
import org.polyphony.spi.tensor.ElementType;
import org.polyphony.spi.tensor.Shape;
import org.polyphony.spi.tensor.Tensor;

/// Views between Arrow vectors and tensors, without a copy.
public final class ArrowTensors {

    private ArrowTensors() {}

    /// A read-only tensor over the values of a vector without nulls. It is valid as long as the vector is
    /// open.
    ///
    /// @throws IllegalArgumentException if the vector has nulls, another type, or not as many values as the
    ///     shape
    @SuppressWarnings("restricted") // Arrow's buffers are known by address only
    public static Tensor viewOf(BaseFixedWidthVector vector, int... shape) {
        if (vector.getNullCount() != 0) {
            throw new IllegalArgumentException(
                    "a tensor has no nulls, column " + vector.getName() + " has " + vector.getNullCount());
        }
        var type = typeOf(vector);
        long bytes = (long) vector.getValueCount() * type.byteSize();
        var data = MemorySegment.ofAddress(vector.getDataBufferAddress())
                .reinterpret(bytes)
                .asReadOnly();
        return Tensor.of(type, Shape.of(shape), data);
    }

    private static ElementType typeOf(BaseFixedWidthVector vector) {
        return switch (vector) {
            case Float8Vector _ -> ElementType.FLOAT64;
            case Float4Vector _ -> ElementType.FLOAT32;
            case BigIntVector _ -> ElementType.INT64;
            case IntVector _ -> ElementType.INT32;
            case UInt1Vector _ -> ElementType.UINT8;
            default ->
                throw new IllegalArgumentException("no tensor type for column " + vector.getField() + "; use float64,"
                        + " float32, int64, int32 or uint8");
        };
    }
}
