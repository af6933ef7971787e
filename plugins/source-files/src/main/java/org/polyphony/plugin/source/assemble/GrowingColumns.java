package org.polyphony.plugin.source.assemble;

import java.util.Arrays;

/// Columns of numbers that grow by a half when full.
final class GrowingColumns {

    private GrowingColumns() {}

    /// INT32 values.
    static final class Ints {
        private int[] values = new int[1024];
        private int size;

        void add(int value) {
            if (size == values.length) {
                values = Arrays.copyOf(values, size + (size >> 1));
            }
            values[size++] = value;
        }

        int get(int index) {
            return values[index];
        }

        int size() {
            return size;
        }

        void shorten(int to) {
            size = to;
        }
    }

    /// FLOAT64 values.
    static final class Doubles {
        private double[] values = new double[1024];
        private int size;

        void add(double value) {
            if (size == values.length) {
                values = Arrays.copyOf(values, size + (size >> 1));
            }
            values[size++] = value;
        }

        double get(int index) {
            return values[index];
        }

        int size() {
            return size;
        }
    }

    /// INT64 values.
    static final class Longs {
        private long[] values = new long[1024];
        private int size;

        void add(long value) {
            if (size == values.length) {
                values = Arrays.copyOf(values, size + (size >> 1));
            }
            values[size++] = value;
        }

        long get(int index) {
            return values[index];
        }

        long[] toArray() {
            return Arrays.copyOf(values, size);
        }
    }
}
