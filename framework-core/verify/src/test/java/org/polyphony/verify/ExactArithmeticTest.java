package org.polyphony.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The verifier against exact rational arithmetic: every double is a fraction over a power of two, so that sums and
/// products of [BigDecimal]s are exact here and nothing is ever rounded.
class ExactArithmeticTest {

    private static final int GAMES = 400;
    private static final BigDecimal HALF = new BigDecimal("0.5");

    @Test
    void population_seededGames_gapIsTheExactGap() {
        var random = new SplittableRandom(20261123);
        for (int n = 0; n < GAMES; n++) {
            var game = randomGame(random);
            var policy = randomPolicy(random, game);

            var certificate = Certify.population(game, policy);

            assertThat(certificate.violations()).isEmpty();
            assertThat(certificate.gap())
                    .isCloseTo(exactExploitability(game, policy).doubleValue() * 2, within(1e-15));
        }
    }

    /// The tolerance is set as closely below the true gap as a double can be: rounding in the policy's favour by a
    /// single unit in the last place would let it through.
    @Test
    void proves_trueGapJustAboveTheTolerance_isRefused() {
        var random = new SplittableRandom(7);
        for (int n = 0; n < GAMES; n++) {
            var game = randomGame(random);
            var policy = randomPolicy(random, game);
            var exact = exactExploitability(game, policy).multiply(BigDecimal.TWO);
            double tolerance = exact.doubleValue();
            if (new BigDecimal(tolerance).compareTo(exact) >= 0) {
                tolerance = Math.nextDown(tolerance);
            }
            assertThat(exact).isGreaterThan(new BigDecimal(tolerance));

            assertThat(Certify.population(game, policy).proves(tolerance)).isFalse();
            assertThat(Certify.population(game, policy).proves(tolerance + 1e-13))
                    .isTrue();
        }
    }

    @Test
    void consensus_seededGamesAndDuals_gapIsTheExactGap() {
        var random = new SplittableRandom(8);
        for (int n = 0; n < GAMES; n++) {
            var game = randomGame(random);
            var policy = randomPolicy(random, game);
            var duals = randomDuals(random, game);

            var certificate = Certify.consensus(game, policy, duals);

            var exact = exactEpsilon(game, policy).subtract(exactDualBound(game, duals));
            assertThat(certificate.violations()).isEmpty();
            assertThat(certificate.gap()).isCloseTo(exact.doubleValue(), within(1e-15));
            assertThat(exact).as("weak duality").isGreaterThanOrEqualTo(new BigDecimal("-1e-15"));
        }
    }

    @Test
    void stakeholder_seededGames_unilateralGainIsTheExactGain() {
        var random = new SplittableRandom(9);
        for (int n = 0; n < GAMES; n++) {
            var game = randomGame(random);
            if (game.stakeholders() < 2) {
                continue;
            }
            var profile = new double[game.stakeholders()][];
            for (int s = 0; s < profile.length; s++) {
                profile[s] = randomPolicy(random, game);
            }

            var certificate = Certify.stakeholder(game, profile, 0);

            assertThat(certificate.violations()).isEmpty();
            for (int s = 0; s < profile.length; s++) {
                assertThat(Certify.equilibrium(certificate).nashConv().get(s))
                        .isCloseTo(exactGain(game, profile, s).doubleValue(), within(1e-15));
            }
        }
    }

    private static BigDecimal exactExploitability(PreferenceGame game, double[] policy) {
        return largest(game, i -> {
            var sum = BigDecimal.ZERO;
            for (int s = 0; s < game.stakeholders(); s++) {
                sum = sum.add(new BigDecimal(game.weight(s)).multiply(exactAdvantage(game, s, i, policy)));
            }
            return sum;
        });
    }

