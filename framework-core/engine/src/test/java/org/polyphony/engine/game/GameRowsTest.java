package org.polyphony.engine.game;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.polyphony.engine.io.ArrowTables;
import org.polyphony.engine.io.Table;
import org.polyphony.engine.io.TableColumn;
import org.polyphony.engine.tensor.ElementTypes;
import org.polyphony.engine.tensor.OwnerMemory;
import org.polyphony.engine.tensor.TensorMemory;
import org.polyphony.engine.tensor.VariableShapeTensorType;
import org.polyphony.engine.tensor.VariableShapeTensorVector;
import org.polyphony.spi.tensor.ElementType;

class GameRowsTest {

    @TempDir
    Path folder;

    private final TensorMemory memory = TensorMemory.withLimit(1 << 24);
    private final OwnerMemory owner = memory.owner("games test");

    @AfterEach
    void nothingIsLeft() {
        assertThat(memory.allocated()).isZero();
        owner.close();
        memory.close();
    }

    @Test
    void read_raggedGames_areArraysInOrder() throws IOException {
        var file = folder.resolve("games.arrow");
        write(file, new int[][] {{1, 2, 2}, {2, 3, 3}, {1, 2, 3}});
        var rows = read(file);
        assertThat(rows)
                .containsExactly(
                        "1 x 2: [0.0, 1.0, 2.0, 3.0], weights [0.5, 0.5], may be played [true, false]",
                        "2 x 3: "
                                + Arrays.toString(
                                        IntStream.range(0, 18).asDoubleStream().toArray())
                                + ", weights [], may be played [true, true, true]",
                        "P must have shape [S, K, K] or [K, K], got [1, 2, 3]");
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 15, 16, 23, 25}) // the ends of the second game, within a byte of validity bits and across
    void read_oneNullElement_spoilsItsGameOnly(int element) throws IOException {
        var file = folder.resolve("games.arrow");
        write(file, new int[][] {{2, 2, 2}, {2, 3, 3}, {1, 2, 2}}, "unsafe", 3, element);
        var rows = read(file);
        assertThat(rows).hasSize(3);
        assertThat(rows.get(0)).startsWith("2 x 2: ");
        assertThat(rows.get(1)).isEqualTo("a tensor has no nulls, column P has one at row 1");
        assertThat(rows.get(2)).startsWith("1 x 2: ");
    }

    @Test
    void read_fileWithoutP_saysWhichColumnsThereAre() {
        var file = folder.resolve("other.arrow");
        ArrowTables.write(file, Table.of(new TableColumn.Longs("Q", new long[] {1})), owner);
        assertThatThrownBy(() -> read(file)).hasMessageContaining("no column P");
    }

    @Test
    void read_misspeltUnsafe_isRefusedAndNotPlayed() throws IOException {
        var file = folder.resolve("games.arrow");
        write(file, new int[][] {{1, 2, 2}}, "Unsafe", 1);
        assertThatThrownBy(() -> read(file))
                .hasMessageContaining("unknown column 'Unsafe'")
                .hasMessageContaining("did you mean 'unsafe'?");
    }

    @Test
    void read_unsafeThatIsNull_breaksItsGameOnly() throws IOException {
        var file = folder.resolve("games.arrow");
        write(file, new int[][] {{1, 2, 2}, {1, 2, 2}}, "unsafe", 1);
        var rows = read(file);
        assertThat(rows).hasSize(2);
        assertThat(rows.get(0)).startsWith("1 x 2: ");
        assertThat(rows.get(1)).isEqualTo("unsafe is null; give a list of true and false");
    }

    // what a reader is given of every row, as text: games before they are checked, and reasons
    private List<String> read(Path file) {
        var rows = new ArrayList<String>();
        GameRows.read(file, owner, new GameDraft.Sink() {

            @Override
            public void add(GameDraft draft) {
                int s = draft.stakeholders();
                int k = draft.candidates();
                var allowed = IntStream.range(0, k).mapToObj(draft::allowed).toList();
                rows.add(s + " x " + k + ": " + Arrays.toString(Arrays.copyOf(draft.p(), s * k * k)) + ", weights "
                        + Arrays.toString(Arrays.copyOf(draft.weights(), draft.weighed())) + ", may be played "
                        + allowed);
            }

            @Override
            public void broken(String reason) {
                rows.add(reason);
            }
        });
        return rows;
    }

    private void write(Path file, int[][] shapes) throws IOException {
        write(file, shapes, "unsafe", shapes.length, -1);
    }

    private void write(Path file, int[][] shapes, String flags, int flagged) throws IOException {
        write(file, shapes, flags, flagged, -1);
    }

    // elements of each game count from 0; weights (0.5, 0.5) in the first row only, whose second candidate is unsafe;
    // the first `flagged` rows have flags; one of all elements of P is null unless it is negative
    private void write(Path file, int[][] shapes, String flags, int flagged, int nullElement) throws IOException {
        var schema = new Schema(List.of(
                VariableShapeTensorType.field("P", ElementType.FLOAT64, 3),
                new Field(
                        "weights",
                        FieldType.nullable(ArrowType.List.INSTANCE),
                        List.of(Field.nullable("item", ElementTypes.arrow(ElementType.FLOAT64)))),
                new Field(
                        flags,
                        FieldType.nullable(ArrowType.List.INSTANCE),
                        List.of(Field.nullable("item", ArrowType.Bool.INSTANCE)))));
        try (var root = VectorSchemaRoot.create(schema, owner.allocator());
                var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var writer = new ArrowFileWriter(root, null, channel)) {
            root.allocateNew();
            var struct = ((VariableShapeTensorVector) root.getVector("P")).getUnderlyingVector();
            for (int row = 0; row < shapes.length; row++) {
                game(struct, row, shapes[row]);
            }
            if (nullElement >= 0) {
                ((Float8Vector) ((ListVector) struct.getChild("data")).getDataVector()).setNull(nullElement);
            }
            var weights = (ListVector) root.getVector("weights");
            weights.startNewValue(0);
            ((Float8Vector) weights.getDataVector()).setSafe(0, 0.5);
            ((Float8Vector) weights.getDataVector()).setSafe(1, 0.5);
            weights.endValue(0, 2);
            var unsafe = (ListVector) root.getVector(flags);
            for (int row = 0; row < flagged; row++) {
                int from = unsafe.startNewValue(row);
                for (int i = 0; i < shapes[row][2]; i++) {
                    ((BitVector) unsafe.getDataVector()).setSafe(from + i, row == 0 && i == 1 ? 1 : 0);
                }
                unsafe.endValue(row, shapes[row][2]);
            }
            root.setRowCount(shapes.length);
            writer.start();
            writer.writeBatch();
            writer.end();
        }
    }

    private static void game(StructVector struct, int row, int[] shape) {
        struct.setIndexDefined(row);
        var data = (ListVector) struct.getChild("data");
        var values = (Float8Vector) data.getDataVector();
        int size = shape[0] * shape[1] * shape[2];
        int from = data.startNewValue(row);
        for (int i = 0; i < size; i++) {
            values.setSafe(from + i, i);
        }
        data.endValue(row, size);
        var extents = (FixedSizeListVector) struct.getChild("shape");
        extents.setNotNull(row);
        for (int axis = 0; axis < 3; axis++) {
            ((IntVector) extents.getDataVector()).setSafe(3 * row + axis, shape[axis]);
        }
    }
}
