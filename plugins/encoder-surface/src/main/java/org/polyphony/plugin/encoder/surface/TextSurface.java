package org.polyphony.plugin.encoder.surface;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/// What there is on the surface of a text, counted in one pass over its code points.
///
/// A word is a run of letters, marks and digits; an apostrophe or hyphen between two of them belongs to it. A
/// sentence has a word and ends with `. ! ? …` before a space, a bracket or a quotation mark, with a full stop of
/// Chinese, Japanese or Hindi, or with the text. A script without spaces makes few and long words; the lists of
/// words are English. In other languages these columns say less, not something wrong.
record TextSurface(
        int characters,
        int letters,
        int upperCase,
        int digits,
        int words,
        int wordCharacters,
        int differentWords,
        int longWords,
        int sentences,
        int lowerCaseStarts,
        int questionMarks,
        int exclamationMarks,
        int commas,
        int repeatedPunctuation,
        int firstPerson,
        int secondPerson,
        int thirdPerson,
        int connectives,
        int negations) {

    private static final int LONG_WORD = 7;

    private static final Set<String> FIRST = Set.of(
            "i",
            "i'm",
            "i've",
            "i'd",
            "i'll",
            "me",
            "my",
            "mine",
            "myself",
            "we",
            "we're",
            "we've",
            "we'd",
            "we'll",
            "us",
            "our",
            "ours",
            "ourselves");
    private static final Set<String> SECOND =
            Set.of("you", "you're", "you've", "you'd", "you'll", "your", "yours", "yourself", "yourselves");
    private static final Set<String> THIRD = Set.of(
            "he",
            "he's",
            "him",
            "his",
            "himself",
            "she",
            "she's",
            "her",
            "hers",
            "herself",
            "they",
            "they're",
            "they've",
            "they'd",
            "they'll",
            "them",
            "their",
            "theirs",
            "themselves");
    private static final Set<String> CONNECTIVE = Set.of(
            "accordingly",
            "also",
            "although",
            "because",
            "besides",
            "but",
            "consequently",
            "despite",
            "finally",
            "first",
            "firstly",
            "furthermore",
            "hence",
            "however",
            "if",
            "indeed",
            "instead",
            "moreover",
            "nevertheless",
            "otherwise",
            "second",
            "secondly",
            "since",
            "so",
            "then",
            "therefore",
            "though",
            "thus",
            "unless",
            "whereas",
            "while",
            "yet");
    private static final Set<String> NEGATION =
            Set.of("no", "not", "never", "none", "nobody", "nothing", "nowhere", "neither", "nor", "cannot", "without");

    static TextSurface of(String text) {
        return new Scan(text.codePoints().toArray()).counts();
    }

    /// One pass over a text.
    private static final class Scan {
        private final int[] text;
        private final Set<String> different = new HashSet<>();
        private int letters;
        private int upperCase;
        private int digits;
        private int words;
        private int wordCharacters;
        private int longWords;
        private int sentences;
        private int lowerCaseStarts;
        private int questionMarks;
        private int exclamationMarks;
        private int commas;
        private int repeatedPunctuation;
        private int firstPerson;
        private int secondPerson;
        private int thirdPerson;
        private int connectives;
        private int negations;
        private boolean inSentence;

        Scan(int[] text) {
            this.text = text;
        }

        TextSurface counts() {
            int at = 0;
            while (at < text.length) {
                at = inWord(at) ? word(at) : mark(at);
            }
            return new TextSurface(
                    text.length,
                    letters,
                    upperCase,
                    digits,
                    words,
                    wordCharacters,
                    different.size(),
                    longWords,
                    sentences,
                    lowerCaseStarts,
                    questionMarks,
                    exclamationMarks,
                    commas,
                    repeatedPunctuation,
                    firstPerson,
                    secondPerson,
                    thirdPerson,
                    connectives,
                    negations);
        }

        private int word(int from) {
            int end = from;
            while (end < text.length
                    && (inWord(end) || (isJoint(text[end]) && end + 1 < text.length && inWord(end + 1)))) {
                letters += Character.isLetter(text[end]) ? 1 : 0;
                upperCase += Character.isUpperCase(text[end]) ? 1 : 0;
                digits += Character.isDigit(text[end]) ? 1 : 0;
                end++;
            }
            if (!inSentence) {
                inSentence = true;
                sentences++;
                lowerCaseStarts += Character.isLowerCase(text[from]) ? 1 : 0;
            }
            words++;
            wordCharacters += end - from;
            longWords += end - from >= LONG_WORD ? 1 : 0;
            var word =
                    new String(text, from, end - from).toLowerCase(Locale.ROOT).replace('\u2019', '\'');
            different.add(word);
            firstPerson += FIRST.contains(word) ? 1 : 0;
            secondPerson += SECOND.contains(word) ? 1 : 0;
            thirdPerson += THIRD.contains(word) ? 1 : 0;
            connectives += CONNECTIVE.contains(word) ? 1 : 0;
            negations += NEGATION.contains(word) || word.endsWith("n't") ? 1 : 0;
            return end;
        }

        // a run of marks: ends a sentence if one of them does and something but a word follows
        private int mark(int from) {
            int end = from;
            boolean ends = false;
            while (end < text.length && isMark(text[end])) {
                switch (text[end]) {
                    case '?', '\uFF1F', '\u061F' -> questionMarks++;
                    case '!', '\uFF01' -> exclamationMarks++;
                    case ',', '\uFF0C', '\u3001', '\u060C' -> commas++;
                    default -> {
                        // counted as part of the run only
                    }
                }
                ends |= isTerminator(text[end]);
                end++;
            }
            if (end == from) {
                return from + 1;
            }
            repeatedPunctuation += end - from >= 2 ? 1 : 0;
            if (ends && (end == text.length || !inWord(end) || isFullWidth(text[end - 1]))) {
                inSentence = false;
            }
            return end;
        }

        private boolean inWord(int at) {
            int c = text[at];
            int type = Character.getType(c);
            return Character.isLetterOrDigit(c)
                    || type == Character.NON_SPACING_MARK
                    || type == Character.COMBINING_SPACING_MARK;
        }

        private static boolean isJoint(int c) {
            return c == '\'' || c == '\u2019' || c == '-';
        }

        private static boolean isMark(int c) {
            return isTerminator(c) || c == ',' || c == '\uFF0C' || c == '\u3001' || c == '\u060C';
        }

        private static boolean isTerminator(int c) {
            return c == '.' || c == '!' || c == '?' || c == '\u2026' || c == '\u061F' || isFullWidth(c);
        }

        private static boolean isFullWidth(int c) {
            return c == '\u3002' || c == '\uFF01' || c == '\uFF1F' || c == '\u0964';
        }
    }
}
