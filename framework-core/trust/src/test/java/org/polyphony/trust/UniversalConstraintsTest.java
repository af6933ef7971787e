package org.polyphony.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class UniversalConstraintsTest {

    private static final UniversalConstraints SHIPPED = UniversalConstraints.shipped();

    static Stream<Arguments> examples() {
        return Examples.REFUSED.entrySet().stream()
                .flatMap(entry -> entry.getValue().stream().map(text -> Arguments.of(entry.getKey(), text)));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void check_example_isRefusedByItsConstraint(String id, String text) {
        assertThat(SHIPPED.check(text)).isInstanceOfSatisfying(Refuse.class, refuse -> {
            assertThat(refuse.ruleId()).isEqualTo(id);
            assertThat(refuse.reason()).isNotBlank().doesNotContain(text);
            assertThat(SHIPPED.sets().getFirst().constraints())
                    .filteredOn(constraint -> constraint.id().equals(id))
                    .extracting(Constraint::reason)
                    .containsExactly(refuse.reason());
        });
    }

    @Test
    void shipped_readAgain_isTheSameSet() {
        assertThat(UniversalConstraints.shipped().sets()).isEqualTo(SHIPPED.sets());
        assertThat(UniversalConstraints.shipped().check("Good morning")).hasToString("Allow");
    }

    static List<String> harmless() {
        return Examples.ALLOWED;
    }

    @ParameterizedTest
    @MethodSource("harmless")
    void check_harmlessText_isAllowed(String text) {
        assertThat(SHIPPED.check(text))
                .isInstanceOfSatisfying(
                        Allow.class, allow -> assertThat(allow.text()).isEqualTo(text));
    }

    @Test
    void shipped_everyHazardAndEveryConstraintHasAnExample() {
        var constraints = SHIPPED.sets().getFirst().constraints();

        assertThat(constraints)
                .extracting(Constraint::id)
                .containsExactlyInAnyOrderElementsOf(Examples.REFUSED.keySet());
        var hazards = new TreeSet<String>();
        constraints.forEach(constraint ->
                hazards.add(constraint.id().substring(0, constraint.id().indexOf('.'))));
        for (int hazard = 1; hazard <= 14; hazard++) {
            assertThat(hazards).contains("S" + hazard);
        }
        assertThat(hazards).hasSize(14);
    }

    @Test
    void check_phrasesFarApart_areNotTogether() {
        var far = "how to " + "bake good bread at home ".repeat(5) + "and hide a pipe bomb";

        assertThat(SHIPPED.check("how to hide a pipe bomb").allowed()).isFalse();
        assertThat(SHIPPED.check(far).allowed()).isTrue();
    }

    @Test
    void check_textInsideLongHarmlessText_isFound() {
        var padding = "This sentence is about gardens and rivers. ".repeat(2_000);

        assertThat(SHIPPED.check(padding).allowed()).isTrue();
        assertThat(SHIPPED.check(padding + "how to poison someone. " + padding).allowed())
                .isFalse();
    }

    @Test
    void check_nothing_isRefused() {
        assertThat(SHIPPED.check(null))
                .isEqualTo(new Refuse(UniversalConstraints.NO_TEXT, "there is no text to check"));
    }

    @Test
    void check_oversizedText_isRefused() {
        var longest = "a ".repeat(UniversalConstraints.LONGEST_TEXT / 2);

        assertThat(SHIPPED.check(longest).allowed()).isTrue();
        assertThat(ruleOf(SHIPPED.check(longest + "a"))).isEqualTo(UniversalConstraints.TOO_LONG);
    }

    @Test
    void check_halfSurrogates_areRefused() {
        assertThat(ruleOf(SHIPPED.check("abc \ud83d def"))).isEqualTo(UniversalConstraints.MALFORMED);
        assertThat(ruleOf(SHIPPED.check("abc \ude00\ud83d"))).isEqualTo(UniversalConstraints.MALFORMED);
        for (String half : List.of("\ud800", "\udbff", "\udc00", "\udfff")) {
            assertThat(ruleOf(SHIPPED.check(half))).isEqualTo(UniversalConstraints.MALFORMED);
        }
        for (String whole : List.of("abc \ud83d\ude00", "\ud7ff", "\ue000")) {
            assertThat(SHIPPED.check(whole).allowed()).isTrue();
        }
    }

    @Test
    void check_encodedTooDeeply_isRefused() {
        String text = "Good morning, dear reader of this small test";
        for (int depth = 0; depth < UniversalConstraints.DEEPEST_ENCODING; depth++) {
            text = base64(text);
            assertThat(SHIPPED.check(text).allowed()).isTrue();
        }
        assertThat(ruleOf(SHIPPED.check(base64(text)))).isEqualTo(UniversalConstraints.TOO_DEEP);
    }

    @Test
    void check_declaredUnsafe_canOnlyAddARefusal() {
        assertThat(ruleOf(SHIPPED.check("Good morning", true))).isEqualTo(UniversalConstraints.DECLARED_UNSAFE);
        assertThat(SHIPPED.check("Good morning", false).allowed()).isTrue();
        assertThat(SHIPPED.check("instructions for a pipe bomb", false).allowed())
                .isFalse();
    }

    @Test
    void and_anotherSet_refusesMoreAndNothingLess() {
        var more = SHIPPED.and(ConstraintSetTest.set("extra", "X1.tea", "herbal tea"));

        assertThat(ruleOf(more.check("I like herbal tea"))).isEqualTo("X1.tea");
        assertThat(SHIPPED.check("I like herbal tea").allowed()).isTrue();
        for (String text : Examples.refused()) {
            assertThat(more.check(text).allowed()).isFalse();
        }
        assertThat(more.sets()).hasSize(2);
    }

    @Test
    void and_orderOfSets_makesNoDifference() {
        var a = ConstraintSetTest.set("a", "X1.tea", "herbal tea");
        var b = ConstraintSetTest.set("b", "X2.tea", "tea");
        for (String text : List.of("herbal tea", "green tea", "coffee", "how to poison someone with tea")) {
            assertThat(SHIPPED.and(a).and(b).check(text).toString())
                    .isEqualTo(SHIPPED.and(b).and(a).check(text).toString());
        }
    }

    @Test
    void and_idThatIsTaken_isAnError() {
        var rival = ConstraintSetTest.set("rival", "S9.weapons", "nothing anyone says");

        assertThatThrownBy(() -> SHIPPED.and(rival))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("S9.weapons");
    }

    @Test
    void review_flagsAndTexts_makeTheMask() {
        var mask = SHIPPED.review(
                List.of("Good morning", "how to poison someone", "Good night"), new boolean[] {false, false, true});

        assertThat(mask.toArray()).containsExactly(true, false, false);
        assertThat(mask.objections(1)).containsExactly("S1.violent-crime");
        assertThat(mask.objections(2)).containsExactly(UniversalConstraints.DECLARED_UNSAFE);
        assertThat(mask.count()).isEqualTo(1);
    }

    @Test
    void review_flagsThatDoNotFit_refuseEverything() {
        assertThat(SHIPPED.review(List.of("Good morning", "Good night"), new boolean[] {false})
                        .count())
                .isZero();
    }

    @Test
    void review_missingText_isRefused() {
        assertThat(SHIPPED.review(Arrays.asList("Good morning", null), new boolean[2])
                        .toArray())
                .containsExactly(true, false);
    }

    /// Every decision is the same function of the text alone, whatever was checked before and on however many
    /// threads.
    @Test
    void check_manyThreads_decideAlike() {
        var texts = new ArrayList<>(Examples.refused());
        texts.addAll(Examples.ALLOWED);
        var random = new SplittableRandom(5);
        var sample = random.ints(2_000, 0, texts.size()).boxed().toList();

        var alone =
                sample.stream().map(n -> SHIPPED.check(texts.get(n)).toString()).toList();
        var together = sample.parallelStream()
                .map(n -> UniversalConstraintsTest.SHIPPED.check(texts.get(n)).toString())
                .toList();

        assertThat(together).isEqualTo(alone);
    }

    static String ruleOf(Decision decision) {
        return decision instanceof Refuse refuse ? refuse.ruleId() : "allowed";
    }

    static String base64(String text) {
        return java.util.Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
