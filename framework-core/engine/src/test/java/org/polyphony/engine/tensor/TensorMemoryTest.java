package org.polyphony.engine.tensor;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.tensor.ElementType;
import org.polyphony.spi.tensor.Shape;
import org.polyphony.spi.tensor.Tensor;

class TensorMemoryTest {

    private final List<LeakReport> leaks = new ArrayList<>();
    private final TensorMemory memory = TensorMemory.withLimit(1 << 24, leaks::add);

    @Test
    void allocate_anySize_isAlignedTo64AndZeroed() {
        var random = new SplittableRandom(1);
        try (var owner = memory.owner("owner")) {
            for (int i = 0; i < 500; i++) {
                try (var scope = owner.openScope("call")) {
                    var tensor = scope.allocate(ElementType.UINT8, Shape.of(random.nextInt(1, 3000)));
                    assertThat(tensor.data().address() % 64).isZero();
                    assertThat(tensor.toBytes()).containsOnly(0);
                    tensor.data().fill((byte) 7); // so that memory used again is dirty
                }
            }
        }
        memory.close();
        assertThat(leaks).isEmpty();
    }

    @Test
    void allocate_emptyShape_isAnEmptyTensor() {
        try (var owner = memory.owner("owner");
                var scope = owner.openScope("call")) {
            assertThat(scope.doubles(0, 7).toDoubles()).isEmpty();
            assertThat(scope.doubles().size()).isEqualTo(1);
        }
    }

    @Test
    void close_ownerWithOpenCall_namesItAndItsSizes() {
        var owner = memory.owner("algorithm nash-dpo 0.2.0");
        var scope = owner.openScope("align of run 7");
        var tensor = scope.doubles(1000);
        scope.bytes(10);
        owner.close();
        assertThat(leaks).singleElement().satisfies(leak -> {
            assertThat(leak.owner()).isEqualTo("algorithm nash-dpo 0.2.0");
            assertThat(leak.bytes()).isEqualTo(8000 + 64);
            assertThat(leak.sizes()).containsExactly(8000L, 64L);
            assertThat(leak.scopes()).containsExactly("align of run 7");
        });
        assertThat(memory.allocated()).isZero();
        assertThatThrownBy(() -> tensor.getDouble(0)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> owner.openScope("late"))
                .isInstanceOf(AlignmentException.class)
                .hasMessageContaining("nash-dpo");
        memory.close();
    }

    @Test
    void close_scopeWhileAnotherHoldsAShare_movesTheCharge() {
        var first = memory.owner("first");
        var second = memory.owner("second");
        var from = first.openScope("from");
        var tensor = from.doubles(8);
        tensor.fill(3);
        var into = second.openScope("into");
        var buffer = requireNonNull(from.behind(tensor));
        var shared = into.share(buffer, ElementType.FLOAT64, Shape.of(2, 4));
        assertThat(second.allocated()).isZero();
        from.close();
        assertThat(first.allocated()).isZero();
        assertThat(second.allocated()).isEqualTo(64);
        assertThat(shared.toDoubles()).containsOnly(3);
        assertThatThrownBy(() -> shared.setDouble(0, 1)).isInstanceOf(IllegalArgumentException.class);
        into.close();
        List.of(first, second).forEach(OwnerMemory::close);
        memory.close();
        assertThat(leaks).isEmpty();
    }

    @Test
    void behind_overlappingViews_findsTheBufferThatHoldsAll() {
        try (var owner = memory.owner("owner");
                var scope = owner.openScope("call");
                var other = owner.openScope("other")) {
            var whole = scope.doubles(16);
            var middle =
                    Tensor.of(ElementType.FLOAT64, Shape.of(2), whole.data().asSlice(32, 16));
            var wide = Tensor.of(ElementType.FLOAT64, Shape.of(8), whole.data().asSlice(32, 64));
            for (var tensor : List.of(whole, middle)) {
                other.share(requireNonNull(scope.behind(tensor)), tensor.type(), tensor.shape());
            }
            var found = requireNonNull(other.behind(wide));
            assertThat(found.memoryAddress()).isEqualTo(wide.data().address());
            assertThat(found.capacity()).isEqualTo(64);
            assertThat(other.behind(scope.doubles(1))).isNull();
        }
    }

    @Test
    void allocate_beyondTheLimit_isMemoryExhaustedNamingTheOwner() {
        try (var owner = memory.owner("small", 1000);
                var scope = owner.openScope("call")) {
            assertThatThrownBy(() -> scope.doubles(1000))
                    .isInstanceOfSatisfying(
                            AlignmentException.class,
                            e -> assertThat(e.code()).isEqualTo(StandardErrorCode.MEMORY_EXHAUSTED))
                    .hasMessageContaining("small")
                    .hasMessageContaining("8000");
        }
    }
}
