package org.polyphony.plugin.safety.rules;

import java.util.List;
import java.util.Map;
import org.polyphony.spi.plugin.Setting;

/// What a [Rule] refuses: candidates that fit everything given.
///
/// @param items item attribute → values, separated by `|`; empty: every item
/// @param candidates ids of candidates; empty: every candidate
/// @param words words or phrases of which the text has one; case, width and punctuation make no difference
/// @param patterns regular expressions of which one is found in the text; case makes no difference
public record Refused(
        @Setting(description = "Item attribute → values, separated by |, of the items the rule is about")
        Map<String, String> items,

        @Setting(description = "Ids of the candidates the rule is about")
        List<String> candidates,

        @Setting(description = "Words or phrases of which a refused text has one")
        List<String> words,

        @Setting(description = "Regular expressions of which one is found in a refused text")
        List<String> patterns) {

    public Refused {
        items = Rule.sorted(items);
        candidates = List.copyOf(candidates);
        words = List.copyOf(words);
        patterns = List.copyOf(patterns);
    }

    /// Whether nothing is given.
    boolean isEmpty() {
        return items.isEmpty() && candidates.isEmpty() && words.isEmpty() && patterns.isEmpty();
    }
}
