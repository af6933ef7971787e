package org.polyphony.engine.tensor;

import java.util.Objects;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.ArrowType.ExtensionType;
import org.apache.arrow.vector.types.pojo.ExtensionTypeRegistry;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.polyphony.spi.tensor.Shape;

/// The canonical extension type `arrow.fixed_shape_tensor`: every cell is a row-major tensor of one shape,
/// stored as a fixed-size list of its elements. Source: Arrow Columnar Format, canonical extension types.
public final class FixedShapeTensorType extends ExtensionType {

    /// The name of the extension in a field's metadata.
    public static final String NAME = "arrow.fixed_shape_tensor";

    private final Shape shape;
    private final String metadata;

    private FixedShapeTensorType(Shape shape, String metadata) {
        if (shape.size() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "a tensor cell holds at most 2147483647 elements, got shape " + shape + "; cut it into parts");
        }
        this.shape = shape;
        this.metadata = metadata;
    }

    /// Tensors of this shape, without names of dimensions.
    public static FixedShapeTensorType of(Shape shape) {
        return new FixedShapeTensorType(shape, TensorMetadata.ofShape(shape));
    }

    /// Makes Arrow's readers return this type. May be called more than once.
    public static void register() {
        ExtensionTypeRegistry.register(of(Shape.of()));
    }

    /// The shape of every cell.
    public Shape shape() {
        return shape;
    }

    @Override
    public ArrowType storageType() {
        return new ArrowType.FixedSizeList((int) shape.size());
    }

    @Override
    public String extensionName() {
        return NAME;
    }

    @Override
    public boolean extensionEquals(ExtensionType other) {
        return other instanceof FixedShapeTensorType that && shape.equals(that.shape);
    }

    @Override
    public String serialize() {
        return metadata;
    }

    /// The type that a file's metadata describe.
    ///
    /// @throws IllegalArgumentException if they are not those of a tensor, permute dimensions, or do not fit
    ///     the storage
    @Override
    public ArrowType deserialize(ArrowType storage, String serialized) {
        var read = TensorMetadata.shapeOf(serialized);
        var type = new FixedShapeTensorType(read, serialized);
        if (!Objects.equals(type.storageType(), storage)) {
            throw new IllegalArgumentException(
                    "a tensor of shape " + read + " is stored as " + type.storageType() + ", the file has " + storage);
        }
        return type;
    }

    @Override
    public FieldVector getNewVector(String name, FieldType fieldType, BufferAllocator allocator) {
        var storage = new FixedSizeListVector(
                name, allocator, new FieldType(fieldType.isNullable(), storageType(), null), null);
        return new FixedShapeTensorVector(name, fieldType, allocator, storage);
    }
}
