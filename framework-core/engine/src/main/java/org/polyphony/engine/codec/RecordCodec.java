package org.polyphony.engine.codec;

import java.util.Objects;
import org.apache.arrow.memory.BufferAllocator;
import org.polyphony.engine.tensor.TensorBatch;
import org.polyphony.engine.tensor.TensorScope;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.tensor.Tensor;

/// Turns any value of the SPI into a [TensorBatch] and back.
///
/// A tensor component becomes a column, a list of texts a `list<utf8>` column, a scalar an entry of the
/// schema's metadata. Components of a nested record get its name and a dot before theirs. A list or map of flat
/// values (texts, scalars, and records, optionals, lists, sets and maps of these) is columns, whatever its length
/// ([ColumnCodecs]); elements of any other list or map have its name and their index. A set is the list of its
/// elements in ascending order, and a map stands in the order of its keys, whatever order they came in. A sealed
/// interface is the record it is and an entry that names it. An empty optional is absent. Tensors of the scope
/// keep their address on both sides; tensors on the heap are copied once.
public final class RecordCodec {

    /// The metadata entry that names the record's type.
    static final String TYPE = "polyphony.type";

    private RecordCodec() {}

    /// A batch that shares the tensors of `value`.
    ///
    /// @param from the scope that holds the value's tensors, except those on the heap
    /// @param into who is charged for the batch until it is claimed; of the same process
    /// @throws IllegalArgumentException if a tensor is neither on the heap nor in the scope, or a component is
    ///     null
    /// @throws AlignmentException with code `MEMORY_EXHAUSTED` if a copy does not fit
    public static TensorBatch encode(Record value, TensorScope from, BufferAllocator into) {
        try (var writer = new BatchWriter(from, into)) {
            writer.scalar(TYPE, value.getClass().getName());
            RecordLayout.of(value.getClass()).write("", value, writer);
            return writer.finish();
        }
    }

    /// The value in a batch. The batch is claimed; the scope shares its tensors, read-only.
    ///
    /// @throws AlignmentException with code `INTERNAL` if the batch holds another type, lacks a component or has a
    ///     damaged one, which the message names
    public static <R extends Record> R decode(Class<R> type, TensorBatch batch, TensorScope into) {
        try (var content = batch.claim()) {
            var reader = new BatchReader(batch.schema(), content, into);
            var found = reader.scalar(TYPE);
            if (!type.getName().equals(found)) {
                throw new AlignmentException(
                        StandardErrorCode.INTERNAL, "expected a batch of " + type.getName() + ", got " + found);
            }
            return type.cast(RecordLayout.of(type).read("", reader));
        }
    }

    /// The same value with every tensor read-only in `scope`: heap tensors are copied once instead of at every
    /// call, tensors of the scope stay where they are.
    public static <R extends Record> R own(Class<R> type, R value, TensorScope scope) {
        return decode(type, encode(value, scope, scope.allocator()), scope);
    }

    /// Whether a type may be coded: one of the SPI's or the engine's own. Types of plugins are not, so that
    /// nothing here ever refers to a plugin's class loader.
    static boolean codes(Class<?> type) {
        var loader = type.getClassLoader();
        return type.isRecord()
                && (Objects.equals(loader, Tensor.class.getClassLoader())
                        || Objects.equals(loader, RecordCodec.class.getClassLoader()));
    }
}
