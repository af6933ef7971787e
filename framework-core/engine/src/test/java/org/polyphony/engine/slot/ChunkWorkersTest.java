package org.polyphony.engine.slot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;

class ChunkWorkersTest {

    private final ChunkWorkers workers = new ChunkWorkers("test#1", 3, ChunkWorkersTest.class::getClassLoader);

    @AfterEach
    void close() {
        workers.close();
        assertThat(workers.awaitClosed(Duration.ofSeconds(10))).isTrue();
    }

    @Test
    void run_anyNumberOfChunks_answersInChunkOrder() {
        for (int chunks : new int[] {0, 1, 2, 3, 4, 1000}) {
            assertThat(workers.run(chunks, i -> 3 * i))
                    .isEqualTo(IntStream.range(0, chunks).mapToObj(i -> 3 * i).toList());
        }
    }

    @Test
    void run_chunks_onPlatformThreadsOfTheGeneration() {
        var threads = ConcurrentHashMap.<Thread>newKeySet();

        workers.run(100, i -> threads.add(Thread.currentThread()));

        assertThat(threads).isNotEmpty().allSatisfy(thread -> {
            assertThat(thread.isVirtual()).isFalse();
            assertThat(thread.getName()).startsWith("test#1 worker ");
        });
        assertThat(threads.size()).isLessThanOrEqualTo(3);
    }

    @Test
    void run_severalFail_firstInChunkOrderWinsAlways() {
        var random = new SplittableRandom(3);
        for (int round = 0; round < 200; round++) {
            int first = random.nextInt(40);
            var started = new AtomicInteger();
            assertThatThrownBy(() -> workers.run(1000, i -> {
                        started.incrementAndGet();
                        if (i >= first) {
                            throw new IllegalArgumentException("chunk " + i);
                        }
                        return i;
                    }))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("chunk " + first);
            assertThat(started).hasValueLessThan(1000);
        }
    }

    @Test
    void run_error_isThrownAsItIs() {
        assertThatThrownBy(() -> workers.run(2, _ -> {
                    throw new StackOverflowError();
                }))
                .isInstanceOf(StackOverflowError.class);
    }

    @Test
    void run_insideAChunk_doesNotWaitForItself() {
        assertThat(workers.run(8, i -> workers.run(3, j -> i * j))).contains(List.of(0, 7, 14));
    }

    @Test
    void run_callerInterrupted_startsNoFurtherChunkAndWaitsForThoseThatRun() throws Exception {
        var entered = new CountDownLatch(3);
        var go = new CountDownLatch(1);
        var done = new AtomicInteger();
        var thrown = new AtomicReference<Throwable>();
        var caller = Thread.ofVirtual().start(() -> {
            try {
                workers.run(1000, i -> {
                    entered.countDown();
                    await(go);
                    return done.incrementAndGet();
                });
            } catch (AlignmentException e) {
                thrown.set(e);
            }
        });
        entered.await();
        caller.interrupt();
        // until the caller has seen it, cancelled, and waits again
        while (caller.isInterrupted() || caller.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        go.countDown();
        caller.join();

        assertThat(thrown.get())
                .isInstanceOfSatisfying(
                        AlignmentException.class, e -> assertThat(e.code()).isEqualTo(StandardErrorCode.CANCELLED));
        assertThat(done).hasValue(3);
    }

    @Test
    void close_whileChunksWait_cancelsTheirCallers() throws Exception {
        var entered = new CountDownLatch(3);
        var never = new CountDownLatch(1);
        var failures = ConcurrentHashMap.<String>newKeySet();
        var callers = IntStream.range(0, 4)
                .mapToObj(_ -> Thread.ofVirtual().start(() -> {
                    try {
                        workers.run(10, i -> {
                            entered.countDown();
                            await(never);
                            return i;
                        });
                    } catch (RuntimeException e) {
                        failures.add(e.getClass().getSimpleName());
                    }
                }))
                .toList();
        entered.await();
        workers.close();
        for (var caller : callers) {
            caller.join();
        }

        assertThat(failures).isNotEmpty().isSubsetOf("AlignmentException", "IllegalStateException");
        assertThatThrownBy(() -> workers.run(2, i -> i)).isInstanceOf(AlignmentException.class);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }
}
