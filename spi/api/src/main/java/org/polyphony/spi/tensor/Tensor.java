package org.polyphony.spi.tensor;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Objects;

/// A typed, shaped, row-major view of memory.
///
/// A tensor does not own its memory and is not closed. Memory that a plugin takes from its context's
/// allocator lives until the call returns: tensors in the result move to the caller, the rest is freed.
/// A result may also hold tensors on the heap, for what is small: they are copied once on the way out.
/// Inputs of a call are shared between stages and therefore read-only; writing to one throws.
///
/// **Threads.** Reading is safe from any thread while the call lasts; writers coordinate among themselves.
public final class Tensor {

    private final ElementType type;
    private final Shape shape;
    private final MemorySegment data;

    private Tensor(ElementType type, Shape shape, MemorySegment data) {
        long bytes = Math.multiplyExact(shape.size(), (long) type.byteSize());
        if (data.byteSize() != bytes) {
            throw new IllegalArgumentException(
                    "a " + type + " tensor of shape " + shape + " needs " + bytes + " bytes, got " + data.byteSize());
        }
        this.type = type;
        this.shape = shape;
        this.data = data;
    }

    /// A view of `data`, which must be exactly as large as type and shape say.
    public static Tensor of(ElementType type, Shape shape, MemorySegment data) {
        return new Tensor(type, shape, data);
    }

    /// A float64 tensor on the heap over `values`, which is not copied.
    public static Tensor ofDoubles(double[] values, int... shape) {
        return new Tensor(ElementType.FLOAT64, Shape.of(shape), MemorySegment.ofArray(values));
    }

    /// An int32 tensor on the heap over `values`, which is not copied.
    public static Tensor ofInts(int[] values, int... shape) {
        return new Tensor(ElementType.INT32, Shape.of(shape), MemorySegment.ofArray(values));
    }

    /// An int64 tensor on the heap over `values`, which is not copied.
    public static Tensor ofLongs(long[] values, int... shape) {
        return new Tensor(ElementType.INT64, Shape.of(shape), MemorySegment.ofArray(values));
    }

    /// A uint8 tensor on the heap over `values`, which is not copied.
    public static Tensor ofBytes(byte[] values, int... shape) {
        return new Tensor(ElementType.UINT8, Shape.of(shape), MemorySegment.ofArray(values));
    }

    public ElementType type() {
        return type;
    }

    public Shape shape() {
        return shape;
    }

    /// The memory, exactly `shape().size()` elements long.
    public MemorySegment data() {
        return data;
    }

    /// How many elements there are.
    public long size() {
        return shape.size();
    }

    /// The extent of dimension `axis`.
    public int dimension(int axis) {
        return shape.dimension(axis);
    }

    /// The same memory, not writable through the result.
    public Tensor asReadOnly() {
        return data.isReadOnly() ? this : new Tensor(type, shape, data.asReadOnly());
    }

    /// The same memory under another shape of equal size.
    public Tensor reshape(int... dimensions) {
        return new Tensor(type, Shape.of(dimensions), data);
    }

    /// Rows `[row, row + rows)` of the outermost dimension: the same memory, nothing is copied.
    ///
    /// @throws IndexOutOfBoundsException if there are not that many
    public Tensor slice(long row, long rows) {
        var dimensions = new int[shape.rank()];
        for (int axis = 0; axis < dimensions.length; axis++) {
            dimensions[axis] = shape.dimension(axis);
        }
        Objects.checkFromIndexSize(row, rows, (long) dimensions[0]);
        dimensions[0] = Math.toIntExact(rows);
        var sliced = Shape.of(dimensions);
        long bytes = rows == 0 ? 0 : Math.multiplyExact(sliced.size() / rows, (long) type.byteSize());
        return new Tensor(type, sliced, data.asSlice(row * bytes, rows * bytes));
    }

    /// Element `index` in row-major order, of a FLOAT64 or a FLOAT32 tensor, which is widened.
    ///
    /// @throws IllegalArgumentException if it holds anything else
    public double getDouble(long index) {
        if (type == ElementType.FLOAT64) {
            return data.getAtIndex(ValueLayout.JAVA_DOUBLE_UNALIGNED, index);
        }
        requireReal();
        return data.getAtIndex(ValueLayout.JAVA_FLOAT_UNALIGNED, index);
    }

    /// Sets element `index` in row-major order, of a FLOAT64 tensor.
    public void setDouble(long index, double value) {
        require(ElementType.FLOAT64);
        data.setAtIndex(ValueLayout.JAVA_DOUBLE_UNALIGNED, index, value);
    }

