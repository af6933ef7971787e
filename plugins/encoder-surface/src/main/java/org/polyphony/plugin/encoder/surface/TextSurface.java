package org.polyphony.plugin.encoder.surface;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/// What there is on the surface of a text, counted in one pass over its code points.
///
/// A word is a run of letters, marks and digits; an apostrophe or hyphen between two of them belongs to it. A
/// sentence has a word and ends with `. ! ? …` that no word follows directly, with a full stop of Chinese,
/// Japanese or Hindi, or with the text. A script without spaces makes few and long words; the lists of words are
/// English. In other languages these columns say less, not something wrong.
final class TextSurface {

    private static final int LONG_WORD = 7;

    private static final Set<String> FIRST =
            words("i i'm i've i'd i'll me my mine myself we we're we've we'd we'll us" + " our ours ourselves");
    private static final Set<String> SECOND =
            words("you you're you've you'd you'll your yours yourself yourselves u ur");
    private static final Set<String> THIRD = words("he he's him his himself she she's her hers herself they they're"
            + " they've they'd they'll them their theirs themselves");
    private static final Set<String> CONNECTIVE = words("accordingly actually also although because besides but"
            + " consequently despite especially example finally first firstly furthermore hence however if indeed"
            + " instance instead moreover nevertheless otherwise second secondly since so such then therefore though"
            + " thus unless whereas while yet");
    private static final Set<String> FUNCTION =
            words("a an and are as at be by for from in is it of on or that the" + " this to was which with");
    private static final Set<String> NEGATION =
            words("cannot neither never no nobody none nor not nothing nowhere without");
    // its is mostly right; where it is wrong it lacks one
    private static final Set<String> WITHOUT_APOSTROPHE = words("arent cant couldnt didnt doesnt dont hasnt havent im"
            + " isnt its ive shouldnt thats theyre wont wouldnt youre");

    private final int[] text;

    final Set<String> differentWords = new HashSet<>();
    final int characters;
    int letters;
    int upperCase;
    int digits;
    int words;
    int wordCharacters;
    int longWords;
    int sentences;
    int longestSentence;
    int lowerCaseStarts;
    int firstPerson;
    int secondPerson;
    int thirdPerson;
    int connectives;
    int functionWords;
    int negations;
    int lowerCaseI;
    int missingApostrophes;
    int questionMarks;
    int exclamationMarks;
    int commas;
    int repeatedPunctuation;
    int missingSpaces;
    int quotationMarks;
    int brackets;
    int lineBreaks;
    final boolean link;
    final boolean closedEnd;

    private int wordsInSentence;

    private TextSurface(String text) {
        this.text = text.codePoints().toArray();
        characters = this.text.length;
        link = text.contains("http") || text.contains("www.");
        closedEnd = endsClosed(text.strip());
        int at = 0;
        while (at < this.text.length) {
            at = isWord(at) ? word(at) : mark(at);
        }
    }

    static TextSurface of(String text) {
        return new TextSurface(text);
    }

    double perWord(int count) {
        return count / (double) Math.max(1, words);
    }

    double perSentence(int count) {
        return count / (double) Math.max(1, sentences);
    }

    private int word(int from) {
        int lettersBefore = letters;
        int end = from;
        while (end < text.length && (isWord(end) || (isJoint(text[end]) && isWord(end + 1)))) {
            letters += Character.isLetter(text[end]) ? 1 : 0;
            upperCase += Character.isUpperCase(text[end]) ? 1 : 0;
            digits += Character.isDigit(text[end]) ? 1 : 0;
            end++;
        }
        if (wordsInSentence == 0) {
            sentences++;
            lowerCaseStarts += Character.isLowerCase(text[from]) ? 1 : 0;
        }
        longestSentence = Math.max(longestSentence, ++wordsInSentence);
        words++;
        wordCharacters += end - from;
        longWords += letters - lettersBefore >= LONG_WORD ? 1 : 0;
        var written = new String(text, from, end - from);
        var word = written.toLowerCase(Locale.ROOT).replace('\u2019', '\'');
        differentWords.add(word);
        lowerCaseI += written.equals("i") ? 1 : 0;
        firstPerson += FIRST.contains(word) ? 1 : 0;
        secondPerson += SECOND.contains(word) ? 1 : 0;
        thirdPerson += THIRD.contains(word) ? 1 : 0;
        connectives += CONNECTIVE.contains(word) ? 1 : 0;
        functionWords += FUNCTION.contains(word) ? 1 : 0;
        negations += NEGATION.contains(word) || word.endsWith("n't") ? 1 : 0;
        missingApostrophes += WITHOUT_APOSTROPHE.contains(word) ? 1 : 0;
        return end;
    }

    /// One character that is no punctuation, or a run of punctuation, which ends a sentence if one mark does.
    private int mark(int from) {
        int end = from;
        boolean ends = false;
        while (end < text.length && (isTerminator(text[end]) || isComma(text[end]))) {
            questionMarks += text[end] == '?' || text[end] == '\uFF1F' || text[end] == '\u061F' ? 1 : 0;
            exclamationMarks += text[end] == '!' || text[end] == '\uFF01' ? 1 : 0;
            commas += isComma(text[end]) ? 1 : 0;
            ends |= isTerminator(text[end]);
            end++;
        }
        if (end == from) {
            other(text[from]);
            return from + 1;
        }
        repeatedPunctuation += end - from >= 2 ? 1 : 0;
        missingSpaces += end < text.length && Character.isLetter(text[end]) && !isWide(text[end - 1]) ? 1 : 0;
        if (ends && (!isWord(end) || isWide(text[end - 1]))) {
            wordsInSentence = 0;
        }
        return end;
    }

    private void other(int c) {
        quotationMarks += c == '"' || c == '\u201C' || c == '\u201D' ? 1 : 0;
        brackets += c == '(' || c == '[' ? 1 : 0;
        lineBreaks += c == '\n' ? 1 : 0;
    }

    private boolean isWord(int at) {
        if (at >= text.length) {
            return false;
        }
        int type = Character.getType(text[at]);
        return Character.isLetterOrDigit(text[at])
                || type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK;
    }

    private static boolean endsClosed(String text) {
        int last = text.isEmpty() ? ' ' : text.codePointBefore(text.length());
        return isTerminator(last) || last == '"' || last == '\u201D';
    }

    private static boolean isJoint(int c) {
        return c == '\'' || c == '\u2019' || c == '-';
    }

    private static boolean isComma(int c) {
        return c == ',' || c == '\uFF0C' || c == '\u3001' || c == '\u060C';
    }

    private static boolean isTerminator(int c) {
        return c == '.' || c == '!' || c == '?' || c == '\u2026' || c == '\u061F' || (isWide(c) && !isComma(c));
    }

    // of scripts that put no space behind it
    private static boolean isWide(int c) {
        return c == '\u3002' || c == '\uFF01' || c == '\uFF1F' || c == '\u0964' || c == '\uFF0C' || c == '\u3001';
    }

    private static Set<String> words(String list) {
        return Set.of(list.split(" "));
    }
}
