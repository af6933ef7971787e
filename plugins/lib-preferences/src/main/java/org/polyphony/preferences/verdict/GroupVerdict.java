package org.polyphony.preferences.verdict;

/// What may be said about whether a seat differs from the others. Weaker claims come later in the order in which the
/// verdict over all seats is taken.
public enum GroupVerdict {
    /// The seat differs, with a size.
    DIFFERS,
    /// Order shown, pairs asked or reliability explain it as well.
    NOT_SEPARABLE,
    /// Not shown to differ; what would have been seen is said beside it.
    NOT_SHOWN,
    /// People, overlap or comparisons are missing.
    CANNOT_TELL,
    /// An upper bound says that it cannot matter, whether it can be detected or not.
    NEGLIGIBLE;

    /// Why a verdict is not a plain one.
    public enum Reason {
        /// Nothing to add.
        NONE,
        /// Nothing was compared by anybody with a seat.
        COMPARISONS,
        /// Too few judges in the seat or outside it.
        PEOPLE,
        /// The seat and the others judged (almost) nothing in common.
        OVERLAP,
        /// They judged the same pairs, shown in different orders.
        ORDER,
        /// They judged the same items, but different pairs.
        PAIRS,
        /// Reliability differs: answers are more or less decided, not otherwise.
        RELIABILITY
    }
}
