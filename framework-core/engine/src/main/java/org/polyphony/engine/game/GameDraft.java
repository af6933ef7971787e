package org.polyphony.engine.game;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/// One game while it is read: its numbers as they were written, in flat arrays that are used again for the
/// next one. [#check] makes sure that it is a game and brings it into the form in which it is played. One
/// thread at a time.
final class GameDraft {

    // rounding of decimal fractions, and of float32 files
    private static final double SYMMETRY_TOLERANCE = 1e-6;

    private double[] p = new double[64];
    private int numbers;
    private int[] lengths = new int[8];
    private int rows;
    private int[] matrices = new int[2];
    private int stakeholders;
    private double[] weights = new double[4];
    private int weighed;
    private double[] reference = new double[8];
    private int referred;
    private boolean[] unsafe = new boolean[8];
    private int flagged;

    /// What is done with games as they are read, in the order of the file.
    interface Sink {

        /// A game that was read; the draft is the reader's again when this returns.
        void add(GameDraft draft);

        /// What is no game.
        ///
        /// @param reason what is wrong, with the value
        void broken(String reason);
    }

    /// Forgets the game.
    void clear() {
        numbers = 0;
        rows = 0;
        stakeholders = 0;
        weighed = 0;
        referred = 0;
        flagged = 0;
    }

    /// The next number of the current row of P.
    void number(double value) {
        if (numbers == p.length) {
            p = Arrays.copyOf(p, 2 * numbers);
        }
        p[numbers++] = value;
    }

    /// Ends a row of P of this many numbers.
    void endRow(int length) {
        if (rows == lengths.length) {
            lengths = Arrays.copyOf(lengths, 2 * rows);
        }
        lengths[rows++] = length;
    }

    /// Ends a stakeholder's matrix of this many rows.
    void endMatrix(int height) {
        if (stakeholders == matrices.length) {
            matrices = Arrays.copyOf(matrices, 2 * stakeholders);
        }
        matrices[stakeholders++] = height;
    }

    /// All of P at once.
    ///
    /// @param values FLOAT64, shape (S, K, K)
    void preferences(MemorySegment values, int s, int k) {
        int count = s * k * k;
        if (p.length < count) {
            p = new double[count];
        }
        MemorySegment.copy(values, ValueLayout.JAVA_DOUBLE_UNALIGNED, 0, p, 0, count);
        numbers = count;
        for (int n = 0; n < s; n++) {
            for (int i = 0; i < k; i++) {
                endRow(k);
            }
            endMatrix(k);
        }
    }

    void weight(double value) {
        if (weighed == weights.length) {
            weights = Arrays.copyOf(weights, 2 * weighed);
        }
        weights[weighed++] = value;
    }

    void reference(double probability) {
        if (referred == reference.length) {
            reference = Arrays.copyOf(reference, 2 * referred);
        }
        reference[referred++] = probability;
    }

    void unsafe(boolean flag) {
        if (flagged == unsafe.length) {
            unsafe = Arrays.copyOf(unsafe, 2 * flagged);
        }
        unsafe[flagged++] = flag;
    }

    /// S.
    int stakeholders() {
        return stakeholders;
    }

    /// K.
    int candidates() {
        return matrices[0];
    }

    /// The numbers of P, of which the first S·K·K count.
    double[] p() {
        return p;
    }

    /// Of which the first S count, once it was checked; before that those that were given.
    double[] weights() {
        return weights;
    }

    /// How many weights were given.
    int weighed() {
        return weighed;
    }

    /// Whether a reference was given.
    boolean hasReference() {
        return referred > 0;
    }

    /// Of which the first K count: log-probabilities, once it was checked.
    double[] reference() {
        return reference;
    }

    /// Whether candidate `i` may be played.
    boolean allowed(int i) {
        return flagged == 0 || !unsafe[i];
    }

