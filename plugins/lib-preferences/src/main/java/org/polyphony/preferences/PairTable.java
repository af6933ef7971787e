package org.polyphony.preferences;

import java.util.Arrays;

/// The compared pairs of every item, numbered in order of item, lower candidate, higher candidate.
///
/// Rows that compare the same two candidates share a pair number, so models work on a few hundred pairs of an
/// item
/// instead of its thousands of judgments.
public final class PairTable {
    private final int[] candidates;
    private final int[] start;
    private final int[] low;
    private final int[] high;

    private PairTable(int[] candidates, int[] start, int[] low, int[] high) {
        this.candidates = candidates;
        this.start = start;
        this.low = low;
        this.high = high;
    }

    /// Numbers the pairs of the rows and writes each row's pair number into `pairOfRow`.
    static PairTable number(int[] candidates, int[] item, int[] first, int[] second, int[] pairOfRow) {
        int rows = item.length;
        long[] keys = new long[rows];
        for (int row = 0; row < rows; row++) {
            int low = Math.min(first[row], second[row]);
            int high = Math.max(first[row], second[row]);
            // 2^20 candidates an item: the builder refuses more
            keys[row] = ((long) item[row] << 40) | ((long) low << 20) | high;
        }
        long[] distinct = keys.clone();
        Arrays.sort(distinct);
        int pairs = 0;
        for (int k = 0; k < rows; k++) {
            if (k == 0 || distinct[k] != distinct[k - 1]) {
                distinct[pairs++] = distinct[k];
            }
        }
        int[] lows = new int[pairs];
        int[] highs = new int[pairs];
        int[] start = new int[candidates.length + 1];
        for (int pair = 0; pair < pairs; pair++) {
            lows[pair] = (int) (distinct[pair] >> 20) & 0xFFFFF;
            highs[pair] = (int) distinct[pair] & 0xFFFFF;
            start[(int) (distinct[pair] >> 40) + 1]++;
        }
        for (int i = 0; i < candidates.length; i++) {
            start[i + 1] += start[i];
        }
        for (int row = 0; row < rows; row++) {
            pairOfRow[row] = Arrays.binarySearch(distinct, 0, pairs, keys[row]);
        }
        return new PairTable(candidates, start, lows, highs);
    }

    /// Number of items.
    public int items() {
        return candidates.length;
    }

    /// Number of candidates of an item, compared or not.
    public int candidates(int item) {
        return candidates[item];
    }

    /// Number of compared pairs of all items.
    public int size() {
        return low.length;
    }

    /// First pair number of an item; its pairs end before `start(item + 1)`.
    public int start(int item) {
        return start[item];
    }

    /// The lower candidate index of a pair.
    public int low(int pair) {
        return low[pair];
    }

    /// The higher candidate index of a pair.
    public int high(int pair) {
        return high[pair];
    }
}
