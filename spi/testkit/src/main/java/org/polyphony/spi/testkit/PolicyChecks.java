package org.polyphony.spi.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.polyphony.spi.alignment.AlignmentRequest;
import org.polyphony.spi.alignment.Formulation;
import org.polyphony.spi.alignment.Game;
import org.polyphony.spi.alignment.GameBucket;
import org.polyphony.spi.alignment.PolicySolution;
import org.polyphony.spi.alignment.Solution;
import org.polyphony.spi.alignment.SolutionBucket;
import org.polyphony.spi.tensor.ElementType;
import org.polyphony.spi.tensor.Tensor;

/// What makes the answer to an alignment request well formed.
final class PolicyChecks {

    private static final double ROUNDING = 1e-9;

    // what proves an optimum no verifier finds by itself
    private static final Set<String> WITH_DUALS =
            Set.of(Formulation.BARGAINING, Formulation.MAXMIN, Formulation.LEXIMIN, Formulation.GROUP_ROBUST);

    private PolicyChecks() {}

    static void assertWellFormed(AlignmentRequest request, PolicySolution solution) {
        var games = request.games();
        assertThat(solution.buckets()).as("one solution bucket per game bucket").hasSameSizeAs(games.buckets());
        boolean levels = request.formulation().equals(Formulation.LEXIMIN);
        for (var bucket : solution.buckets()) {
            assertThat(bucket.profile().isPresent() || !request.formulation().equals(Formulation.STAKEHOLDER))
                    .as("an answer to the stakeholder game has a profile: each stakeholder's own policy")
                    .isTrue();
            assertThat(bucket.duals().isPresent() || !WITH_DUALS.contains(request.formulation()))
                    .as("an answer under %s has the duals that prove it", request.formulation())
                    .isTrue();
        }
        int first = 0;
        for (int i = 0; i < games.buckets().size(); i++) {
            var bucket = games.buckets().get(i);
            String where = "bucket " + i;
            assertShaped(bucket, solution.buckets().get(i), levels, where);
            for (int n = 0; n < bucket.games(); n++) {
                assertAnswer(games.game(first + n), solution.solution(first + n), levels, where + ", game " + n);
            }
            first += bucket.games();
        }
    }

    private static void assertShaped(GameBucket game, SolutionBucket answer, boolean levels, String where) {
        int b = game.games();
        int s = game.stakeholders();
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
        answer.profile()
                .ifPresent(profile -> TensorAssert.assertThat(profile)
                        .as(where)
                        .hasType(ElementType.FLOAT64)
                        .hasShape(b, s, k));
        answer.duals().ifPresent(duals -> {
            var shaped = TensorAssert.assertThat(duals).as(where + " duals").isBetween(0, 1 + ROUNDING);
            if (levels) {
                shaped.hasShape(b, s, s, k);
            } else {
                shaped.hasShape(b, s, k);
            }
        });
    }

    private static void assertAnswer(Game game, Solution answer, boolean levels, String where) {
        assertThat(answer.iterations()).as("iterations of %s", where).isNotNegative();
        assertThat(answer.refused())
                .as("%s is refused exactly when no candidate is allowed", where)
                .isEqualTo(game.allowed().length == 0);
        assertDistribution(answer.logPolicy(), game, where + ", policy");
        if (answer.hasProfile()) {
            assertProfile(game, answer, where);
        }
        assertDuals(game, answer, levels ? game.stakeholders() : 1, where);
    }

    /// Log-probabilities are those of a distribution over allowed candidates, or all −∞ if there is none.
    private static void assertDistribution(Tensor logs, Game game, String what) {
        var row = logs.toDoubles();
        double sum = 0;
        for (int i = 0; i < row.length; i++) {
            if (!game.allowed(i)) {
                assertThat(row[i])
                        .as("%s: candidate %s is not allowed", what, i)
                        .isEqualTo(Double.NEGATIVE_INFINITY);
            }
            assertThat(row[i]).as("%s: a log-probability", what).isLessThanOrEqualTo(ROUNDING);
            sum += Math.exp(row[i]);
        }
        double expected = game.allowed().length == 0 ? 0 : 1;
        assertThat(Math.abs(sum - expected))
                .as("%s sums to %s, must be %s", what, sum, expected)
                .isLessThan(ROUNDING);
    }

    private static void assertProfile(Game game, Solution answer, String where) {
        var mixture = new double[game.candidates()];
        for (int seat = 0; seat < game.stakeholders(); seat++) {
            assertDistribution(answer.logProfile(seat), game, where + ", policy of seat " + seat);
            var own = answer.profile(seat);
            for (int i = 0; i < mixture.length; i++) {
                mixture[i] += game.weight(seat) * own[i];
            }
        }
        var deployed = answer.policy();
        for (int i = 0; i < mixture.length; i++) {
            assertThat(Math.abs(mixture[i] - deployed[i]))
                    .as("%s: the policy is %s, the weighted profile %s", where, deployed[i], mixture[i])
                    .isLessThan(ROUNDING);
        }
    }

    private static void assertDuals(Game game, Solution answer, int levels, String where) {
        for (int level = 0; level < levels; level++) {
            double sum = 0;
            boolean given = false;
            for (int seat = 0; seat < game.stakeholders(); seat++) {
                var duals = answer.duals(level, seat);
                given |= duals.isPresent();
                for (double value : duals.map(Tensor::toDoubles).orElse(new double[0])) {
                    sum += value;
                }
            }
            if (given && game.allowed().length > 0 && (sum != 0 || level == 0)) {
                assertThat(Math.abs(sum - 1))
                        .as("%s: duals of level %s sum to %s", where, level, sum)
                        .isLessThan(ROUNDING);
            }
        }
    }

    /// A_s π, A = P − 1/2: how much stakeholder `seat` gains by each pure deviation from the deployed policy.
    ///
    /// @param policy probabilities, shape (K)
    static double[] gains(Game game, int seat, double[] policy) {
        var gains = new double[policy.length];
        for (int i = 0; i < gains.length; i++) {
            for (int j = 0; j < gains.length; j++) {
                gains[i] += (game.preference(seat, i, j) - 0.5) * policy[j];
            }
        }
        return gains;
    }

    /// Σ_s w_s A_s π: the gain of the weighted population.
    static double[] populationGains(Game game, double[] policy) {
        var mixture = new double[policy.length];
        for (int seat = 0; seat < game.stakeholders(); seat++) {
            var gains = gains(game, seat, policy);
            for (int i = 0; i < mixture.length; i++) {
                mixture[i] += game.weight(seat) * gains[i];
            }
        }
        return mixture;
    }

    /// The largest gain among allowed candidates.
    static double largest(Game game, double[] gains) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int i : game.allowed()) {
            largest = Math.max(largest, gains[i]);
        }
        return largest;
    }
}
