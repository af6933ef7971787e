package org.polyphony.plugin.encoder.http.client;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.polyphony.spi.plugin.Setting;

/// Settings of [HttpEmbeddings].
public record HttpSettings(
        @Setting(description = "Address of the server, without /v1/embeddings")
        String url,

        @Setting(description = "The model's name, as the server knows it")
        String model,

        @Setting(description = "Environment variable that holds the API key; none is sent if absent")
        Optional<String> apiKeyEnv,

        @Setting(
                description = "Numbers of a vector; any answer of another length is refused. Absent: as the first"
                        + " answer")
        Optional<Integer> dimension,

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

    public HttpSettings {
        var address = URI.create(url);
        var scheme = String.valueOf(address.getScheme());
        if (!(scheme.equals("http") || scheme.equals("https")) || address.getHost() == null) {
            throw new IllegalArgumentException("url is '" + url + "'; it must be http://HOST… or https://HOST…");
        }
        if (address.getUserInfo() != null || address.getQuery() != null || address.getFragment() != null) {
            throw new IllegalArgumentException(
                    "url holds a user, a query or a fragment; give the address alone, and the key by api-key-env");
        }
        if (model.isBlank()) {
            throw new IllegalArgumentException("model is blank; name one the server has");
        }
        requireIn("batch-size", batchSize, 1, 2048);
        requireIn("concurrency", concurrency, 1, 16);
        requireIn("retries", retries, 0, 10);
        dimension.ifPresent(d -> requireIn("dimension", d, 1, 1 << 16));
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("timeout is " + timeout + "; it must be longer than nothing");
        }
    }

    /// These settings with the defaults of the others.
    public static HttpSettings of(String url, String model) {
        return new HttpSettings(url, model, Optional.empty(), Optional.empty(), 64, 2, Duration.ofSeconds(60), 4);
    }

    /// Where vectors are asked for.
    URI endpoint() {
        var base = url.replaceFirst("/+$", "").replaceFirst("/v1$", "");
        return URI.create(base + "/v1/embeddings");
    }

    /// Whether a key would cross a network that others can read; the machine itself is none.
    boolean keyTravelsInClear() {
        var host = endpoint().getHost();
        boolean local = host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.\\d{1,3}){3}");
        return apiKeyEnv.isPresent() && endpoint().getScheme().equals("http") && !local;
    }

    private static void requireIn(String name, int value, int low, int high) {
        if (value < low || value > high) {
            throw new IllegalArgumentException(name + " is " + value + "; it must be " + low + " to " + high);
        }
    }
}
