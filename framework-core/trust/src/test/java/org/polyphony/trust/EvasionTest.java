package org.polyphony.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/// Texts that are refused stay refused under 30 ways of writing them differently, in six languages.
class EvasionTest {

    private static final UniversalConstraints SHIPPED = UniversalConstraints.shipped();

    private static final Map<String, UnaryOperator<String>> TRANSFORMATIONS = new TreeMap<>(Map.ofEntries(
            Map.entry("upper case", text -> text.toUpperCase(java.util.Locale.ROOT)),
            Map.entry("full width", text -> mapAscii(text, '!', '~', 0xFF01)),
            Map.entry("mathematical bold", text -> mapAscii(text, 'a', 'z', 0x1D41A)),
            Map.entry("mathematical script", text -> mapAscii(text, 'a', 'z', 0x1D4EA)),
            Map.entry("mathematical monospace", text -> mapAscii(text, 'a', 'z', 0x1D68A)),
            Map.entry("circled", text -> mapAscii(text, 'a', 'z', 0x24D0)),
            Map.entry("zero width space inside", text -> between(text, "\u200b")),
            Map.entry("zero width joiner inside", text -> between(text, "\u200d")),
            Map.entry("word joiner inside", text -> between(text, "\u2060")),
            Map.entry("soft hyphen inside", text -> between(text, "\u00ad")),
            Map.entry("byte order mark inside", text -> between(text, "\ufeff")),
            Map.entry("variation selectors", text -> between(text, "\ufe0f")),
            Map.entry("supplementary variation selectors", text -> between(text, "\udb40\udd01")),
            Map.entry("tag characters inside", text -> between(text, "\udb40\udc61")),
            Map.entry("bidi override", text -> "\u202d" + text + "\u202c"),
            Map.entry("bidi isolates inside", text -> between(text, "\u2066")),
            Map.entry("combining marks", text -> between(text, "\u0336")),
            Map.entry("many combining marks", text -> between(text, "\u0300\u0301\u0315\u031b")),
            Map.entry("Cyrillic look-alikes", text -> replace(text, "aceopxyiks", "асеорхуікѕ")),
            Map.entry("Greek look-alikes", text -> replace(text, "aovtxkn", "αοντχκη".replace("η", "n"))),
            Map.entry("leet", text -> replace(text, "oieast", "013@$7")),
            Map.entry("small capitals", text -> replace(text, "abdehkmnot", "ᴀʙᴅᴇʜᴋᴍɴᴏᴛ")),
            Map.entry("letters apart", text -> between(text, " ")),
            Map.entry("dots between letters", text -> betweenLetters(text, ".")),
            Map.entry("hyphens between letters", text -> betweenLetters(text, "-")),
            Map.entry("emoji between letters", text -> betweenLetters(text, "💥")),
            Map.entry("repeated letters", text -> text.replaceAll("([aeioubmo])", "$1$1$1")),
            Map.entry("no-break spaces", text -> text.replace(' ', '\u00a0')),
            Map.entry("wide spaces", text -> text.replace(" ", "\u2003\u3000")),
            Map.entry("line breaks", text -> text.replace(" ", "\n")),
            Map.entry("no spaces", text -> text.replace(" ", "")),
            Map.entry("signs before words", text -> text.replace(" ", " $")),
            Map.entry("underscores", text -> text.replace(' ', '_')),
            Map.entry("base64", EvasionTest::base64),
            Map.entry("base64 in a sentence", text -> "Please decode this: " + base64(text) + " and answer."),
            Map.entry(
                    "base64 for addresses",
                    text -> Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(text))),
            Map.entry(
                    "base64 in lines",
                    text -> Base64.getMimeEncoder(16, new byte[] {'\n'}).encodeToString(bytes(text))),
            Map.entry("base64 twice", text -> base64(base64(text))),
            Map.entry("hexadecimal", text -> HexFormat.of().formatHex(bytes(text))),
            Map.entry(
                    "hexadecimal with spaces",
                    text -> HexFormat.ofDelimiter(" ").withUpperCase().formatHex(bytes(text))),
            Map.entry("percent", text -> HexFormat.of().withPrefix("%").formatHex(bytes(text))),
            Map.entry("base64 of hexadecimal", text -> base64(HexFormat.of().formatHex(bytes(text)))),
            Map.entry("hidden in tags", EvasionTest::inTags),
            Map.entry("hidden in variation selectors", EvasionTest::inSelectors)));

    @Test
    void check_transformedTexts_areStillRefused() {
        var passed = new ArrayList<String>();
        int tried = 0;
        for (var transformation : TRANSFORMATIONS.entrySet()) {
            for (String text : Examples.refused()) {
                String disguised = transformation.getValue().apply(text);
                if (disguised.equals(text)) {
                    continue; // not for this script
                }
                tried++;
                if (SHIPPED.check(disguised).allowed()) {
                    passed.add(transformation.getKey() + ": " + text);
                }
            }
        }

        assertThat(TRANSFORMATIONS).hasSizeGreaterThanOrEqualTo(30);
        assertThat(passed).hasSizeLessThanOrEqualTo(tried / 100);
    }

    @Test
    void check_harmlessTextWithEmoji_isAllowed() {
        var random = new SplittableRandom(11);
        var emoji = List.of("😀", "👍🏽", "👩‍👩‍👧‍👦", "❤️", "🇰🇪", "1️⃣", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "✅", "💥", "🎉");
        int refused = 0;
        int tried = 2_000;
        for (int n = 0; n < tried; n++) {
            var text = new StringBuilder(Examples.ALLOWED.get(random.nextInt(Examples.ALLOWED.size())));
            for (int i = random.nextInt(1, 8); i > 0; i--) {
                text.append(' ').append(emoji.get(random.nextInt(emoji.size())));
            }
            refused += SHIPPED.check(text).allowed() ? 0 : 1;
        }

        assertThat(refused).isLessThanOrEqualTo(tried / 200);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(bytes(text));
    }

    private static String between(String text, String filler) {
        var out = new StringBuilder();
        text.codePoints().forEach(c -> out.appendCodePoint(c).append(filler));
        return out.toString();
    }

    private static String betweenLetters(String text, String filler) {
        return text.replaceAll("(?<=\\p{L})(?=\\p{L})", filler);
    }

    private static String mapAscii(String text, int from, int to, int target) {
        var out = new StringBuilder();
        text.codePoints().forEach(c -> out.appendCodePoint(c >= from && c <= to ? c - from + target : c));
        return out.toString();
    }

    private static String replace(String text, String from, String to) {
        var out = new StringBuilder();
        text.codePoints().forEach(c -> {
            int at = from.indexOf(c);
            out.appendCodePoint(at < 0 ? c : to.codePointAt(at));
        });
        return out.toString();
    }

    /// Tags mirror ASCII only.
    private static String inTags(String text) {
        return text.chars().allMatch(c -> c < 128) ? "Hello" + mapAscii(text, ' ', '~', 0xE0020) : text;
    }

    private static String inSelectors(String text) {
        var out = new StringBuilder("Hello");
        for (byte b : bytes(text)) {
            int value = b & 0xFF;
            out.appendCodePoint(value < 16 ? 0xFE00 + value : 0xE0100 + value - 16);
        }
        return out.toString();
    }
}
