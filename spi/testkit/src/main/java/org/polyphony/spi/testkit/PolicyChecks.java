package org.polyphony.spi.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.polyphony.spi.alignment.AlignmentRequest;
import org.polyphony.spi.alignment.Formulation;
import org.polyphony.spi.alignment.GameBucket;
import org.polyphony.spi.alignment.PolicySolution;
import org.polyphony.spi.alignment.SolutionBucket;
import org.polyphony.spi.tensor.ElementType;
import org.polyphony.spi.tensor.Tensor;

/// What makes the answer to an alignment request well formed.
final class PolicyChecks {

    private static final double ROUNDING = 1e-9;

    private PolicyChecks() {}

    static void assertWellFormed(AlignmentRequest request, PolicySolution solution) {
        var games = request.games();
        assertThat(solution.buckets()).as("one solution bucket per game bucket").hasSameSizeAs(games.buckets());
        for (int i = 0; i < games.buckets().size(); i++) {
            assertWellFormed(
                    games.buckets().get(i),
                    games.weights(),
                    solution.buckets().get(i),
                    request.formulation().equals(Formulation.LEXIMIN),
                    "bucket " + i);
        }
    }

    private static void assertWellFormed(
            GameBucket game, Tensor weights, SolutionBucket answer, boolean levels, String where) {
        int b = game.games();
        int k = game.candidates();
        TensorAssert.assertThat(answer.logPolicy())
                .as(where)
                .hasType(ElementType.FLOAT64)
                .hasShape(b, k);
        TensorAssert.assertThat(answer.tau()).as(where + " tau").hasShape(b).isBetween(0, Double.MAX_VALUE);
        TensorAssert.assertThat(answer.iterations())
                .as(where)
                .hasType(ElementType.INT32)
                .hasShape(b);
        TensorAssert.assertThat(answer.converged())
                .as(where + " converged")
                .hasShape(b)
                .isFlags();
        TensorAssert.assertThat(answer.refused())
                .as(where + " refused")
                .hasShape(b)
                .isFlags();
        for (int n = 0; n < b; n++) {
            assertThat(answer.iterations().getInt(n))
                    .as("iterations of game %s", n)
                    .isNotNegative();
            assertThat(answer.refused().getByte(n) == 1)
                    .as("%s, game %s is refused exactly when no candidate is allowed", where, n)
                    .isEqualTo(allowedCount(game, n) == 0);
            assertDistribution(answer.logPolicy(), (long) n * k, game, n, where + ", policy of game " + n);
        }
        answer.profile().ifPresent(profile -> assertProfile(game, weights, answer.logPolicy(), profile, where));
        answer.duals().ifPresent(duals -> assertDuals(game, duals, levels, where));
    }

    /// Row `n` of log-probabilities is a distribution over allowed candidates, or all −∞ if there is none.
    private static void assertDistribution(Tensor rows, long from, GameBucket game, int n, String what) {
        var row = rows.toDoubles(from, game.candidates());
        double sum = 0;
        for (int i = 0; i < row.length; i++) {
            boolean allowed = game.allowed().getByte((long) n * row.length + i) == 1;
            if (!allowed) {
                assertThat(row[i])
                        .as("%s: candidate %s is not allowed", what, i)
                        .isEqualTo(Double.NEGATIVE_INFINITY);
            }
            assertThat(row[i]).as("%s: a log-probability", what).isLessThanOrEqualTo(ROUNDING);
            sum += Math.exp(row[i]);
        }
        double expected = allowedCount(game, n) == 0 ? 0 : 1;
        assertThat(Math.abs(sum - expected))
                .as("%s sums to %s, must be %s", what, sum, expected)
                .isLessThan(ROUNDING);
    }

    private static void assertProfile(GameBucket game, Tensor weights, Tensor policy, Tensor profile, String where) {
        int s = game.stakeholders();
        int k = game.candidates();
        TensorAssert.assertThat(profile).as(where).hasType(ElementType.FLOAT64).hasShape(game.games(), s, k);
        for (int n = 0; n < game.games(); n++) {
            for (int seat = 0; seat < s; seat++) {
                String what = where + ", policy of seat " + seat + " in game " + n;
                assertDistribution(profile, ((long) n * s + seat) * k, game, n, what);
            }
            for (int i = 0; i < k; i++) {
                double mixture = 0;
                for (int seat = 0; seat < s; seat++) {
                    mixture += weights.getDouble(seat) * Math.exp(profile.at(n, seat, i));
                }
                double deployed = Math.exp(policy.at(n, i));
                assertThat(Math.abs(mixture - deployed))
                        .as("%s, game %s: the policy is %s, the weighted profile %s", where, n, deployed, mixture)
                        .isLessThan(ROUNDING);
            }
        }
    }

    private static void assertDuals(GameBucket game, Tensor duals, boolean levels, String where) {
        int s = game.stakeholders();
        int k = game.candidates();
        var shaped = TensorAssert.assertThat(duals).as(where + " duals").isBetween(0, 1 + ROUNDING);
        if (levels) {
            shaped.hasShape(game.games(), s, s, k);
        } else {
            shaped.hasShape(game.games(), s, k);
        }
        int mixtures = levels ? s : 1;
        for (int n = 0; n < game.games() * mixtures; n++) {
            double sum = 0;
            for (double value : duals.toDoubles((long) n * s * k, s * k)) {
                sum += value;
            }
            if (allowedCount(game, n / mixtures) > 0 && (sum != 0 || n % mixtures == 0)) {
                assertThat(Math.abs(sum - 1))
                        .as("%s, duals of game %s sum to %s", where, n / mixtures, sum)
                        .isLessThan(ROUNDING);
            }
        }
    }

    static int allowedCount(GameBucket game, int n) {
        int count = 0;
        for (int i = 0; i < game.candidates(); i++) {
            count += game.allowed().getByte((long) n * game.candidates() + i);
        }
        return count;
    }

    /// A_s π for game `n`, A = P − 1/2: how much stakeholder `seat` gains by each pure deviation from the
    /// deployed policy.
    static double[] gains(GameBucket game, int n, int seat, Tensor logPolicy) {
        int k = game.candidates();
        var gains = new double[k];
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                gains[i] += (game.p().at(n, seat, i, j) - 0.5) * Math.exp(logPolicy.at(n, j));
            }
        }
        return gains;
    }

    /// Σ_s w_s A_s π for game `n`: the gain of the weighted population.
    static double[] populationGains(GameBucket game, int n, Tensor weights, Tensor logPolicy) {
        var mixture = new double[game.candidates()];
        for (int seat = 0; seat < game.stakeholders(); seat++) {
            var gains = gains(game, n, seat, logPolicy);
            for (int i = 0; i < mixture.length; i++) {
                mixture[i] += weights.getDouble(seat) * gains[i];
            }
        }
        return mixture;
    }

    /// The largest gain among allowed candidates of game `n`.
    static double largest(GameBucket game, int n, double[] gains) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < gains.length; i++) {
            if (game.allowed().getByte((long) n * gains.length + i) == 1) {
                largest = Math.max(largest, gains[i]);
            }
        }
        return largest;
    }
}
