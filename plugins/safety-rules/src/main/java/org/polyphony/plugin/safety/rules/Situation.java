package org.polyphony.plugin.safety.rules;

import java.util.Map;
import org.polyphony.spi.plugin.Setting;

/// When a [Rule] applies.
///
/// @param when claim → accepted values, separated by `|`; empty: always
/// @param unless claim → values that lift the rule, separated by `|`
public record Situation(
        @Setting(
                description = "Claim → values, separated by |, for which the rule applies; a claim that is not"
                        + " verified counts as one of them")
        Map<String, String> when,

        @Setting(description = "Claim → values, separated by |, that lift the rule; the claim must be verified")
        Map<String, String> unless) {

    public Situation {
        when = Rule.sorted(when);
        unless = Rule.sorted(unless);
    }

    /// Always.
    static Situation any() {
        return new Situation(Map.of(), Map.of());
    }
}
