package org.polyphony.plugin.safety.rules;

import org.polyphony.spi.plugin.Setting;
import org.polyphony.spi.safety.NormRule;

/// Why a [Rule] is one, and for whom it speaks.
///
/// @param reason why, for people
/// @param source whose norm it is
/// @param supporting how many of those asked support it
/// @param asked how many people were asked; 0 where nobody was
public record Grounds(
        @Setting(description = "Why, for people") String reason,

        @Setting(
                description = "Whose norm it is: a law, an institution, a panel and its date",
                defaultValue = "the study's authors")
        String source,

        @Setting(description = "How many of the people who were asked support it", defaultValue = "0")
        int supporting,

        @Setting(description = "How many people were asked whether they support it; 0: nobody", defaultValue = "0")
        int asked) {

    public Grounds {
        if (reason.isBlank() || source.isBlank()) {
            throw new IllegalArgumentException("a rule has a blank " + (reason.isBlank() ? "reason" : "source")
                    + "; who is refused is told why, and by whom");
        }
        if (supporting < 0 || asked < supporting) {
            throw new IllegalArgumentException(
                    "supporting must be between 0 and asked, got " + supporting + " of " + asked);
        }
    }

    /// Grounds of whoever wrote the study, about which nobody was asked.
    static Grounds of(String reason) {
        return new Grounds(reason, "the study's authors", 0, 0);
    }

    /// The norm as refusals tell it.
    NormRule norm(String id) {
        var norm = NormRule.of(id, reason, source);
        return asked == 0 ? norm : norm.with(new NormRule.Support(supporting, asked));
    }
}
