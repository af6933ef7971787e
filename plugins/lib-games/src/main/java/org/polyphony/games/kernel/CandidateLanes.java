package org.polyphony.games.kernel;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// Larger games, one at a time, with a candidate in every lane: A π as a sum of columns, 8 sums in flight.
///
/// Payoffs lie in tiles of 4 vectors of rows, within a tile column after column, two columns at a time, so that a tile
/// is one run through memory. Rows and columns are padded: a candidate that is not there has a reference and a policy
/// of 2^−1e30, which no step brings back, and payoffs of zero.
///
/// About methods and arrays see [PromptLanes].
final class CandidateLanes {

    private static final int LANES = BaseTwo.LANES.length();
    private static final int ROWS = 4 * LANES;
    private static final float ABSENT = -1e30f;

    private final int k;
    private final int rows;
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
        this.rows = (k + ROWS - 1) / ROWS * ROWS;
        this.columns = k + k % 2;
        this.payoff = new float[rows * columns];
        this.logits = new float[rows];
        this.pull = new float[rows];
        this.exponentials = new float[rows];
        this.payoffs = new float[rows];
    }

    void load(MirrorDescent updates, GameBucket bucket, int game) {
        double unit = updates.step() * BaseTwo.PER_NAT / 2;
        double pulled = updates.step() * updates.tau();
        double[] p = bucket.p();
        int matrix = game * k * k;
        for (int i = 0; i < k; i++) {
            int row = i / ROWS * ROWS * columns + i % ROWS;
            for (int j = 0; j < k; j++) {
                payoff[row + j * ROWS] = (float) (unit * (p[matrix + i * k + j] - p[matrix + j * k + i]));
            }
            logits[i] = (float) (bucket.logPolicies()[game * k + i] * BaseTwo.PER_NAT);
            pull[i] = (float) (pulled * bucket.logReference()[game * k + i] * BaseTwo.PER_NAT);
        }
        Arrays.fill(logits, k, rows, ABSENT);
        Arrays.fill(pull, k, rows, (float) (pulled * ABSENT));
    }

    void store(GameBucket bucket, int game) {
        for (int i = 0; i < k; i++) {
            bucket.logPolicies()[game * k + i] = logits[i] / BaseTwo.PER_NAT;
        }
        bucket.normalise(game);
    }

    void iterate(int iterations) {
        for (int t = 0; t < iterations; t++) {
            float sum = exponentiate(logits, pull, kept, rows, largest(logits, rows), exponentials);
            for (int row = 0; row < rows; row += ROWS) {
                multiply(payoff, row * columns, columns, exponentials, payoffs, row);
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
        var even0 = FloatVector.zero(BaseTwo.LANES);
        var even1 = even0;
        var even2 = even0;
        var even3 = even0;
        var odd0 = even0;
        var odd1 = even0;
        var odd2 = even0;
        var odd3 = even0;
        for (int j = 0; j < columns; j += 2) {
            int a = tile + j * ROWS;
            var first = FloatVector.broadcast(BaseTwo.LANES, exponentials[j]);
            even0 = at(payoff, a).fma(first, even0);
            even1 = at(payoff, a + LANES).fma(first, even1);
            even2 = at(payoff, a + 2 * LANES).fma(first, even2);
            even3 = at(payoff, a + 3 * LANES).fma(first, even3);
            var second = FloatVector.broadcast(BaseTwo.LANES, exponentials[j + 1]);
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
