package org.polyphony.engine.export;

import org.polyphony.spi.preference.Candidates;
import org.polyphony.spi.preference.Judgments;

/// How many judgments compare each two candidates of an item, each with its weight. A ranking or rating of
/// k candidates compares k (k − 1) / 2 pairs.
final class JudgedPairs {

    private final double[][] byItem;
    private final Candidates candidates;

    private JudgedPairs(double[][] byItem, Candidates candidates) {
        this.byItem = byItem;
        this.candidates = candidates;
    }

    static JudgedPairs of(Judgments judgments) {
        var candidates = judgments.candidates();
        var byItem = new double[candidates.items().size()][];
        for (int b = 0; b < byItem.length; b++) {
            int k = candidates.count(b);
            byItem[b] = new double[k * (k - 1) / 2];
        }
        for (int n = 0; n < judgments.count(); n++) {
            var counts = byItem[judgments.item(n)];
            double weight = judgments.weight(n);
            int end = judgments.entries().end(n);
            for (int e = judgments.entries().first(n); e < end; e++) {
                for (int f = e + 1; f < end; f++) {
                    int i = judgments.entries().candidate(e);
                    int j = judgments.entries().candidate(f);
                    if (i != j) {
                        counts[index(i, j)] += weight;
                    }
                }
            }
        }
        return new JudgedPairs(byItem, candidates);
    }

    /// The weight of the judgments that compare candidates `i` and `j` of `item`.
    double weight(int item, int i, int j) {
        if (i == j || Math.max(i, j) >= candidates.count(item)) {
            throw new IndexOutOfBoundsException("no pair (" + i + ", " + j + ") of item " + item);
        }
        return byItem[item][index(i, j)];
    }

    private static int index(int i, int j) {
        int high = Math.max(i, j);
        return high * (high - 1) / 2 + Math.min(i, j);
    }
}
