package org.polyphony.support.digest;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// SHA-256, which every Java platform has.
public final class Digests {

    private Digests() {}

    /// A fresh digest to feed.
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /// The digest of a text in UTF-8.
    public static byte[] sha256(String text) {
        return sha256().digest(text.getBytes(StandardCharsets.UTF_8));
    }

    /// A number in [0, 2^32) by which people and items are divided: the first four bytes of the digest of
    /// an id in UTF-8, big-endian and unsigned. It depends on the id alone, so parts stay when data are
    /// added, filtered or reordered.
    public static long share(String id) {
        return Integer.toUnsignedLong(ByteBuffer.wrap(sha256(id)).getInt());
    }

    /// The digest of bytes, in lower-case hexadecimal digits.
    public static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(sha256().digest(bytes));
    }
}
