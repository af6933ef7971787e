package org.polyphony.games;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Arrays;

/// The definition: a zero-sum matrix game solved in exact rational arithmetic.
///
/// Every finite double is an integer times a power of two, so the payoffs become integers without loss; the tableau is
/// pivoted without fractions (Edmonds 1967, Bareiss 1968) under the rule of Bland (1977), which always ends. What the
/// floating-point solvers return is checked against this class in tests, and it is their last resort on a game that
/// rounding has defeated. Cost grows with the cube of the size times the length of the integers: small games only.
final class ExactMatrixGame {

    private static final MathContext DIGITS = new MathContext(40);

    private final int rows;
    private final int columns;
    private final BigInteger[][] t;
    private final int[] basic;
    private final int[] nonbasic;
    private BigInteger denominator = BigInteger.ONE;

    /// @param payoff to the row player, shape (rows, columns), row-major, finite
    ExactMatrixGame(double[] payoff, int rows, int columns) {
        this.rows = rows;
        this.columns = columns;
        this.t = new BigInteger[rows + 1][columns + 1];
        this.basic = new int[rows];
        this.nonbasic = new int[columns];
        load(payoff);
        int entering;
        while ((entering = firstImproving()) >= 0) {
            pivot(leavingRow(entering), entering);
        }
    }

    /// The column player's strategy, rounded once from its exact value.
    double[] columnStrategy() {
        var weights = zeros(columns);
        for (int i = 0; i < rows; i++) {
            if (basic[i] < columns) {
                weights[basic[i]] = t[i][columns];
            }
        }
        return normalise(weights);
    }

    /// The row player's strategy, rounded once from its exact value.
    double[] rowStrategy() {
        var weights = zeros(rows);
        for (int j = 0; j < columns; j++) {
            if (nonbasic[j] >= columns) {
                weights[nonbasic[j] - columns] = t[rows][j];
            }
        }
        return normalise(weights);
    }

    private void load(double[] payoff) {
        int smallestExponent = Integer.MAX_VALUE;
        for (double value : payoff) {
            if (value != 0) {
                smallestExponent = Math.min(smallestExponent, Math.getExponent(value) - 52);
            }
        }
        int unit = smallestExponent == Integer.MAX_VALUE ? 0 : Math.max(smallestExponent, Double.MIN_EXPONENT - 52);
        BigInteger lowest = integer(payoff[0], unit);
        BigInteger highest = lowest;
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                t[i][j] = integer(payoff[i * columns + j], unit);
                lowest = lowest.min(t[i][j]);
                highest = highest.max(t[i][j]);
            }
        }
        // a positive game: strategies do not change when a constant is added to every payoff
        BigInteger shift = highest.subtract(lowest).add(BigInteger.ONE).subtract(lowest);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                t[i][j] = t[i][j].add(shift);
            }
            t[i][columns] = BigInteger.ONE;
            basic[i] = columns + i;
        }
        for (int j = 0; j < columns; j++) {
            t[rows][j] = BigInteger.ONE.negate();
            nonbasic[j] = j;
        }
        t[rows][columns] = BigInteger.ZERO;
    }

    private static BigInteger integer(double value, int unit) {
        return new BigDecimal(value).multiply(powerOfTwo(-unit)).toBigIntegerExact();
    }

    private static BigDecimal powerOfTwo(int exponent) {
        return exponent >= 0 ? new BigDecimal(BigInteger.ONE.shiftLeft(exponent)) : new BigDecimal(0.5).pow(-exponent);
    }

    private int firstImproving() {
        int best = -1;
        for (int j = 0; j < columns; j++) {
            if (t[rows][j].signum() < 0 && (best < 0 || nonbasic[j] < nonbasic[best])) {
                best = j;
            }
        }
        return best;
    }

    private int leavingRow(int entering) {
        int best = -1;
        for (int i = 0; i < rows; i++) {
            if (t[i][entering].signum() <= 0) {
                continue;
            }
            if (best < 0) {
                best = i;
                continue;
            }
            int order = t[i][columns].multiply(t[best][entering]).compareTo(t[best][columns].multiply(t[i][entering]));
            if (order < 0 || (order == 0 && basic[i] < basic[best])) {
                best = i;
            }
        }
        return best;
    }

    private void pivot(int leaving, int entering) {
        BigInteger pivot = t[leaving][entering];
        for (int i = 0; i <= rows; i++) {
            if (i == leaving) {
                continue;
            }
            BigInteger factor = t[i][entering];
            for (int j = 0; j <= columns; j++) {
                if (j != entering) {
                    t[i][j] = t[i][j].multiply(pivot)
                            .subtract(factor.multiply(t[leaving][j]))
                            .divide(denominator);
                }
            }
            t[i][entering] = factor.negate();
        }
        t[leaving][entering] = denominator;
        denominator = pivot;
        int label = basic[leaving];
        basic[leaving] = nonbasic[entering];
        nonbasic[entering] = label;
    }

    private static BigInteger[] zeros(int n) {
        var values = new BigInteger[n];
        Arrays.fill(values, BigInteger.ZERO);
        return values;
    }

    private static double[] normalise(BigInteger[] weights) {
        BigInteger total = BigInteger.ZERO;
        for (BigInteger weight : weights) {
            total = total.add(weight);
        }
        var strategy = new double[weights.length];
        var sum = new BigDecimal(total);
        for (int i = 0; i < strategy.length; i++) {
            strategy[i] = new BigDecimal(weights[i]).divide(sum, DIGITS).doubleValue();
        }
        return strategy;
    }
}
