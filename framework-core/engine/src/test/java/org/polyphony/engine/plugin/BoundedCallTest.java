package org.polyphony.engine.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;

class BoundedCallTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    @Test
    void run_returns_onADaemonThreadOfItsOwn() {
        var thread = BoundedCall.run("plugin 1.0.0", "starting", LONG, Thread::currentThread);

        assertThat(thread).isNotSameAs(Thread.currentThread());
        assertThat(thread.isDaemon()).isTrue();
        assertThat(thread.isAlive()).isFalse();
    }

    @Test
    void run_throws_isAFailureOfThePlugin() {
        assertThatThrownBy(() -> BoundedCall.run("plugin 1.0.0", "starting", LONG, () -> {
                    throw new IOException("broken");
                }))
                .isInstanceOf(AlignmentException.class)
                .hasMessageContaining("plugin 1.0.0 failed in starting: IOException: broken")
                .hasCauseInstanceOf(PluginFailure.class)
                .extracting("code")
                .isEqualTo(StandardErrorCode.PLUGIN_FAILED);
    }

    @Test
    void run_doesNotReturn_isInterruptedAndGivenUp() throws Exception {
        var interrupted = new CountDownLatch(1);

        assertThatThrownBy(() -> BoundedCall.run("plugin 1.0.0", "starting", Duration.ofMillis(20), () -> {
                    try {
                        Thread.sleep(60_000);
                    } catch (InterruptedException _) {
                        interrupted.countDown();
                    }
                    return "too late";
                }))
                .hasMessageContaining("plugin 1.0.0 did not end starting within 0.02 s")
                .extracting("code")
                .isEqualTo(StandardErrorCode.PLUGIN_TIMEOUT);
        interrupted.await();
    }

    @Test
    void text_time_isAsPeopleWriteIt() {
        assertThat(BoundedCall.text(Duration.ofMinutes(30))).isEqualTo("30 min");
        assertThat(BoundedCall.text(Duration.ofSeconds(90))).isEqualTo("90 s");
        assertThat(BoundedCall.text(Duration.ofMillis(1500))).isEqualTo("1.5 s");
    }
}
