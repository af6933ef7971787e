package org.polyphony.engine.io;

import java.util.List;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;

/// A stored table: plain columns that any reader opens.
///
/// @param columns of equal length, in the order of the file
public record Table(List<TableColumn> columns) {

    public Table {
        columns = List.copyOf(columns);
        for (var column : columns) {
            if (column.rows() != columns.getFirst().rows()) {
                throw new IllegalArgumentException("columns must have equal length, got "
                        + columns.stream()
                                .map(c -> c.name() + " with " + c.rows())
                                .toList());
            }
        }
    }

    /// A table of these columns.
    public static Table of(TableColumn... columns) {
        return new Table(List.of(columns));
    }

    /// How many rows it has.
    public int rows() {
        return columns.isEmpty() ? 0 : columns.getFirst().rows();
    }

    /// The texts of column `name`.
    public List<String> texts(String name) {
        return column(TableColumn.Texts.class, name).values();
    }

    /// The float64 numbers of column `name`, not copied.
    public double[] doubles(String name) {
        return column(TableColumn.Doubles.class, name).values();
    }

    /// The int64 numbers of column `name`, not copied.
    public long[] longs(String name) {
        return column(TableColumn.Longs.class, name).values();
    }

    private <C extends TableColumn> C column(Class<C> type, String name) {
        for (var column : columns) {
            if (column.name().equals(name) && type.isInstance(column)) {
                return type.cast(column);
            }
        }
        throw new AlignmentException(
                StandardErrorCode.COLUMN_MISSING,
                "no column " + name + " of " + type.getSimpleName() + " among "
                        + columns.stream()
                                .map(c -> c.name() + " (" + c.getClass().getSimpleName() + ")")
                                .toList());
    }
}
