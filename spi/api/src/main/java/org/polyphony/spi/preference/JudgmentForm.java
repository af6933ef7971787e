package org.polyphony.spi.preference;

/// In which form an annotator judged. See [Judgments] for how values are read.
public enum JudgmentForm {
    /// Two candidates, one preferred or a tie.
    PAIR,
    /// Two or more candidates in order, ties allowed.
    RANKING,
    /// Candidates with a number each, higher is better; comparable within one annotator only.
    RATING,
    /// Candidates approved, disapproved or passed.
    APPROVAL;

    private static final JudgmentForm[] FORMS = values();

    /// The code used in columns: the ordinal, which is part of the contract.
    public byte code() {
        return (byte) ordinal();
    }

    /// The form with this code.
    public static JudgmentForm ofCode(byte code) {
        if (code < 0 || code >= FORMS.length) {
            throw new IllegalArgumentException("unknown form code " + code + ", expected 0 to " + (FORMS.length - 1));
        }
        return FORMS[code];
    }
}
