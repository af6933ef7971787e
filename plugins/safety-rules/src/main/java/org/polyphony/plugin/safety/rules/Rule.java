package org.polyphony.plugin.safety.rules;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.polyphony.spi.plugin.Setting;

/// One norm: when it applies, and which candidates it then refuses. A rule can only refuse.
///
/// It applies where every claim in `when` has one of the listed values *or is not verified*, unless some claim in
/// `unless` is verified to have one of its values. So nobody escapes a norm by not saying who they are, and an
/// exception needs proof.
///
/// It refuses a candidate that fits everything given of `items`, `candidates`, `words` and `patterns`.
///
/// @param id names the rule in every refusal
/// @param reason why, for people
/// @param when claim → accepted values, separated by `|`; empty: always
/// @param unless claim → values that lift the rule, separated by `|`
/// @param items item attribute → values, separated by `|`; empty: every item
/// @param candidates ids of candidates; empty: every candidate
/// @param words words or phrases of which the text has one; case, width and punctuation make no difference
/// @param patterns regular expressions of which one is found in the text; case makes no difference
public record Rule(
        @Setting(description = "Names the rule in every refusal")
        String id,

        @Setting(description = "Why, for people") String reason,

        @Setting(
                description = "Claim → values, separated by |, for which the rule applies; a claim that is not"
                        + " verified counts as one of them")
        Map<String, String> when,

        @Setting(description = "Claim → values, separated by |, that lift the rule; the claim must be verified")
        Map<String, String> unless,

        @Setting(description = "Item attribute → values, separated by |, of the items the rule is about")
        Map<String, String> items,

        @Setting(description = "Ids of the candidates the rule is about")
        List<String> candidates,

        @Setting(description = "Words or phrases of which a refused text has one")
        List<String> words,

        @Setting(description = "Regular expressions of which one is found in a refused text")
        List<String> patterns) {

    // Map.copyOf has another order in every process, and messages name the first that fails
    private static Map<String, String> sorted(Map<String, String> map) {
        return Collections.unmodifiableMap(new TreeMap<>(map));
    }

    public Rule {
        when = sorted(when);
        unless = sorted(unless);
        items = sorted(items);
        candidates = List.copyOf(candidates);
        words = List.copyOf(words);
        patterns = List.copyOf(patterns);
        if (id.isBlank()) {
            throw new IllegalArgumentException("a rule has a blank id; every refusal names it, so give it one");
        }
        if (items.isEmpty() && candidates.isEmpty() && words.isEmpty() && patterns.isEmpty()) {
            throw new IllegalArgumentException("rule '" + id + "' does not say what it refuses; give it items,"
                    + " candidates, words or patterns");
        }
        for (String pattern : patterns) {
            try {
                Pattern.compile(pattern);
            } catch (PatternSyntaxException e) {
                throw new IllegalArgumentException(
                        "rule '" + id + "': '" + pattern + "' is no regular expression: " + e.getDescription(), e);
            }
        }
        for (String phrase : words) {
            if (NormalizedText.words(phrase).isBlank()) {
                throw new IllegalArgumentException("rule '" + id + "': '" + phrase + "' holds no word");
            }
        }
        requireValues(id, when);
        requireValues(id, unless);
        requireValues(id, items);
    }

    /// A rule that always applies and refuses texts that have one of these words or phrases.
    public static Rule of(String id, String reason, List<String> words) {
        return new Rule(id, reason, Map.of(), Map.of(), Map.of(), List.of(), words, List.of());
    }

    /// The same, applying only where a claim has one of these values, separated by `|`.
    public Rule when(String claim, String values) {
        return new Rule(id, reason, with(when, claim, values), unless, items, candidates, words, patterns);
    }

    /// The same, lifted where a claim is verified to have one of these values, separated by `|`.
    public Rule unless(String claim, String values) {
        return new Rule(id, reason, when, with(unless, claim, values), items, candidates, words, patterns);
    }

    private static Map<String, String> with(Map<String, String> claims, String claim, String values) {
        var all = new java.util.TreeMap<>(claims);
        all.put(claim, values);
        return all;
    }

    private static void requireValues(String id, Map<String, String> claims) {
        claims.forEach((name, values) -> {
            if (name.isBlank() || Alternatives.of(values).isEmpty()) {
                throw new IllegalArgumentException(
                        "rule '" + id + "': '" + name + "' has no values; write for example 'de | at'");
            }
        });
    }
}
