package org.polyphony.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which texts hold the phrases of a constraint, made anew for every text.
class PhraseIndexTest {

    private static boolean breaks(Constraint constraint, String text) {
        var broken = new TreeSet<String>();
        new PhraseIndex(List.of(constraint)).search(Skeleton.WORDS.tokens(text), broken);
        return broken.contains(constraint.id());
    }

    private static Constraint phrase(String phrase) {
        return new Constraint("X1.test", "a test", 5, List.of(List.of(phrase)));
    }

    @ParameterizedTest
    @CsvSource({
        "herbal tea, I like herbal tea, true",
        "herbal tea, I like tea herbal, false",
        "herbal tea, that is herbal, false", // cut off before its end
        "herbal tea, herbals tea, false",
        "herbal tea, herbal teapot, false",
        "herbal tea*, herbal teapot, true",
        "herbal tea*, herbals teapot, false",
        "herb* tea, herbal tea, true",
        "herb* tea, herbal coffee, false",
        "herb* tea, her tea, false",
        // written without spaces: only in words of twelve letters and more
        "herbal tea, ourherbaltea, true",
        "herbal tea, myherbaltea, false",
        "hot tea, ilovehotteaalways, true", // letters repeated across words are one
        // phrases of four letters and more: shorter ones occur by chance
        "teas, whatlovelyteaspoons, true",
        "tea, whatlovelyteaspoons, false",
        "herbal tea, h e r b a l t e a, true",
        "tea, s t e a m, false"
    })
    void search_phrase_isFoundWhereItIs(String phrase, String text, boolean found) {
        assertThat(breaks(phrase(phrase), text)).isEqualTo(found);
    }

    @ParameterizedTest
    @CsvSource({
        "alpha and and omega, true",
        "alpha and and and omega, false",
        "omega and and alpha, true",
        "omega and and and alpha, false",
        "alpha and and and and omega and alpha, true", // the closer one counts
        "alpha, false",
        "omega, false",
        "and and and and omega, false"
    })
    void search_groups_areTogetherWithinTheirWords(String text, boolean found) {
        var both = new Constraint("X1.test", "a test", 3, List.of(List.of("alpha"), List.of("never", "omega")));

        assertThat(breaks(both, text)).isEqualTo(found);
    }
}
