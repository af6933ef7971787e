package org.polyphony.trust;

import java.util.Arrays;
import java.util.List;

/// A phrase to look for: tokens in order, each matched whole or, where it was written with `*`, by its beginning.
record Phrase(int constraint, int group, List<Token> tokens) {

    /// @param text the folded token
    /// @param prefix whether any token that begins with it will do
    record Token(String text, boolean prefix) {

        boolean matches(String token) {
            return prefix ? token.startsWith(text) : token.equals(text);
        }
    }

    /// The phrase without spaces, to be found where the spaces of a text say nothing.
    String squeezed() {
        var joined = new StringBuilder();
        tokens.forEach(token -> Skeleton.append(joined, token.text()));
        return joined.toString();
    }

    static List<Token> tokens(String phrase) {
        return Arrays.stream(phrase.strip().split("\\s+", -1))
                .flatMap(word -> {
                    boolean prefix = word.endsWith("*");
                    var folded = Skeleton.WORDS.tokens(prefix ? word.substring(0, word.length() - 1) : word);
                    return folded.stream().map(token -> new Token(token.text(), prefix));
                })
                .toList();
    }
}
