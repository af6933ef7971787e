package org.polyphony.engine.codec;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.polyphony.engine.tensor.ElementTypes;
import org.polyphony.engine.tensor.FixedShapeTensorType;
import org.polyphony.engine.tensor.TensorBatch;
import org.polyphony.engine.tensor.TensorScope;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.tensor.Tensor;

/// Collects the columns and scalars of one batch. Closing it gives back what it holds, whether the batch was
/// finished or not.
final class BatchWriter implements AutoCloseable {

    private static final FieldType TEXTS = FieldType.notNullable(ArrowType.List.INSTANCE);
    private static final Field TEXT = new Field("item", FieldType.notNullable(ArrowType.Utf8.INSTANCE), List.of());

    private final TensorScope from;
    private final BufferAllocator into;
    private final Map<String, String> scalars = new LinkedHashMap<>();
    private final List<Field> fields = new ArrayList<>();
    private final List<ArrowFieldNode> nodes = new ArrayList<>();
    private final List<ArrowBuf> buffers = new ArrayList<>();

    BatchWriter(TensorScope from, BufferAllocator into) {
        this.from = from;
        this.into = into;
    }

    void scalar(String path, String value) {
        scalars.put(path, value);
    }

    /// One cell of a fixed-shape tensor column: a list node and an element node, neither with a null.
    void tensor(String path, Tensor tensor) {
        var element = new Field("item", FieldType.notNullable(ElementTypes.arrow(tensor.type())), List.of());
        var type = FieldType.notNullable(FixedShapeTensorType.of(tensor.shape()));
        fields.add(new Field(path, type, List.of(element)));
        nodes.add(new ArrowFieldNode(1, 0));
        nodes.add(new ArrowFieldNode(tensor.size(), 0));
        buffers.add(into.getEmpty());
        buffers.add(into.getEmpty());
        buffers.add(memory(path, tensor));
    }

    /// One cell of a list column: one list of texts in UTF-8.
    void texts(String path, List<String> texts) {
        fields.add(new Field(path, TEXTS, List.of(TEXT)));
        nodes.add(new ArrowFieldNode(1, 0));
        nodes.add(new ArrowFieldNode(texts.size(), 0));
        var encoded = new ArrayList<byte[]>(texts.size());
        long total = 0;
        for (var text : texts) {
            var bytes = text.getBytes(StandardCharsets.UTF_8);
            encoded.add(bytes);
            total += bytes.length;
        }
        if (total > Integer.MAX_VALUE) {
            throw new AlignmentException(
                    StandardErrorCode.MEMORY_EXHAUSTED,
                    "the texts of " + path + " take " + total + " bytes, a column holds 2147483647; use fewer items");
        }
        buffers.add(into.getEmpty());
        var range = allocate(2L * Integer.BYTES);
        range.setInt(0, 0);
        range.setInt(Integer.BYTES, texts.size());
        buffers.add(into.getEmpty());
        var offsets = allocate((texts.size() + 1L) * Integer.BYTES);
        var data = allocate(total);
        int at = 0;
        offsets.setInt(0, 0);
        for (int i = 0; i < encoded.size(); i++) {
            var bytes = encoded.get(i);
            data.setBytes(at, bytes);
            at += bytes.length;
            offsets.setInt((i + 1L) * Integer.BYTES, at);
        }
    }

    TensorBatch finish() {
        return TensorBatch.of(
                new Schema(fields, scalars), new ArrowRecordBatch(1, List.copyOf(nodes), List.copyOf(buffers)));
    }

    /// Gives back this writer's shares; a finished batch has its own.
    @Override
    public void close() {
        buffers.forEach(ArrowBuf::close);
        buffers.clear();
    }

    private ArrowBuf allocate(long bytes) {
        var buffer = bytes == 0 ? into.getEmpty() : TensorScope.take(into, bytes, into.getName());
        buffers.add(buffer);
        return buffer;
    }

    @SuppressWarnings("restricted") // Arrow's buffers are known by address only
    private ArrowBuf memory(String path, Tensor tensor) {
        var data = tensor.data();
        if (data.byteSize() == 0) {
            return into.getEmpty();
        }
        if (!data.isNative()) {
            var copy = TensorScope.take(into, data.byteSize(), into.getName());
            MemorySegment.ofAddress(copy.memoryAddress())
                    .reinterpret(data.byteSize())
                    .copyFrom(data);
            return copy;
        }
        var buffer = from.behind(tensor);
        if (buffer == null || !data.scope().isAlive()) {
            throw new IllegalArgumentException(
                    path + " " + tensor + " is in memory that is not this call's; allocate it with the context's"
                            + " allocator or on the heap");
        }
        return buffer.getReferenceManager().retain(buffer, into);
    }
}
