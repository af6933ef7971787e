package org.polyphony.trust;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// Finds text hidden in text: base64, hexadecimal, percent, and characters that carry bytes unseen.
///
/// One call undoes one layer. Each finder reads the text once and what it finds is shorter than what it read, so
/// that undoing a bounded number of layers costs a bounded multiple of the text's length.
final class Encodings {

    /// Shorter runs hold less than a word, or are words themselves.
    private static final int SHORTEST_RUN = 12;

    private Encodings() {}

    /// Every text hidden one layer deep; runs that decode to anything but readable UTF-8 are not text.
    static List<String> decode(String text) {
        var found = new ArrayList<String>();
        addRuns(text, c -> isBase64(c) || c == '\n' || c == '\r', Encodings::base64, found);
        addRuns(text, c -> isHex(c) || c == ' ' || c == ':', Encodings::hex, found);
        if (text.indexOf('%') >= 0) {
            add(percent(text), text, found);
        }
        add(tags(text), text, found);
        add(selectors(text), text, found);
        return found;
    }

    private interface Decoder {
        byte @Nullable [] decode(String run);
    }

    private static void addRuns(String text, IntPredicate member, Decoder decoder, List<String> found) {
        for (int from = 0; from < text.length(); from++) {
            int to = from;
            while (to < text.length() && member.test(text.charAt(to))) {
                to++;
            }
            if (to - from >= SHORTEST_RUN) {
                add(utf8(decoder.decode(text.substring(from, to))), text, found);
            }
            from = to;
        }
    }

    private static boolean isBase64(int c) {
        return isHex(c) || (c >= 'g' && c <= 'z') || (c >= 'G' && c <= 'Z') || "+/-_".indexOf(c) >= 0;
    }

    private static boolean isHex(int c) {
        return HexFormat.isHexDigit(c);
    }

    private static byte @Nullable [] base64(String run) {
        var plain = run.replace('-', '+').replace('_', '/').replaceAll("[\\r\\n]", "");
        // a last quantum of one character holds no byte
        int whole = plain.length() % 4 == 1 ? plain.length() - 1 : plain.length();
        try {
            return Base64.getDecoder().decode(plain.substring(0, whole));
        } catch (IllegalArgumentException e) {
            return null; // not base64
        }
    }

    private static byte @Nullable [] hex(String run) {
        var digits = run.replaceAll("[ :]", "");
        return digits.length() < SHORTEST_RUN
                ? null
                : HexFormat.of().parseHex(digits.substring(0, digits.length() & -2));
    }

    private static @Nullable String percent(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        var out = ByteBuffer.allocate(bytes.length);
        for (int at = 0; at < bytes.length; at++) {
            if (bytes[at] == '%' && at + 2 < bytes.length && isHex(bytes[at + 1]) && isHex(bytes[at + 2])) {
                out.put((byte) (HexFormat.fromHexDigit(bytes[at + 1]) << 4 | HexFormat.fromHexDigit(bytes[at + 2])));
                at += 2;
            } else {
                out.put(bytes[at]);
            }
        }
        return utf8(Arrays.copyOf(out.array(), out.position()));
    }

    /// Tag characters U+E0020 to U+E007E mirror ASCII and are not displayed; a model reads them.
    private static String tags(String text) {
        var out = new StringBuilder();
        text.codePoints().filter(c -> c >= 0xE0020 && c <= 0xE007E).forEach(c -> out.append((char) (c - 0xE0000)));
        return out.toString();
    }

    /// The 256 variation selectors can carry any bytes behind one visible character.
    private static @Nullable String selectors(String text) {
        var out = new ByteArrayOutputStream();
        text.codePoints().forEach(c -> {
            if (c >= 0xFE00 && c <= 0xFE0F) {
                out.write(c - 0xFE00);
            } else if (c >= 0xE0100 && c <= 0xE01EF) {
                out.write(c - 0xE0100 + 16);
            }
        });
        return utf8(out.toByteArray());
    }

    private static @Nullable String utf8(byte @Nullable [] bytes) {
        if (bytes == null) {
            return null;
        }
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.chars().allMatch(c -> c >= ' ' || Character.isWhitespace(c)) ? text : null;
        } catch (CharacterCodingException e) {
            return null; // not text
        }
    }

    private static void add(@Nullable String decoded, String original, List<String> found) {
        if (decoded != null && decoded.length() > 3 && !decoded.equals(original)) {
            found.add(decoded);
        }
    }
}
