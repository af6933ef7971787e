package org.polyphony.plugin.encoder.http.client;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;

/// Asks a server for the vectors of one batch, again and again where that can help. Safe for use by many threads.
final class EmbeddingClient {

    // of one vector in JSON: 16,384 numbers of 32 characters and what is around them
    private static final long BYTES_PER_TEXT = 1 << 20;
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(2);
    private static final int EXCERPT = 300;

    private final HttpClient client;
    private final HttpSettings settings;
    private final Optional<String> key;
    private final Clock clock;
    private final Duration firstPause;

    EmbeddingClient(HttpClient client, HttpSettings settings, ApiKeys keys, Clock clock, Duration firstPause) {
        this.client = client;
        this.settings = settings;
        this.clock = clock;
        this.firstPause = firstPause;
        this.key = settings.apiKeyEnv().map(name -> key(name, keys.find(name)));
    }

    private static String key(String name, @Nullable String value) {
        if (value == null || value.isBlank()) {
            throw new AlignmentException(
                    StandardErrorCode.SETTING_INVALID,
                    "the environment variable " + name + " (setting api-key-env) is not set; export it or leave the"
                            + " setting out");
        }
        // the client would name the value in its complaint
        if (!value.strip().chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new AlignmentException(
                    StandardErrorCode.SETTING_INVALID,
                    "the environment variable " + name + " holds characters that no API key has, such as a line"
                            + " break or a space");
        }
        return value.strip();
    }

    /// The vectors of these texts, in their order.
    ///
    /// @throws AlignmentException saying what the server did
    List<double[]> embed(List<String> texts) throws InterruptedException {
        for (int attempt = 0; ; attempt++) {
            Retry failure;
            try {
                return answer(send(texts), texts.size());
            } catch (Retry e) {
                failure = e;
            }
            var pause = failure.after.orElse(firstPause.multipliedBy(1L << attempt));
            if (attempt >= settings.requests().retries() || pause.compareTo(LONGEST_PAUSE) > 0) {
                throw failed(
                        StandardErrorCode.IO_FAILED,
                        failure.getMessage() + " after " + (attempt + 1) + " attempts"
                                + failure.after
                                        .map(wait -> "; it asks to wait " + wait.toSeconds() + " s")
                                        .orElse("")
                                + "; try later, or a smaller batch-size or concurrency",
                        failure);
            }
            Thread.sleep(pause);
        }
    }

    private HttpResponse<byte[]> send(List<String> texts) throws Retry, InterruptedException {
        var body = "{\"model\":" + Json.quote(settings.model()) + ",\"encoding_format\":\"float\",\"input\":["
                + String.join(",", texts.stream().map(EmbeddingClient::input).toList()) + "]}";
        var request = HttpRequest.newBuilder(settings.endpoint())
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .POST(BodyPublishers.ofString(body, StandardCharsets.UTF_8));
        key.ifPresent(value -> request.header("Authorization", "Bearer " + value));
        var handler = BodyHandlers.limiting(BodyHandlers.ofByteArray(), BYTES_PER_TEXT * (texts.size() + 1));
        var reply = client.sendAsync(request.build(), handler);
        try {
            // a request's own time-out ends with the headers; this one holds for the body too
            return reply.get(settings.requests().timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new Retry(
                    "did not answer within " + settings.requests().timeout().toMillis() + " ms", Optional.empty(), e);
        } catch (ExecutionException e) {
            var cause = String.valueOf(e.getCause());
            if (e.getCause() instanceof ConnectException || e.getCause() instanceof HttpConnectTimeoutException) {
                boolean unknown = e.getCause().getCause() instanceof UnresolvedAddressException;
                throw failed(
                        StandardErrorCode.IO_FAILED,
                        (unknown ? "has a host that is not known" : "cannot be connected to: " + cause)
                                + "; start the server or correct the setting url",
                        e);
            }
            if (e.getCause() instanceof IOException) {
                throw new Retry("broke the connection: " + cause, Optional.empty(), e);
            }
            throw failed(StandardErrorCode.INTERNAL, "cannot be asked: " + cause, e);
        } finally {
            reply.cancel(true);
        }
    }

    // servers refuse an empty text; they and JSON have no half characters
    private static String input(String text) {
        return Json.quote(text.isEmpty() ? " " : text);
    }

    private List<double[]> answer(HttpResponse<byte[]> response, int texts) throws Retry {
        int status = response.statusCode();
        if (status == 200) {
            try {
                return EmbeddingAnswer.read(response.body(), texts);
            } catch (IllegalArgumentException e) {
                throw failed(
                        StandardErrorCode.VALUE_INVALID,
                        "answered something that is not the vectors of " + texts + " texts: " + e.getMessage(),
                        e);
            }
        }
        var says = "answered status " + status + excerpt(response.body());
        if (status == 429 || status >= 500) {
            throw new Retry(says, pause(response), null);
        }
        var advice = switch (status) {
            case 401, 403 ->
                settings.apiKeyEnv().isPresent()
                        ? "; check the key in " + settings.apiKeyEnv().get()
                        : "; name the variable that holds a key by the setting api-key-env";
            case 404 -> "; check the settings url and model";
            case 301, 302, 303, 307, 308 ->
                ", a redirection to "
                        + response.headers().firstValue("Location").orElse("nowhere")
                        + ", which is not followed; correct the setting url";
            default -> "; check the settings model and batch-size, and the longest text";
        };
        throw failed(StandardErrorCode.SETTING_INVALID, says + advice, null);
    }

    private Optional<Duration> pause(HttpResponse<?> response) {
        return response.headers().firstValue("Retry-After").flatMap(value -> {
            try {
                if (value.strip().chars().allMatch(Character::isDigit)) {
                    return Optional.of(Duration.ofSeconds(Long.parseLong(value.strip())));
                }
                var until = ZonedDateTime.parse(value.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant();
                var left = Duration.between(clock.instant(), until);
                return Optional.of(left.isNegative() ? Duration.ZERO : left);
            } catch (DateTimeException | NumberFormatException | ArithmeticException _) {
                return Optional.empty();
            }
        });
    }

    private String excerpt(byte[] body) {
        var text = new String(body, 0, Math.min(body.length, 4 * EXCERPT), StandardCharsets.UTF_8)
                .replaceAll("\\s+", " ")
                .strip();
        var shown = key.map(value -> text.replace(value, "…")).orElse(text);
        return shown.isEmpty() ? "" : " (" + shown.substring(0, Math.min(shown.length(), EXCERPT)) + ")";
    }

    private AlignmentException failed(StandardErrorCode code, String what, @Nullable Exception cause) {
        return new AlignmentException(code, settings.endpoint() + " " + what, cause);
    }

    /// Something that may go away.
    private static final class Retry extends Exception {
        private static final long serialVersionUID = 1;

        private final transient Optional<Duration> after;

        Retry(String message, Optional<Duration> after, @Nullable Exception cause) {
            super(message, cause);
            this.after = after;
        }
    }
}
