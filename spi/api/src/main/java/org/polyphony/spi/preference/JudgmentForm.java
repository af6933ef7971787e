package org.polyphony.spi.preference;

/// In which form a judge answered. See [Judgments] for how values are read. More may come: always write a default,
/// and leave out what you cannot read.
public enum JudgmentForm {
    /// Two candidates, one preferred or a tie.
    PAIR(0),
    /// Two or more candidates in order, ties allowed.
    RANKING(1),
    /// Candidates with a number each, higher is better; comparable within one judge only unless the
    /// criterion's scale is shared.
    RATING(2),
    /// Candidates approved, disapproved or passed.
    APPROVAL(3),
    /// One candidate with one value on the criterion's scale, which is no comparison.
    LABEL(4);

    private static final JudgmentForm[] FORMS = values();

    private final byte code;

    JudgmentForm(int code) {
        this.code = (byte) code;
    }

    /// The code used in columns, which is part of the contract.
    public byte code() {
        return code;
    }

    /// The form with this code.
    public static JudgmentForm ofCode(byte code) {
        if (code < 0 || code >= FORMS.length) {
            throw new IllegalArgumentException("unknown form code " + code + ", expected 0 to " + (FORMS.length - 1));
        }
        return FORMS[code];
    }
}
