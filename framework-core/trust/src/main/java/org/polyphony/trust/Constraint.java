package org.polyphony.trust;

import java.util.List;

/// One universal constraint: it refuses a text in which every group has a phrase, all within a few words.
///
/// @param id unique in all sets, begins with its hazard label: `S9.weapons`
/// @param reason why such a text is refused, for people
/// @param within how many tokens apart the phrases may begin, at least 1
/// @param groups phrases of which one is needed, for each group; a phrase may end its words with `*`
public record Constraint(String id, String reason, int within, List<List<String>> groups) {

    public Constraint {
        groups = groups.stream().map(List::copyOf).toList();
        if (id.isBlank() || reason.isBlank()) {
            throw new IllegalArgumentException(
                    "a constraint needs an id and a reason, got '" + id + "', '" + reason + "'");
        }
        if (within < 1) {
            throw new IllegalArgumentException("constraint " + id + ": within must be 1 or more, got " + within);
        }
        if (groups.isEmpty() || groups.stream().anyMatch(List::isEmpty)) {
            throw new IllegalArgumentException("constraint " + id + " has no phrases; it could never refuse anything");
        }
        for (List<String> group : groups) {
            for (String phrase : group) {
                if (Phrase.tokens(phrase).isEmpty()) {
                    throw new IllegalArgumentException("constraint " + id + ": nothing is left of the phrase '" + phrase
                            + "' after normalisation");
                }
            }
        }
    }
}
