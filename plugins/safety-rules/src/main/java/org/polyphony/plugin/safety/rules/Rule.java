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
/// @param grounds why, and whose rule it is
/// @param situation when it applies
/// @param refused what it then refuses
public record Rule(
        @Setting(description = "Names the rule in every refusal")
        String id,

        Grounds grounds,
        Situation situation,
        Refused refused) {

    // Map.copyOf has another order in every process, and messages name the first that fails
    static Map<String, String> sorted(Map<String, String> map) {
        return Collections.unmodifiableMap(new TreeMap<>(map));
    }

    public Rule {
        if (id.isBlank()) {
            throw new IllegalArgumentException("a rule has a blank id; every refusal names it, so give it one");
        }
        if (refused.isEmpty()) {
            throw new IllegalArgumentException("rule '" + id + "' does not say what it refuses; give it items,"
                    + " candidates, words or patterns");
        }
        for (String pattern : refused.patterns()) {
            try {
                Pattern.compile(pattern);
            } catch (PatternSyntaxException e) {
                throw new IllegalArgumentException(
                        "rule '" + id + "': '" + pattern + "' is no regular expression: " + e.getDescription(), e);
            }
        }
        for (String phrase : refused.words()) {
            if (NormalizedText.words(phrase).isBlank()) {
                throw new IllegalArgumentException("rule '" + id + "': '" + phrase + "' holds no word");
            }
        }
        requireValues(id, situation.when());
        requireValues(id, situation.unless());
        requireValues(id, refused.items());
    }

    /// A rule that always applies and refuses texts that have one of these words or phrases.
    public static Rule of(String id, String reason, List<String> words) {
        return new Rule(id, Grounds.of(reason), Situation.any(), new Refused(Map.of(), List.of(), words, List.of()));
    }

    /// The same, applying only where a claim has one of these values, separated by `|`.
    public Rule when(String claim, String values) {
        return new Rule(id, grounds, new Situation(with(situation.when(), claim, values), situation.unless()), refused);
    }

    /// The same, lifted where a claim is verified to have one of these values, separated by `|`.
    public Rule unless(String claim, String values) {
        return new Rule(id, grounds, new Situation(situation.when(), with(situation.unless(), claim, values)), refused);
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
