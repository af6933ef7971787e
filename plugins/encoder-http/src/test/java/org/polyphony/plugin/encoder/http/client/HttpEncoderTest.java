package org.polyphony.plugin.encoder.http.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.Guice;
import com.google.inject.name.Names;
import com.google.inject.util.Modules;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.polyphony.plugin.encoder.http.HttpEncoder;
import org.polyphony.spi.encoding.EncodeRequest;
import org.polyphony.spi.encoding.TextEncoder;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.testkit.TestContext;
import org.polyphony.spi.testkit.TextEncoderContract;

class HttpEncoderTest implements TextEncoderContract {

    private static final String SECRET = "sk-very-secret-123";

    private final EmbeddingServer server;

    HttpEncoderTest() throws IOException {
        server = new EmbeddingServer();
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Override
    public TextEncoder encoder() {
        return Guice.createInjector(Modules.override(new EmbeddingsModule()).with(binder -> {
                    binder.bind(ApiKeys.class).toInstance(HttpEncoderTest::environment);
                    binder.bind(Duration.class)
                            .annotatedWith(Names.named(EmbeddingsModule.FIRST_PAUSE))
                            .toInstance(Duration.ofMillis(1));
                }))
                .getInstance(HttpEncoder.class);
    }

    @Override
    public TestContext context() {
        return TestContext.of(settings(3, Duration.ofSeconds(20), 2));
    }

    private static @Nullable String environment(@Nullable String name) {
        return "KEY".equals(name) ? SECRET + "\n" : "BAD".equals(name) ? "two words" : null;
    }

    private HttpSettings settings(int batch, Duration timeout, int retries) {
        return new HttpSettings(
                server.url(), "m", Optional.empty(), Optional.empty(), new Requests(batch, 2, timeout, retries));
    }

    private HttpSettings withKey(String variable) {
        return new HttpSettings(
                server.url(),
                "m",
                Optional.of(variable),
                Optional.empty(),
                new Requests(3, 2, Duration.ofSeconds(20), 0));
    }

    private double[] encode(HttpSettings settings, String... texts) {
        try (var context = TestContext.of(settings)) {
            return encoder()
                    .encode(new EncodeRequest(List.of(texts)), context)
                    .features()
                    .toDoubles();
        }
    }

    private double[] encode(String... texts) {
        return encode(settings(3, Duration.ofSeconds(20), 2), texts);
    }

    private static void hasCode(Throwable e, StandardErrorCode code) {
        assertThat(((AlignmentException) e).code()).isEqualTo(code);
    }

    @Test
    void encode_answersInAnyOrder_putsEachInItsRow() {
        var vectors = encode("a", "bb", "ccc", "dddd", "eeeee", "ffffff", "ggggggg");

        assertThat(IntStream.range(0, 7).mapToDouble(i -> vectors[2 * i]))
                .containsExactly(1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0);
        assertThat(server.requests).hasSize(3).allSatisfy(request -> {
            assertThat(String.valueOf(request.get("model"))).isEqualTo("m");
            assertThat(String.valueOf(request.get("encoding_format"))).isEqualTo("float");
        });
        assertThat(server.most.get()).isLessThanOrEqualTo(2);
        assertThat(server.authorizations).containsOnly("null");
    }

    @ParameterizedTest
    @CsvSource({
        "http://models.example, true",
        "https://models.example, false",
        "http://localhost:1, false",
        "http://127.0.0.1:1, false",
        "http://[::1]:1, false",
        "http://127.example, true"
    })
    void settings_keyWithoutEncryption_isNoticed(String url, boolean inClear) {
        var without = HttpSettings.of(url, "m");
        var with = new HttpSettings(
                url, "m", Optional.of("KEY"), Optional.empty(), new Requests(3, 2, Duration.ofSeconds(20), 0));

        assertThat(with.keyTravelsInClear()).isEqualTo(inClear);
        assertThat(without.keyTravelsInClear()).isFalse();
    }

    @Test
    void encode_textsJsonCannotHold_arriveRepaired() {
        encode("", "\"\\\n\u0001", "\uD800", "🙂");

        assertThat(server.requests.stream().map(request -> String.valueOf(request.get("input"))))
                .containsExactlyInAnyOrder("[ , \"\\\n\u0001, \uFFFD]", "[🙂]");
    }

    @Test
    void encode_key_isSentAndNeverTold() {
        server.next(EmbeddingServer.status(401, "wrong key " + SECRET));

        assertThatThrownBy(() -> encode(withKey("KEY"), "a"))
                .satisfies(e -> hasCode(e, StandardErrorCode.SETTING_INVALID))
                .hasMessageContaining("status 401 (wrong key …)")
                .hasMessageContaining("check the key in KEY")
                .hasMessageNotContaining(SECRET);
        assertThat(server.authorizations).containsExactly("Bearer " + SECRET);
    }

    @ParameterizedTest
    @CsvSource({"ABSENT, ABSENT (setting api-key-env) is not set", "BAD, characters that no API key has"})
    void encode_badKey_isRefusedBeforeAsking(String variable, String message) {
        assertThatThrownBy(() -> encode(withKey(variable), "a"))
                .satisfies(e -> hasCode(e, StandardErrorCode.SETTING_INVALID))
                .hasMessageContaining(message)
                .hasMessageNotContaining("two words");
        assertThat(server.requests).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 502, 503})
    void encode_busyServer_isAskedAgain(int status) {
        server.next(EmbeddingServer.status(status, "busy"), EmbeddingServer.status(status, "busy"));

        assertThat(encode("four")).startsWith(4.0);
        assertThat(server.requests).hasSize(3);
    }

