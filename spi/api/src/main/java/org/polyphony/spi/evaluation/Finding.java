package org.polyphony.spi.evaluation;

import java.util.Map;

/// What numbers mean, in one sentence a report may print.
///
/// @param code stable name of the kind of finding, for example `groups.not-shown`
/// @param labels what it is about: `partition`, `policy`, …
/// @param text the sentence, with its figures
public record Finding(String code, Map<String, String> labels, String text) {

    public Finding {
        labels = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(labels));
    }

    /// A finding.
    public static Finding of(String code, Map<String, String> labels, String text) {
        return new Finding(code, labels, text);
    }
}
