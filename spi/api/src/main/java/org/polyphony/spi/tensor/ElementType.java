package org.polyphony.spi.tensor;

import java.lang.foreign.ValueLayout;

/// The type of a tensor's elements, little-endian in memory and in files. More may come: always write a default.
public enum ElementType {
    /// IEEE 754 double: probabilities, policies, certificates.
    FLOAT64(ValueLayout.JAVA_DOUBLE),
    /// IEEE 754 float: a kernel's or a file's choice.
    FLOAT32(ValueLayout.JAVA_FLOAT),
    /// Signed 64-bit integer: counts, times.
    INT64(ValueLayout.JAVA_LONG),
    /// Signed 32-bit integer: indices; -1 stands for none where a document says so.
    INT32(ValueLayout.JAVA_INT),
    /// Unsigned byte: flags (0 or 1) and small codes.
    UINT8(ValueLayout.JAVA_BYTE);

    private final ValueLayout layout;

    ElementType(ValueLayout layout) {
        this.layout = layout;
    }

    /// The memory layout of one element.
    public ValueLayout layout() {
        return layout;
    }

    /// Bytes of one element.
    public int byteSize() {
        return Math.toIntExact(layout.byteSize());
    }
}
