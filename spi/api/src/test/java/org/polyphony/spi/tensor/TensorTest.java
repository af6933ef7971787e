package org.polyphony.spi.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TensorTest {

    @Test
    void of_memoryOfAnotherSize_saysWhatIsNeeded() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tensor.of(ElementType.FLOAT64, Shape.of(2, 3), MemorySegment.ofArray(new byte[40])))
                .withMessage("a FLOAT64 tensor of shape [2, 3] needs 48 bytes, got 40");
    }

    @Test
    void at_indices_isRowMajor() {
        var tensor = Tensor.ofDoubles(new double[] {0, 1, 2, 10, 11, 12}, 2, 3);
        assertThat(tensor.at(1, 2)).isEqualTo(12);
        assertThat(tensor.reshape(3, 2).at(1, 0)).isEqualTo(2);
    }

    @Test
    void doubles_ofFloats_areWidened() {
        var floats =
                Tensor.of(ElementType.FLOAT32, Shape.of(2, 2), MemorySegment.ofArray(new float[] {1, 2, 0.1f, -3}));
        assertThat(floats.getDouble(0)).isEqualTo(1);
        assertThat(floats.at(1, 0)).isEqualTo((double) 0.1f);
        assertThat(floats.toDoubles()).containsExactly(1, 2, 0.1f, -3);
        assertThat(floats.toDoubles(1, 2)).containsExactly(2, 0.1f);
    }

    @Test
    void doubles_ofWholeNumbers_areNone() {
        var longs = Tensor.ofLongs(new long[] {1, 2}, 2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> longs.getDouble(0))
                .withMessage("expected a FLOAT64 or FLOAT32 tensor, got INT64[2]");
        assertThatIllegalArgumentException().isThrownBy(() -> longs.at(1));
        assertThatIllegalArgumentException().isThrownBy(longs::toDoubles);
        assertThatIllegalArgumentException().isThrownBy(() -> longs.toDoubles(0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> longs.setDouble(0, 1));
    }

    @Test
    void at_outsideOrTooFewIndices_throws() {
        var tensor = Tensor.ofDoubles(new double[6], 2, 3);
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> tensor.at(0, 3));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> tensor.at(-1, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tensor.at(1))
                .withMessage("shape [2, 3] takes 2 indices, got 1");
    }

    @Test
    void asReadOnly_writing_throws() {
        var shared = Tensor.ofInts(new int[] {1, 2}, 2).asReadOnly();
        assertThatIllegalArgumentException().isThrownBy(() -> shared.setInt(0, 5));
        assertThat(shared.asReadOnly()).isSameAs(shared);
    }

    @ParameterizedTest
    @EnumSource(ElementType.class)
    void contentEquals_everyType_comparesEveryByte(ElementType type) {
        try (var arena = Arena.ofConfined()) {
            long bytes = 5L * type.byteSize();
            var one = Tensor.of(type, Shape.of(5), arena.allocate(bytes, 64));
            var other = Tensor.of(type, Shape.of(5), MemorySegment.ofArray(new byte[(int) bytes]));
            assertThat(one.contentEquals(other)).isTrue();
            other.data().set(java.lang.foreign.ValueLayout.JAVA_BYTE, bytes - 1, (byte) 1);
            assertThat(one.contentEquals(other)).isFalse();
            assertThat(one.contentEquals(one.reshape(1, 5))).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4095, 4096, 4097, 10_000})
    void fill_anySize_setsEveryElement(int size) {
        var tensor = Tensor.ofDoubles(new double[size], size).fill(-1.5);
        assertThat(tensor.toDoubles()).hasSize(size);
        for (double value : tensor.toDoubles()) {
            assertThat(value).isEqualTo(-1.5);
        }
        assertThat(java.util.Arrays.stream(tensor.fill(0).toDoubles()).sum()).isZero();
    }

    @Test
    void fill_negativeZeroAndNaN_areKeptAsTheyAre() {
        var negative = Tensor.ofDoubles(new double[2], 2).fill(-0.0);
        assertThat(Double.doubleToRawLongBits(negative.getDouble(1))).isEqualTo(Double.doubleToRawLongBits(-0.0));
        assertThat(Tensor.ofDoubles(new double[2], 2).fill(Double.NaN).toDoubles())
                .containsOnly(Double.NaN);
    }

    @Test
    void toDoubles_partAndPut_copyThatPart() {
        var tensor = Tensor.ofDoubles(new double[5], 5).put(2, new double[] {7, 8});
        assertThat(tensor.toDoubles(1, 3)).containsExactly(0, 7, 8);
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> tensor.put(4, new double[] {1, 2}));
    }

    @Test
    void toDoubles_ofIntegers_saysWhatItIs() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tensor.ofInts(new int[2], 2).toDoubles())
                .withMessage("expected a FLOAT64 or FLOAT32 tensor, got INT32[2]");
    }

    @Test
    void shape_negativeOrHuge_throws() {
        assertThatIllegalArgumentException().isThrownBy(() -> Shape.of(2, -1)).withMessageContaining("[2, -1]");
        assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(
                        () -> Shape.of(Integer.MAX_VALUE, Integer.MAX_VALUE, 4).size());
        assertThat(Shape.of().size()).isEqualTo(1);
        assertThat(Shape.of(3, 0).size()).isZero();
    }

    @Test
    void slice_rows_areAViewOfEveryType() {
        var ints = Tensor.ofInts(new int[] {0, 1, 2, 3, 4, 5}, 3, 2);
        assertThat(ints.slice(1, 2).toInts()).containsExactly(2, 3, 4, 5);
        assertThat(ints.slice(1, 2).shape()).isEqualTo(Shape.of(2, 2));
        assertThat(ints.slice(3, 0).size()).isZero();
        ints.slice(2, 1).setInt(0, 9);
        assertThat(ints.getInt(4)).isEqualTo(9);
        assertThat(Tensor.ofBytes(new byte[] {1, 2, 3}, 3).slice(2, 1).toBytes())
                .containsExactly(3);
        assertThat(Tensor.ofLongs(new long[] {1, 2}, 2, 1).slice(1, 1).toLongs())
                .containsExactly(2);
        assertThat(Tensor.ofDoubles(new double[0], 2, 0).slice(1, 1).shape()).isEqualTo(Shape.of(1, 0));
        assertThat(ints.asReadOnly().slice(0, 1).data().isReadOnly()).isTrue();
    }

    @Test
    void slice_rowsThatAreNotThere_areRefused() {
        var three = Tensor.ofDoubles(new double[3], 3);
        for (var wrong : new int[][] {{-1, 1}, {2, 2}, {0, 4}, {4, 0}, {0, -1}}) {
            assertThatExceptionOfType(IndexOutOfBoundsException.class)
                    .isThrownBy(() -> three.slice(wrong[0], wrong[1]));
        }
    }

    @Test
    void gather_rows_areCopiedInTheOrderAskedFor() {
        TensorAllocator heap = (type, shape) -> Tensor.of(
                type, shape, MemorySegment.ofArray(new byte[Math.toIntExact(shape.size() * type.byteSize())]));
        var from = Tensor.ofDoubles(new double[] {0, 1, 2, 3, 4, 5}, 3, 2);
        var gathered = heap.gather(from, new int[] {2, 0, 2});
        from.setDouble(0, 9);
        assertThat(gathered.shape()).isEqualTo(Shape.of(3, 2));
        assertThat(gathered.toDoubles()).containsExactly(4, 5, 0, 1, 4, 5);
        assertThat(heap.gather(from, new int[0]).shape()).isEqualTo(Shape.of(0, 2));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> heap.gather(from, new int[] {3}));
    }
}