    /// Makes sure that it is a game. Weights are normalised to sum to one, equal where none were given;
    /// the reference becomes log-probabilities; P + Pᵀ is 1 exactly.
    ///
    /// @throws IllegalArgumentException saying what is wrong, with the value and its place
    void check() {
        if (stakeholders == 0 || matrices[0] == 0) {
            throw new IllegalArgumentException("P has no " + (stakeholders == 0 ? "stakeholder" : "candidate")
                    + "; it must have shape [S][K][K] with S >= 1 and K >= 1");
        }
        int k = matrices[0];
        int row = 0;
        int at = 0;
        for (int s = 0; s < stakeholders; s++) {
            checkShape(s, row, at, k);
            complete(s, at, k);
            row += k;
            at += k * k;
        }
        if (flagged != 0 && flagged != k) {
            throw new IllegalArgumentException("unsafe has " + flagged + " entries; P has " + k + " candidates");
        }
        normaliseWeights();
        normaliseReference(k);
    }

    private void checkShape(int s, int row, int at, int k) {
        if (matrices[s] != k) {
            throw new IllegalArgumentException("P[" + s + "] has " + matrices[s] + " rows, P[0] has " + k
                    + "; all stakeholders judge the same candidates");
        }
        for (int i = 0; i < k; i++) {
            if (lengths[row + i] != k) {
                throw new IllegalArgumentException("P[" + s + "][" + i + "] has " + lengths[row + i]
                        + " entries; a square matrix of " + k + " is needed");
            }
            for (int j = 0; j < k; j++) {
                double value = p[at + i * k + j];
                if (!(value >= 0 && value <= 1)) {
                    throw new IllegalArgumentException(
                            "P[" + s + "][" + i + "][" + j + "] is " + value + "; a probability lies in [0, 1]");
                }
            }
        }
    }

    private void complete(int s, int at, int k) {
        for (int i = 0; i < k; i++) {
            for (int j = i; j < k; j++) {
                double sum = p[at + i * k + j] + p[at + j * k + i];
                if (Math.abs(sum - 1) > SYMMETRY_TOLERANCE) {
                    throw new IllegalArgumentException("P[" + s + "][" + i + "][" + j + "] + P[" + s + "][" + j + "]["
                            + i + "] is " + sum + "; P + P^T must be 1 (diagonal 0.5)");
                }
            }
        }
        for (int i = 0; i < k; i++) {
            p[at + i * k + i] = 0.5;
            for (int j = 0; j < i; j++) {
                double lower = p[at + i * k + j];
                double upper = p[at + j * k + i];
                if (lower + upper != 1) {
                    // the lower triangle decides; exact input stays exact
                    p[at + i * k + j] = 0.5 + (lower - upper) / 2;
                    p[at + j * k + i] = 1 - p[at + i * k + j];
                }
            }
        }
    }

    private void normaliseWeights() {
        if (weighed == 0) {
            for (int s = 0; s < stakeholders; s++) {
                weight(1.0 / stakeholders);
            }
            return;
        }
        if (weighed != stakeholders) {
            throw new IllegalArgumentException(
                    "weights has " + weighed + " entries; P has " + stakeholders + " stakeholders");
        }
        double sum = 0;
        for (int i = 0; i < weighed; i++) {
            if (!(weights[i] >= 0 && weights[i] < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "weights[" + i + "] is " + weights[i] + "; weights are >= 0 and finite");
            }
            sum += weights[i];
        }
        if (!(sum > 0)) {
            throw new IllegalArgumentException("weights sum to " + sum + "; at least one must be > 0");
        }
        for (int i = 0; i < weighed; i++) {
            weights[i] /= sum;
        }
    }

    private void normaliseReference(int k) {
        if (referred == 0) {
            return;
        }
        if (referred != k) {
            throw new IllegalArgumentException("ref has " + referred + " entries; P has " + k + " candidates");
        }
        double sum = 0;
        for (int i = 0; i < k; i++) {
            if (!(reference[i] > 0 && reference[i] < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("ref[" + i + "] is " + reference[i]
                        + "; the reference gives every candidate a probability > 0");
            }
            sum += reference[i];
        }
        for (int i = 0; i < k; i++) {
            reference[i] = Math.log(reference[i] / sum);
        }
    }
}
