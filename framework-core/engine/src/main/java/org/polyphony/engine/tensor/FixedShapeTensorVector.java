package org.polyphony.engine.tensor;

import java.lang.foreign.MemorySegment;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.util.hash.ArrowBufHasher;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.ExtensionTypeVector;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.polyphony.spi.tensor.Tensor;

/// A column of tensors of one shape.
public final class FixedShapeTensorVector extends ExtensionTypeVector<FixedSizeListVector> {

    private final FixedShapeTensorType type;

    FixedShapeTensorVector(String name, FieldType fieldType, BufferAllocator allocator, FixedSizeListVector storage) {
        super(new Field(name, fieldType, List.of()), allocator, storage);
        this.type = (FixedShapeTensorType) fieldType.getType();
    }

    @Override
    public Field getField() {
        var storage = getUnderlyingVector().getField();
        return new Field(getName(), new FieldType(storage.isNullable(), type, null), storage.getChildren());
    }

    /// The tensor in cell `index`, read-only, valid as long as the column is open.
    ///
    /// @throws IllegalArgumentException if the cell or one of its elements is null
    @Override
    @SuppressWarnings("restricted") // Arrow's buffers are known by address only
    public Tensor getObject(int index) {
        var elements = (BaseFixedWidthVector) getUnderlyingVector().getDataVector();
        long size = type.shape().size();
        if (isNull(index) || ElementNulls.within(elements, index * size, size)) {
            throw new IllegalArgumentException(
                    "a tensor has no nulls, column " + getName() + " has one at row " + index);
        }
        var element = ElementTypes.of(elements.getField().getType());
        long bytes = size * element.byteSize();
        var data = MemorySegment.ofAddress(elements.getDataBufferAddress() + index * bytes)
                .reinterpret(bytes)
                .asReadOnly();
        return Tensor.of(element, type.shape(), data);
    }

    @Override
    public int hashCode(int index) {
        return getUnderlyingVector().hashCode(index);
    }

    @Override
    public int hashCode(int index, ArrowBufHasher hasher) {
        return getUnderlyingVector().hashCode(index, hasher);
    }
}