    @Test
    void encode_serverThatStaysBusy_isGivenUp() {
        var busy = EmbeddingServer.status(500, "{\"error\": {\"message\": \"no model\"}}");
        server.next(busy, busy, busy);

        assertThatThrownBy(() -> encode("a"))
                .satisfies(e -> hasCode(e, StandardErrorCode.IO_FAILED))
                .hasMessageContaining("status 500 ({\"error\": {\"message\": \"no model\"}}) after 3 attempts");
        assertThat(server.requests).hasSize(3);
    }

    @Test
    void encode_retryAfter_isHonoured() {
        server.next(EmbeddingServer.status(429, "", "Retry-After", "1"));
        long start = System.nanoTime();

        assertThat(encode("four")).startsWith(4.0);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void encode_retryAfterTooLong_isToldAtOnce() {
        server.next(EmbeddingServer.status(429, "", "Retry-After", "86400"));

        assertThatThrownBy(() -> encode("a")).hasMessageContaining("it asks to wait 86400 s");
        assertThat(server.requests).hasSize(1);
    }

    @Test
    void encode_slowBody_timesOut() {
        var release = new CountDownLatch(1);
        EmbeddingServer.Fault slow = exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            try {
                release.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        };
        server.next(slow, slow);

        assertThatThrownBy(() -> encode(settings(3, Duration.ofMillis(300), 1), "a"))
                .satisfies(e -> hasCode(e, StandardErrorCode.IO_FAILED))
                .hasMessageContaining("did not answer within 300 ms after 2 attempts");
        release.countDown();
    }

    @Test
    void encode_truncatedBody_isAskedAgain() {
        server.next(exchange -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write("{\"data\":[".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
        });

        assertThat(encode("four")).startsWith(4.0);
        assertThat(server.requests).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"data\":[{\"index\":0,\"embedding\":[1]}]} | it has 1 vectors",
                "{\"data\":[{\"index\":0,\"embedding\":[1]},{\"index\":0,\"embedding\":[1]}]} | index 0.0 is given"
                        + " twice",
                "{\"data\":[{\"index\":0,\"embedding\":[1]},{\"index\":2,\"embedding\":[1]}]} | none of the texts",
                "{\"data\":[{\"index\":0,\"embedding\":[1]},{\"index\":1,\"embedding\":[1,2]}]} | differ in length",
                "{\"data\":[{\"index\":0,\"embedding\":[1]},{\"index\":1,\"embedding\":[]}]} | vector 1 is empty",
                "{\"data\":[{\"index\":0,\"embedding\":[1]},{\"index\":1,\"embedding\":[NaN]}]} | it is not JSON at",
                "{\"data\":[{\"index\":0,\"embedding\":[1]},{\"index\":1,\"embedding\":[null]}]} | no finite number",
                "{\"data\":[{\"index\":0,\"embedding\":[1]},{\"index\":1,\"embedding\":[1e999]}]} | no finite number",
                "{\"data\":[{\"embedding\":[1]},{\"index\":1}]} | lacks an index",
                "{\"data\":{}} | it has no list 'data'",
                "<html>hello</html> | it is not JSON at character 0",
                "{\"data\":[ | it ends in the middle"
            })
    void encode_wrongAnswer_isRefused(String body, String message) {
        server.next(EmbeddingServer.status(200, body));

        assertThatThrownBy(() -> encode("a", "b"))
                .satisfies(e -> hasCode(e, StandardErrorCode.VALUE_INVALID))
                .hasMessageContaining(message);
        assertThat(server.requests).hasSize(1);
    }

