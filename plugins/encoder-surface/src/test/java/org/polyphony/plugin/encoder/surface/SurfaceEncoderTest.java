package org.polyphony.plugin.encoder.surface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.polyphony.spi.context.KeyedRandom;
import org.polyphony.spi.encoding.EncodeRequest;
import org.polyphony.spi.encoding.TextEncoder;
import org.polyphony.spi.testkit.TestContext;
import org.polyphony.spi.testkit.TextEncoderContract;

/// Expected values are counted by hand (self-computed).
class SurfaceEncoderTest implements TextEncoderContract {

    private static final String TEXT = "I don't agree: it isn't TRUE!! Why should 16 people, however rich, pay 3.5"
            + " times more? because you said so...";

    @Override
    public TextEncoder encoder() {
        return new SurfaceEncoder();
    }

    // 21 words in 3 sentences: the dot of 3.5 parts two words and ends no sentence
    @ParameterizedTest
    @CsvSource({
        "WORDS, 3.0910424533583156", // ln 22
        "LONG_WORDS, 1.0986122886681098", // ln 3: however, because
        "SENTENCES, 1.3862943611198906", // ln 4
        "LONGEST_SENTENCE, 2.4849066497880004", // ln 12: the second
        "SENTENCE_LENGTH, 2.0794415416798357", // ln 8
        "QUESTIONS, 0.6931471805599453", // ln 2
        "EXCLAMATIONS, 1.0986122886681098", // ln 3
        "COMMAS, 1.0986122886681098", // ln 3
        "COMMA_SHARE, 0.09523809523809523", // 2 / 21
        "TYPE_TOKEN_RATIO, 1",
        "ROOT_TYPE_TOKEN_RATIO, 4.58257569495584", // sqrt 21
        "LONG_WORD_SHARE, 0.09523809523809523",
        "FIRST_PERSON, 0.047619047619047616",
        "SECOND_PERSON, 0.047619047619047616",
        "THIRD_PERSON, 0",
        "FUNCTION_WORDS, 0.047619047619047616", // it
        "CONNECTIVES, 1.3862943611198906", // ln 4: however, because, so
        "NEGATIONS, 0.09523809523809523", // don't, isn't
        "LOWER_CASE_STARTS, 0.3333333333333333",
        "REPEATED_PUNCTUATION, 1.0986122886681098", // ln 3: !! and ...
        "MISSING_SPACES, 0",
        "CLOSED_END, 1",
        "LINK, 0"
    })
    void of_anEnglishText_isAsCountedByHand(SurfaceFeature feature, double expected) {
        assertThat(feature.of(TextSurface.of(TEXT))).isCloseTo(expected, within(1e-12));
    }

    @Test
    void of_marksAndCharacters_areAsCountedByHand() {
        var surface = TextSurface.of("Ab1 C, \"i dont\"(see www.x.org).go\n[2]");
        assertThat(surface.characters).isEqualTo(37);
        assertThat(surface.letters).isEqualTo(20);
        assertThat(surface.upperCase).isEqualTo(2);
        assertThat(surface.digits).isEqualTo(2);
        assertThat(surface.quotationMarks).isEqualTo(2);
        assertThat(surface.brackets).isEqualTo(2);
        assertThat(surface.lineBreaks).isEqualTo(1);
        assertThat(surface.lowerCaseI).isEqualTo(1);
        assertThat(surface.missingApostrophes).isEqualTo(1);
        assertThat(surface.missingSpaces).as("before x, org and go").isEqualTo(3);
        assertThat(surface.link).isTrue();
        assertThat(surface.closedEnd).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "'One. Two! Three? Four', 4",
        "'He said \"no.\" Then left.', 2",
        "'version 2.0 of e.g', 1",
        "'你好。再见。', 2",
        "'これは何？わからない！', 2",
        "'هل هذا صحيح؟ نعم.', 2",
        "'... !!! ???', 0",
        "'', 0",
        "'no end', 1"
    })
    void of_sentences_areCounted(String text, int sentences) {
        assertThat(TextSurface.of(text).sentences).isEqualTo(sentences);
    }

    @Test
    void vector_textWithoutWords_isZeroButForItsLength() {
        for (var text : List.of("", "   ", "\n", "🙂🙂")) {
            var surface = TextSurface.of(text);
            for (var feature : SurfaceFeature.values()) {
                if (feature != SurfaceFeature.CHARACTERS && feature != SurfaceFeature.LINE_BREAKS) {
                    assertThat(feature.of(surface))
                            .as("%s of '%s'", feature, text)
                            .isZero();
                }
            }
        }
    }

    /// Shares stay shares and nothing fails, whatever the code points.
    @Test
    void vector_randomCodePoints_isFiniteAndInRange() {
        var shares = List.of(
                SurfaceFeature.DIGITS,
                SurfaceFeature.UPPER_CASE,
                SurfaceFeature.TYPE_TOKEN_RATIO,
                SurfaceFeature.LONG_WORD_SHARE,
                SurfaceFeature.FUNCTION_WORDS,
                SurfaceFeature.MISSING_APOSTROPHES,
                SurfaceFeature.FIRST_PERSON,
                SurfaceFeature.NEGATIONS,
                SurfaceFeature.LOWER_CASE_STARTS);
        for (int seed = 0; seed < 2000; seed++) {
            var random = KeyedRandom.of(seed, "text", 0);
            var text = IntStream.range(0, random.nextInt(60))
                    .map(_ -> random.nextBoolean() ? 32 + random.nextInt(95) : random.nextInt(0x110000))
                    .mapToObj(Character::toString)
                    .collect(Collectors.joining());
            var vector = SurfaceEncoder.vector(text);
            assertThat(Arrays.stream(vector).allMatch(value -> Double.isFinite(value) && value >= 0))
                    .as("seed %s", seed)
                    .isTrue();
            var surface = TextSurface.of(text);
            for (var share : shares) {
                assertThat(share.of(surface)).as("%s, seed %s", share, seed).isBetween(0.0, 1.0);
            }
        }
    }

    @Test
    void encode_moreTextsThanAChunk_putsEachInItsRow() {
        var texts = IntStream.range(0, 1000).mapToObj("word "::repeat).toList();
        try (var context = TestContext.create()) {
            var features = encoder().encode(new EncodeRequest(texts), context).features();
            for (int i = 0; i < texts.size(); i++) {
                assertThat(features.at(i, 1)).isEqualTo(Math.log1p(i));
            }
        }
    }

    @Test
    void label_ofEveryColumn_isInTheReference() throws Exception {
        var reference = Files.readString(Path.of("../../docs/reference/encoders.md"));
        for (int d = 0; d < SurfaceEncoder.COLUMNS.size(); d++) {
            assertThat(reference)
                    .contains("| " + d + " | `" + SurfaceEncoder.COLUMNS.get(d).label() + "` |");
        }
    }
}
