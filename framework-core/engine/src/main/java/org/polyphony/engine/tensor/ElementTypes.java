package org.polyphony.engine.tensor;

import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.polyphony.spi.tensor.ElementType;

/// Element types of tensors as types of Arrow.
public final class ElementTypes {

    private ElementTypes() {}

    /// Arrow's name of an element type.
    public static ArrowType arrow(ElementType type) {
        return switch (type) {
            case FLOAT64 -> new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
            case FLOAT32 -> new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE);
            case INT64 -> new ArrowType.Int(64, true);
            case INT32 -> new ArrowType.Int(32, true);
            case UINT8 -> new ArrowType.Int(8, false);
        };
    }

    /// The element type that Arrow calls `type`.
    ///
    /// @throws IllegalArgumentException if tensors have no such elements
    public static ElementType of(ArrowType type) {
        for (var candidate : ElementType.values()) {
            if (arrow(candidate).equals(type)) {
                return candidate;
            }
        }
        throw new IllegalArgumentException(
                "tensors have no elements of type " + type + "; use float64, float32, int64, int32 or uint8");
    }
}
