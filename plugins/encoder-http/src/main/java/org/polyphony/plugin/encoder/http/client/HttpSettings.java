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

        Requests requests) {

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
        dimension.ifPresent(d -> Requests.requireIn("dimension", d, 1, 1 << 16));
    }

    /// These settings with the defaults of the others.
    public static HttpSettings of(String url, String model) {
        return new HttpSettings(
                url, model, Optional.empty(), Optional.empty(), new Requests(64, 2, Duration.ofSeconds(60), 4));
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
}
