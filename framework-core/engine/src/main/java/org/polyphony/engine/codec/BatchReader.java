package org.polyphony.engine.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;
import org.polyphony.engine.tensor.ElementTypes;
import org.polyphony.engine.tensor.FixedShapeTensorType;
import org.polyphony.engine.tensor.TensorScope;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.tensor.Tensor;

/// Finds the columns and scalars of one batch by their paths.
final class BatchReader {

    private final TensorScope into;
    private final Map<String, String> scalars;
    private final Map<String, Column> columns = new HashMap<>();

    BatchReader(Schema schema, ArrowRecordBatch content, TensorScope into) {
        this.into = into;
        this.scalars = schema.getCustomMetadata();
        var nodes = content.getNodes();
        var buffers = content.getBuffers();
        int node = 0;
        int buffer = 0;
        for (var field : schema.getFields()) {
            int width = field.getType() instanceof FixedShapeTensorType ? 3 : 5;
            if (node + 2 > nodes.size() || buffer + width > buffers.size()) {
                throw internal("the batch ends before column " + field.getName());
            }
            columns.put(
                    field.getName(), new Column(field, nodes.get(node + 1), buffers.subList(buffer, buffer + width)));
            node += 2;
            buffer += width;
        }
    }

    boolean has(String path) {
        return scalars.containsKey(path) || columns.containsKey(path);
    }

    @Nullable
    String scalar(String path) {
        return scalars.get(path);
    }

    String require(String path) {
        var value = scalars.get(path);
        if (value == null) {
            throw internal("the batch has no scalar " + path);
        }
        return value;
    }

    /// A number of elements.
    int count(String path) {
        var text = require(path);
        try {
            int count = Integer.parseInt(text);
            if (count >= 0) {
                return count;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw internal("the scalar " + path + " must be a number of elements, got '" + text + "'");
    }

    Tensor tensor(String path) {
        var column = column(path);
        if (!(column.field().getType() instanceof FixedShapeTensorType type)) {
            throw internal("column " + path + " must be a tensor, got " + column.field());
        }
        var element = ElementTypes.of(column.field().getChildren().getFirst().getType());
        var data = column.buffers().get(2);
        if (data.capacity() < type.shape().size() * element.byteSize()) {
            throw internal("column " + path + " of shape " + type.shape() + " has only " + data.capacity() + " bytes");
        }
        return into.share(data, element, type.shape());
    }

    List<String> texts(String path) {
        var column = column(path);
        if (column.buffers().size() != 5) {
            throw internal("column " + path + " must be a list of texts, got " + column.field());
        }
        int count = Math.toIntExact(column.values().getLength());
        var offsets = column.buffers().get(3);
        var data = column.buffers().get(4);
        if (count < 0 || (count > 0 && offsets.capacity() < (count + 1L) * Integer.BYTES)) {
            throw internal(
                    "column " + path + " of " + count + " texts has only " + offsets.capacity() + " bytes of offsets");
        }
        var texts = new String[count];
        int from = count == 0 ? 0 : offsets.getInt(0);
        for (int i = 0; i < count; i++) {
            int to = offsets.getInt((i + 1L) * Integer.BYTES);
            if (from < 0 || to < from || to > data.capacity()) {
                throw internal("text " + i + " of column " + path + " lies at " + from + " to " + to + " of "
                        + data.capacity() + " bytes");
            }
            var bytes = new byte[to - from];
            data.getBytes(from, bytes);
            texts[i] = new String(bytes, StandardCharsets.UTF_8);
            from = to;
        }
        return List.copyOf(Arrays.asList(texts));
    }

    private Column column(String path) {
        var column = columns.get(path);
        if (column == null) {
            throw internal("the batch has no column " + path);
        }
        return column;
    }

    static AlignmentException internal(String message) {
        return new AlignmentException(StandardErrorCode.INTERNAL, message);
    }

    private record Column(Field field, ArrowFieldNode values, List<ArrowBuf> buffers) {}
}
