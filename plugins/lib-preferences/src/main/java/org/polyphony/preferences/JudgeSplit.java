package org.polyphony.preferences;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.polyphony.support.digest.Digests;

/// Splits by person, never by judgment: h(id) is the first four bytes of SHA-256 of the id, big-endian and
/// unsigned.
///
/// A judge's part depends on the id alone, so it stays the same when data are added, filtered or reordered.
/// Parts are unequal in judgments, because some people give many.
public final class JudgeSplit {
    private JudgeSplit() {}

    /// h(id) in [0, 2^32).
    public static long hash(String id) {
        byte[] digest = Digests.sha256().digest(id.getBytes(StandardCharsets.UTF_8));
        return ((digest[0] & 0xFFL) << 24)
                | ((digest[1] & 0xFFL) << 16)
                | ((digest[2] & 0xFFL) << 8)
                | (digest[3] & 0xFFL);
    }

    /// Which half a judge belongs to: h mod 2, 0 for training and 1 for the test.
    public static int half(String id) {
        return part(id, 2);
    }

    /// Which of `parts` folds a judge belongs to: h mod parts.
    public static int part(String id, int parts) {
        if (parts < 1) {
            throw new IllegalArgumentException("a split needs at least one part, not " + parts);
        }
        return (int) (hash(id) % parts);
    }

    /// The part of every judge, in the order of the ids.
    public static int[] parts(List<String> ids, int parts) {
        return ids.stream().mapToInt(id -> part(id, parts)).toArray();
    }
}
