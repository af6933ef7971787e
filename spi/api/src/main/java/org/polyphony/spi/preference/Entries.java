package org.polyphony.spi.preference;

import org.polyphony.spi.tensor.Tensor;

/// The candidates that judgments name, each with a value, judgment by judgment: those of judgment n are `offsets[n] …
/// offsets[n+1]-1`.
///
/// @param offsets INT32, first entry of each judgment, shape (N+1), ascending from 0 to E
/// @param candidate INT32, candidate *of the item*, shape (E)
/// @param value FLOAT64, finite, shape (E)
/// @param ordered whether the two entries of a pair stand in the order in which they were shown; false where a source
///     does not know it, as where a file lists the chosen answer first
public record Entries(Tensor offsets, Tensor candidate, Tensor value, boolean ordered) {

    public Entries {
        if (offsets.size() == 0 || candidate.size() != value.size()) {
            throw new IllegalArgumentException("the columns of entries do not fit together: offsets " + offsets
                    + ", candidate " + candidate + ", value " + value);
        }
    }

    /// Entries in these columns.
    public static Entries of(Tensor offsets, Tensor candidate, Tensor value, boolean ordered) {
        return new Entries(offsets, candidate, value, ordered);
    }

    /// The first entry of judgment `judgment`.
    public int first(int judgment) {
        return offsets.getInt(judgment);
    }

    /// The entry after the last of judgment `judgment`.
    public int end(int judgment) {
        return offsets.getInt(judgment + 1L);
    }

    /// How many entries judgment `judgment` has.
    public int count(int judgment) {
        return end(judgment) - first(judgment);
    }

    /// The candidate, of the item, that entry `entry` names.
    public int candidate(int entry) {
        return candidate.getInt(entry);
    }

    /// The value of entry `entry`.
    public double value(int entry) {
        return value.getDouble(entry);
    }

    /// The candidates, of the item, that judgment `judgment` names: a copy.
    public int[] candidates(int judgment) {
        int from = first(judgment);
        var candidates = new int[count(judgment)];
        for (int e = 0; e < candidates.length; e++) {
            candidates[e] = candidate(from + e);
        }
        return candidates;
    }

    /// Their values: a copy.
    public double[] values(int judgment) {
        return value.toDoubles(first(judgment), count(judgment));
    }
}
