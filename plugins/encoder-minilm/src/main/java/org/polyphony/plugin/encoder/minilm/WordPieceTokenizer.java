package org.polyphony.plugin.encoder.minilm;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Cuts texts into the word pieces of uncased BERT (Devlin et al. 2019; Wu et al. 2016): invisible characters are
/// dropped, Chinese characters stand alone, accents and case go, punctuation is split off, and each word is covered
/// greedily by the longest pieces of the vocabulary. Gives the ids of the `tokenizers` library but for one thing: a
/// text that spells a mark such as `[SEP]` is text.
final class WordPieceTokenizer {

    private static final int LONGEST_WORD = 100;

    private final Map<String, Integer> pieces = new HashMap<>();
    private final int unknown;
    private final int start;
    private final int end;
    private final int longestPiece;

    /// @param vocabulary the pieces; an id is a place
    WordPieceTokenizer(List<String> vocabulary) {
        for (int id = 0; id < vocabulary.size(); id++) {
            pieces.put(vocabulary.get(id), id);
        }
        unknown = id("[UNK]");
        start = id("[CLS]");
        end = id("[SEP]");
        longestPiece = vocabulary.stream().mapToInt(String::length).max().orElse(0);
    }

    private int id(String mark) {
        var id = pieces.get(mark);
        if (id == null) {
            throw new IllegalArgumentException("the vocabulary lacks " + mark);
        }
        return id;
    }

    /// The ids of a text between `[CLS]` and `[SEP]`, at most `maxTokens` of them.
    long[] encode(String text, int maxTokens) {
        var ids = new long[maxTokens];
        ids[0] = start;
        int n = 1;
        for (var word : words(text)) {
            if (n == maxTokens - 1) {
                break;
            }
            for (int piece : pieces(word)) {
                if (n < maxTokens - 1) {
                    ids[n++] = piece;
                }
            }
        }
        ids[n++] = end;
        return Arrays.copyOf(ids, n);
    }

    // all pieces of a word or, if one is missing, the one id of unknown words
    private List<Integer> pieces(String word) {
        if (word.codePointCount(0, word.length()) > LONGEST_WORD) {
            return List.of(unknown);
        }
        var found = new ArrayList<Integer>();
        int from = 0;
        while (from < word.length()) {
            var prefix = from == 0 ? "" : "##";
            int to = Math.min(word.length(), from + longestPiece);
            Integer id = null;
            while (to > from && (id = pieces.get(prefix + word.substring(from, to))) == null) {
                to--;
            }
            if (id == null) {
                return List.of(unknown);
            }
            found.add(id);
            from = to;
        }
        return found;
    }

    /// Lower-case words without accents, and punctuation marks, one by one.
    static List<String> words(String text) {
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        Normalizer.normalize(clean(text), Normalizer.Form.NFD).codePoints().forEach(c -> {
            if (Character.getType(c) == Character.NON_SPACING_MARK) {
                return;
            }
            if (c == ' ' || isPunctuation(c)) {
                flush(word, words);
                if (c != ' ') {
                    words.add(Character.toString(c));
                }
            } else {
                word.appendCodePoint(Character.toLowerCase(c));
            }
        });
        flush(word, words);
        return words;
    }

    private static void flush(StringBuilder word, List<String> words) {
        if (!word.isEmpty()) {
            words.add(word.toString());
            word.setLength(0);
        }
    }

    private static String clean(String text) {
        var clean = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (isSpace(c)) {
                clean.append(' ');
            } else if (isChinese(c)) {
                clean.append(' ').appendCodePoint(c).append(' ');
            } else if (!isInvisible(c)) {
                clean.appendCodePoint(c);
            }
        });
        return clean.toString();
    }

    private static boolean isSpace(int c) {
        return c == '\t' || c == '\n' || c == '\r' || Character.isSpaceChar(c);
    }

    private static boolean isInvisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.PRIVATE_USE, Character.SURROGATE -> true;
            default -> c == 0xFFFD;
        };
    }

    // the blocks the original names; Japanese kana and Korean hangul are written with spaces or not cut at all
    private static boolean isChinese(int c) {
        return (c >= 0x4E00 && c <= 0x9FFF)
                || (c >= 0x3400 && c <= 0x4DBF)
                || (c >= 0x20000 && c <= 0x2A6DF)
                || (c >= 0x2A700 && c <= 0x2B73F)
                || (c >= 0x2B740 && c <= 0x2B81F)
                || (c >= 0x2B920 && c <= 0x2CEAF)
                || (c >= 0xF900 && c <= 0xFAFF)
                || (c >= 0x2F800 && c <= 0x2FA1F);
    }

    private static boolean isPunctuation(int c) {
        if ((c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') || (c >= '{' && c <= '~')) {
            return true;
        }
        return switch (Character.getType(c)) {
            case Character.CONNECTOR_PUNCTUATION,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.OTHER_PUNCTUATION -> true;
            default -> false;
        };
    }
}
