package org.polyphony.trust.log;

import java.nio.charset.StandardCharsets;

/// One record of a log.
///
/// @param sequence its number, from 0
/// @param hash its chain hash, SHA-256 in lower-case hexadecimal
/// @param text what was recorded
public record LogRecord(long sequence, String hash, String text) {

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
