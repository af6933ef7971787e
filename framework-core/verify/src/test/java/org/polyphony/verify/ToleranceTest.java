package org.polyphony.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The verifier against fractions of integers, with opponents weighted by exactly 1 / (S − 1): its
/// residuals are the true ones, and no policy whose true residual exceeds the tolerance is accepted,
/// however little it does.
class ToleranceTest {

    private static final double TOLERANCE = 1e-6;

    /// A game, its certificate and the same number in exact arithmetic.
    enum Formulation {
        POPULATION {
            @Override
            Certificate certify(PreferenceGame game, double[][] profile, double[][] duals) {
                return Certify.population(game, profile[0]);
            }

            @Override
            Fraction exact(PreferenceGame game, double[][] profile, double[][] duals) {
                return largest(game, i -> {
                            var sum = Fraction.ZERO;
                            for (int s = 0; s < game.stakeholders(); s++) {
                                sum = sum.plus(Fraction.of(game.weight(s)).times(advantage(game, s, i, profile[0])));
                            }
                            return sum;
                        })
                        .times(Fraction.of(2));
            }
        },
        STAKEHOLDER {
            @Override
            Certificate certify(PreferenceGame game, double[][] profile, double[][] duals) {
                return Certify.stakeholder(game, profile, 0);
            }

            @Override
            Fraction exact(PreferenceGame game, double[][] profile, double[][] duals) {
                var worst = Fraction.of(-1);
                for (int s = 0; s < game.stakeholders(); s++) {
                    int player = s;
                    IntFunction<Fraction> payoff = i -> {
                        var sum = Fraction.ZERO;
                        for (int r = 0; r < game.stakeholders(); r++) {
                            sum = r == player ? sum : sum.plus(advantage(game, player, i, profile[r]));
                        }
                        return sum.over(game.stakeholders() - 1);
                    };
                    var own = Fraction.ZERO;
                    for (int i = 0; i < game.candidates(); i++) {
                        own = own.plus(Fraction.of(profile[s][i]).times(payoff.apply(i)));
                    }
                    worst = worst.max(largest(game, payoff).minus(own));
                }
                return worst;
            }
        },
        CONSENSUS {
            @Override
            Certificate certify(PreferenceGame game, double[][] profile, double[][] duals) {
                return Certify.consensus(game, profile[0], duals);
            }

            @Override
            Fraction exact(PreferenceGame game, double[][] profile, double[][] duals) {
                var worst = Fraction.of(-1);
                for (int s = 0; s < game.stakeholders(); s++) {
                    int player = s;
                    worst = worst.max(largest(game, i -> advantage(game, player, i, profile[0])));
                }
                // −min_j = max_j of the negative
                return worst.plus(largest(game, j -> {
                    var sum = Fraction.ZERO;
                    for (int s = 0; s < game.stakeholders(); s++) {
                        for (int i = 0; i < game.candidates(); i++) {
                            sum = sum.minus(Fraction.of(duals[s][i]).times(a(game, s, i, j)));
                        }
                    }
                    return sum;
                }));
            }
        };

        abstract Certificate certify(PreferenceGame game, double[][] profile, double[][] duals);

        abstract Fraction exact(PreferenceGame game, double[][] profile, double[][] duals);
    }

    @ParameterizedTest
    @EnumSource(Formulation.class)
    void residual_seededGames_isTheExactOne(Formulation formulation) {
        var random = new SplittableRandom(41);
        for (int n = 0; n < 300; n++) {
            var game = ExactArithmeticTest.randomGame(random);
            if (game.stakeholders() < 2) {
                continue;
            }
            double[][] profile = IntStream.range(0, game.stakeholders())
                    .mapToObj(_ -> ExactArithmeticTest.randomPolicy(random, game))
                    .toArray(double[][]::new);
            double[][] duals = duals(random, game);

            var certificate = formulation.certify(game, profile, duals);

            assertThat(certificate.violations()).isEmpty();
            assertThat(certificate.residual())
                    .isCloseTo(formulation.exact(game, profile, duals).doubleValue(), within(1e-12));
        }
    }

    /// Cycles of every strength, of which the uniform policy is the equilibrium, and policies that are off
    /// it by so much that their residuals lie around the tolerance.
    @ParameterizedTest
    @EnumSource(Formulation.class)
    void proves_policiesAroundTheTolerance_decidesAsTheExactResidualDoes(Formulation formulation) {
        var random = new SplittableRandom(42);
        int above = 0;
        int below = 0;
        for (int n = 0; n < 1_500; n++) {
            var game = cycles(random, 2 + random.nextInt(3), 3 + 2 * random.nextInt(3));
            double off = Math.pow(10, random.nextDouble(-7, -4.5));
            double[][] profile = IntStream.range(0, game.stakeholders())
                    .mapToObj(_ -> uniformBut(random, game.candidates(), off))
                    .toArray(double[][]::new);
            double[][] duals = IntStream.range(0, game.stakeholders())
                    .mapToObj(_ -> uniform(game.candidates(), 1.0 / (game.candidates() * game.stakeholders())))
                    .toArray(double[][]::new);

            var certificate = formulation.certify(game, profile, duals);
            var exact = formulation.exact(game, profile, duals);

            assertThat(certificate.violations()).isEmpty();
            if (exact.compareTo(Fraction.of(TOLERANCE)) > 0) {
                above++;
                assertThat(certificate.proves(TOLERANCE))
                        .as("residual %s", exact.doubleValue())
                        .isFalse();
            } else if (exact.compareTo(Fraction.of(TOLERANCE - 2 * certificate.rounding())) < 0) {
                below++;
                assertThat(certificate.proves(TOLERANCE))
                        .as("residual %s", exact.doubleValue())
                        .isTrue();
            }
            // and as close to it as doubles come
            double exactly = exact.doubleValue();
            double under = Fraction.of(exactly).compareTo(exact) < 0 ? exactly : Math.nextDown(exactly);
            assertThat(certificate.proves(under)).isFalse();
            assertThat(certificate.proves(exactly + 2 * certificate.rounding())).isTrue();
        }
        assertThat(above).isGreaterThan(300);
        assertThat(below).isGreaterThan(300);
    }

