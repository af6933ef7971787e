package org.polyphony.games;

import java.util.Arrays;

/// The candidates that are allowed to play, out of K. Solvers solve the game among these and give the others a mass of
/// exactly zero; when none is left there is nothing to solve, which is a refusal and never a policy.
public final class AllowedCandidates {

    private final int size;
    private final int[] allowed;

    private AllowedCandidates(int size, int[] allowed) {
        this.size = size;
        this.allowed = allowed;
    }

    /// All of `k` candidates.
    public static AllowedCandidates all(int k) {
        var indices = new int[k];
        Arrays.setAll(indices, i -> i);
        return new AllowedCandidates(k, indices);
    }

    /// Those whose entry in `mask` is true.
    public static AllowedCandidates of(boolean[] mask) {
        var indices = new int[mask.length];
        int n = 0;
        for (int i = 0; i < mask.length; i++) {
            if (mask[i]) {
                indices[n++] = i;
            }
        }
        return new AllowedCandidates(mask.length, Arrays.copyOf(indices, n));
    }

    /// K, the disallowed ones included.
    public int size() {
        return size;
    }

    /// How many may play.
    public int count() {
        return allowed.length;
    }

    /// The index, among all K, of the `i`-th candidate that may play.
    public int index(int i) {
        return allowed[i];
    }

    /// True when nothing may be deployed.
    public boolean isEmpty() {
        return allowed.length == 0;
    }

    /// True when nothing is masked.
    public boolean isAll() {
        return allowed.length == size;
    }

    /// The allowed rows and columns of each of `matrices` row-major K × K matrices; `values` itself when nothing is
    /// masked.
    ///
    /// @throws IllegalArgumentException if `values` does not hold that many entries
    public double[] restrictMatrices(double[] values, int matrices) {
        if (values.length != Math.multiplyExact(matrices, size * size)) {
            throw new IllegalArgumentException("the tensor holds " + values.length + " entries, " + matrices
                    + " matrices over " + size + " candidates need " + (long) matrices * size * size);
        }
        if (isAll()) {
            return values;
        }
        int n = allowed.length;
        var restricted = new double[matrices * n * n];
        for (int s = 0; s < matrices; s++) {
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    restricted[(s * n + i) * n + j] = values[(s * size + allowed[i]) * size + allowed[j]];
                }
            }
        }
        return restricted;
    }

    /// The allowed entries of a vector over K; `values` itself when nothing is masked.
    public double[] restrict(double[] values) {
        if (values.length != size) {
            throw new IllegalArgumentException(
                    "the vector holds " + values.length + " entries, there are " + size + " candidates");
        }
        if (isAll()) {
            return values;
        }
        var restricted = new double[allowed.length];
        for (int i = 0; i < restricted.length; i++) {
            restricted[i] = values[allowed[i]];
        }
        return restricted;
    }

    /// Puts a vector over the allowed candidates back among all K; the others get `elsewhere`.
    public double[] expand(double[] values, double elsewhere) {
        return expandEach(values, 1, elsewhere);
    }

    /// Puts `vectors` vectors over the allowed candidates, one after the other, back among all K.
    public double[] expandEach(double[] values, int vectors, double elsewhere) {
        if (isAll()) {
            return values;
        }
        var expanded = new double[vectors * size];
        Arrays.fill(expanded, elsewhere);
        for (int s = 0; s < vectors; s++) {
            for (int i = 0; i < allowed.length; i++) {
                expanded[s * size + allowed[i]] = values[s * allowed.length + i];
            }
        }
        return expanded;
    }
}
