package org.polyphony.engine.slot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CallMeterTest {

    private final CallMeter meter = new CallMeter();

    @Test
    void quantile_noCalls_isZero() {
        assertThat(meter.quantile(.99)).isZero();
        assertThat(meter.calls()).isZero();
        assertThat(meter.mean("refused:nurses")).isNaN();
        assertThat(meter.metrics()).isEmpty();
    }

    @Test
    void end_manyThreads_countsEachOnce() {
        IntStream.range(0, 20_000).parallel().forEach(i -> {
            var call = meter.enter();
            if (i % 10 == 0) {
                call.failed();
            }
            call.end();
        });

        assertThat(meter.calls()).isEqualTo(20_000);
        assertThat(meter.failures()).isEqualTo(2_000);
        assertThat(meter.running(0)).isZero();
        assertThat(meter.quantile(1)).isPositive();
    }

    @Test
    void running_callInside_isSeenUntilItEnds() {
        var call = meter.enter();
        assertThat(meter.running(-1)).isEqualTo(1);
        assertThat(meter.running(Long.MAX_VALUE)).isZero();
        call.end();
        assertThat(meter.running(-1)).isZero();
    }

    @Test
    void mean_ofWhatWasMeasured() {
        meter.measure("refused:nurses", 1);
        meter.measure("refused:nurses", 0);
        meter.measure("refused:nurses", 0);
        meter.measure("refused:doctors", 0);

        assertThat(meter.mean("refused:nurses")).isEqualTo(1 / 3.0);
        assertThat(meter.mean("refused:doctors")).isZero();
        assertThat(meter.metrics()).containsExactly("refused:doctors", "refused:nurses");
    }
}
