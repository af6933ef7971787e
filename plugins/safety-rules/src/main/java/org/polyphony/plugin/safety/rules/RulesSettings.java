package org.polyphony.plugin.safety.rules;

import java.util.HashSet;
import java.util.List;
import org.polyphony.spi.plugin.Setting;

/// The norms in force.
///
/// @param rules in any order: a candidate is refused if one of them objects, and the first one that does is named
public record RulesSettings(
        @Setting(description = "The norms; a candidate is refused if one of them objects")
        List<Rule> rules) {

    public RulesSettings {
        rules = List.copyOf(rules);
        var ids = new HashSet<String>();
        for (Rule rule : rules) {
            if (!ids.add(rule.id())) {
                throw new IllegalArgumentException("two rules are called '" + rule.id() + "'; rename one");
            }
        }
    }
}