    private static BigDecimal exactEpsilon(PreferenceGame game, double[] policy) {
        return IntStream.range(0, game.stakeholders())
                .mapToObj(s -> largest(game, i -> exactAdvantage(game, s, i, policy)))
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    private static BigDecimal exactDualBound(PreferenceGame game, double[][] duals) {
        return largest(game, j -> {
                    var sum = BigDecimal.ZERO;
                    for (int s = 0; s < game.stakeholders(); s++) {
                        for (int i = 0; i < game.candidates(); i++) {
                            sum = sum.subtract(new BigDecimal(duals[s][i]).multiply(a(game, s, i, j)));
                        }
                    }
                    return sum;
                })
                .negate();
    }

    /// Linear in the opponents' mixture, so that it is summed over opponents instead of averaging their policies.
    private static BigDecimal exactGain(PreferenceGame game, double[][] profile, int s) {
        var lambda = new BigDecimal(1.0 / (game.stakeholders() - 1));
        IntFunction<BigDecimal> advantage = i -> {
            var sum = BigDecimal.ZERO;
            for (int r = 0; r < game.stakeholders(); r++) {
                if (r != s) {
                    sum = sum.add(lambda.multiply(exactAdvantage(game, s, i, profile[r])));
                }
            }
            return sum;
        };
        var own = BigDecimal.ZERO;
        for (int i = 0; i < game.candidates(); i++) {
            own = own.add(new BigDecimal(profile[s][i]).multiply(advantage.apply(i)));
        }
        return largest(game, advantage).subtract(own);
    }

    private static BigDecimal largest(PreferenceGame game, IntFunction<BigDecimal> value) {
        return IntStream.range(0, game.candidates())
                .filter(game::allowed)
                .mapToObj(value)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    private static BigDecimal exactAdvantage(PreferenceGame game, int s, int i, double[] x) {
        var sum = BigDecimal.ZERO;
        for (int j = 0; j < x.length; j++) {
            sum = sum.add(a(game, s, i, j).multiply(new BigDecimal(x[j])));
        }
        return sum;
    }

    private static BigDecimal a(PreferenceGame game, int s, int i, int j) {
        return new BigDecimal(game.preference(s, i, j)).subtract(HALF);
    }

    static PreferenceGame randomGame(SplittableRandom random) {
        int stakeholders = 1 + random.nextInt(4);
        int k = 1 + random.nextInt(9);
        var p = new double[stakeholders][k][k];
        for (int s = 0; s < stakeholders; s++) {
            for (int i = 0; i < k; i++) {
                p[s][i][i] = 0.5;
                for (int j = 0; j < i; j++) {
                    // ties and certainties happen in data; so do values that 1 - p rounds
                    p[s][i][j] = switch (random.nextInt(6)) {
                        case 0 -> 0.5;
                        case 1 -> random.nextInt(2);
                        case 2 -> random.nextDouble() * 1e-9;
                        default -> random.nextDouble();
                    };
                    p[s][j][i] = 1 - p[s][i][j];
                }
            }
        }
        var allowed = new boolean[k];
        for (int i = 0; i < k; i++) {
            allowed[i] = random.nextInt(5) > 0;
        }
        allowed[random.nextInt(k)] = true;
        return PreferenceGame.of(p)
                .withWeights(distribution(random, stakeholders, s -> true))
                .withAllowed(allowed);
    }

    static double[] randomPolicy(SplittableRandom random, PreferenceGame game) {
        return distribution(random, game.candidates(), game::allowed);
    }

    private static double[][] randomDuals(SplittableRandom random, PreferenceGame game) {
        int k = game.candidates();
        var flat = distribution(random, game.stakeholders() * k, n -> game.allowed(n % k));
        var duals = new double[game.stakeholders()][k];
        for (int n = 0; n < flat.length; n++) {
            duals[n / k][n % k] = flat[n];
        }
        return duals;
    }

    private static double[] distribution(SplittableRandom random, int n, IntPredicate support) {
        var values = new double[n];
        double sum = 0;
        for (int i = 0; i < n; i++) {
            values[i] = support.test(i) ? random.nextDouble(1e-3, 1) : 0;
            sum += values[i];
        }
        for (int i = 0; i < n; i++) {
            values[i] /= sum;
        }
        return values;
    }
}
