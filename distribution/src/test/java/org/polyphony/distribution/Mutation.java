package org.polyphony.distribution;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// Spoils files: bits, spans, lines and words. The same random numbers give the same damage.
final class Mutation {

    private static final List<byte[]> WORDS = List.of(
                    "NaN",
                    "-1",
                    "0",
                    "1e308",
                    "-1e-320",
                    "1e999",
                    "99999999999999999999",
                    "null",
                    "~",
                    "NO",
                    "[]",
                    "{}",
                    "[[[[",
                    "}}",
                    "&a [*a]",
                    "*a",
                    "!!java.io.File x",
                    "<<: *a",
                    "../../etc/passwd",
                    "/dev/zero",
                    ".",
                    "https://127.0.0.1:9/",
                    "\u001b[2J\u001b]0;title\u0007",
                    "\u009b31m",
                    "\u202e",
                    "\ufeff",
                    "\u0000",
                    "\ud83d\ude42",
                    "\n",
                    "\r",
                    "\t",
                    "\"",
                    "'",
                    ",",
                    ";",
                    ":",
                    "#",
                    "|",
                    "-",
                    "'; DROP TABLE x; --",
                    "${HOME}",
                    "%s%n",
                    "x".repeat(5000),
                    "\n- a".repeat(300),
                    "[".repeat(200),
                    "true",
                    "item")
            .stream()
            .map(word -> word.getBytes(StandardCharsets.UTF_8))
            .toList();

    private final SplittableRandom random;

    Mutation(SplittableRandom random) {
        this.random = random;
    }

    /// The bytes, damaged one to four times.
    byte[] of(byte[] sound) {
        var bytes = sound;
        for (int times = 1 + random.nextInt(4); times > 0; times--) {
            bytes = once(bytes);
        }
        return bytes;
    }

    private byte[] once(byte[] bytes) {
        int from = at(bytes);
        int to = Math.min(bytes.length, from + 1 + random.nextInt(1 + random.nextInt(64)));
        return switch (random.nextInt(9)) {
            case 0 -> Arrays.copyOf(bytes, from);
            case 1 -> spliced(bytes, from, to, new byte[0]);
            case 2 -> spliced(bytes, from, from, Arrays.copyOfRange(bytes, from, to));
            case 3 -> flipped(bytes, from);
            case 4 -> spliced(bytes, from, to, noise());
            case 5 -> spliced(bytes, from, from, word());
            case 6 -> token(bytes, from);
            case 7 -> line(bytes, from);
            default -> spliced(bytes, from, to, word());
        };
    }

    private int at(byte[] bytes) {
        return bytes.length == 0 ? 0 : random.nextInt(bytes.length);
    }

    private byte[] word() {
        return WORDS.get(random.nextInt(WORDS.size()));
    }

    private byte[] noise() {
        var noise = new byte[1 + random.nextInt(8)];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (byte) random.nextInt(256);
        }
        return noise;
    }

    private byte[] flipped(byte[] bytes, int at) {
        var copy = bytes.clone();
        if (copy.length > 0) {
            copy[at] ^= (byte) (1 << random.nextInt(8));
        }
        return copy;
    }

    // another word where a whole one stood
    private byte[] token(byte[] bytes, int at) {
        int from = at;
        int to = at;
        while (from > 0 && isWord(bytes[from - 1])) {
            from--;
        }
        while (to < bytes.length && isWord(bytes[to])) {
            to++;
        }
        return spliced(bytes, from, to, word());
    }

    // a line twice, or gone
    private byte[] line(byte[] bytes, int at) {
        int from = at;
        int to = at;
        while (from > 0 && bytes[from - 1] != '\n') {
            from--;
        }
        while (to < bytes.length && bytes[to] != '\n') {
            to++;
        }
        return random.nextBoolean()
                ? spliced(bytes, from, to, new byte[0])
                : spliced(bytes, from, from, Arrays.copyOfRange(bytes, from, Math.min(bytes.length, to + 1)));
    }

    private static boolean isWord(byte b) {
        return Character.isLetterOrDigit(b) || b == '.' || b == '-' || b < 0;
    }

    private static byte[] spliced(byte[] bytes, int from, int to, byte[] inserted) {
        var out = new ByteArrayOutputStream();
        out.write(bytes, 0, from);
        out.writeBytes(inserted);
        out.write(bytes, to, bytes.length - to);
        return out.toByteArray();
    }
}
