package org.polyphony.games.kernel;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// Larger games, one at a time, with a candidate in every lane: A π as a sum of columns, 8 sums in flight.
///
/// Payoffs lie in tiles of 8 vectors of rows, within a tile column after column, so that a tile is one run through
/// memory; where no more than 4 vectors of rows remain, the last tile is half as high and takes two columns at a time.
/// Rows and columns are padded: a candidate that is not there has a reference and a policy of 2^−1e30, which no step
/// brings back, and payoffs of zero.
///
/// About methods and arrays see [PromptLanes].
final class CandidateLanes {

    private static final int LANES = BaseTwo.LANES.length();
    private static final int TILE = 8 * LANES;
    private static final int HALF_TILE = 4 * LANES;
    private static final float ABSENT = -1e30f;

    /// Rows and columns that are copied together, so that reading P by column stays in the first-level cache.
    private static final int COPIED = 32;

    private final int k;
    private final int rows;
    private final int tiled;
    private final int columns;
    private final float kept;
    private final float[] payoff;
    private final float[] logits;
    private final float[] pull;
    private final float[] exponentials;
    private final float[] payoffs;

    CandidateLanes(int k, double kept) {
        this.k = k;
        this.kept = (float) kept;
        this.rows = (k + HALF_TILE - 1) / HALF_TILE * HALF_TILE;
        this.tiled = rows / TILE * TILE;
        this.columns = k + k % 2;
        this.payoff = new float[rows * columns];
        this.logits = new float[rows];
        this.pull = new float[rows];
        this.exponentials = new float[rows];
        this.payoffs = new float[rows];
    }

    void load(MirrorDescent updates, KernelBatch bucket, int game) {
        double unit = updates.step() * BaseTwo.PER_NAT / 2;
        for (int i = 0; i < k; i += COPIED) {
            for (int j = 0; j <= i; j += COPIED) {
                loadPayoff(unit, bucket.p(), game * k * k, i, j);
            }
        }
        double pulled = updates.step() * updates.tau();
        for (int i = 0; i < k; i++) {
            logits[i] = (float) (bucket.logPolicies()[game * k + i] * BaseTwo.PER_NAT);
            pull[i] = (float) (pulled * bucket.logReference()[game * k + i] * BaseTwo.PER_NAT);
        }
        Arrays.fill(logits, k, rows, ABSENT);
        Arrays.fill(pull, k, rows, (float) (pulled * ABSENT));
    }

    private void loadPayoff(double unit, double[] p, int matrix, int firstRow, int firstColumn) {
        for (int i = firstRow; i < Math.min(k, firstRow + COPIED); i++) {
            for (int j = firstColumn; j < Math.min(i, firstColumn + COPIED); j++) {
                float margin = (float) (unit * (p[matrix + i * k + j] - p[matrix + j * k + i]));
                payoff[place(i, j)] = margin;
                payoff[place(j, i)] = -margin;
            }
        }
    }

    private int place(int row, int column) {
        int first = row / TILE * TILE;
        return first * columns + column * (first < tiled ? TILE : HALF_TILE) + row - first;
    }

    void store(KernelBatch bucket, int game) {
        for (int i = 0; i < k; i++) {
            bucket.logPolicies()[game * k + i] = logits[i] / BaseTwo.PER_NAT;
        }
        bucket.normalise(game);
    }

    void iterate(int iterations) {
        for (int t = 0; t < iterations; t++) {
            float sum = exponentiate(logits, pull, kept, rows, largest(logits, rows), exponentials);
            for (int row = 0; row < tiled; row += TILE) {
                multiply(payoff, row * columns, columns, exponentials, payoffs, row);
            }
            if (tiled < rows) {
                multiplyHalf(payoff, tiled * columns, columns, exponentials, payoffs, tiled);
            }
            add(payoffs, 1 / sum, logits, rows);
        }
    }

    private static float largest(float[] logits, int rows) {
        var max = at(logits, 0);
        for (int i = LANES; i < rows; i += LANES) {
            max = BaseTwo.larger(max, at(logits, i));
        }
        return max.reduceLanes(VectorOperators.MAX);
    }

