package org.polyphony.spi.tensor;

import java.util.Arrays;
import org.osgi.annotation.versioning.ProviderType;

/// Hands out memory that belongs to one plugin call.
///
/// Everything allocated is freed when the call returns or fails, except what the result refers to, which
/// moves to the caller without a copy. Safe for use by many threads at once.
@ProviderType
public interface TensorAllocator {

    /// A zeroed, writable tensor in 64-byte aligned memory.
    ///
    /// @throws org.polyphony.spi.error.AlignmentException with code `MEMORY_EXHAUSTED` beyond the call's
    ///     limit
    Tensor allocate(ElementType type, Shape shape);

    /// A zeroed FLOAT64 tensor.
    default Tensor doubles(int... shape) {
        return allocate(ElementType.FLOAT64, Shape.of(shape));
    }

    /// A zeroed INT32 tensor.
    default Tensor ints(int... shape) {
        return allocate(ElementType.INT32, Shape.of(shape));
    }

    /// A zeroed UINT8 tensor.
    default Tensor bytes(int... shape) {
        return allocate(ElementType.UINT8, Shape.of(shape));
    }

    /// A copy of these rows of a tensor's outermost dimension, in this order; a row may be asked for twice.
    ///
    /// @throws IndexOutOfBoundsException if there is no such row
    default Tensor gather(Tensor from, int[] rows) {
        var dimensions = new int[from.shape().dimensions().size()];
        Arrays.setAll(dimensions, from::dimension);
        dimensions[0] = rows.length;
        var gathered = allocate(from.type(), Shape.of(dimensions));
        for (int r = 0; r < rows.length; r++) {
            gathered.slice(r, 1).data().copyFrom(from.slice(rows[r], 1).data());
        }
        return gathered;
    }
}
