package org.polyphony.engine.io;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ViewVarBinaryVector;
import org.apache.arrow.vector.ViewVarCharVector;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.polyphony.engine.tensor.TensorMemory;

/// Arrow streams of two rows: sound ones, and ones written and then damaged on purpose.
final class CraftedStreams {

    private static final String FIRST = "eleven char";
    private static final String SECOND = "thirteen char";

    private CraftedStreams() {}

    /// Streams that must be read.
    enum Valid {
        TEXTS(ArrowType.Utf8.INSTANCE, List.of(), CraftedStreams::texts),
        BINARIES(ArrowType.Binary.INSTANCE, List.of(), CraftedStreams::binaries),
        DOUBLES(new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE), List.of(), column -> {
            ((Float8Vector) column).setSafe(0, 1.5);
            ((Float8Vector) column).setNull(1);
        }),
        FLAGS(ArrowType.Bool.INSTANCE, List.of(), column -> {
            ((BitVector) column).setSafe(0, 1);
            ((BitVector) column).setSafe(1, 0);
        }),
        LISTS(
                ArrowType.List.INSTANCE,
                List.of(Field.nullable("item", new ArrowType.Int(32, true))),
                CraftedStreams::lists),
        FIXED_LISTS(
                new ArrowType.FixedSizeList(2),
                List.of(Field.nullable("item", new ArrowType.Int(32, true))),
                CraftedStreams::fixedLists);

        private final Supplier<byte[]> stream;

        Valid(ArrowType type, List<Field> children, Consumer<FieldVector> fill) {
            this.stream = () -> stream(type, children, fill);
        }

        byte[] bytes() {
            return stream.get();
        }
    }

    /// Streams that must be rejected.
    enum Crafted {
        NEGATIVE_FIRST_OFFSET_OF_TEXTS(() -> {
            var stream = Valid.TEXTS.bytes();
            replace(stream, ints(0, 11, 24), ints(-4096, 11, 24));
            return stream;
        }),
        NEGATIVE_FIRST_OFFSET_OF_BINARIES(() -> {
            var stream = Valid.BINARIES.bytes();
            replace(stream, ints(0, 11, 24), ints(-4096, 11, 24));
            return stream;
        }),
        VIEW_OFFSET_OF_TEXTS(() -> view(ArrowType.Utf8View.INSTANCE, 3, 4096)),
        VIEW_BUFFER_OF_TEXTS(() -> view(ArrowType.Utf8View.INSTANCE, 2, 7)),
        VIEW_OFFSET_OF_BINARIES(() -> view(ArrowType.BinaryView.INSTANCE, 3, 4096)),
        VIEW_OFFSET_THAT_CRASHES(() -> view(ArrowType.BinaryView.INSTANCE, 3, 2_000_000_000)),
        NOT_FINITE(() -> stream(new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE), List.of(), column -> {
            ((Float4Vector) column).setSafe(0, Float.NaN);
            ((Float4Vector) column).setSafe(1, Float.POSITIVE_INFINITY);
        })),
        TWO_GIGABYTES_OF_METADATA(() -> HexFormat.of().parseHex("fffffffff0ffff7f01020304")),
        LIST_OFFSET_BEYOND_ITS_VALUES(() -> {
            var stream = Valid.LISTS.bytes();
            replace(stream, ints(0, 1, 3), ints(0, 1, 1 << 20));
            return stream;
        });

        private final Supplier<byte[]> stream;

        Crafted(Supplier<byte[]> stream) {
            this.stream = stream;
        }

        byte[] bytes() {
            return stream.get();
        }
    }

    /// The body length of the only batch in a stream.
    static long bodyLength(byte[] stream) {
        var in = ByteBuffer.wrap(stream).order(ByteOrder.LITTLE_ENDIAN);
        in.position(4);
        in.position(8 + in.getInt() + 4); // behind the schema, at the batch's metadata length
        int metadata = in.getInt();
        return stream.length - 8L - in.position() - metadata; // 8 bytes end the stream
    }

    static void replaceLong(byte[] stream, long value, long by) {
        replace(stream, longs(value), longs(by));
    }

    private static void replace(byte[] stream, byte[] value, byte[] by) {
        for (int at = stream.length - value.length; at >= 0; at--) {
            if (Arrays.equals(stream, at, at + value.length, value, 0, value.length)) {
                System.arraycopy(by, 0, stream, at, by.length);
                return;
            }
        }
        throw new IllegalStateException("the stream has no " + HexFormat.of().formatHex(value));
    }

    private static byte[] view(ArrowType type, int word, int value) {
        var text = "a text too long to be inlined";
        var stream = stream(type, List.of(), column -> {
            var bytes = text.getBytes(StandardCharsets.UTF_8);
            if (column instanceof ViewVarCharVector texts) {
                texts.setSafe(0, bytes);
                texts.setSafe(1, bytes);
            } else {
                ((ViewVarBinaryVector) column).setSafe(0, bytes);
                ((ViewVarBinaryVector) column).setSafe(1, bytes);
            }
        });
        // a view is length, four bytes of prefix, buffer index, offset
        var prefix = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8), 0, 4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .getInt();
        var sound = new int[] {text.length(), prefix, 0, 0};
        var broken = sound.clone();
        broken[word] = value;
        replace(stream, ints(sound), ints(broken));
        return stream;
    }

    private static byte[] ints(int... values) {
        var bytes = ByteBuffer.allocate(values.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int value : values) {
            bytes.putInt(value);
        }
        return bytes.array();
    }

    private static byte[] longs(long value) {
        return ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array();
    }

    private static void texts(FieldVector column) {
        ((VarCharVector) column).setSafe(0, FIRST.getBytes(StandardCharsets.UTF_8));
        ((VarCharVector) column).setSafe(1, SECOND.getBytes(StandardCharsets.UTF_8));
    }

    private static void binaries(FieldVector column) {
        ((VarBinaryVector) column).setSafe(0, FIRST.getBytes(StandardCharsets.UTF_8));
        ((VarBinaryVector) column).setSafe(1, SECOND.getBytes(StandardCharsets.UTF_8));
    }

    private static void lists(FieldVector column) {
        var list = (ListVector) column;
        var values = (IntVector) list.getDataVector();
        list.startNewValue(0);
        values.setSafe(0, 7);
        list.endValue(0, 1);
        list.startNewValue(1);
        values.setSafe(1, 8);
        values.setSafe(2, 9);
        list.endValue(1, 2);
        values.setValueCount(3);
    }

    private static void fixedLists(FieldVector column) {
        var list = (FixedSizeListVector) column;
        var values = (IntVector) list.getDataVector();
        list.setNotNull(0);
        list.setNotNull(1);
        for (int i = 0; i < 4; i++) {
            values.setSafe(i, i);
        }
        values.setValueCount(4);
    }

    private static byte[] stream(ArrowType type, List<Field> children, Consumer<FieldVector> fill) {
        var schema = new Schema(List.of(new Field("column", FieldType.nullable(type), children)));
        var bytes = new ByteArrayOutputStream();
        try (var memory = TensorMemory.withLimit(1 << 20);
                var owner = memory.owner("writer");
                var root = VectorSchemaRoot.create(schema, owner.allocator());
                var writer = new ArrowStreamWriter(root, null, Channels.newChannel(bytes))) {
            var column = root.getVector(0);
            column.allocateNew();
            fill.accept(column);
            column.setValueCount(2);
            root.setRowCount(2);
            writer.start();
            writer.writeBatch();
            writer.end();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }
}