    /// Unnormalised policy, whose sum is returned, and the part of the next logits that does not need it.
    private static float exponentiate(
            float[] logits, float[] pull, float kept, int rows, float max, float[] exponentials) {
        var sum = FloatVector.zero(BaseTwo.LANES);
        for (int i = 0; i < rows; i += LANES) {
            var logit = at(logits, i).sub(max);
            var power = BaseTwo.power(logit);
            power.intoArray(exponentials, i);
            sum = sum.add(power);
            logit.fma(FloatVector.broadcast(BaseTwo.LANES, kept), at(pull, i)).intoArray(logits, i);
        }
        return sum.reduceLanes(VectorOperators.ADD);
    }

    private static void multiply(
            float[] payoff, int tile, int columns, float[] exponentials, float[] payoffs, int row) {
        var sum0 = FloatVector.zero(BaseTwo.LANES);
        var sum1 = sum0;
        var sum2 = sum0;
        var sum3 = sum0;
        var sum4 = sum0;
        var sum5 = sum0;
        var sum6 = sum0;
        var sum7 = sum0;
        for (int j = 0; j < columns; j++) {
            int a = tile + j * TILE;
            var policy = FloatVector.broadcast(BaseTwo.LANES, exponentials[j]);
            sum0 = at(payoff, a).fma(policy, sum0);
            sum1 = at(payoff, a + LANES).fma(policy, sum1);
            sum2 = at(payoff, a + 2 * LANES).fma(policy, sum2);
            sum3 = at(payoff, a + 3 * LANES).fma(policy, sum3);
            sum4 = at(payoff, a + 4 * LANES).fma(policy, sum4);
            sum5 = at(payoff, a + 5 * LANES).fma(policy, sum5);
            sum6 = at(payoff, a + 6 * LANES).fma(policy, sum6);
            sum7 = at(payoff, a + 7 * LANES).fma(policy, sum7);
        }
        sum0.intoArray(payoffs, row);
        sum1.intoArray(payoffs, row + LANES);
        sum2.intoArray(payoffs, row + 2 * LANES);
        sum3.intoArray(payoffs, row + 3 * LANES);
        sum4.intoArray(payoffs, row + 4 * LANES);
        sum5.intoArray(payoffs, row + 5 * LANES);
        sum6.intoArray(payoffs, row + 6 * LANES);
        sum7.intoArray(payoffs, row + 7 * LANES);
    }

    private static void multiplyHalf(
            float[] payoff, int tile, int columns, float[] exponentials, float[] payoffs, int row) {
        var even0 = FloatVector.zero(BaseTwo.LANES);
        var even1 = even0;
        var even2 = even0;
        var even3 = even0;
        var odd0 = even0;
        var odd1 = even0;
        var odd2 = even0;
        var odd3 = even0;
        // counted by pairs: a loop that counts columns by twos is not kept in registers where vectors are 512 bits wide
        for (int pair = 0; pair < columns / 2; pair++) {
            int a = tile + pair * TILE;
            var first = FloatVector.broadcast(BaseTwo.LANES, exponentials[2 * pair]);
            even0 = at(payoff, a).fma(first, even0);
            even1 = at(payoff, a + LANES).fma(first, even1);
            even2 = at(payoff, a + 2 * LANES).fma(first, even2);
            even3 = at(payoff, a + 3 * LANES).fma(first, even3);
            var second = FloatVector.broadcast(BaseTwo.LANES, exponentials[2 * pair + 1]);
            odd0 = at(payoff, a + 4 * LANES).fma(second, odd0);
            odd1 = at(payoff, a + 5 * LANES).fma(second, odd1);
            odd2 = at(payoff, a + 6 * LANES).fma(second, odd2);
            odd3 = at(payoff, a + 7 * LANES).fma(second, odd3);
        }
        even0.add(odd0).intoArray(payoffs, row);
        even1.add(odd1).intoArray(payoffs, row + LANES);
        even2.add(odd2).intoArray(payoffs, row + 2 * LANES);
        even3.add(odd3).intoArray(payoffs, row + 3 * LANES);
    }

    private static void add(float[] payoffs, float scale, float[] logits, int rows) {
        var unit = FloatVector.broadcast(BaseTwo.LANES, scale);
        for (int i = 0; i < rows; i += LANES) {
            at(payoffs, i).fma(unit, at(logits, i)).intoArray(logits, i);
        }
    }

    private static FloatVector at(float[] values, int offset) {
        return FloatVector.fromArray(BaseTwo.LANES, values, offset);
    }
}
