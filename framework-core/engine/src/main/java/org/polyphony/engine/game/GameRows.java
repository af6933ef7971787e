package org.polyphony.engine.game;

import static org.polyphony.spi.error.StandardErrorCode.COLUMN_MISSING;
import static org.polyphony.spi.error.StandardErrorCode.FILE_MALFORMED;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.ListVector;
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
/// `arrow.fixed_shape_tensor` of float64 and shape (S, K, K) or (K, K), and optionally lists `weights` (float64),
/// `ref` (float64) and `unsafe` (bool).
public final class GameRows {

    private static final List<String> COLUMNS = List.of("P", "weights", "ref", "unsafe", "name");

    private GameRows() {}

    /// What stands in one row.
    public sealed interface Row {

        /// A game as plain arrays. Whether it is one, for example whether P + Pᵀ = 1, is not checked here.
        ///
        /// @param p shape (S, K, K)
        /// @param weights shape (S); empty where absent
        /// @param reference probabilities, shape (K); empty where absent
        /// @param unsafe shape (K); empty where absent
        @SuppressWarnings("ArrayRecordComponent") // handed to a solver of plain arrays
        record Game(double[][][] p, double[] weights, double[] reference, boolean[] unsafe) implements Row {}

        /// Not a game.
        ///
        /// @param reason what is wrong, with the value
        record Broken(String reason) implements Row {}
    }

    /// Reads all rows in order.
    ///
    /// @throws AlignmentException if the file is no Arrow file or has no column P
    public static List<Row> read(Path file, OwnerMemory memory) {
        var rows = new ArrayList<Row>();
        var guard = new ArrowGuard(ArrowLimits.standard().withoutFiniteCheck()); // a NaN spoils its game only
        var schema = ArrowFiles.read(file, guard, memory, (root, _) -> read(root, rows));
        if (schema.getFields().stream().noneMatch(field -> field.getName().equals("P"))) {
            throw new AlignmentException(COLUMN_MISSING, file + " has no column P, only " + schema.getFields());
        }
        // a misspelt 'unsafe' would let everything be played
        for (var field : schema.getFields()) {
            if (!COLUMNS.contains(field.getName())) {
                throw new AlignmentException(
                        FILE_MALFORMED,
                        file + " has an unknown column '" + field.getName() + "'"
                                + NearestName.hint(field.getName(), COLUMNS) + "; known: "
                                + String.join(", ", COLUMNS));
            }
        }
        return rows;
    }

    private static void read(VectorSchemaRoot root, List<Row> rows) {
        for (int row = 0; row < root.getRowCount(); row++) {
            try {
                rows.add(new Row.Game(
                        cube(tensor(root.getVector("P"), row)),
                        numbers(root.getVector("weights"), row),
                        numbers(root.getVector("ref"), row),
                        flags(root.getVector("unsafe"), row)));
            } catch (IllegalArgumentException e) {
                rows.add(new Row.Broken(String.valueOf(e.getMessage())));
            }
        }
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

    private static double[][][] cube(Tensor p) {
        int rank = p.shape().rank();
        if (rank < 2 || rank > 3 || p.dimension(rank - 1) != p.dimension(rank - 2)) {
            throw new IllegalArgumentException("P must have shape [S, K, K] or [K, K], got " + p.shape());
        }
        int stakeholders = rank == 2 ? 1 : p.dimension(0);
        int candidates = p.dimension(rank - 1);
        var cube = new double[stakeholders][candidates][];
        var matrices = p.reshape(stakeholders, candidates, candidates);
        for (int s = 0; s < stakeholders; s++) {
            var matrix = matrices.slice(s, 1).reshape(candidates, candidates);
            for (int i = 0; i < candidates; i++) {
                cube[s][i] = matrix.slice(i, 1).toDoubles();
            }
        }
        return cube;
    }

    private static double[] numbers(@Nullable FieldVector column, int row) {
        if (column == null || column.isNull(row)) {
            return new double[0];
        }
        if (!(column instanceof ListVector list && list.getDataVector() instanceof Float8Vector values)) {
            throw new IllegalArgumentException(
                    column.getName() + " must be a list of float64, got " + column.getField());
        }
        int from = list.getElementStartIndex(row);
        var numbers = new double[list.getElementEndIndex(row) - from];
        for (int i = 0; i < numbers.length; i++) {
            requireValue(!values.isNull(from + i), column, i);
            numbers[i] = values.get(from + i);
        }
        return numbers;
    }

    private static boolean[] flags(@Nullable FieldVector column, int row) {
        if (column == null) {
            return new boolean[0];
        }
        // fails closed: what is not clearly safe is not played
        if (column.isNull(row)) {
            throw new IllegalArgumentException(column.getName() + " is null; give a list of true and false");
        }
        if (!(column instanceof ListVector list && list.getDataVector() instanceof BitVector values)) {
            throw new IllegalArgumentException(column.getName() + " must be a list of bool, got " + column.getField());
        }
        int from = list.getElementStartIndex(row);
        var flags = new boolean[list.getElementEndIndex(row) - from];
        if (flags.length == 0) {
            throw new IllegalArgumentException(column.getName() + " is empty; give a flag for every candidate");
        }
        for (int i = 0; i < flags.length; i++) {
            requireValue(!values.isNull(from + i), column, i);
            flags[i] = values.get(from + i) != 0;
        }
        return flags;
    }

    private static void requireValue(boolean present, FieldVector column, int index) {
        if (!present) {
            throw new IllegalArgumentException(column.getName() + "[" + index + "] is null; give a value");
        }
    }
}
