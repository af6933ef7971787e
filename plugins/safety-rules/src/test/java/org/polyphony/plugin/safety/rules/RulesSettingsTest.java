package org.polyphony.plugin.safety.rules;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RulesSettingsTest {

    @Test
    void rules_sameIdTwice_isAnError() {
        var rule = Rule.of("dose", "why", List.of("dose"));

        assertThatThrownBy(() -> new RulesSettings(List.of(rule, rule)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("two rules are called 'dose'; rename one");
    }

    @Test
    void rule_withoutId_isAnError() {
        assertThatThrownBy(() -> Rule.of(" ", "why", List.of("dose"))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void rule_thatRefusesNothingInParticular_isAnError() {
        assertThatThrownBy(() -> Rule.of("dose", "why", List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("does not say what it refuses");
    }

    @Test
    void rule_badPattern_isAnErrorThatShowsIt() {
        assertThatThrownBy(() -> new Rule(
                        "dose",
                        Grounds.of("why"),
                        Situation.any(),
                        new Refused(Map.of(), List.of(), List.of(), List.of("(dose"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rule 'dose': '(dose' is no regular expression");
    }

    @Test
    void rule_phraseWithoutWords_isAnError() {
        assertThatThrownBy(() -> Rule.of("dose", "why", List.of("?!"))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void rule_claimWithoutValues_isAnError() {
        var rule = Rule.of("dose", "why", List.of("dose"));

        assertThatThrownBy(() -> rule.when("role", " | ")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> rule.unless("", "de")).isInstanceOf(IllegalArgumentException.class);
    }
}
