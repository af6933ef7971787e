package org.polyphony.engine.slot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeaseCountTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    @Test
    void acquire_afterTheLastRelease_isRefusedForEver() {
        var leases = new LeaseCount();

        assertThat(leases.acquire()).isTrue();
        leases.release();
        assertThat(leases.awaitDrained(Duration.ZERO)).isFalse();
        leases.release();

        assertThat(leases.acquire()).isFalse();
        assertThat(leases.awaitDrained(Duration.ZERO)).isTrue();
        assertThat(leases.count()).isZero();
    }

    @Test
    void release_twice_isAnError() {
        var leases = new LeaseCount();
        leases.release();

        assertThatThrownBy(leases::release).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void awaitDrained_interrupted_stillWaitsAndKeepsTheInterrupt() {
        var leases = new LeaseCount();
        Thread.currentThread().interrupt();

        assertThat(leases.awaitDrained(Duration.ofMillis(20))).isFalse();
        assertThat(Thread.interrupted()).isTrue();
    }

    /// In every interleaving: who holds a lease finds the thing open; once drained, nobody gets one and nobody
    /// holds one.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void acquire_manyThreadsWhileTheOwnerLetsGo_neverHoldsWhatIsClosed(long seed) throws Exception {
        var random = new SplittableRandom(seed);
        for (int round = 0; round < 300; round++) {
            var leases = new LeaseCount();
            var inside = new AtomicInteger();
            var wrong = new AtomicInteger();
            var closed = new AtomicInteger();
            var start = new CountDownLatch(1);
            var threads = new ArrayList<Thread>();
            for (int t = 0; t < 4; t++) {
                int attempts = random.nextInt(1, 60);
                threads.add(Thread.ofPlatform().start(() -> {
                    awaitStart(start);
                    for (int i = 0; i < attempts; i++) {
                        if (!leases.acquire()) {
                            // closed for one is closed for all, for ever
                            wrong.addAndGet(leases.acquire() ? 1 : 0);
                            return;
                        }
                        inside.incrementAndGet();
                        wrong.addAndGet(closed.get());
                        inside.decrementAndGet();
                        leases.release();
                    }
                }));
            }
            int spins = random.nextInt(200);
            start.countDown();
            for (int i = 0; i < spins; i++) {
                Thread.onSpinWait();
            }
            leases.release();
            assertThat(leases.awaitDrained(LONG)).isTrue();
            closed.set(1);
            assertThat(inside).hasValue(0);
            for (var thread : threads) {
                thread.join();
            }
            assertThat(wrong).hasValue(0);
        }
    }

    private static void awaitStart(CountDownLatch start) {
        try {
            start.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
