package org.polyphony.engine.tensor;

import java.lang.foreign.MemorySegment;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.util.hash.ArrowBufHasher;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.ExtensionTypeVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.polyphony.spi.tensor.Shape;
import org.polyphony.spi.tensor.Tensor;

/// A column of tensors with a shape each.
public final class VariableShapeTensorVector extends ExtensionTypeVector<StructVector> {

    private final VariableShapeTensorType type;

    VariableShapeTensorVector(String name, FieldType fieldType, BufferAllocator allocator, StructVector storage) {
        super(new Field(name, fieldType, List.of()), allocator, storage);
        this.type = (VariableShapeTensorType) fieldType.getType();
    }

    @Override
    public Field getField() {
        var storage = getUnderlyingVector().getField();
        return new Field(getName(), new FieldType(storage.isNullable(), type, null), storage.getChildren());
    }

    /// The tensor in cell `index`, read-only, valid as long as the column is open.
    ///
    /// @throws IllegalArgumentException if the storage is not that of a tensor, the cell or one of its parts is
    ///     null, or its elements do not fit its shape
    @Override
    @SuppressWarnings("restricted") // Arrow's buffers are known by address only
    public Tensor getObject(int index) {
        if (!(child("data") instanceof ListVector data
                && data.getDataVector() instanceof BaseFixedWidthVector elements
                && child("shape") instanceof FixedSizeListVector shapes
                && shapes.getDataVector() instanceof IntVector extents)) {
            throw new IllegalArgumentException("column " + getName() + " must be a struct of data (list) and shape"
                    + " (fixed-size list of int32), got "
                    + getUnderlyingVector().getField());
        }
        int rank = shapes.getListSize();
        long from = data.getElementStartIndex(index);
        long count = data.getElementEndIndex(index) - from;
        if (isNull(index)
                || data.isNull(index)
                || shapes.isNull(index)
                || ElementNulls.within(elements, from, count)
                || ElementNulls.within(extents, (long) index * rank, rank)) {
            throw new IllegalArgumentException(
                    "a tensor has no nulls, column " + getName() + " has one at row " + index);
        }
        var dimensions = new int[rank];
        for (int axis = 0; axis < rank; axis++) {
            dimensions[axis] = extents.get(index * rank + axis);
        }
        var shape = Shape.of(dimensions);
        if (count != shape.size()) {
            throw new IllegalArgumentException("row " + index + " of column " + getName() + " has " + count
                    + " elements, its shape " + shape + " needs " + shape.size());
        }
        var element = ElementTypes.of(elements.getField().getType());
        var memory = MemorySegment.ofAddress(elements.getDataBufferAddress() + from * element.byteSize())
                .reinterpret(count * element.byteSize())
                .asReadOnly();
        return Tensor.of(element, shape, memory);
    }

    @Override
    public int hashCode(int index) {
        return getUnderlyingVector().hashCode(index);
    }

    @Override
    public int hashCode(int index, ArrowBufHasher hasher) {
        return getUnderlyingVector().hashCode(index, hasher);
    }

    private FieldVector child(String name) {
        return getUnderlyingVector().getChild(name);
    }
}
