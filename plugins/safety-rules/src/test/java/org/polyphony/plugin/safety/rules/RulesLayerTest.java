package org.polyphony.plugin.safety.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.polyphony.spi.preference.Candidates;
import org.polyphony.spi.safety.NormRule;
import org.polyphony.spi.safety.ReviewRequest;
import org.polyphony.spi.safety.SafetyLayer;
import org.polyphony.spi.safety.VerifiedContext;
import org.polyphony.spi.testkit.SafetyLayerContract;
import org.polyphony.spi.testkit.TestContext;

class RulesLayerTest implements SafetyLayerContract {

    private static final Rule DOSE = Rule.of(
                    "dose", "doses are for professionals", List.of("milligrams", "twice a day"))
            .when("role", "patient | journalist")
            .unless("training", "pharmacology");
    private static final Rule BRAND =
            Rule.of("brand", "no advertising", List.of("best brand")).when("jurisdiction", "de");
    private static final Candidates ANSWERS = Candidates.of(
            List.of("q1", "q2"),
            List.of("How much?", "Which one?"),
            List.of("a", "b", "c", "d"),
            List.of("Take 5 milligrams.", "Ask a doctor.", "The best brand, twice a day.", ""),
            new int[] {0, 2, 4});

    @Override
    public SafetyLayer layer() {
        return new RulesLayer();
    }

    @Override
    public TestContext context() {
        return TestContext.of(new RulesSettings(List.of(DOSE, BRAND)));
    }

    @Override
    public Optional<ReviewRequest> refused() {
        return Optional.of(new ReviewRequest(ANSWERS, new VerifiedContext(Map.of("role", "patient"))));
    }

    private static List<String> review(Candidates candidates, Map<String, String> claims, Rule... rules) {
        try (var context = TestContext.of(new RulesSettings(List.of(rules)))) {
            var request = context.share(new ReviewRequest(candidates, new VerifiedContext(claims)));
            var result = new RulesLayer().review(request, context);
            var refusals = new ArrayList<String>();
            for (int rule : result.rule().toInts()) {
                refusals.add(rule < 0 ? "" : result.rules().get(rule).id());
            }
            return refusals;
        }
    }

    private static Candidates texts(String... texts) {
        var ids = new ArrayList<String>();
        for (int i = 0; i < texts.length; i++) {
            ids.add("c" + i);
        }
        return Candidates.of(List.of("q"), List.of("?"), ids, List.of(texts), new int[] {0, texts.length});
    }

    @Test
    void review_refusal_saysWhoseNormItIsAndHowManySupportIt() {
        var grounds = new Grounds("doses are for professionals", "panel of 3 May", 84, 96);
        var rule = new Rule("dose", grounds, Situation.any(), DOSE.refused());
        try (var context = TestContext.of(new RulesSettings(List.of(rule, BRAND)))) {
            var result = layer().review(refused().orElseThrow(), context);
            assertThat(result.rules())
                    .containsExactly(
                            NormRule.of("dose", "doses are for professionals", "panel of 3 May")
                                    .with(new NormRule.Support(84, 96)),
                            NormRule.of("brand", "no advertising", "the study's authors"));
        }
        assertThatThrownBy(() -> new Grounds("why", "who", 3, 2)).hasMessageContaining("got 3 of 2");
        assertThatThrownBy(() -> new Grounds("why", " ", 0, 0)).hasMessageContaining("blank source");
    }

    @Test
    void review_verifiedClaims_chooseTheRules() {
        assertThat(review(ANSWERS, Map.of("role", "patient", "jurisdiction", "at"), DOSE, BRAND))
                .containsExactly("dose", "", "dose", "");
        assertThat(review(ANSWERS, Map.of("role", "pharmacist", "jurisdiction", "de"), DOSE, BRAND))
                .containsExactly("", "", "brand", "");
        assertThat(review(ANSWERS, Map.of("role", "journalist", "jurisdiction", "de"), BRAND, DOSE))
                .containsExactly("dose", "", "brand", "");
        assertThat(review(ANSWERS, Map.of("role", "pharmacist", "jurisdiction", "at"), DOSE, BRAND))
                .containsExactly("", "", "", "");
    }

    @Test
    void review_nothingVerified_meetsEveryRule() {
        assertThat(review(ANSWERS, Map.of(), DOSE, BRAND)).containsExactly("dose", "", "dose", "");
        assertThat(review(ANSWERS, Map.of(), BRAND)).containsExactly("", "", "brand", "");
    }

    @Test
    void review_exception_needsProof() {
        assertThat(review(ANSWERS, Map.of("role", "patient", "training", "pharmacology"), DOSE))
                .containsOnly("");
        assertThat(review(ANSWERS, Map.of("role", "patient", "training", "cooking"), DOSE))
                .contains("dose");
    }

    @Test
    void review_words_areFoundAsWords() {
        var rule = Rule.of("r", "test", List.of("Best Brand"));

        assertThat(review(
                        texts(
                                "the BEST   brand!",
                                "best-brand",
                                "ｂｅｓｔ\u00a0brand",
                                "be\u200bst brand",
                                "bestbrand",
                                "best brands",
                                "brand best",
                                ""),
                        Map.of(),
                        rule))
                .containsExactly("r", "r", "r", "r", "", "", "", "");
    }

