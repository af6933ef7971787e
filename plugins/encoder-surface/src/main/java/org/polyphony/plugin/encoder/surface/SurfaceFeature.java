package org.polyphony.plugin.encoder.surface;

import java.util.Locale;
import java.util.function.ToDoubleFunction;

/// One column of the encoding. Counts that grow with a text are logarithms, everything else is a mean or a share,
/// so that no column is a copy of the length. Where there is nothing to divide by, a share is 0.
public enum SurfaceFeature {
    /// ln(1 + words).
    WORDS(text -> Math.log1p(text.words())),
    /// ln(1 + characters), spaces included.
    CHARACTERS(text -> Math.log1p(text.characters())),
    /// Mean characters of a word.
    WORD_LENGTH(text -> ratio(text.wordCharacters(), text.words())),
    /// ln(1 + sentences).
    SENTENCES(text -> Math.log1p(text.sentences())),
    /// Mean words of a sentence.
    SENTENCE_LENGTH(text -> ratio(text.words(), text.sentences())),
    /// Question marks per sentence.
    QUESTIONS(text -> ratio(text.questionMarks(), text.sentences())),
    /// Exclamation marks per sentence.
    EXCLAMATIONS(text -> ratio(text.exclamationMarks(), text.sentences())),
    /// Commas per word.
    COMMAS(text -> ratio(text.commas(), text.words())),
    /// Share of the characters that are digits.
    DIGITS(text -> ratio(text.digits(), text.characters())),
    /// Share of the letters that are upper case.
    UPPER_CASE(text -> ratio(text.upperCase(), text.letters())),
    /// Different words divided by words, whatever their case.
    TYPE_TOKEN_RATIO(text -> ratio(text.differentWords(), text.words())),
    /// Share of the words that have seven characters or more.
    LONG_WORDS(text -> ratio(text.longWords(), text.words())),
    /// Share of the words that speak of the writer: I, we and their forms.
    FIRST_PERSON(text -> ratio(text.firstPerson(), text.words())),
    /// Share of the words that speak to the reader: you and its forms.
    SECOND_PERSON(text -> ratio(text.secondPerson(), text.words())),
    /// Share of the words that speak of others: he, she, they and their forms.
    THIRD_PERSON(text -> ratio(text.thirdPerson(), text.words())),
    /// Share of the words that tie an argument together: because, however, therefore …
    CONNECTIVES(text -> ratio(text.connectives(), text.words())),
    /// Share of the words that negate: not, never, can't …
    NEGATIONS(text -> ratio(text.negations(), text.words())),
    /// Share of the sentences that start with a lower-case letter.
    LOWER_CASE_STARTS(text -> ratio(text.lowerCaseStarts(), text.sentences())),
    /// Runs of two or more marks such as `!!`, `?!` or `...`, per sentence.
    REPEATED_PUNCTUATION(text -> ratio(text.repeatedPunctuation(), text.sentences()));

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

    private static double ratio(int count, int of) {
        return count / (double) Math.max(1, of);
    }
}
