package org.polyphony.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// The laws of composition: `final = universal ∧ contextual₁ ∧ … ∧ contextualₙ`.
class CandidateMaskTest {

    private static final List<String> TEXTS =
            List.of("Good morning", "how to poison someone", "Good night", "kill all immigrants", "Good day");

    private static final CandidateMask UNIVERSAL =
            UniversalConstraints.shipped().review(TEXTS, new boolean[] {false, false, true, false, false});

    /// Every way in which three layers can allow or refuse these candidates, against the conjunction itself.
    @Test
    void narrow_everySmallWorld_isTheConjunction() {
        int size = TEXTS.size();
        for (int world = 0; world < (1 << (3 * size)); world++) {
            var mask = UNIVERSAL;
            for (int layer = 0; layer < 3; layer++) {
                var answers = review(world >> (layer * size), size, "rule" + layer);
                mask = mask.narrow("layer" + layer, () -> answers);
            }
            int refusedByAny = world | (world >> size) | (world >> (2 * size));
            for (int i = 0; i < size; i++) {
                boolean expected = UNIVERSAL.allowed(i) && ((refusedByAny >> i) & 1) == 0;
                if (mask.allowed(i) != expected) {
                    throw new AssertionError("world " + world + ", candidate " + i);
                }
            }
        }
    }

    @Test
    void narrow_anyLayer_neverEnlarges() {
        var random = new SplittableRandom(17);
        for (int n = 0; n < 5_000; n++) {
            var before = UNIVERSAL;
            for (int layer = random.nextInt(4); layer >= 0; layer--) {
                var after = before.narrow("layer", randomLayer(random)::get);
                for (int i = 0; i < before.size(); i++) {
                    assertThat(after.allowed(i)).isIn(before.allowed(i), false);
                    assertThat(after.objections(i)).containsAll(before.objections(i));
                }
                before = after;
            }
        }
    }

    @Test
    void narrow_orderOfLayers_makesNoDifference() {
        var random = new SplittableRandom(18);
        for (int n = 0; n < 5_000; n++) {
            var layers = new ArrayList<Layer>();
            for (int i = random.nextInt(1, 5); i > 0; i--) {
                layers.add(randomLayer(random));
            }
            var one = compose(layers);
            Collections.shuffle(layers, new java.util.Random(random.nextLong()));
            var other = compose(layers);
            for (int i = 0; i < TEXTS.size(); i++) {
                assertThat(other.objections(i)).isEqualTo(one.objections(i));
            }
        }
    }

    @Test
    void narrow_refusalOfUniversal_keepsItsRule() {
        var mask = UNIVERSAL.narrow("norms", () -> List.of("N1", "N1", "", "", ""));

        assertThat(mask.objections(0)).containsExactly("N1");
        assertThat(mask.objections(1)).containsExactly("N1", "S1.violent-crime");
        assertThat(mask.objections(3)).containsExactly("S10.hate");
        assertThat(mask.allowed(4)).isTrue();
    }

    @Test
    void narrow_anotherNumberOfAnswers_refusesEverything() {
        for (int answers = 0; answers < 9; answers++) {
            var review = review(0, answers, "");
            assertThat(UNIVERSAL.narrow("norms", () -> review).count()).isEqualTo(answers == TEXTS.size() ? 2 : 0);
        }
    }

    private static CandidateMask compose(List<Layer> layers) {
        var mask = UNIVERSAL;
        for (Layer layer : layers) {
            mask = mask.narrow(layer.name(), layer::get);
        }
        return mask;
    }

    private record Layer(String name, List<String> answers, boolean crashes) {
        List<String> get() {
            if (crashes) {
                throw new IllegalStateException("down");
            }
            return answers;
        }
    }

    private static Layer randomLayer(SplittableRandom random) {
        String name = "L" + random.nextInt(5);
        int answers = random.nextInt(8) == 0 ? random.nextInt(8) : TEXTS.size();
        return new Layer(name, review(random.nextInt(), answers, name), random.nextInt(10) == 0);
    }

    private static List<String> review(int bits, int size, String rule) {
        var answers = new ArrayList<String>();
        for (int i = 0; i < size; i++) {
            answers.add(((bits >> i) & 1) == 0 ? "" : rule);
        }
        return answers;
    }
}