    @Test
    void encode_otherDimension_isRefused() {
        var settings = new HttpSettings(
                server.url(), "m", Optional.empty(), Optional.of(384), new Requests(3, 2, Duration.ofSeconds(20), 0));

        assertThatThrownBy(() -> encode(settings, "a"))
                .satisfies(e -> hasCode(e, StandardErrorCode.VALUE_INVALID))
                .hasMessageContaining("a vector of 2 numbers where 384 are expected");
    }

    @ParameterizedTest
    @CsvSource({"400, check the settings model", "404, check the settings url and model", "403, api-key-env"})
    void encode_refusal_saysWhatToCheck(int status, String message) {
        server.next(EmbeddingServer.status(status, "no"));

        assertThatThrownBy(() -> encode("a"))
                .satisfies(e -> hasCode(e, StandardErrorCode.SETTING_INVALID))
                .hasMessageContaining("status " + status + " (no)")
                .hasMessageContaining(message);
        assertThat(server.requests).hasSize(1);
    }

    @Test
    void encode_redirection_isNotFollowed() {
        server.next(EmbeddingServer.status(307, "", "Location", "http://elsewhere.example/v1/embeddings"));

        assertThatThrownBy(() -> encode(withKey("KEY"), "a"))
                .hasMessageContaining("a redirection to http://elsewhere.example/v1/embeddings, which is not followed");
    }

    @Test
    void encode_nobodyListens_saysSo() throws Exception {
        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }

        assertThatThrownBy(() -> encode(HttpSettings.of("http://localhost:" + port, "m"), "a"))
                .satisfies(e -> hasCode(e, StandardErrorCode.IO_FAILED))
                .hasMessageContaining("cannot be connected to")
                .hasMessageContaining("start the server or correct the setting url");
    }

    @Test
    void encode_cancelled_stopsWaiting() {
        server.next(exchange -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        });
        try (var context = context().cancelAfter(3)) {
            var request = new EncodeRequest(List.of("a"));
            assertThatThrownBy(() -> encoder().encode(request, context))
                    .satisfies(e -> hasCode(e, StandardErrorCode.CANCELLED));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://host", "localhost:80", "http://", "http://user:pw@host", "https://host?key=1"})
    void settings_noAddress_isRefused(String url) {
        assertThatThrownBy(() -> HttpSettings.of(url, "m")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://h/api", "https://h/api/", "https://h/api/v1", "https://h/api/v1/"})
    void endpoint_anySpellingOfTheBase_isTheSame(String url) {
        assertThat(HttpSettings.of(url, "m").endpoint()).hasToString("https://h/api/v1/embeddings");
    }
}
