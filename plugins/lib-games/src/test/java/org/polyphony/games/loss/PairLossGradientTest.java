package org.polyphony.games.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PairLossGradientTest {

    private static final double STEP = 1e-5;

    static Stream<Arguments> losses() {
        var robust = PairLoss.groupRobust(PairLoss.dpo(0.5), 3);
        return Stream.of(
                Arguments.of("DPO", PairLoss.dpo(0.7)),
                Arguments.of("smoothed DPO", new LogisticLoss(0.7, Anchor.REFERENCE, 0.2)),
                Arguments.of("iterative DPO", PairLoss.iterativeDpo(1.3)),
                Arguments.of("IPO", PairLoss.ipo(0.4)),
                Arguments.of("iterative IPO", PairLoss.iterativeIpo(2)),
                Arguments.of("INPO", PairLoss.inpo(2, 0.2)),
                Arguments.of("soft INPO", MarginRegression.of(2, 0.2).withTarget(MarginRegression.Target.SOFT)),
                Arguments.of("TD-MNPO", PairLoss.mnpo(2, 0.2, 0.3, 0.7)),
                Arguments.of("SPPO", PairLoss.sppo(3)),
                Arguments.of("SPPO single", new SppoLoss(3, SppoLoss.Rate.AGAINST_EACH_OTHER)),
                Arguments.of("hinge", new HingeLoss(0.9, Anchor.LAST)),
                Arguments.of("DNO", PairLoss.dno(1.5)),
                Arguments.of("SafeDPO", PairLoss.safeDpo(0.6, 2)),
                Arguments.of("robust DPO", robust),
                Arguments.of("robust IPO", new GroupRobustLoss(PairLoss.ipo(0.4), new double[] {0.2, 0.7, 0.1})));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("losses")
    void gradient_seededPairs_isWhatDifferencesSay(String name, PairLoss loss) {
        var random = new SplittableRandom(name.hashCode());
        for (int round = 0; round < 50; round++) {
            var batch = SafeDpoLoss.transform(RandomPairs.next(random, 12));
            var losses = loss.evaluate(batch);
            for (int n = 0; n < batch.size(); n++) {
                var about = name + ", round " + round + ", pair " + n;
                assertClose(losses.gradient().chosen()[n], slope(loss, batch, n, true), about);
                assertClose(losses.gradient().rejected()[n], slope(loss, batch, n, false), about);
            }
        }
    }

    private static double slope(PairLoss loss, PairBatch batch, int n, boolean chosen) {
        return (moved(loss, batch, n, chosen, STEP) - moved(loss, batch, n, chosen, -STEP)) / (2 * STEP);
    }

    private static double moved(PairLoss loss, PairBatch batch, int n, boolean chosen, double by) {
        var policy = new PairValues(
                batch.policy().chosen().clone(), batch.policy().rejected().clone());
        (chosen ? policy.chosen() : policy.rejected())[n] += by;
        return loss.evaluate(batch.withPolicy(policy)).loss()[n];
    }

    private static void assertClose(double found, double expected, String about) {
        assertThat(found).as(about).isCloseTo(expected, within(1e-7 * Math.max(1, Math.abs(expected))));
    }

    @Test
    void softLabels_areTheMeanOfHardOnes() {
        var batch = RandomPairs.next(new SplittableRandom(4), 30);
        double[] win = batch.winProbability().orElseThrow();
        var hard = MarginRegression.of(2, 0.3);
        var soft = hard.withTarget(MarginRegression.Target.SOFT);
        var other = batch.arranged(indices(30), all(30));

        for (int n = 0; n < 30; n++) {
            double mean = win[n] * hard.evaluate(batch).gradient().chosen()[n]
                    + (1 - win[n]) * hard.evaluate(other).gradient().rejected()[n];
            assertThat(soft.evaluate(batch).gradient().chosen()[n]).isCloseTo(mean, within(1e-12));
        }
    }

    @Test
    void reward_ofAFittedPolicy_isThePreference() {
        // log pi = log pi_t + s (rate - 1/2): every loss with a step is at its minimum
        var random = new SplittableRandom(9);
        var last = RandomPairs.values(random, 5, -4, 0);
        var rate = RandomPairs.values(random, 5, 0, 1);
        var policy = PairValues.zeros(5);
        for (int n = 0; n < 5; n++) {
            policy.chosen()[n] = last.chosen()[n] + 2.5 * (rate.chosen()[n] - 0.5);
            policy.rejected()[n] = last.rejected()[n] + 2.5 * (rate.rejected()[n] - 0.5);
        }
        var batch = PairBatch.of(policy).withHistory(last).withWinRate(rate);
        for (var loss : List.of(PairLoss.sppo(2.5), PairLoss.dno(2.5))) {
            var losses = loss.evaluate(batch);

            for (int n = 0; n < 5; n++) {
                assertThat(losses.reward().difference(n)).isCloseTo(rate.difference(n), within(1e-12));
                assertThat(losses.gradient().chosen()[n]).isCloseTo(0, within(1e-12));
            }
        }
    }

    @Test
    void nashMd_expectedOverThePolicy_isTheGradientOfTheRegularisedGame() {
        // one token per response: d/df of tau KL(pi || mu) - sum_y pi(y) P(y), pi the soft-max of f
        double[] f = {0.3, -0.8, 0.5};
        double[] mu = {Math.log(0.2), Math.log(0.5), Math.log(0.3)};
        double[] win = {0.7, 0.4, 0.45};
        double tau = 0.3;
        double[] logPolicy = logSoftmax(f);
        var tokens =
                new NashMdLoss(tau).evaluate(column(logPolicy), column(mu), win).gradient();
        for (int i = 0; i < 3; i++) {
            double expected = 0;
            for (int y = 0; y < 3; y++) {
                double score = (y == i ? 1 : 0) - Math.exp(logPolicy[i]);
                expected += Math.exp(logPolicy[y]) * tokens[y][0] * score;
            }
            double difference =
                    (objective(f, i, STEP, mu, win, tau) - objective(f, i, -STEP, mu, win, tau)) / (2 * STEP);
            assertThat(expected).isCloseTo(difference, within(1e-9));
        }
    }

    private static double objective(double[] f, int i, double by, double[] mu, double[] win, double tau) {
        double[] moved = f.clone();
        moved[i] += by;
        double[] logPolicy = logSoftmax(moved);
        double sum = 0;
        for (int y = 0; y < 3; y++) {
            sum += Math.exp(logPolicy[y]) * (tau * (logPolicy[y] - mu[y]) - win[y]);
        }
        return sum;
    }

    @Test
    void groupRobust_uniformWeights_meanIsTheMeanOfTheGroupLosses() {
        var batch = RandomPairs.next(new SplittableRandom(12), 40);
        var robust = PairLoss.groupRobust(PairLoss.ipo(0.5), 3);

        double mean = Arrays.stream(robust.groupLosses(batch)).average().orElseThrow();

        assertThat(robust.evaluate(batch).mean()).isCloseTo(mean, within(1e-10));
    }

    @Test
    void groupRobust_updated_followsTheExponentiatedGradient() {
        var batch = RandomPairs.next(new SplittableRandom(13), 40);
        var robust = new GroupRobustLoss(PairLoss.dpo(0.5), new double[] {0.2, 0.5, 0.3});
        double[] losses = robust.groupLosses(batch);
        double total = 0;
        for (int g = 0; g < 3; g++) {
            total += robust.weights()[g] * Math.exp(0.7 * losses[g]);
        }

        double[] updated = robust.updated(batch, 0.7).weights();

        for (int g = 0; g < 3; g++) {
            assertThat(updated[g]).isCloseTo(robust.weights()[g] * Math.exp(0.7 * losses[g]) / total, within(1e-15));
        }
    }

    @Test
    void groupRobust_hugeLosses_weightsStayFinite() {
        var far = new PairValues(new double[] {-5000, -1}, new double[] {-1, -5000});
        var batch = PairBatch.of(far).withReference(PairValues.zeros(2)).withGroups(0, 1);

        double[] weights =
                PairLoss.groupRobust(PairLoss.ipo(0.01), 2).updated(batch, 1).weights();

        assertThat(weights).containsExactly(1, 0);
    }

    @Test
    void groupRobust_groupWithoutPairs_keepsItsShare() {
        var batch = PairBatch.of(PairValues.zeros(1))
                .withReference(PairValues.zeros(1))
                .withGroups(1);

        double[] weights =
                PairLoss.groupRobust(PairLoss.dpo(1), 3).updated(batch, 1).weights();

        assertThat(weights[0]).isEqualTo(weights[2]).isLessThan(weights[1]);
    }

    @Test
    void dpo_extremeMargins_areFinite() {
        var batch = PairBatch.of(new PairValues(new double[] {-1e4, 0}, new double[] {0, -1e4}))
                .withReference(PairValues.zeros(2));

        var losses = PairLoss.dpo(1).evaluate(batch);

        assertThat(losses.loss()).containsExactly(1e4, 0);
        assertThat(losses.gradient().chosen()).containsExactly(-1, 0);
    }

    @Test
    void safeDpo_unsafeChosen_isRefused() {
        var batch = PairBatch.of(PairValues.zeros(1))
                .withReference(PairValues.zeros(1))
                .withUnsafe(new UnsafeFlags(new boolean[] {true}, new boolean[] {false}));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> PairLoss.safeDpo(0.1, 10).evaluate(batch))
                .withMessageContaining("pair 0")
                .withMessageContaining("transform");
    }

    @Test
    void safeDpo_swapped_exchangesEverythingKnownOfThePair() {
        var batch = RandomPairs.next(new SplittableRandom(2), 40);

        var safe = SafeDpoLoss.transform(batch);

        var fates = SafeDpoLoss.fates(batch);
        assertThat(fates).contains(SafeDpoLoss.Fate.values());
        int at = 0;
        for (int n = 0; n < 40; n++) {
            if (fates.get(n) == SafeDpoLoss.Fate.DROP) {
                continue;
            }
            boolean swap = fates.get(n) == SafeDpoLoss.Fate.SWAP;
            assertThat(safe.policy().chosen()[at])
                    .isEqualTo(
                            (swap ? batch.policy().rejected() : batch.policy().chosen())[n]);
            double win = batch.winProbability().orElseThrow()[n];
            assertThat(safe.winProbability().orElseThrow()[at]).isEqualTo(swap ? 1 - win : win);
            assertThat(safe.groups().orElseThrow()[at]).isEqualTo(batch.groups().orElseThrow()[n]);
            assertThat(safe.unsafe().orElseThrow().chosen()[at]).isFalse();
            at++;
        }
        assertThat(safe.size()).isEqualTo(at);
    }

    @Test
    void evaluate_missingInput_saysWhichIsMissing() {
        var bare = PairBatch.of(PairValues.zeros(1));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> PairLoss.dpo(1).evaluate(bare))
                .withMessageContaining("reference policy");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PairLoss.inpo(1, 0.5).evaluate(bare.withReference(PairValues.zeros(1))))
                .withMessageContaining("last policy");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PairLoss.sppo(1).evaluate(bare.withHistory(PairValues.zeros(1))))
                .withMessageContaining("win rates");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SafeDpoLoss.transform(bare))
                .withMessageContaining("safety labels");
    }

    @Test
    void parameters_outOfRange_areRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PairLoss.inpo(4, 0.5))
                .withMessageContaining("step times tau is 2.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PairBatch.of(new PairValues(new double[] {Double.NEGATIVE_INFINITY}, new double[1])))
                .withMessageContaining("pair 0 is -Infinity");
        assertThatIllegalArgumentException().isThrownBy(() -> PairLoss.dpo(0)).withMessageContaining("beta is 0.0");
    }

    private static int[] indices(int n) {
        var indices = new int[n];
        Arrays.setAll(indices, i -> i);
        return indices;
    }

    private static boolean[] all(int n) {
        var flags = new boolean[n];
        Arrays.fill(flags, true);
        return flags;
    }

    private static double[][] column(double[] values) {
        return Arrays.stream(values).mapToObj(value -> new double[] {value}).toArray(double[][]::new);
    }

    private static double[] logSoftmax(double[] f) {
        double log = Math.log(Arrays.stream(f).map(Math::exp).sum());
        return Arrays.stream(f).map(value -> value - log).toArray();
    }
}
