package org.polyphony.trust.log;

import java.util.HexFormat;

/// Where a log ends: how many records it holds, and the hash that depends on each of them.
///
/// Whoever keeps a head out of the writer's reach can tell later that the log still holds those records. Without
/// that, removing the newest records leaves a log that looks whole.
///
/// @param records how many records there are
/// @param hash the last record's chain hash, SHA-256 in lower-case hexadecimal
public record LogHead(long records, String hash) {

    static LogHead of(long records, byte[] hash) {
        return new LogHead(records, HexFormat.of().formatHex(hash));
    }
}
