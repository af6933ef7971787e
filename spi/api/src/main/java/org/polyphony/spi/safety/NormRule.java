package org.polyphony.spi.safety;

import java.util.Optional;

/// A norm that a layer knows. *Safe according to whom* is part of every refusal: what a norm asks, and whose it is.
///
/// @param id names it in every refusal
/// @param reason what it is for, for people
/// @param source whose norm it is: a law, an institution, a panel and its date
/// @param support how many of the people who were asked support it; empty where nobody was asked
public record NormRule(String id, String reason, String source, Optional<Support> support) {

    /// A norm about which nobody was asked.
    public static NormRule of(String id, String reason, String source) {
        return new NormRule(id, reason, source, Optional.empty());
    }

    /// The same, about which people were asked.
    public NormRule with(Support known) {
        return new NormRule(id, reason, source, Optional.of(known));
    }

    /// How many of some people support a norm.
    ///
    /// @param supporting those who do, at most `asked`
    /// @param asked at least 1
    public record Support(int supporting, int asked) {

        public Support {
            if (asked < 1 || supporting < 0 || supporting > asked) {
                throw new IllegalArgumentException(supporting + " of " + asked + " people cannot support a norm");
            }
        }
    }
}
