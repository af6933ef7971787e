package org.polyphony.plugin.profile.linear;

import java.util.Arrays;
import java.util.function.IntPredicate;

/// Comparisons of two candidates, by whomever; candidates are numbered through all items.
///
/// @param first the candidate compared, shown first where the order is known
/// @param second the candidate it is compared with, of the same item
/// @param ordered whether the order is the one in which they were shown
/// @param weight how often the comparison counts
/// @param share how often of these the first was preferred, from 0 to 1; ties are half of each
record Answers(int[] first, int[] second, boolean[] ordered, double[] weight, double[] share) {

    int count() {
        return first.length;
    }

    /// The same comparisons, whoever made them: one row an ordered pair, sorted by it.
    ///
    /// @param candidates how many candidates there are
    Answers merged(int candidates, IntPredicate rows) {
        int n = count();
        long[] keys = new long[n];
        int kept = 0;
        for (int row = 0; row < n; row++) {
            if (rows.test(row)) {
                keys[kept++] = key(row, candidates);
            }
        }
        keys = Arrays.copyOf(keys, kept);
        Arrays.sort(keys);
        long[] different = Arrays.stream(keys).distinct().toArray();
        double[] times = new double[different.length];
        double[] preferred = new double[different.length];
        for (int row = 0; row < n; row++) {
            if (rows.test(row)) {
                int cell = Arrays.binarySearch(different, key(row, candidates));
                times[cell] += weight[row];
                preferred[cell] += weight[row] * share[row];
            }
        }
        int[] one = new int[different.length];
        int[] other = new int[different.length];
        boolean[] shown = new boolean[different.length];
        for (int cell = 0; cell < different.length; cell++) {
            long pair = different[cell] / 2;
            shown[cell] = different[cell] % 2 == 1;
            one[cell] = (int) (pair / candidates);
            other[cell] = (int) (pair % candidates);
            preferred[cell] /= times[cell];
        }
        return new Answers(one, other, shown, times, preferred);
    }

    private long key(int row, int candidates) {
        return 2 * ((long) first[row] * candidates + second[row]) + (ordered[row] ? 1 : 0);
    }
}
