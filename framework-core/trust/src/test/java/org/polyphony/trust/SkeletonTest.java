package org.polyphony.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How texts are folded and cut, both ways; i stands for l, and a letter repeated for the letter.
class SkeletonTest {

    @ParameterizedTest
    @CsvSource({
        "pipe-bomb, pipe bomb",
        "'ab.cd\tef', ab cd ef",
        "b@d ca$h, bad cash",
        "pa!n pa|n, pain pain",
        "stop! now| , stop now",
        "pain!, pain",
        "bo\u0001mb, bomb",
        "bo\u115fm\u1160b\u3164s\uffa0, bombs",
        "ab\u4e2d\u6587cd, ab \u4e2d \u6587 cd",
        "'e\u0301te\u0301', ete",
        "bo\u200bm\u00adb, bomb",
        "BOOOMB, bomb",
        "hello, heio",
        "\ud83d\ude00wow\ud83d\ude00yes, wow yes"
    })
    void tokens_words(String text, String expected) {
        assertThat(texts(Skeleton.WORDS, text)).containsExactly(expected.split(" ", -1));
    }

    @ParameterizedTest
    @CsvSource({
        "pipe-bomb, pipebomb",
        "'ab.cd\tef', abcd ef",
        "ab\u00a0cd, ab cd",
        "b@d ca$h, bd cah",
        "pa!n, pan",
        "b.om-b \ud83d\ude00 now, bomb now",
        "ab\u4e2dcd, ab \u4e2d cd"
    })
    void tokens_glued(String text, String expected) {
        assertThat(texts(Skeleton.GLUED, text)).containsExactly(expected.split(" ", -1));
    }

    /// Three single letters are a word spelled out, two are not; a character of a script without spaces is none.
    @Test
    void tokens_spelledOut_areOneWord() {
        assertThat(Skeleton.WORDS.tokens("a t e it")).containsExactly(token("ate", true), token("it", false));
        assertThat(Skeleton.WORDS.tokens("it a t e")).containsExactly(token("it", false), token("ate", true));
        assertThat(Skeleton.WORDS.tokens("a t it"))
                .containsExactly(token("a", false), token("t", false), token("it", false));
        assertThat(Skeleton.WORDS.tokens("b o o m")).containsExactly(token("bom", true));
        assertThat(texts(Skeleton.WORDS, "\u4e2d\u6587\u4e2d")).hasSize(3);
    }

    @Test
    void fold_besideAscii_isTheCharacterItself() {
        assertThat(Confusables.fold(127)).isEqualTo("\u007f");
        assertThat(Confusables.fold(128)).isEqualTo("\u0080");
    }

    private static Skeleton.Token token(String text, boolean spelled) {
        return new Skeleton.Token(text, spelled);
    }

    private static List<String> texts(Skeleton skeleton, String text) {
        return skeleton.tokens(text).stream().map(Skeleton.Token::text).toList();
    }
}
