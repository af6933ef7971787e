package org.polyphony.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is hidden in a text is found exactly, and what decodes to nothing readable is not taken for text.
class EncodingsTest {

    /// Every letter of both base64 alphabets, next to anything that is not one.
    @Test
    void decode_base64OfManyTexts_isEachText() {
        var random = new SplittableRandom(1);
        var letters = new HashSet<Integer>();
        for (int n = 0; n < 400; n++) {
            var text = new StringBuilder();
            for (int length = random.nextInt(9, 40); length > 0; length--) {
                text.appendCodePoint(random.nextInt(8) == 0 ? random.nextInt(0xA1, 0x180) : random.nextInt(' ', 0x7F));
            }
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            var encoder = n % 2 == 0 ? Base64.getEncoder() : Base64.getUrlEncoder();
            String encoded = encoder.withoutPadding().encodeToString(bytes);
            encoded.chars().forEach(letters::add);

            assertThat(Encodings.decode("(" + encoded + "). ")).contains(text.toString());
        }
        assertThat(letters).hasSize(66);
    }

    @ParameterizedTest
    @CsvSource({
        "aGVsbG8gYm9i, hello bob", // twelve letters are enough
        "'.,.,.,.,.,.,., aGVsbG8gYm9i', hello bob",
        "'aGVsbG8gYm9i;aGVsbG8gYW5u', hello ann",
        "aGVsbG8gYm9iX, hello bob", // a thirteenth holds no byte
        "'aGVs\nbG8g\r\nYm9i', hello bob",
        "68656c6c6f21, hello!",
        "68656c6c6f217, hello!",
        "68 65 6C 6C 6F 21, hello!",
        "68:65:6c:6c:6f:21, hello!",
        "%68%65%6c%6C%6f, hello",
        "%68%65llo%21, hello!",
        "%4z%68%65llo%2, %4zhello%2",
        "100%25 %73ure, 100% sure"
    })
    void decode_hiddenText_isFound(String text, String hidden) {
        assertThat(Encodings.decode(text)).contains(hidden);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", // nothing
                "aGVsbG8gYm9", // eleven letters
                "., ., ., ., ., ., ., aGVsbG8h", // eight of them, late
                "68 65 6c 6c 6f", // ten digits
                "100% sure",
                "hello %4", // cut off
                "hello %",
                "%68i%21", // three characters are no word
                "aGVsbG8BYm9i" // hello, a control character, bob
            })
    void decode_nothingHidden_isNothing(String text) {
        assertThat(Encodings.decode(text)).isEmpty();
    }

    @Test
    void decode_fourCharacters_areText() {
        assertThat(Encodings.decode("%68i%21%21")).containsExactly("hi!!");
    }

    /// Tags mirror printable ASCII, from the space to the tilde; their neighbours are other things.
    @Test
    void decode_tags_areTheirAscii() {
        String ascii = HexFormat.of().formatHex(new byte[8]) + " !AZaz}~";

        assertThat(Encodings.decode("Hi" + mapped(ascii, c -> 0xE0000 + c))).contains(ascii);
        assertThat(Encodings.decode("Hi" + mapped("\u001f\u007f\u001f\u007f", c -> 0xE0000 + c)))
                .isEmpty();
    }

    @Test
    void decode_variationSelectors_areTheirBytes() {
        String text = "one\n two ~ drei\tübel ÿ\u07ff\uffef";

        assertThat(Encodings.decode("x" + selectors(text.getBytes(StandardCharsets.UTF_8))))
                .containsExactly(text);
    }

    /// The first and the last selector of both blocks stand for bytes that no readable text has.
    @ParameterizedTest
    @ValueSource(ints = {0x00, 0x0F, 0x10, 0xFF})
    void decode_selectorsThatAreNoText_areNotFound(int odd) {
        byte[] bytes = {'h', 'e', 'l', 'l', 'o', (byte) odd};

        assertThat(Encodings.decode("x" + selectors(bytes))).isEmpty();
    }

    private static String selectors(byte[] bytes) {
        var out = new StringBuilder();
        for (byte b : bytes) {
            int value = b & 0xFF;
            out.appendCodePoint(value < 16 ? 0xFE00 + value : 0xE0100 + value - 16);
        }
        return out.toString();
    }

    private static String mapped(String text, Function<Integer, Integer> map) {
        var out = new StringBuilder();
        text.codePoints().forEach(c -> out.appendCodePoint(map.apply(c)));
        return out.toString();
    }
}
