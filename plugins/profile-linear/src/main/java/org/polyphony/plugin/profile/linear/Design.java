package org.polyphony.plugin.profile.linear;

import java.util.Arrays;

/// The candidates of a fit.
///
/// @param z their columns, row-major [N, d]
/// @param block the encoder of every column [d]
/// @param offsets first candidate of each item, then N
record Design(double[] z, int[] block, int[] offsets) {

    int columns() {
        return block.length;
    }

    int blocks() {
        return Arrays.stream(block).max().orElse(-1) + 1;
    }

    int items() {
        return offsets.length - 1;
    }

    int candidates() {
        return offsets[offsets.length - 1];
    }

    /// The item of a candidate.
    int item(int candidate) {
        int at = Arrays.binarySearch(offsets, candidate);
        // items without candidates share a first one with the next: the last of them has it
        int item = at >= 0 ? at : -at - 2;
        while (offsets[item + 1] == candidate) {
            item++;
        }
        return item;
    }

    /// Column c of candidate i less that of k.
    double apart(int i, int k, int c) {
        return z[i * block.length + c] - z[k * block.length + c];
    }

    /// What weights [d] make of a candidate.
    double score(int candidate, double[] weights) {
        double sum = 0;
        for (int c = 0; c < weights.length; c++) {
            sum += z[candidate * weights.length + c] * weights[c];
        }
        return sum;
    }
}
