package org.polyphony.plugin.source.generated;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.polyphony.preferences.JudgeSplit;
import org.polyphony.preferences.JudgmentPairs;
import org.polyphony.preferences.Pairs;
import org.polyphony.preferences.Parallel;
import org.polyphony.preferences.Ties;
import org.polyphony.preferences.model.ModelSpec;
import org.polyphony.preferences.score.CrossValidation;
import org.polyphony.preferences.score.Gain;
import org.polyphony.preferences.score.Interval;
import org.polyphony.spi.preference.Judgments;
import org.polyphony.spi.preference.SourceRequest;
import org.polyphony.spi.testkit.TestContext;

/// Whether the default data say what they are meant to say: groups and cycles that held-out judges confirm in one
/// arm, and neither in the other.
class RecoveryTest {

    private static final int FOLDS = 5;
    private static final TestContext CONTEXT = TestContext.forPlugin(new GeneratedSource());

    private static Pairs pairs = Pairs.builder(new int[0], 0, 0).build();
    private static int[] folds = new int[0];
    private static double[] population = new double[0];
    private static List<String> arms = List.of();

    @BeforeAll
    static void generate() {
        Judgments judgments =
                new GeneratedSource().read(new SourceRequest("."), CONTEXT).judgments();
        arms = judgments.candidates().attributes().ofItems().getFirst().values();
        pairs = JudgmentPairs.of(judgments, 4, n -> judgments.level(n, 0), n -> 1)
                .pairs();
        folds = JudgeSplit.parts(judgments.judges().ids(), FOLDS);
        population = predict(new ModelSpec.Population(ModelSpec.POPULATION_RIDGE, Ties.HALF));
    }

    @AfterAll
    static void close() {
        CONTEXT.close();
    }

    @Test
    void groups_inTheDifferenceArmOnly_foretellHeldOutJudges() {
        double[] groups = predict(new ModelSpec.ShrunkGroups(ModelSpec.POPULATION_RIDGE, 3, Ties.HALF));
        assertThat(gain(population, groups, "difference").low()).isGreaterThan(0.02);
        assertThat(gain(population, groups, "control").low()).isLessThan(0);
    }

    @Test
    void cycles_inTheDifferenceArmOnly_foretellHeldOutJudges() {
        double[] groups = predict(new ModelSpec.ShrunkGroups(ModelSpec.POPULATION_RIDGE, 3, Ties.HALF));
        double[] planes = predict(new ModelSpec.SkewBilinear(1, ModelSpec.POPULATION_RIDGE, 3, 3, Ties.HALF));
        assertThat(gain(groups, planes, "difference").low()).isGreaterThan(0.005);
        assertThat(gain(groups, planes, "control").low()).isLessThan(0);
    }

    private static double[] predict(ModelSpec model) {
        return CrossValidation.predict(pairs, folds, FOLDS, model, Parallel.SEQUENTIAL);
    }

    private static Interval gain(double[] base, double[] model, String arm) {
        IntPredicate rows = row -> arms.get(pairs.item(row)).equals(arm);
        return Gain.of(pairs, base, model, rows, 200, 1).nats();
    }
}
