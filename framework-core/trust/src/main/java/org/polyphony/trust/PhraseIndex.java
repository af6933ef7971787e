package org.polyphony.trust;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Finds which constraints a tokenised text breaks, in one pass and in time linear in the text.
///
/// There are no regular expressions here: no text can make the search slow.
final class PhraseIndex {

    /// Squeezed phrases shorter than this occur in spelled-out letters by chance.
    private static final int SHORTEST_SQUEEZED = 4;

    /// Words of this length are also taken for several, written without spaces.
    private static final int LONG_TOKEN = 12;

    private final List<Constraint> constraints;
    private final Map<String, List<Phrase>> byFirstToken = new HashMap<>();
    private final List<Phrase> byPrefix = new ArrayList<>();
    private final List<Squeezed> squeezed = new ArrayList<>();

    PhraseIndex(List<Constraint> constraints) {
        this.constraints = List.copyOf(constraints);
        for (int c = 0; c < constraints.size(); c++) {
            var groups = constraints.get(c).groups();
            for (int g = 0; g < groups.size(); g++) {
                for (String text : groups.get(g)) {
                    add(new Phrase(c, g, Phrase.tokens(text)));
                }
            }
        }
    }

    /// A phrase without its spaces.
    private record Squeezed(String text, Phrase phrase) {}

    private void add(Phrase phrase) {
        if (phrase.squeezed().length() >= SHORTEST_SQUEEZED) {
            squeezed.add(new Squeezed(phrase.squeezed(), phrase));
        }
        var first = phrase.tokens().getFirst();
        if (first.prefix()) {
            byPrefix.add(phrase);
        } else {
            byFirstToken.computeIfAbsent(first.text(), _ -> new ArrayList<>()).add(phrase);
        }
    }

    /// Adds the ids of all broken constraints to `broken`.
    void search(List<Skeleton.Token> tokens, Set<String> broken) {
        var windows = new Window[constraints.size()];
        Arrays.setAll(windows, c -> new Window(constraints.get(c)));
        for (int at = 0; at < tokens.size(); at++) {
            var token = tokens.get(at);
            if (token.spelled() || token.text().length() >= LONG_TOKEN) {
                for (Squeezed candidate : squeezed) {
                    if (token.text().contains(candidate.text())) {
                        windows[candidate.phrase().constraint()].hit(
                                candidate.phrase().group(), at, broken);
                    }
                }
            }
            for (Phrase phrase : byFirstToken.getOrDefault(token.text(), List.of())) {
                if (startsAt(phrase, tokens, at)) {
                    windows[phrase.constraint()].hit(phrase.group(), at, broken);
                }
            }
            for (Phrase phrase : byPrefix) {
                if (startsAt(phrase, tokens, at)) {
                    windows[phrase.constraint()].hit(phrase.group(), at, broken);
                }
            }
        }
    }

    private static boolean startsAt(Phrase phrase, List<Skeleton.Token> tokens, int at) {
        var wanted = phrase.tokens();
        if (at + wanted.size() > tokens.size()) {
            return false;
        }
        for (int i = 0; i < wanted.size(); i++) {
            if (!wanted.get(i).matches(tokens.get(at + i).text())) {
                return false;
            }
        }
        return true;
    }

    /// Where each group of one constraint was last seen. The last places before a hit are the closest ones, so that
    /// looking at them alone finds every window that ends there.
    private static final class Window {
        private final Constraint constraint;
        private final long[] last;

        Window(Constraint constraint) {
            this.constraint = constraint;
            this.last = new long[constraint.groups().size()];
            Arrays.fill(last, Integer.MIN_VALUE);
        }

        void hit(int group, int at, Set<String> broken) {
            last[group] = at;
            for (long seen : last) {
                if (at - seen > constraint.within()) {
                    return;
                }
            }
            broken.add(constraint.id());
        }
    }
}
