package org.polyphony.engine.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.polyphony.engine.plugin.Opened.Loan;
import org.polyphony.engine.plugin.Opened.Thing;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;

class OpenedTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<String> closed = new CopyOnWriteArrayList<>();

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    private Opened opened(int most) {
        return new Opened("scorer#1", threads, most);
    }

    private static Opened.Key key(String artefact) {
        return new Opened.Key(artefact, Map.of());
    }

    private Thing thing(String name) {
        return new Thing(() -> closed.add(name), List.of(), () -> closed.add("memory of " + name));
    }

    private Loan<AutoCloseable> lend(Opened opened, String name) {
        return opened.lend(key(name), () -> thing(name), _ -> {});
    }

    @Test
    void lend_whileAnotherOpens_waitsAndGetsTheSame() throws Exception {
        var opened = opened(1);
        var opening = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var times = new AtomicInteger();
        var loans = new ArrayList<Future<Loan<AutoCloseable>>>();
        for (int i = 0; i < 50; i++) {
            loans.add(threads.submit(() -> opened.lend(
                    key("a"),
                    () -> {
                        times.incrementAndGet();
                        opening.countDown();
                        await(goOn);
                        return thing("a");
                    },
                    _ -> {})));
        }
        opening.await();
        goOn.countDown();
        for (var loan : loans) {
            assertThat(loan.get().value()).isSameAs(loans.getFirst().get().value());
        }
        assertThat(times).hasValue(1);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AlignmentException(StandardErrorCode.CANCELLED, "interrupted", e);
        }
    }

    /// The failure, or the cancellation, of one call is no other's answer.
    @Test
    void lend_theOneThatOpensFails_theOthersOpen() throws Exception {
        var opened = opened(1);
        var opening = new CountDownLatch(1);
        var fail = new CountDownLatch(1);
        var first = threads.submit(() -> opened.<AutoCloseable>lend(
                key("a"),
                () -> {
                    opening.countDown();
                    await(fail);
                    throw new IllegalStateException("cannot open");
                },
                _ -> {}));
        opening.await();
        var second = threads.submit(() -> lend(opened, "a"));
        fail.countDown();

        assertThatThrownBy(first::get).hasRootCauseMessage("cannot open");
        assertThat(second.get().value()).isNotNull();
        assertThat(closed).isEmpty();
    }

    @Test
    void lend_interruptedWhileAnotherOpens_isCancelledAndTheOtherIsNot() throws Exception {
        var opened = opened(1);
        var opening = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var first = threads.submit(() -> opened.<AutoCloseable>lend(
                key("a"),
                () -> {
                    opening.countDown();
                    await(goOn);
                    return thing("a");
                },
                _ -> {}));
        opening.await();
        var failure = new CompletableFuture<Throwable>();
        var waiting = Thread.ofVirtual().start(() -> {
            try {
                lend(opened, "a");
            } catch (AlignmentException e) {
                failure.complete(e);
            }
        });
        waiting.interrupt();

        assertThat(failure.get())
                .isInstanceOfSatisfying(
                        AlignmentException.class, e -> assertThat(e.code()).isEqualTo(StandardErrorCode.CANCELLED));
        goOn.countDown();
        first.get().close();
        assertThat(opened.stop(LONG)).isTrue();
        assertThat(closed).containsExactly("a", "memory of a");
    }

    @Test
    void lend_moreThanTheLimit_neverClosesWhatIsLent() {
        var opened = opened(1);
        var a = lend(opened, "a");
        var b = lend(opened, "b");
        assertThat(closed).isEmpty();

        a.close();
        lend(opened, "c").close();
        assertThat(opened.stop(LONG)).isTrue();

        assertThat(closed).containsOnlyOnce("a", "c").doesNotContain("b");
        b.close();
        while (!closed.contains("memory of b")) {
            Thread.onSpinWait();
        }
        assertThat(closed).containsOnlyOnce("b").hasSize(6);
    }

    @Test
    void lend_closedForRoom_opensAnew() {
        var opened = opened(1);
        lend(opened, "a").close();
        lend(opened, "b").close();
        lend(opened, "a").close();
        assertThat(opened.stop(LONG)).isTrue();
        assertThat(closed).filteredOn("a"::equals).hasSize(2);
        assertThat(closed).filteredOn("b"::equals).hasSize(1);
    }

    @Test
    void stop_afterwards_nothingIsLent() {
        var opened = opened(1);
        opened.stop(LONG);
        assertThatThrownBy(() -> lend(opened, "a")).hasMessageContaining("scorer#1 is being stopped");
    }

    /// One that does not close keeps its own thread only.
    @Test
    void stop_closeHangsOrThrows_isGivenUpAfterTheLimit() {
        var opened = opened(2);
        var never = new CountDownLatch(1);
        opened.lend(key("hangs"), () -> new Thing(never::await, List.of(), () -> {}), _ -> {})
                .close();
        opened.<AutoCloseable>lend(
                        key("throws"),
                        () -> new Thing(
                                () -> {
                                    throw new IllegalStateException("cannot close");
                                },
                                List.of(),
                                () -> closed.add("memory of throws")),
                        _ -> {})
                .close();
        assertThat(opened.stop(Duration.ofMillis(100))).isFalse();
        while (!closed.contains("memory of throws")) {
            Thread.onSpinWait();
        }
    }
}
