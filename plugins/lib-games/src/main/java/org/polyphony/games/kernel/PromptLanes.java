package org.polyphony.games.kernel;

import jdk.incubator.vector.FloatVector;

/// Small games, one in every lane: no sum crosses lanes. A block is as many games as there are lanes; a few blocks
/// advance together, because the steps of one block wait for each other.
///
/// Payoffs lie in strips of 8 columns (4 at the end): block, strip, row, column, lane. A row of a strip is then one run
/// through memory, and the policy of the strip stays in registers.
///
/// The methods are small, static and over `float[]`, and no vector lives across a call or an inner loop: C2 keeps
/// vectors in registers within one loop and allocates objects for them elsewhere. Arrays on the heap are not aligned
/// to a vector, which costs a fifth of the matrix product; aligned native memory was slower here, because checks on
/// memory segments are not hoisted out of loops this short.
final class PromptLanes {

    static final int LARGEST = 32;

    private static final int LANES = BaseTwo.LANES.length();
    private static final int STRIP = 8;
    private static final int HALF_STRIP = 4;

    /// Floats of payoff that iterate together: half of a 32 KiB first-level cache.
    private static final int TOGETHER = 4096;

    private static final int MOST_BLOCKS = 8;

    private final int k;
    private final int columns;
    private final int blocks;
    private final int[] places;
    private final float kept;
    private final float[] payoff;
    private final float[] logits;
    private final float[] pull;
    private final float[] exponentials;
    private final float[] largest;
    private final float[] scale;

    PromptLanes(int k, double kept) {
        this.k = k;
        this.kept = (float) kept;
        this.columns = (k + HALF_STRIP - 1) / HALF_STRIP * HALF_STRIP;
        this.blocks = Math.clamp(TOGETHER / (k * columns * LANES), 1, MOST_BLOCKS);
        this.places = places(k, columns);
        this.payoff = new float[blocks * k * columns * LANES];
        this.logits = new float[blocks * k * LANES];
        this.pull = new float[blocks * k * LANES];
        this.exponentials = new float[blocks * columns * LANES];
        this.largest = new float[blocks * LANES];
        this.scale = new float[blocks * LANES];
    }

    /// How many games are in hand at a time.
    int games() {
        return blocks * LANES;
    }

    void load(MirrorDescent updates, KernelBatch bucket, int from, int to) {
        for (int slot = 0; slot < games(); slot++) {
            // a lane without a game repeats the last one
            int game = Math.min(from + slot, to - 1);
            loadPayoff(updates.step() * BaseTwo.PER_NAT / 2, bucket.p(), game * k * k, slot);
            int block = slot / LANES * k;
            for (int i = 0; i < k; i++) {
                int at = (block + i) * LANES + slot % LANES;
                logits[at] = (float) (bucket.logPolicies()[game * k + i] * BaseTwo.PER_NAT);
                pull[at] = (float)
                        (updates.step() * updates.tau() * bucket.logReference()[game * k + i] * BaseTwo.PER_NAT);
            }
        }
    }

