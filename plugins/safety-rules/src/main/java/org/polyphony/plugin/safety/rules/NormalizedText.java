package org.polyphony.plugin.safety.rules;

import java.text.Normalizer;
import java.util.Locale;

/// Two readings of a candidate's text: plain, for regular expressions, and as a line of words.
///
/// These norms are for ordinary texts. Disguised ones are the business of the universal constraints, which see
/// every text first.
///
/// @param plain compatibility forms composed (NFKC), invisible format characters removed
/// @param words lower-case words between single spaces, one in front and one behind
record NormalizedText(String plain, String words) {

    static NormalizedText of(String text) {
        String plain = plain(text);
        return new NormalizedText(plain, words(plain));
    }

    private static String plain(String text) {
        String composed = Normalizer.normalize(text, Normalizer.Form.NFKC);
        var visible = new StringBuilder(composed.length());
        composed.codePoints()
                .filter(c -> Character.getType(c) != Character.FORMAT)
                .forEach(visible::appendCodePoint);
        return visible.toString();
    }

    /// " the words of a text ", or one space if it has none.
    static String words(String text) {
        var words = new StringBuilder(" ");
        plain(text).toLowerCase(Locale.ROOT).codePoints().forEach(c -> {
            if (Character.isLetterOrDigit(c) || Character.getType(c) == Character.NON_SPACING_MARK) {
                words.appendCodePoint(c);
            } else if (words.charAt(words.length() - 1) != ' ') {
                words.append(' ');
            }
        });
        if (words.charAt(words.length() - 1) != ' ') {
            words.append(' ');
        }
        return words.toString();
    }
}
