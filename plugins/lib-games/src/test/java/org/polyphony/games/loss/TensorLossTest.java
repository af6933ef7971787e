package org.polyphony.games.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.polyphony.games.AllowedCandidates;
import org.polyphony.games.LogPolicies;
import org.polyphony.games.RandomGames;
import org.polyphony.games.RegularisedPopulationSolver;

class TensorLossTest {

    private static final double STEP = 1.7;
    private static final double TAU = 0.2;

    private final SplittableRandom random = new SplittableRandom(31);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8, 30})
    void onPolicy_minimiser_isTheMirrorDescentStep(int k) {
        for (int n = 0; n < 50; n++) {
            var game = new Game(k);

            assertThat(game.onPolicy().minimiser()).containsExactly(game.mirrorDescent(), within(1e-13));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 8, 30})
    void winRate_anyWeights_minimiserIsTheMirrorDescentStepAtZeroLoss(int k) {
        for (int n = 0; n < 50; n++) {
            var game = new Game(k);
            var loss = TensorLoss.winRate(game.p, weights(k), game.last, game.anchor, STEP);

            assertThat(loss.minimiser()).containsExactly(game.mirrorDescent(), within(1e-11));
            assertThat(loss.value(game.mirrorDescent())).isBetween(0.0, 1e-26);
        }
    }

    @Test
    void softLabel_uniformWeights_isABordaStepNotAnEquilibriumStep() {
        for (int n = 0; n < 50; n++) {
            var game = new Game(6);
            var uniform = new double[36];
            Arrays.fill(uniform, 1);
            var borda = new double[6];
            for (int i = 0; i < 6; i++) {
                borda[i] = game.anchor[i];
                for (int j = 0; j < 6; j++) {
                    borda[i] += STEP * (game.p[i * 6 + j] - 0.5) / 6;
                }
            }
            LogPolicies.normalise(borda, 0, 6);

            double[] found =
                    TensorLoss.softLabel(game.p, uniform, game.anchor, STEP).minimiser();

            assertThat(found).containsExactly(borda, within(1e-12));
            assertThat(distance(found, game.mirrorDescent())).isGreaterThan(1e-3);
        }
    }

    @Test
    void softLabel_productWeights_isTheOnPolicyLoss() {
        var game = new Game(7);
        var product = new double[49];
        for (int i = 0; i < 7; i++) {
            for (int j = 0; j < 7; j++) {
                product[i * 7 + j] = Math.exp(game.last[i] + game.last[j]);
            }
        }
        double[] logits = game.logits();

        var general = TensorLoss.softLabel(game.p, product, game.anchor, STEP);

        assertThat(general.value(logits)).isCloseTo(game.onPolicy().value(logits), within(1e-12));
        assertThat(general.minimiser()).containsExactly(game.mirrorDescent(), within(1e-11));
    }

    @Test
    void softLabel_isTheMeanOfHardLabelsUpToAConstant() {
        var game = new Game(5);
        double[] weights = weights(5);
        var loss = TensorLoss.softLabel(game.p, weights, game.anchor, STEP);

        double first = game.hardLabels(weights, game.last) - loss.value(game.last);
        double[] logits = game.logits();
        double second = game.hardLabels(weights, logits) - loss.value(logits);

        assertThat(first).isCloseTo(second, within(1e-11));
    }

    @Test
    void gradient_everyForm_isWhatDifferencesSay() {
        for (int n = 0; n < 100; n++) {
            int k = 2 + random.nextInt(7);
            var game = new Game(k);
            assertGradient(game.onPolicy(), game.logits());
            assertGradient(TensorLoss.softLabel(game.p, weights(k), game.anchor, STEP), game.logits());
            assertGradient(TensorLoss.winRate(game.p, weights(k), game.last, game.anchor, STEP), game.logits());
        }
    }

    @Test
    void minimiser_everyForm_hasNoGradientAndNoBetterNeighbour() {
        for (int n = 0; n < 100; n++) {
            int k = 2 + random.nextInt(7);
            var game = new Game(k);
            var loss = TensorLoss.softLabel(game.p, weights(k), game.anchor, STEP);
            double[] best = loss.minimiser();
            var gradient = new double[k];

            double least = loss.evaluate(best, gradient);

            assertThat(gradient).containsExactly(new double[k], within(1e-12));
            double[] near = best.clone();
            near[random.nextInt(k)] += 1e-3;
            assertThat(loss.value(near)).isGreaterThan(least);
        }
    }

    @Test
    void leastSquares_identityFeatures_isTheMinimiser() {
        var game = new Game(5);
        var loss = TensorLoss.softLabel(game.p, weights(5), game.anchor, STEP);
        // the identity without its last column: the constant direction is free
        var features = new double[20];
        for (int i = 0; i < 4; i++) {
            features[i * 4 + i] = 1;
        }

        double[] logits = add(game.reference, features, loss.leastSquares(game.reference, features, 0));

        LogPolicies.normalise(logits, 0, 5);
        assertThat(logits).containsExactly(loss.minimiser(), within(1e-11));
    }

    @Test
    void leastSquares_fewFeatures_gradientVanishesAlongThem() {
        for (int n = 0; n < 50; n++) {
            var game = new Game(9);
            var loss = game.onPolicy();
            double[] features = random.doubles(9 * 3, -1, 1).toArray();

            double[] logits = add(game.reference, features, loss.leastSquares(game.reference, features, 0));

            var gradient = new double[9];
            loss.evaluate(logits, gradient);
            for (int d = 0; d < 3; d++) {
                double along = 0;
                for (int i = 0; i < 9; i++) {
                    along += gradient[i] * features[i * 3 + d];
                }
                assertThat(along).isCloseTo(0, within(1e-12));
            }
        }
    }

    @Test
    void leastSquares_constantFeature_needsARidge() {
        var game = new Game(3);
        double[] constant = {1, 1, 1};

        assertThatIllegalStateException()
                .isThrownBy(() -> game.onPolicy().leastSquares(game.reference, constant, 0))
                .withMessageContaining("ridge");
        assertThat(game.onPolicy().leastSquares(game.reference, constant, 1e-3)[0])
                .isCloseTo(0, within(1e-12));
    }

    @Test
    void onPolicy_iterated_reachesTheRegularisedEquilibrium() {
        var game = new Game(6);
        double tau = 0.3;
        double step = 1;
        double[] expected = new RegularisedPopulationSolver(tau)
                .solve(game.p, AllowedCandidates.all(6), game.reference)
                .policy();

        double[] last = game.last;
        for (int t = 0; t < 500; t++) {
            double[] anchor = TensorLoss.anchor(game.reference, last, step, tau);
            last = TensorLoss.onPolicy(game.p, last, anchor, step).minimiser();
        }

        assertThat(Arrays.stream(last).map(Math::exp).toArray()).containsExactly(expected, within(1e-12));
    }

    @Test
    void anchor_ends_areTheLastPolicyAndTheReference() {
        var game = new Game(4);

        assertThat(TensorLoss.anchor(game.reference, game.last, 2, 0)).isEqualTo(game.last);
        assertThat(TensorLoss.anchor(game.reference, game.last, 2, 0.5)).isEqualTo(game.reference);
    }

    @Test
    void minimiser_pairsThatDoNotConnect_isNotUnique() {
        var game = new Game(4);
        var weights = new double[16];
        weights[1] = 1;
        weights[11] = 1;

        assertThatIllegalStateException()
                .isThrownBy(() ->
                        TensorLoss.softLabel(game.p, weights, game.anchor, STEP).minimiser())
                .withMessageContaining("do not connect all 4 candidates");
    }

    @Test
    void onPolicy_candidateWithoutMass_isRefused() {
        double[] last = {Double.NEGATIVE_INFINITY, 0};

        assertThatIllegalArgumentException()
                .isThrownBy(() -> TensorLoss.onPolicy(new double[] {0.5, 1, 0, 0.5}, last, new double[2], 1))
                .withMessageContaining("log-probability of the last policy 0 is -Infinity");
    }

    private void assertGradient(TensorLoss loss, double[] logits) {
        int k = logits.length;
        var gradient = new double[k];
        loss.evaluate(logits, gradient);
        for (int i = 0; i < k; i++) {
            double[] above = logits.clone();
            double[] below = logits.clone();
            above[i] += 1e-4;
            below[i] -= 1e-4;
            // exact for a quadratic, up to rounding
            double slope = (loss.value(above) - loss.value(below)) / 2e-4;
            assertThat(gradient[i]).isCloseTo(slope, within(1e-9 * Math.max(1, Math.abs(slope))));
        }
        assertThat(Arrays.stream(gradient).sum()).isCloseTo(0, within(1e-12));
    }

    private double[] weights(int k) {
        return random.doubles((long) k * k, 0.1, 1).toArray();
    }

    private static double[] add(double[] base, double[] features, double[] theta) {
        double[] logits = base.clone();
        for (int i = 0; i < logits.length; i++) {
            for (int d = 0; d < theta.length; d++) {
                logits[i] += features[i * theta.length + d] * theta[d];
            }
        }
        return logits;
    }

    private static double distance(double[] one, double[] other) {
        double largest = 0;
        for (int i = 0; i < one.length; i++) {
            largest = Math.max(largest, Math.abs(one[i] - other[i]));
        }
        return largest;
    }

    /// A random game with a last policy, a reference and the anchor between them.
    private final class Game {

        final int k;
        final double[] p;
        final double[] reference;
        final double[] last;
        final double[] anchor;

        Game(int k) {
            this.k = k;
            this.p = RandomGames.DENSE.next(random, k);
            this.reference = logits();
            this.last = logits();
            LogPolicies.normalise(reference, 0, k);
            LogPolicies.normalise(last, 0, k);
            this.anchor = TensorLoss.anchor(reference, last, STEP, TAU);
        }

        double[] logits() {
            return random.doubles(k, -3, 3).toArray();
        }

        TensorLoss onPolicy() {
            return TensorLoss.onPolicy(p, last, anchor, STEP);
        }

        /// N((1 − s τ) log π_t + s τ log μ + s P π_t), from its definition.
        double[] mirrorDescent() {
            var next = new double[k];
            for (int i = 0; i < k; i++) {
                next[i] = (1 - STEP * TAU) * last[i] + STEP * TAU * reference[i];
                for (int j = 0; j < k; j++) {
                    next[i] += STEP * p[i * k + j] * Math.exp(last[j]);
                }
            }
            LogPolicies.normalise(next, 0, k);
            return next;
        }

        /// Σ W (P (h − s/2)² + (1 − P) (h + s/2)²).
        double hardLabels(double[] weights, double[] logits) {
            double sum = 0;
            for (int i = 0; i < k; i++) {
                for (int j = 0; j < k; j++) {
                    double h = logits[i] - anchor[i] - logits[j] + anchor[j];
                    double win = p[i * k + j];
                    double weight = weights[i * k + j];
                    sum += weight
                            * (win * (h - STEP / 2) * (h - STEP / 2) + (1 - win) * (h + STEP / 2) * (h + STEP / 2));
                }
            }
            return sum;
        }
    }
}