    /// The element at `indices` of a FLOAT64 or a FLOAT32 tensor, which is widened.
    public double at(int... indices) {
        return getDouble(shape.offset(indices));
    }

    /// Element `index` of an INT32 tensor.
    public int getInt(long index) {
        require(ElementType.INT32);
        return data.getAtIndex(ValueLayout.JAVA_INT_UNALIGNED, index);
    }

    /// Sets element `index` of an INT32 tensor.
    public void setInt(long index, int value) {
        require(ElementType.INT32);
        data.setAtIndex(ValueLayout.JAVA_INT_UNALIGNED, index, value);
    }

    /// Element `index` of an INT64 tensor.
    public long getLong(long index) {
        require(ElementType.INT64);
        return data.getAtIndex(ValueLayout.JAVA_LONG_UNALIGNED, index);
    }

    /// Sets element `index` of an INT64 tensor.
    public void setLong(long index, long value) {
        require(ElementType.INT64);
        data.setAtIndex(ValueLayout.JAVA_LONG_UNALIGNED, index, value);
    }

    /// Element `index` of a UINT8 tensor.
    public byte getByte(long index) {
        require(ElementType.UINT8);
        return data.get(ValueLayout.JAVA_BYTE, index);
    }

    /// Sets element `index` of a UINT8 tensor.
    public void setByte(long index, byte value) {
        require(ElementType.UINT8);
        data.set(ValueLayout.JAVA_BYTE, index, value);
    }

    /// A copy of all elements of a FLOAT64 or a FLOAT32 tensor, which is widened.
    public double[] toDoubles() {
        return toDoubles(0, Math.toIntExact(size()));
    }

    /// A copy of elements `[from, from + length)` of a FLOAT64 or a FLOAT32 tensor, which is widened.
    public double[] toDoubles(long from, int length) {
        if (type != ElementType.FLOAT64) {
            requireReal();
            var widened = new double[length];
            for (int i = 0; i < length; i++) {
                widened[i] = data.getAtIndex(ValueLayout.JAVA_FLOAT_UNALIGNED, from + i);
            }
            return widened;
        }
        return data.asSlice(from * Double.BYTES, (long) length * Double.BYTES)
                .toArray(ValueLayout.JAVA_DOUBLE_UNALIGNED);
    }

    /// A copy of all elements of an INT32 tensor.
    public int[] toInts() {
        require(ElementType.INT32);
        return data.toArray(ValueLayout.JAVA_INT_UNALIGNED);
    }

    /// A copy of all elements of an INT64 tensor.
    public long[] toLongs() {
        require(ElementType.INT64);
        return data.toArray(ValueLayout.JAVA_LONG_UNALIGNED);
    }

    /// A copy of all elements of a UINT8 tensor.
    public byte[] toBytes() {
        require(ElementType.UINT8);
        return data.toArray(ValueLayout.JAVA_BYTE);
    }

    /// Whether type, shape and every byte are equal. NaN equals the same NaN; 0.0 differs from -0.0.
    public boolean contentEquals(Tensor other) {
        return type == other.type && shape.equals(other.shape) && data.mismatch(other.data) == -1;
    }

    @Override
    public String toString() {
        return type + shape.toString();
    }

    private void requireReal() {
        if (type != ElementType.FLOAT32) {
            throw new IllegalArgumentException("expected a FLOAT64 or FLOAT32 tensor, got " + this);
        }
    }

    private void require(ElementType wanted) {
        if (type != wanted) {
            throw new IllegalArgumentException("expected a " + wanted + " tensor, got " + this);
        }
    }

    /// Fills a FLOAT64 tensor with `value`.
    public Tensor fill(double value) {
        require(ElementType.FLOAT64);
        if (Double.doubleToRawLongBits(value) == 0) {
            data.fill((byte) 0);
        } else {
            double[] block = new double[(int) Math.min(size(), 4096)];
            Arrays.fill(block, value);
            for (long at = 0; at < size(); at += block.length) {
                int n = (int) Math.min(block.length, size() - at);
                MemorySegment.copy(block, 0, data, ValueLayout.JAVA_DOUBLE_UNALIGNED, at * Double.BYTES, n);
            }
        }
        return this;
    }

    /// Copies `values` into a FLOAT64 tensor, starting at element `to`.
    public Tensor put(long to, double[] values) {
        require(ElementType.FLOAT64);
        MemorySegment.copy(values, 0, data, ValueLayout.JAVA_DOUBLE_UNALIGNED, to * Double.BYTES, values.length);
        return this;
    }
}
