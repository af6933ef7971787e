package org.polyphony.engine.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.polyphony.engine.codec.RecordCodec;
import org.polyphony.spi.encoding.Encodings;
import org.polyphony.spi.tensor.Shape;

class TensorBatchTest {

    private final TensorMemory memory = TensorMemory.withLimit(1 << 24);
    private final OwnerMemory owner = memory.owner("owner");

    @AfterEach
    void nothingIsLeft() {
        assertThat(memory.allocated()).isZero();
        owner.close();
        memory.close();
    }

    private TensorBatch batch() {
        try (var scope = owner.openScope("call")) {
            var features = scope.doubles(2, 3);
            features.fill(0.25);
            return RecordCodec.encode(Encodings.of(features), scope, owner.allocator());
        }
    }

    @Test
    void claim_byManyThreads_succeedsOnce() throws InterruptedException {
        var batch = batch();
        var claims = new CopyOnWriteArrayList<AutoCloseable>();
        var threads = new Thread[8];
        for (int i = 0; i < threads.length; i++) {
            threads[i] = Thread.ofPlatform().start(() -> {
                try {
                    claims.add(batch.claim());
                } catch (IllegalStateException e) {
                    assertThat(e).hasMessageContaining("claimed before");
                }
            });
        }
        for (var thread : threads) {
            thread.join();
        }
        assertThat(claims).hasSize(1);
        batch.close();
        assertThat(memory.allocated()).isPositive();
        claims.forEach(claim -> assertThat(claim).satisfies(AutoCloseable::close));
    }

    @Test
    void close_unclaimed_freesTheContent() {
        var batch = batch();
        batch.close();
        batch.close();
        assertThatThrownBy(batch::claim).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @Timeout(60)
    void unreachable_unclaimed_isFreedByTheNet() throws InterruptedException {
        long before = TensorBatch.rescued();
        for (int i = 0; i < 100; i++) {
            batch();
        }
        while (memory.allocated() > 0) {
            System.gc();
            Thread.sleep(10);
        }
        assertThat(TensorBatch.rescued() - before).isGreaterThanOrEqualTo(100);
    }

    @Test
    void claimVectors_fixedShapeTensorColumn_isOneCellAtTheSameAddress() {
        try (var scope = owner.openScope("call")) {
            var features = scope.doubles(2, 3);
            features.fill(0.25);
            var batch = RecordCodec.encode(Encodings.of(features), scope, owner.allocator());
            try (var root = batch.claimVectors(owner.allocator())) {
                assertThat(root.getRowCount()).isEqualTo(1);
                var column = (FixedShapeTensorVector) root.getVector("features");
                var cell = column.getObject(0);
                assertThat(cell.shape()).isEqualTo(Shape.of(2, 3));
                assertThat(cell.data().address()).isEqualTo(features.data().address());
                assertThat(cell.toDoubles()).containsOnly(0.25);
                assertThat(((ArrowType.ExtensionType) column.getField().getType()).serialize())
                        .isEqualTo("{\"shape\":[2,3]}");
            }
        }
    }

    @Test
    void deserialize_metadataOfOthers_areReadOrRefused() {
        var type = FixedShapeTensorType.of(Shape.of());
        assertThat(type.deserialize(
                        new ArrowType.FixedSizeList(6),
                        "{\"shape\":[2,3], \"dim_names\":[\"s\",\"k\"], \"permutation\":[0,1]}"))
                .isEqualTo(FixedShapeTensorType.of(Shape.of(2, 3)));
        for (var bad : List.of(
                "", "[]", "{}", "{\"shape\":[2,-3]}", "{\"shape\":[2,4]}", "{\"shape\":[2,3],\"permutation\":[1,0]}")) {
            assertThatThrownBy(() -> type.deserialize(new ArrowType.FixedSizeList(6), bad))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
