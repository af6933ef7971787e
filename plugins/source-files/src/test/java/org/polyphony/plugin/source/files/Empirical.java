package org.polyphony.plugin.source.files;

import org.polyphony.spi.preference.Judgments;

/// Pair counts of one item, straight from judgments.
final class Empirical {

    private Empirical() {}

    /// Weight of the judgments that put i above j.
    static double[][] wins(Judgments table, int item) {
        int k = table.candidates().count(item);
        double[][] wins = new double[k][k];
        for (int n = 0; n < table.count(); n++) {
            if (table.item(n) != item) {
                continue;
            }
            int from = table.entries().first(n);
            int to = table.entries().end(n);
            for (int a = from; a < to; a++) {
                for (int b = from; b < to; b++) {
                    if (table.entries().value(a) > table.entries().value(b)) {
                        wins[table.entries().candidate(a)][table.entries().candidate(b)] += table.weight(n);
                    }
                }
            }
        }
        return wins;
    }

    /// `P[i][j]` = 1/2 + (n_ij - n_ji) / (2 N), N the weight of all judgments about the item.
    static double[][] preferences(Judgments table, int item) {
        double[][] wins = wins(table, item);
        double all = 0;
        for (int n = 0; n < table.count(); n++) {
            all += table.item(n) == item ? table.weight(n) : 0;
        }
        double[][] p = new double[wins.length][wins.length];
        for (int i = 0; i < p.length; i++) {
            for (int j = 0; j < p.length; j++) {
                p[i][j] = 0.5 + (wins[i][j] - wins[j][i]) / (2 * all);
            }
        }
        return p;
    }
}