    @Test
    void review_patterns_areSearchedWithoutCase() {
        var rule = new Rule(
                "r",
                Grounds.of("test"),
                Situation.any(),
                new Refused(Map.of(), List.of(), List.of(), List.of("\\b\\d+ ?mg\\b", "ÜBER")));

        assertThat(review(texts("take 5 MG now", "take 5mg", "5 mgs", "über", "under"), Map.of(), rule))
                .containsExactly("r", "r", "", "r", "");
    }

    @Test
    void review_itemsAndCandidates_narrowARule() {
        var control = new Rule(
                "r",
                Grounds.of("test"),
                Situation.any(),
                new Refused(Map.of("arm", "control"), List.of(), List.of(), List.of()));
        var named = new Rule(
                "r",
                Grounds.of("test"),
                Situation.any(),
                new Refused(Map.of("arm", "control | x"), List.of("a", "d"), List.of(), List.of()));
        var arms = ANSWERS.withItemAttribute("arm", List.of("difference", "control"));

        assertThat(review(arms, Map.of(), control)).containsExactly("", "", "r", "r");
        assertThat(review(arms, Map.of(), named)).containsExactly("", "", "", "r");
        assertThat(review(ANSWERS, Map.of(), named))
                .as("data without that attribute do not escape the rule")
                .containsExactly("r", "", "", "r");
    }

    @Test
    void review_allConditions_mustFit() {
        var rule = new Rule(
                "r",
                Grounds.of("test"),
                Situation.any(),
                new Refused(Map.of(), List.of("c0", "c1"), List.of("dose"), List.of("\\d")));

        assertThat(review(texts("dose 1", "dose one", "dose 2"), Map.of(), rule))
                .containsExactly("r", "", "");
    }

    /// Each pattern takes time exponential or cubic in the length of such texts if nothing stops it.
    @Test
    void review_patternThatBacktracks_refusesWhatItCannotDecide() {
        for (String pattern : List.of("(a+)+$", "(a|aa)+$", "(.*a){20}$", "^(([a-z])+.)+[A-Z]([a-z])+$", "(x+x+)+y")) {
            var rule = new Rule(
                    "r",
                    Grounds.of("test"),
                    Situation.any(),
                    new Refused(Map.of(), List.of(), List.of(), List.of(pattern)));
            String hard = (pattern.contains("x") ? "x" : "a").repeat(5_000) + "!";

            assertThat(review(texts(hard, "short"), Map.of(), rule).getFirst())
                    .as(pattern)
                    .isEqualTo("r");
        }
    }

    @Test
    void review_orderOfRules_changesNoDecision() {
        var random = new SplittableRandom(5);
        for (int n = 0; n < 60; n++) {
            var rules = new ArrayList<Rule>();
            for (int i = random.nextInt(1, 6); i > 0; i--) {
                rules.add(randomRule("r" + i, random));
            }
            var claims = Map.of("role", random.nextInt(2) == 0 ? "patient" : "nurse");
            var one = review(ANSWERS, claims, rules.toArray(Rule[]::new));
            Collections.shuffle(rules, new java.util.Random(n));
            var other = review(ANSWERS, claims, rules.toArray(Rule[]::new));
            assertThat(other.stream().map(String::isEmpty))
                    .isEqualTo(one.stream().map(String::isEmpty).toList());
        }
    }

    @Test
    void review_oneMoreRule_neverEnlarges() {
        var random = new SplittableRandom(6);
        for (int n = 0; n < 60; n++) {
            var rules = new ArrayList<Rule>();
            var before = review(ANSWERS, Map.of("role", "patient"));
            assertThat(before).containsOnly("");
            for (int i = 0; i < 5; i++) {
                rules.add(randomRule("r" + i, random));
                var after = review(ANSWERS, Map.of("role", "patient"), rules.toArray(Rule[]::new));
                for (int m = 0; m < after.size(); m++) {
                    if (!before.get(m).isEmpty()) {
                        assertThat(after.get(m)).isEqualTo(before.get(m));
                    }
                }
                before = after;
            }
        }
    }

    private static Rule randomRule(String id, SplittableRandom random) {
        var vocabulary = List.of("take", "ask", "best brand", "doctor", "twice", "5");
        var rule = Rule.of(id, "random", List.of(vocabulary.get(random.nextInt(vocabulary.size()))));
        return switch (random.nextInt(3)) {
            case 0 -> rule.when("role", "patient");
            case 1 -> rule.unless("role", "nurse");
            default -> rule;
        };
    }

    @Test
    void review_manyCandidates_sameOnAnyNumberOfThreads() {
        var many = new String[1_500];
        for (int i = 0; i < many.length; i++) {
            many[i] = i % 3 == 0 ? "take " + i + " milligrams" : "answer " + i;
        }
        var request = new ReviewRequest(texts(many), VerifiedContext.none());
        var settings = new RulesSettings(List.of(DOSE));
        try (var one = TestContext.of(settings).withThreads(1);
                var four = TestContext.of(settings).withThreads(4)) {
            var expected = new RulesLayer().review(request, one);
            var actual = new RulesLayer().review(request, four);

            assertThat(actual.rule().toInts()).isEqualTo(expected.rule().toInts());
            assertThat(actual.allowed().toBytes()).contains((byte) 0, (byte) 1);
        }
    }
}
