package org.polyphony.plugin.evaluator.preferences.fit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.polyphony.preferences.Pairs;
import org.polyphony.preferences.PairsBuilder;
import org.polyphony.preferences.Parallel;

/// Nothing that is said of a judge was learned from that judge.
final class FoldPathTest {
    private static final int JUDGES = 30;
    private static final int FOLDS = 3;
    private static final double[] PATH = {Double.POSITIVE_INFINITY, 3};

    private static Pairs pairs(int flippedFold) {
        SplittableRandom random = new SplittableRandom(4);
        PairsBuilder builder = Pairs.builder(new int[] {3, 3}, JUDGES, 2);
        for (int judge = 0; judge < JUDGES; judge++) {
            for (int n = 0; n < 8; n++) {
                int first = random.nextInt(3);
                int second = (first + 1 + random.nextInt(2)) % 3;
                double said = random.nextInt(2);
                double outcome = judge % FOLDS == flippedFold ? 1 - said : said;
                builder.pair(n % 2, first, second, outcome, judge, judge / FOLDS % 2, 1);
            }
        }
        return builder.build();
    }

    private static double[][] predictions(Pairs pairs) {
        int[] folds = new int[JUDGES];
        java.util.Arrays.setAll(folds, judge -> judge % FOLDS);
        FoldPath path = FoldPath.of(pairs, folds, FOLDS, 0.3, PATH, Parallel.SEQUENTIAL);
        var fits = path.fit(pairs.groupOfRow(), Parallel.SEQUENTIAL);
        return new double[][] {path.predictPopulation(), path.predict(fits, 1)};
    }

    @Test
    void predict_answersOfTheHeldOutJudges_doNotMatterForThemAndDoForOthers() {
        Pairs pairs = pairs(-1);
        double[][] before = predictions(pairs);
        double[][] after = predictions(pairs(1));
        for (int model = 0; model < before.length; model++) {
            int changed = 0;
            for (int row = 0; row < pairs.size(); row++) {
                if (pairs.judge(row) % FOLDS == 1) {
                    assertThat(after[model][row]).isEqualTo(before[model][row]);
                } else {
                    changed += after[model][row] != before[model][row] ? 1 : 0;
                }
            }
            assertThat(changed).as("others learn from them").isPositive();
        }
    }
}
