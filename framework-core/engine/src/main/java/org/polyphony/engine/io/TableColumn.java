package org.polyphony.engine.io;

import java.util.List;

/// A named column of a stored table, without nulls.
public sealed interface TableColumn {

    String name();

    /// How many rows it has.
    int rows();

    /// A column of texts.
    record Texts(String name, List<String> values) implements TableColumn {

        public Texts {
            values = List.copyOf(values);
        }

        @Override
        public int rows() {
            return values.size();
        }
    }

    /// A column of float64 numbers. The array is not copied.
    @SuppressWarnings("ArrayRecordComponent") // a column of millions of numbers is not boxed
    record Doubles(String name, double[] values) implements TableColumn {

        @Override
        public int rows() {
            return values.length;
        }
    }

    /// A column of int64 numbers. The array is not copied.
    @SuppressWarnings("ArrayRecordComponent") // a column of millions of numbers is not boxed
    record Longs(String name, long[] values) implements TableColumn {

        @Override
        public int rows() {
            return values.length;
        }
    }
}