    private void loadPayoff(double unit, double[] p, int matrix, int slot) {
        int first = slot / LANES * k * columns * LANES + slot % LANES;
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < i; j++) {
                float margin = (float) (unit * (p[matrix + i * k + j] - p[matrix + j * k + i]));
                payoff[first + places[i * k + j]] = margin;
                payoff[first + places[j * k + i]] = -margin;
            }
        }
    }

    /// Where in its block the payoff of each row and column lies.
    private static int[] places(int k, int columns) {
        var places = new int[k * k];
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                int strip = j / STRIP * STRIP;
                places[i * k + j] = (strip * k + i * Math.min(STRIP, columns - strip) + j - strip) * LANES;
            }
        }
        return places;
    }

    void store(KernelBatch bucket, int from, int to) {
        for (int game = from; game < to; game++) {
            int slot = game - from;
            for (int i = 0; i < k; i++) {
                float logit = logits[(slot / LANES * k + i) * LANES + slot % LANES];
                bucket.logPolicies()[game * k + i] = logit / BaseTwo.PER_NAT;
            }
            bucket.normalise(game);
        }
    }

    void iterate(int iterations) {
        for (int block = 0; block < blocks; block++) {
            findLargest(logits, block * k * LANES, k, largest, block * LANES);
        }
        for (int t = 0; t < iterations; t++) {
            update();
        }
    }

    private void update() {
        int rows = k * LANES;
        int width = columns * LANES;
        for (int n = 0; n < blocks; n++) {
            exponentiate(logits, pull, kept, n * rows, k, exponentials, n * width, largest, scale, n * LANES);
        }
        for (int n = 0; n < blocks; n++) {
            int matrix = n * rows * columns;
            int strip = 0;
            for (; strip + STRIP <= columns; strip += STRIP) {
                int a = matrix + strip * rows;
                addStrip(
                        payoff,
                        a,
                        exponentials,
                        n * width + strip * LANES,
                        logits,
                        n * rows,
                        k,
                        largest,
                        scale,
                        n * LANES);
            }
            if (strip < columns) {
                int a = matrix + strip * rows;
                addHalfStrip(
                        payoff,
                        a,
                        exponentials,
                        n * width + strip * LANES,
                        logits,
                        n * rows,
                        k,
                        largest,
                        scale,
                        n * LANES);
            }
        }
    }

    private static void findLargest(float[] logits, int row, int k, float[] largest, int to) {
        var max = at(logits, row);
        for (int i = 1; i < k; i++) {
            max = BaseTwo.larger(max, at(logits, row + i * LANES));
        }
        max.intoArray(largest, to);
    }

    /// Unnormalised policies and the inverse of their sum; of the next logits, the part that does not need them.
    private static void exponentiate(
            float[] logits,
            float[] pull,
            float kept,
            int row,
            int k,
            float[] exponentials,
            int to,
            float[] largest,
            float[] scale,
            int block) {
        var max = at(largest, block);
        var sum = FloatVector.zero(BaseTwo.LANES);
        for (int i = 0; i < k; i++) {
            var logit = at(logits, row + i * LANES).sub(max);
            var power = BaseTwo.power(logit);
            power.intoArray(exponentials, to + i * LANES);
            sum = sum.add(power);
            logit.fma(FloatVector.broadcast(BaseTwo.LANES, kept), at(pull, row + i * LANES))
                    .intoArray(logits, row + i * LANES);
        }
        FloatVector.broadcast(BaseTwo.LANES, 1).div(sum).intoArray(scale, block);
    }

    /// Adds eight columns of payoffs to the logits; the largest is that of the logits so far.
    ///
    /// Two chains of four: one of eight would leave the units waiting for the result before.
    private static void addStrip(
            float[] payoff,
            int matrix,
            float[] exponentials,
            int column,
            float[] logits,
            int row,
            int k,
            float[] largest,
            float[] scale,
            int block) {
        var unit = at(scale, block);
        var pi0 = at(exponentials, column).mul(unit);
        var pi1 = at(exponentials, column + LANES).mul(unit);
        var pi2 = at(exponentials, column + 2 * LANES).mul(unit);
        var pi3 = at(exponentials, column + 3 * LANES).mul(unit);
        var pi4 = at(exponentials, column + 4 * LANES).mul(unit);
        var pi5 = at(exponentials, column + 5 * LANES).mul(unit);
        var pi6 = at(exponentials, column + 6 * LANES).mul(unit);
        var pi7 = at(exponentials, column + 7 * LANES).mul(unit);
        var max = FloatVector.broadcast(BaseTwo.LANES, -Float.MAX_VALUE);
        for (int i = 0; i < k; i++) {
            int a = matrix + i * (STRIP * LANES);
            var even = at(payoff, a).fma(pi0, at(logits, row + i * LANES));
            var odd = at(payoff, a + LANES).mul(pi1);
            even = at(payoff, a + 2 * LANES).fma(pi2, even);
            odd = at(payoff, a + 3 * LANES).fma(pi3, odd);
            even = at(payoff, a + 4 * LANES).fma(pi4, even);
            odd = at(payoff, a + 5 * LANES).fma(pi5, odd);
            even = at(payoff, a + 6 * LANES).fma(pi6, even);
            odd = at(payoff, a + 7 * LANES).fma(pi7, odd);
            var sum = even.add(odd);
            sum.intoArray(logits, row + i * LANES);
            max = BaseTwo.larger(max, sum);
        }
        max.intoArray(largest, block);
    }

    private static void addHalfStrip(
            float[] payoff,
            int matrix,
            float[] exponentials,
            int column,
            float[] logits,
            int row,
            int k,
            float[] largest,
            float[] scale,
            int block) {
        var unit = at(scale, block);
        var pi0 = at(exponentials, column).mul(unit);
        var pi1 = at(exponentials, column + LANES).mul(unit);
        var pi2 = at(exponentials, column + 2 * LANES).mul(unit);
        var pi3 = at(exponentials, column + 3 * LANES).mul(unit);
        var max = FloatVector.broadcast(BaseTwo.LANES, -Float.MAX_VALUE);
        for (int i = 0; i < k; i++) {
            int a = matrix + i * (HALF_STRIP * LANES);
            var sum = at(payoff, a).fma(pi0, at(logits, row + i * LANES));
            sum = at(payoff, a + LANES).fma(pi1, sum);
            sum = at(payoff, a + 2 * LANES).fma(pi2, sum);
            sum = at(payoff, a + 3 * LANES).fma(pi3, sum);
            sum.intoArray(logits, row + i * LANES);
            max = BaseTwo.larger(max, sum);
        }
        max.intoArray(largest, block);
    }

    private static FloatVector at(float[] values, int offset) {
        return FloatVector.fromArray(BaseTwo.LANES, values, offset);
    }
}
