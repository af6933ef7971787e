package org.polyphony.trust;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;

/// Folds text to what it looks like, so that many spellings of a word become one.
///
/// Compatibility decomposition (NFKD: full-width, circled and mathematical letters become plain), marks and
/// invisible characters dropped, lower case, look-alikes folded ([Confusables]), then cut into tokens. The phrases
/// of the constraints go through the same folding, so that it need not be a correct spelling of anything.
enum Skeleton {
    /// Punctuation and symbols end a word, "pipe-bomb" is two; signs that look like letters are letters, "b@d" is
    /// one.
    WORDS,
    /// Only white space ends a word; punctuation and symbols inside are dropped: "b.om-b" is one word.
    GLUED;

    /// Runs of this many one-letter tokens are taken for a word that was spelled out.
    private static final int SPELLED = 3;

    /// @param text the folded token
    /// @param spelled whether it was joined from single letters, and may hold several words
    record Token(String text, boolean spelled) {}

    List<Token> tokens(String text) {
        var tokens = new ArrayList<Token>();
        for (String token : cut(Normalizer.normalize(text, Normalizer.Form.NFKD))) {
            tokens.add(new Token(token, false));
        }
        return joinSpelled(tokens);
    }

    private List<String> cut(String text) {
        var tokens = new ArrayList<String>();
        var token = new StringBuilder();
        for (int at = 0; at < text.length(); ) {
            int c = text.codePointAt(at);
            at += Character.charCount(c);
            if (isInvisible(c)) {
                continue;
            }
            if (isWrittenWithoutSpaces(c)) {
                flush(token, tokens);
                tokens.add(Character.toString(c));
            } else if (Character.isLetterOrDigit(c)) {
                append(token, Confusables.fold(Character.toLowerCase(c)));
            } else if (this == WORDS && Confusables.isSign(c) && standsForLetter(c, text, at)) {
                append(token, Confusables.fold(c));
            } else if (this == WORDS || Character.isWhitespace(c) || Character.isSpaceChar(c)) {
                flush(token, tokens);
            }
        }
        flush(token, tokens);
        return tokens;
    }

    /// Whether a sign before position `at` is read as a letter: ! and | only before one, elsewhere they end a
    /// word. The other skeleton drops signs, so that neither reading can be used to hide a word from both.
    private static boolean standsForLetter(int c, String text, int at) {
        return (c != '!' && c != '|') || (at < text.length() && Character.isLetterOrDigit(text.codePointAt(at)));
    }

    private static void flush(StringBuilder token, List<String> tokens) {
        if (!token.isEmpty()) {
            tokens.add(token.toString());
            token.setLength(0);
        }
    }

    /// Appends letters, folding repeated ones to one: "booomb" is "bomb".
    static void append(StringBuilder token, String letters) {
        for (int i = 0; i < letters.length(); i++) {
            char c = letters.charAt(i);
            if (token.isEmpty() || token.charAt(token.length() - 1) != c || Character.isLowSurrogate(c)) {
                token.append(c);
            }
        }
    }

    private static List<Token> joinSpelled(List<Token> tokens) {
        var joined = new ArrayList<Token>(tokens.size());
        for (int from = 0; from < tokens.size(); ) {
            int to = from;
            while (to < tokens.size() && isSingleLetter(tokens.get(to).text())) {
                to++;
            }
            if (to - from >= SPELLED) {
                var word = new StringBuilder();
                for (int i = from; i < to; i++) {
                    append(word, tokens.get(i).text());
                }
                joined.add(new Token(word.toString(), true));
                from = to;
            } else {
                joined.add(tokens.get(from++));
            }
        }
        return joined;
    }

    private static boolean isSingleLetter(String token) {
        return token.codePointCount(0, token.length()) == 1 && !isWrittenWithoutSpaces(token.codePointAt(0));
    }

    /// Characters that a reader does not see: controls, formats (zero width, bidi, tags), marks, variation
    /// selectors and the fillers of Hangul.
    private static boolean isInvisible(int c) {
        return switch (Character.getType(c)) {
            case Character.FORMAT, Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.PRIVATE_USE -> true;
            case Character.CONTROL -> !Character.isWhitespace(c);
            default -> c == 0x115F || c == 0x1160 || c == 0x3164 || c == 0xFFA0;
        };
    }

    private static boolean isWrittenWithoutSpaces(int c) {
        if (c < 0x0E00) { // Thai is the first of them
            return false;
        }
        return switch (Character.UnicodeScript.of(c)) {
            case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR -> Character.isLetter(c);
            default -> false;
        };
    }
}
