package org.polyphony.plugin.safety.rules;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.polyphony.spi.preference.Candidates;
import org.polyphony.spi.safety.NormRule;

/// A [Rule] made ready to be asked about many candidates.
final class CompiledRule {

    private final Rule rule;
    private final Map<String, Set<String>> when;
    private final Map<String, Set<String>> unless;
    private final Map<String, Set<String>> items;
    private final Set<String> candidates;
    private final List<String> words;
    private final List<Pattern> patterns;

    CompiledRule(Rule rule) {
        this.rule = rule;
        this.when = Alternatives.of(rule.situation().when());
        this.unless = Alternatives.of(rule.situation().unless());
        this.items = Alternatives.of(rule.refused().items());
        this.candidates = new HashSet<>(rule.refused().candidates());
        this.words = rule.refused().words().stream().map(NormalizedText::words).toList();
        this.patterns = rule.refused().patterns().stream()
                .map(pattern -> Pattern.compile(pattern, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE))
                .toList();
    }

    NormRule norm() {
        return rule.grounds().norm(rule.id());
    }

    /// Whether the rule speaks in a context with these verified claims.
    boolean appliesIn(Map<String, String> claims) {
        for (var lifted : unless.entrySet()) {
            String verified = claims.get(lifted.getKey());
            if (verified != null && lifted.getValue().contains(verified)) {
                return false;
            }
        }
        for (var needed : when.entrySet()) {
            String verified = claims.get(needed.getKey());
            if (verified != null && !needed.getValue().contains(verified)) {
                return false;
            }
        }
        return true;
    }

    /// Whether the rule is about an item. An attribute that the data do not have leaves the rule in force.
    boolean isAbout(Candidates all, int item) {
        for (Candidates.Attribute attribute : all.attributes().ofItems()) {
            var values = items.get(attribute.name());
            if (values != null && !values.contains(attribute.values().get(item))) {
                return false;
            }
        }
        return true;
    }

    /// Whether the rule, where it applies, refuses a candidate.
    boolean refuses(String candidate, NormalizedText text) {
        if (!candidates.isEmpty() && !candidates.contains(candidate)) {
            return false;
        }
        if (!words.isEmpty() && words.stream().noneMatch(text.words()::contains)) {
            return false;
        }
        return patterns.isEmpty()
                || patterns.stream()
                        .anyMatch(pattern -> BoundedSearch.find(pattern, text.plain()) != BoundedSearch.Answer.ABSENT);
    }
}
