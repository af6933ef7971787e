package org.polyphony.engine.io;

import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.ExtensionTypeVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.util.ValueVectorUtility;

/// Checks loaded columns: offsets start at zero or later, never descend and stay inside what they point to;
/// numbers are finite. Arrow's own full validation accepts a negative first offset.
final class VectorCheck {

    private final boolean finite;

    private VectorCheck(boolean finite) {
        this.finite = finite;
    }

    static void check(VectorSchemaRoot root, boolean finite) throws RejectedData {
        var check = new VectorCheck(finite);
        for (var column : root.getFieldVectors()) {
            check.column(column);
        }
    }

    private void column(FieldVector column) throws RejectedData {
        switch (column) {
            case ExtensionTypeVector<?> extension -> column((FieldVector) extension.getUnderlyingVector());
            case BaseVariableWidthVector bytes -> {
                offsets(bytes, bytes.getOffsetBuffer(), bytes.getDataBuffer().capacity());
                ValueVectorUtility.validateFull(bytes);
            }
            case ListVector list -> {
                offsets(list, list.getOffsetBuffer(), list.getDataVector().getValueCount());
                column(list.getDataVector());
            }
            // Arrow 19's validation of this vector refuses size 0 and asks for offsets, which it has not: its
            // parts are validated one by one
            case FixedSizeListVector list -> column(list.getDataVector());
            case StructVector struct -> {
                for (var child : struct.getChildrenFromFields()) {
                    column(child);
                }
            }
            case Float8Vector numbers
            when finite -> {
                ValueVectorUtility.validateFull(numbers);
                for (int i = 0; i < numbers.getValueCount(); i++) {
                    require(numbers.isNull(i) || Double.isFinite(numbers.get(i)), numbers, i);
                }
            }
            case Float4Vector numbers
            when finite -> {
                ValueVectorUtility.validateFull(numbers);
                for (int i = 0; i < numbers.getValueCount(); i++) {
                    require(numbers.isNull(i) || Float.isFinite(numbers.get(i)), numbers, i);
                }
            }
            default -> ValueVectorUtility.validateFull(column);
        }
    }

    private static void offsets(FieldVector column, ArrowBuf offsets, long end) throws RejectedData {
        long last = 0;
        for (int i = 0; column.getValueCount() > 0 && i <= column.getValueCount(); i++) {
            long next = offsets.getInt((long) i * Integer.BYTES);
            if (next < last || next > end) {
                throw new RejectedData("column " + column.getName() + " has offset " + next + " at row " + i + " after "
                        + last + ", with " + end + " bytes or values behind it");
            }
            last = next;
        }
    }

    private static void require(boolean isFinite, FieldVector column, int row) throws RejectedData {
        if (!isFinite) {
            throw new RejectedData("column " + column.getName() + " has " + column.getObject(row) + " at row " + row
                    + "; numbers must be finite, leave the value out");
        }
    }
}
