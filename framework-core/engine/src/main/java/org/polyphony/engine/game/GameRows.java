package org.polyphony.engine.game;

import static org.polyphony.spi.error.StandardErrorCode.COLUMN_MISSING;
import static org.polyphony.spi.error.StandardErrorCode.FILE_MALFORMED;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.DoubleConsumer;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;
import org.polyphony.engine.io.ArrowFiles;
import org.polyphony.engine.io.ArrowGuard;
import org.polyphony.engine.io.ArrowLimits;
import org.polyphony.engine.tensor.FixedShapeTensorVector;
import org.polyphony.engine.tensor.OwnerMemory;
import org.polyphony.engine.tensor.VariableShapeTensorVector;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.tensor.ElementType;
import org.polyphony.spi.tensor.Tensor;
import org.polyphony.support.settings.NearestName;

/// Games of a file with one row per game: column `P`, an `arrow.variable_shape_tensor` or
/// `arrow.fixed_shape_tensor` of float64 and shape (S, K, K) or (K, K), and optionally lists `weights`
/// (float64), `ref` (float64) and `unsafe` (bool).
final class GameRows {

    private static final List<String> COLUMNS = List.of("P", "weights", "ref", "unsafe", "name");

    private GameRows() {}

    /// Reads all rows in order, batch by batch of the file.
    ///
    /// @throws AlignmentException if the file is no Arrow file, has no column P or one that is not known
    static void read(Path file, OwnerMemory memory, GameDraft.Sink games) {
        var guard = new ArrowGuard(ArrowLimits.standard().withoutFiniteCheck()); // a NaN spoils its game only
        var draft = new GameDraft();
        // before anything is solved: a misspelt 'unsafe' would let everything be played
        var checked = new AtomicBoolean();
        var schema = ArrowFiles.read(file, guard, memory, (root, _) -> {
            if (checked.compareAndSet(false, true)) {
                requireColumns(file, root.getSchema());
            }
            for (int row = 0; row < root.getRowCount(); row++) {
                read(root, row, draft, games);
            }
        });
        requireColumns(file, schema);
    }

    private static void requireColumns(Path file, Schema schema) {
        if (schema.getFields().stream().noneMatch(field -> field.getName().equals("P"))) {
            throw new AlignmentException(COLUMN_MISSING, file + " has no column P, only " + schema.getFields());
        }
        for (var field : schema.getFields()) {
            if (!COLUMNS.contains(field.getName())) {
                throw new AlignmentException(
                        FILE_MALFORMED,
                        file + " has an unknown column '" + field.getName() + "'"
                                + NearestName.hint(field.getName(), COLUMNS) + "; known: "
                                + String.join(", ", COLUMNS));
            }
        }
    }

    private static void read(VectorSchemaRoot root, int row, GameDraft draft, GameDraft.Sink games) {
        try {
            draft.clear();
            preferences(tensor(root.getVector("P"), row), draft);
            numbers(root.getVector("weights"), row, draft::weight);
            numbers(root.getVector("ref"), row, draft::reference);
            flags(root.getVector("unsafe"), row, draft);
        } catch (IllegalArgumentException e) {
            games.broken(String.valueOf(e.getMessage()));
            return;
        }
        games.add(draft);
    }

    private static Tensor tensor(@Nullable FieldVector column, int row) {
        var tensor = switch (column) {
            case VariableShapeTensorVector ragged -> ragged.getObject(row);
            case FixedShapeTensorVector equal -> equal.getObject(row);
            case null, default ->
                throw new IllegalArgumentException(
                        "P must be a column of tensors, got " + (column == null ? "none" : column.getField()));
        };
        if (tensor.type() != ElementType.FLOAT64) {
            throw new IllegalArgumentException("P must be float64, got " + tensor);
        }
        return tensor;
    }

    private static void preferences(Tensor p, GameDraft draft) {
        int rank = p.shape().rank();
        if (rank < 2 || rank > 3 || p.dimension(rank - 1) != p.dimension(rank - 2)) {
            throw new IllegalArgumentException("P must have shape [S, K, K] or [K, K], got " + p.shape());
        }
        draft.preferences(p.data(), rank == 2 ? 1 : p.dimension(0), p.dimension(rank - 1));
    }

    private static void numbers(@Nullable FieldVector column, int row, DoubleConsumer into) {
        if (column == null || column.isNull(row)) {
            return;
        }
        if (!(column instanceof ListVector list && list.getDataVector() instanceof Float8Vector values)) {
            throw new IllegalArgumentException(
                    column.getName() + " must be a list of float64, got " + column.getField());
        }
        int from = list.getElementStartIndex(row);
        int count = list.getElementEndIndex(row) - from;
        for (int i = 0; i < count; i++) {
            requireValue(!values.isNull(from + i), column, i);
            into.accept(values.get(from + i));
        }
    }

    private static void flags(@Nullable FieldVector column, int row, GameDraft draft) {
        if (column == null) {
            return;
        }
        // fails closed: what is not clearly safe is not played
        if (column.isNull(row)) {
            throw new IllegalArgumentException(column.getName() + " is null; give a list of true and false");
        }
        if (!(column instanceof ListVector list && list.getDataVector() instanceof BitVector values)) {
            throw new IllegalArgumentException(column.getName() + " must be a list of bool, got " + column.getField());
        }
        int from = list.getElementStartIndex(row);
        int count = list.getElementEndIndex(row) - from;
        if (count == 0) {
            throw new IllegalArgumentException(column.getName() + " is empty; give a flag for every candidate");
        }
        for (int i = 0; i < count; i++) {
            requireValue(!values.isNull(from + i), column, i);
            draft.unsafe(values.get(from + i) != 0);
        }
    }

    private static void requireValue(boolean present, FieldVector column, int index) {
        if (!present) {
            throw new IllegalArgumentException(column.getName() + "[" + index + "] is null; give a value");
        }
    }
}