    private static PreferenceGame cycles(SplittableRandom random, int stakeholders, int k) {
        var p = new double[stakeholders][k][k];
        for (double[][] matrix : p) {
            double strength = random.nextInt(-32, 33) / 64.0;
            for (int i = 0; i < k; i++) {
                for (int j = 0; j < k; j++) {
                    int ahead = Math.floorMod(j - i, k);
                    matrix[i][j] = ahead == 0 ? 0.5 : ahead <= k / 2 ? 0.5 + strength : 0.5 - strength;
                }
            }
        }
        return PreferenceGame.of(p);
    }

    private static double[] uniformBut(SplittableRandom random, int k, double off) {
        double[] policy = uniform(k, 1.0 / k);
        double sum = 0;
        for (int i = 0; i < k; i++) {
            policy[i] += off * random.nextDouble(-1, 1);
            sum += policy[i];
        }
        for (int i = 0; i < k; i++) {
            policy[i] /= sum;
        }
        return policy;
    }

    private static double[] uniform(int k, double mass) {
        var policy = new double[k];
        Arrays.fill(policy, mass);
        return policy;
    }

    private static double[][] duals(SplittableRandom random, PreferenceGame game) {
        double[] policy = ExactArithmeticTest.randomPolicy(random, game);
        return IntStream.range(0, game.stakeholders())
                .mapToObj(_ -> Arrays.stream(policy)
                        .map(mass -> mass / game.stakeholders())
                        .toArray())
                .toArray(double[][]::new);
    }

    private static Fraction largest(PreferenceGame game, IntFunction<Fraction> value) {
        return IntStream.range(0, game.candidates())
                .filter(game::allowed)
                .mapToObj(value)
                .reduce(Fraction::max)
                .orElseThrow();
    }

    private static Fraction advantage(PreferenceGame game, int s, int i, double[] x) {
        var sum = Fraction.ZERO;
        for (int j = 0; j < x.length; j++) {
            sum = sum.plus(a(game, s, i, j).times(Fraction.of(x[j])));
        }
        return sum;
    }

    private static Fraction a(PreferenceGame game, int s, int i, int j) {
        return Fraction.of(game.preference(s, i, j)).minus(Fraction.of(0.5));
    }

    /// A quotient of integers, its denominator positive.
    record Fraction(BigInteger numerator, BigInteger denominator) implements Comparable<Fraction> {

        static final Fraction ZERO = new Fraction(BigInteger.ZERO, BigInteger.ONE);

        /// A double is an integer over a power of two.
        static Fraction of(double value) {
            var decimal = new BigDecimal(value);
            return decimal.scale() <= 0
                    ? new Fraction(decimal.toBigIntegerExact(), BigInteger.ONE)
                    : new Fraction(decimal.unscaledValue(), BigInteger.TEN.pow(decimal.scale())).reduced();
        }

        Fraction plus(Fraction other) {
            return new Fraction(
                            numerator.multiply(other.denominator).add(other.numerator.multiply(denominator)),
                            denominator.multiply(other.denominator))
                    .reduced();
        }

        Fraction minus(Fraction other) {
            return plus(new Fraction(other.numerator.negate(), other.denominator));
        }

        Fraction times(Fraction other) {
            return new Fraction(numerator.multiply(other.numerator), denominator.multiply(other.denominator)).reduced();
        }

        Fraction over(int divisor) {
            return new Fraction(numerator, denominator.multiply(BigInteger.valueOf(divisor))).reduced();
        }

        Fraction max(Fraction other) {
            return compareTo(other) >= 0 ? this : other;
        }

        private Fraction reduced() {
            var common = numerator.gcd(denominator);
            return common.signum() == 0 ? ZERO : new Fraction(numerator.divide(common), denominator.divide(common));
        }

        double doubleValue() {
            return new BigDecimal(numerator)
                    .divide(new BigDecimal(denominator), new MathContext(40))
                    .doubleValue();
        }

        @Override
        public int compareTo(Fraction other) {
            return numerator.multiply(other.denominator).compareTo(other.numerator.multiply(denominator));
        }
    }
}
