package org.polyphony.engine.io;

import java.util.List;

/// The physical form of a column: what its buffers must be.
///
/// @param name of the field
/// @param kind which buffers there are
/// @param bits of one value, for [Kind#FIXED]; how many children a value has, for [Kind#FIXED_LIST]
/// @param children nested columns
record ColumnForm(String name, Kind kind, long bits, List<ColumnForm> children) {

    ColumnForm {
        children = List.copyOf(children);
    }

    /// How many nodes a batch has for this column.
    int nodes() {
        return 1 + children.stream().mapToInt(ColumnForm::nodes).sum();
    }

    /// How many buffers a batch has for this column.
    int buffers() {
        return kind.buffers + children.stream().mapToInt(ColumnForm::buffers).sum();
    }

    /// Which buffers a column has.
    enum Kind {
        /// Validity and values of equal width.
        FIXED(2),
        /// Validity, offsets and bytes.
        BYTES(3),
        /// Validity and offsets into the child.
        LIST(2),
        /// Validity; the child has a fixed number of values for each.
        FIXED_LIST(1),
        /// Validity; each child has one value for each.
        STRUCT(1);

        private final int buffers;

        Kind(int buffers) {
            this.buffers = buffers;
        }
    }
}
