package org.polyphony.engine.io;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.polyphony.engine.tensor.ElementTypes;
import org.polyphony.engine.tensor.OwnerMemory;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.tensor.ElementType;

/// Tables as Arrow IPC files. The same table gives the same bytes.
public final class ArrowTables {

    private static final int ROWS_PER_BATCH = 1 << 16;

    private ArrowTables() {}

    /// Writes a table, whole or not at all.
    ///
    /// @param memory who is charged while it is written, for one batch at a time
    public static void write(Path target, Table table, OwnerMemory memory) {
        AtomicFile.write(target, channel -> write(channel, table, Map.of(), memory));
    }

    /// Writes a table into an open channel.
    ///
    /// @param metadata of the schema, for its readers
    /// @param memory who is charged while it is written, for one batch at a time
    public static void write(WritableByteChannel channel, Table table, Map<String, String> metadata, OwnerMemory memory)
            throws IOException {
        write(channel, table, metadata, memory.allocator());
    }

    /// Reads a table of text, int64 and float64 columns without nulls.
    ///
    /// @throws AlignmentException with code `FILE_MALFORMED` if it is no such table or the guard rejects it
    public static Table read(Path file, ArrowGuard guard, OwnerMemory memory) {
        var parts = new ArrayList<List<TableColumn>>();
        var schema = ArrowFiles.read(file, guard, memory, (root, _) -> {
            var part = new ArrayList<TableColumn>();
            for (var vector : root.getFieldVectors()) {
                part.add(column(file, vector));
            }
            parts.add(part);
        });
        var columns = new ArrayList<TableColumn>();
        for (int c = 0; c < schema.getFields().size(); c++) {
            int at = c;
            columns.add(joined(
                    file,
                    schema.getFields().get(c),
                    parts.stream().map(part -> part.get(at)).toList()));
        }
        return new Table(columns);
    }

    private static void write(
            WritableByteChannel channel, Table table, Map<String, String> metadata, BufferAllocator allocator)
            throws IOException {
        var schema = new Schema(table.columns().stream().map(ArrowTables::field).toList(), metadata);
        try (var root = VectorSchemaRoot.create(schema, allocator);
                var writer = new ArrowFileWriter(root, null, channel)) {
            writer.start();
            for (int from = 0; from < table.rows(); from += ROWS_PER_BATCH) {
                int rows = Math.min(ROWS_PER_BATCH, table.rows() - from);
                for (int c = 0; c < table.columns().size(); c++) {
                    fill(root.getVector(c), table.columns().get(c), from, rows);
                }
                root.setRowCount(rows);
                writer.writeBatch();
            }
            writer.end();
        }
    }

    private static Field field(TableColumn column) {
        var type = switch (column) {
            case TableColumn.Texts _ -> ArrowType.Utf8.INSTANCE;
            case TableColumn.Doubles _ -> ElementTypes.arrow(ElementType.FLOAT64);
            case TableColumn.Longs _ -> ElementTypes.arrow(ElementType.INT64);
        };
        return new Field(column.name(), FieldType.notNullable(type), List.of());
    }

    private static void fill(FieldVector vector, TableColumn column, int from, int rows) {
        switch (column) {
            case TableColumn.Texts texts -> {
                var bytes = new byte[rows][];
                long total = 0;
                for (int i = 0; i < rows; i++) {
                    bytes[i] = texts.values().get(from + i).getBytes(StandardCharsets.UTF_8);
                    total += bytes[i].length;
                }
                var target = (VarCharVector) vector;
                target.allocateNew(total, rows);
                for (int i = 0; i < rows; i++) {
                    target.set(i, bytes[i]);
                }
            }
            case TableColumn.Doubles doubles -> {
                var target = (Float8Vector) vector;
                target.allocateNew(rows);
                for (int i = 0; i < rows; i++) {
                    target.set(i, doubles.values()[from + i]);
                }
            }
            case TableColumn.Longs longs -> {
                var target = (BigIntVector) vector;
                target.allocateNew(rows);
                for (int i = 0; i < rows; i++) {
                    target.set(i, longs.values()[from + i]);
                }
            }
        }
        vector.setValueCount(rows);
    }

    private static TableColumn column(Path file, FieldVector vector) {
        if (vector.getNullCount() > 0) {
            throw malformed(file, vector.getField(), vector.getNullCount() + " blanks");
        }
        int rows = vector.getValueCount();
        return switch (vector) {
            case VarCharVector texts -> {
                var values = new ArrayList<String>(rows);
                for (int i = 0; i < rows; i++) {
                    values.add(new String(texts.get(i), StandardCharsets.UTF_8));
                }
                yield new TableColumn.Texts(vector.getName(), values);
            }
            case Float8Vector doubles -> {
                var values = new double[rows];
                for (int i = 0; i < rows; i++) {
                    values[i] = doubles.get(i);
                }
                yield new TableColumn.Doubles(vector.getName(), values);
            }
            case BigIntVector longs -> {
                var values = new long[rows];
                for (int i = 0; i < rows; i++) {
                    values[i] = longs.get(i);
                }
                yield new TableColumn.Longs(vector.getName(), values);
            }
            default -> throw malformed(file, vector.getField(), "another type");
        };
    }

    private static TableColumn joined(Path file, Field field, List<TableColumn> parts) {
        int rows = parts.stream().mapToInt(TableColumn::rows).sum();
        var type = field.getType();
        if (type.equals(ArrowType.Utf8.INSTANCE)) {
            var values = new ArrayList<String>(rows);
            parts.forEach(part -> values.addAll(((TableColumn.Texts) part).values()));
            return new TableColumn.Texts(field.getName(), values);
        } else if (type.equals(ElementTypes.arrow(ElementType.FLOAT64))) {
            var values = parts.stream().flatMapToDouble(part -> Arrays.stream(((TableColumn.Doubles) part).values()));
            return new TableColumn.Doubles(field.getName(), values.toArray());
        } else if (type.equals(ElementTypes.arrow(ElementType.INT64))) {
            var values = parts.stream().flatMapToLong(part -> Arrays.stream(((TableColumn.Longs) part).values()));
            return new TableColumn.Longs(field.getName(), values.toArray());
        }
        throw malformed(file, field, "another type");
    }

    private static AlignmentException malformed(Path file, Field field, String found) {
        return new AlignmentException(
                StandardErrorCode.FILE_MALFORMED,
                file + ": column " + field + " has " + found
                        + "; tables have text, int64 and float64 columns without blanks");
    }
}
