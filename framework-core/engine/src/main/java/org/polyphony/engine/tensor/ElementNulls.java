package org.polyphony.engine.tensor;

import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BaseFixedWidthVector;

/// Nulls among the elements of one tensor. Only the tensor's own part of a column is looked at: counting the nulls
/// of the whole column for every row would be quadratic, and one null would spoil every row.
final class ElementNulls {

    private ElementNulls() {}

    /// Whether one of the `count` elements from `first` on is null.
    static boolean within(BaseFixedWidthVector elements, long first, long count) {
        ArrowBuf valid = elements.getValidityBuffer();
        long end = first + count;
        long element = first;
        while (element < end) {
            byte eight = valid.getByte(element >> 3);
            if ((element & 7) == 0 && end - element >= 8) {
                if (eight != -1) {
                    return true;
                }
                element += 8;
            } else {
                if ((eight >> (element & 7) & 1) == 0) {
                    return true;
                }
                element++;
            }
        }
        return false;
    }
}
