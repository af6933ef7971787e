package org.polyphony.plugin.encoder.surface;

import java.util.Locale;
import java.util.function.ToDoubleFunction;

/// One column of the encoding. Counts are logarithms, the others are means and shares, 0 where there is
/// nothing to divide by. How much there is of something tells more about a judgment than its share, so both are
/// here.
public enum SurfaceFeature {
    /// ln(1 + characters), spaces included.
    CHARACTERS(text -> Math.log1p(text.characters)),
    /// ln(1 + words).
    WORDS(text -> Math.log1p(text.words)),
    /// ln(1 + words of seven letters or more).
    LONG_WORDS(text -> Math.log1p(text.longWords)),
    /// Different words divided by the square root of words (Guiraud 1954), whatever their case.
    ROOT_TYPE_TOKEN_RATIO(text -> text.differentWords.size() / Math.sqrt(Math.max(1, text.words))),
    /// ln(1 + sentences).
    SENTENCES(text -> Math.log1p(text.sentences)),
    /// Different words divided by words, whatever their case.
    TYPE_TOKEN_RATIO(text -> text.perWord(text.differentWords.size())),
    /// ln(1 + commas).
    COMMAS(text -> Math.log1p(text.commas)),
    /// ln(1 + words of the longest sentence).
    LONGEST_SENTENCE(text -> Math.log1p(text.longestSentence)),
    /// ln(1 + words that tie an argument together: because, however, therefore …).
    CONNECTIVES(text -> Math.log1p(text.connectives)),
    /// Share of the sentences that start with a lower-case letter.
    LOWER_CASE_STARTS(text -> text.perSentence(text.lowerCaseStarts)),
    /// Share of the words that have seven letters or more.
    LONG_WORD_SHARE(text -> text.perWord(text.longWords)),
    /// 1 if the last character is a mark that ends a sentence or a quotation mark, else 0.
    CLOSED_END(text -> text.closedEnd ? 1 : 0),
    /// Share of the words that speak of the writer: I, we and their forms.
    FIRST_PERSON(text -> text.perWord(text.firstPerson)),
    /// Share of the words that hold a sentence together: the, of, to, and …
    FUNCTION_WORDS(text -> text.perWord(text.functionWords)),
    /// Share of the words that are a lower-case i.
    LOWER_CASE_I(text -> text.perWord(text.lowerCaseI)),
    /// ln(1 + words per sentence).
    SENTENCE_LENGTH(text -> Math.log1p(text.perSentence(text.words))),
    /// Commas per word.
    COMMA_SHARE(text -> text.perWord(text.commas)),
    /// ln(1 + exclamation marks).
    EXCLAMATIONS(text -> Math.log1p(text.exclamationMarks)),
    /// Share of the letters that are upper case.
    UPPER_CASE(text -> text.upperCase / (double) Math.max(1, text.letters)),
    /// Share of the words that lack an apostrophe: dont, cant, im …
    MISSING_APOSTROPHES(text -> text.perWord(text.missingApostrophes)),
    /// 1 if the text holds `http` or `www.`, else 0.
    LINK(text -> text.link ? 1 : 0),
    /// ln(1 + opening brackets).
    BRACKETS(text -> Math.log1p(text.brackets)),
    /// Share of the words that speak to the reader: you and its forms.
    SECOND_PERSON(text -> text.perWord(text.secondPerson)),
    /// Share of the words that speak of others: he, she, they and their forms.
    THIRD_PERSON(text -> text.perWord(text.thirdPerson)),
    /// Characters per word.
    WORD_LENGTH(text -> text.perWord(text.wordCharacters)),
    /// ln(1 + double quotation marks).
    QUOTATION_MARKS(text -> Math.log1p(text.quotationMarks)),
    /// ln(1 + runs of two or more marks such as `!!`, `?!` or `...`).
    REPEATED_PUNCTUATION(text -> Math.log1p(text.repeatedPunctuation)),
    /// ln(1 + marks with a letter directly behind them).
    MISSING_SPACES(text -> Math.log1p(text.missingSpaces)),
    /// ln(1 + line breaks).
    LINE_BREAKS(text -> Math.log1p(text.lineBreaks)),
    /// Share of the characters that are digits.
    DIGITS(text -> text.digits / (double) Math.max(1, text.characters)),
    /// Share of the words that negate: not, never, can't …
    NEGATIONS(text -> text.perWord(text.negations)),
    /// ln(1 + question marks).
    QUESTIONS(text -> Math.log1p(text.questionMarks));

    private final ToDoubleFunction<TextSurface> value;

    SurfaceFeature(ToDoubleFunction<TextSurface> value) {
        this.value = value;
    }

    /// The column's name, for example `type-token-ratio`.
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    double of(TextSurface text) {
        return value.applyAsDouble(text);
    }
}
