package org.polyphony.engine.tensor;

import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.ArrowType.ExtensionType;
import org.apache.arrow.vector.types.pojo.ExtensionTypeRegistry;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.polyphony.spi.tensor.ElementType;

/// The canonical extension type `arrow.variable_shape_tensor`: every cell is a row-major tensor with a shape of
/// its own but the same rank, stored as a struct of `data`, a list of its elements, and `shape`, a fixed-size
/// list of int32. Source: Arrow Columnar Format, canonical extension types.
public final class VariableShapeTensorType extends ExtensionType {

    /// The name of the extension in a field's metadata.
    public static final String NAME = "arrow.variable_shape_tensor";

    private final String metadata;

    private VariableShapeTensorType(String metadata) {
        this.metadata = metadata;
    }

    /// Tensors without names of dimensions and without dimensions known to be equal.
    public static VariableShapeTensorType of() {
        return new VariableShapeTensorType("{}");
    }

    /// A column of such tensors.
    public static Field field(String name, ElementType elements, int rank) {
        var element = new Field("item", FieldType.nullable(ElementTypes.arrow(elements)), java.util.List.of());
        var extent = new Field("item", FieldType.nullable(new ArrowType.Int(32, true)), java.util.List.of());
        var data = new Field("data", FieldType.notNullable(ArrowType.List.INSTANCE), java.util.List.of(element));
        var shape =
                new Field("shape", FieldType.notNullable(new ArrowType.FixedSizeList(rank)), java.util.List.of(extent));
        return new Field(name, FieldType.notNullable(of()), java.util.List.of(data, shape));
    }

    /// Makes Arrow's readers return this type. May be called more than once.
    public static void register() {
        ExtensionTypeRegistry.register(of());
    }

    @Override
    public ArrowType storageType() {
        return ArrowType.Struct.INSTANCE;
    }

    @Override
    public String extensionName() {
        return NAME;
    }

    @Override
    public boolean extensionEquals(ExtensionType other) {
        return other instanceof VariableShapeTensorType that && metadata.equals(that.metadata);
    }

    @Override
    public String serialize() {
        return metadata;
    }

    /// The type that a file's metadata describe; empty metadata are allowed.
    ///
    /// @throws IllegalArgumentException if the storage is no struct or the metadata permute dimensions
    @Override
    public ArrowType deserialize(ArrowType storage, String serialized) {
        if (!storageType().equals(storage)) {
            throw new IllegalArgumentException(
                    "a variable-shape tensor is stored as a struct of data and shape, the file has " + storage);
        }
        if (!serialized.isEmpty()) {
            TensorMetadata.parse(serialized);
        }
        return new VariableShapeTensorType(serialized);
    }

    @Override
    public FieldVector getNewVector(String name, FieldType fieldType, BufferAllocator allocator) {
        var storage =
                new StructVector(name, allocator, new FieldType(fieldType.isNullable(), storageType(), null), null);
        return new VariableShapeTensorVector(name, fieldType, allocator, storage);
    }
}
