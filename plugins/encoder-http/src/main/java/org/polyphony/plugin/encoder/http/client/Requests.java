package org.polyphony.plugin.encoder.http.client;

import java.time.Duration;
import org.polyphony.spi.plugin.Setting;

/// How a server is asked.
public record Requests(
        @Setting(description = "Texts in one request, 1 to 2048", defaultValue = "64")
        int batchSize,

        @Setting(description = "Requests at once, 1 to 16", defaultValue = "2")
        int concurrency,

        @Setting(description = "Longest wait for one answer", defaultValue = "PT60S")
        Duration timeout,

        @Setting(
                description = "Further attempts after a time-out, a broken answer, or status 429 or 5xx, 0 to 10",
                defaultValue = "4")
        int retries) {

    public Requests {
        requireIn("batch-size", batchSize, 1, 2048);
        requireIn("concurrency", concurrency, 1, 16);
        requireIn("retries", retries, 0, 10);
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("timeout is " + timeout + "; it must be longer than nothing");
        }
    }

    static void requireIn(String name, int value, int low, int high) {
        if (value < low || value > high) {
            throw new IllegalArgumentException(name + " is " + value + "; it must be " + low + " to " + high);
        }
    }
}
