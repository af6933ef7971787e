package org.polyphony.preferences;

import java.util.List;
import org.polyphony.support.digest.Digests;

/// Splits by person, never by judgment: h(id) is [Digests#share].
///
/// A judge's part depends on the id alone, so it stays the same when data are added, filtered or reordered.
/// Parts are unequal in judgments, because some people give many.
public final class JudgeSplit {
    private JudgeSplit() {}

    /// Which half a judge belongs to: h mod 2, 0 for training and 1 for the test.
    public static int half(String id) {
        return part(id, 2);
    }

    /// Which of `parts` folds a judge belongs to: h mod parts.
    public static int part(String id, int parts) {
        if (parts < 1) {
            throw new IllegalArgumentException("a split needs at least one part, not " + parts);
        }
        return (int) (Digests.share(id) % parts);
    }

    /// The part of every judge, in the order of the ids.
    public static int[] parts(List<String> ids, int parts) {
        return ids.stream().mapToInt(id -> part(id, parts)).toArray();
    }
}
