package org.polyphony.spi.evaluation;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// What numbers mean, in one sentence that stands on its own.
///
/// @param code stable name of the kind of sentence, for example `groups.not-shown`: what scripts and tests look for
/// @param labels what it is about: `partition`, `stakeholder`, `policy`, …
/// @param tone how it is meant
/// @param sentence plain text, with its figures
public record Headline(String code, Map<String, String> labels, Tone tone, String sentence) {

    /// How a sentence is meant. Always write a default: more may come.
    public enum Tone {
        /// It says what is.
        NEUTRAL,
        /// What one hopes for.
        GOOD,
        /// The reader should know it before relying on anything else.
        CAUTION,
        /// Something must not be relied on.
        BAD
    }

    public Headline {
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    }

    /// A sentence that says what is.
    public static Headline of(String code, Map<String, String> labels, String sentence) {
        return new Headline(code, labels, Tone.NEUTRAL, sentence);
    }

    /// The same, meant like this.
    public Headline with(Tone other) {
        return new Headline(code, labels, other, sentence);
    }
}
