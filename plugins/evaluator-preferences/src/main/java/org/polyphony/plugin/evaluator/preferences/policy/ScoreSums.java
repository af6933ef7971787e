package org.polyphony.plugin.evaluator.preferences.policy;

import java.util.Arrays;
import java.util.function.IntPredicate;
import org.polyphony.games.AllowedCandidates;
import org.polyphony.plugin.evaluator.preferences.study.EvaluatedStudy;
import org.polyphony.preferences.Pairs;

/// How candidates scored in comparisons by judge, ready to be weighted anew for every draw of judges.
///
/// A win scores 1, a tie 1/2. One entry holds what one judge said of one candidate while speaking for one
/// group, so a judgment of m candidates is m entries, not m² pairs.
final class ScoreSums {
    private final EvaluatedStudy study;
    private final int groups;
    private final int[] firstOfItem;
    private final int[] judge;
    /// candidate · (groups + 1) + group + 1
    private final int[] cell;
    private final double[] score;
    private final double[] comparisons;

    private ScoreSums(
            EvaluatedStudy study,
            int groups,
            int[] firstOfItem,
            int[] judge,
            int[] cell,
            double[] score,
            double[] comparisons) {
        this.study = study;
        this.groups = groups;
        this.firstOfItem = firstOfItem;
        this.judge = judge;
        this.cell = cell;
        this.score = score;
        this.comparisons = comparisons;
    }

    static ScoreSums of(EvaluatedStudy study, Pairs pairs, IntPredicate rows) {
        int[] first = new int[pairs.items() + 1];
        for (int item = 0; item < pairs.items(); item++) {
            first[item + 1] = first[item] + pairs.candidates(item);
        }
        int width = pairs.groups() + 1;
        int[] order = byJudge(pairs, rows);
        double[] score = new double[first[pairs.items()] * width];
        double[] comparisons = new double[score.length];
        int[] touched = new int[score.length];
        var entries = new Entries();
        for (int from = 0; from < order.length; ) {
            int judge = pairs.judge(order[from]);
            int cells = 0;
            int to = from;
            for (; to < order.length && pairs.judge(order[to]) == judge; to++) {
                int row = order[to];
                int base = first[pairs.item(row)];
                double w = pairs.weight(row);
                int a = (base + pairs.first(row)) * width + pairs.group(row) + 1;
                int b = (base + pairs.second(row)) * width + pairs.group(row) + 1;
                cells = touch(touched, cells, comparisons, a, w);
                cells = touch(touched, cells, comparisons, b, w);
                score[a] += w * pairs.outcome(row);
                score[b] += w * (1 - pairs.outcome(row));
            }
            for (int c = 0; c < cells; c++) {
                entries.add(judge, touched[c], score[touched[c]], comparisons[touched[c]]);
                score[touched[c]] = 0;
                comparisons[touched[c]] = 0;
            }
            from = to;
        }
        return entries.build(study, pairs.groups(), first);
    }

    private static int touch(int[] touched, int cells, double[] comparisons, int cell, double weight) {
        int count = cells;
        if (comparisons[cell] == 0 && weight > 0) {
            touched[count++] = cell;
        }
        comparisons[cell] += weight;
        return count;
    }

    private static int[] byJudge(Pairs pairs, IntPredicate rows) {
        int[] start = new int[pairs.judges() + 1];
        for (int row = 0; row < pairs.size(); row++) {
            if (rows.test(row)) {
                start[pairs.judge(row) + 1]++;
            }
        }
        for (int judge = 0; judge < pairs.judges(); judge++) {
            start[judge + 1] += start[judge];
        }
        int[] order = new int[start[pairs.judges()]];
        for (int row = 0; row < pairs.size(); row++) {
            if (rows.test(row)) {
                order[start[pairs.judge(row)]++] = row;
            }
        }
        return order;
    }

    /// The value of every candidate to every group `[group][item][K]`: smoothed mean score, centred so that
    /// a uniform draw of the allowed candidates is worth exactly one half.
    ///
    /// b_all = (S_all + 1/2) / (N_all + 1) over all judges, b_g = (S_g + 2 b_all) / (N_g + 2), then b_g +=
    /// 1/2 − mean b_g. Small groups are smoothed towards everybody, not towards one half, which would
    /// favour large groups.
    double[][][] values(double[] weightOfJudge) {
        int width = groups + 1;
        double[] s = new double[firstOfItem[firstOfItem.length - 1] * width];
        double[] n = new double[s.length];
        for (int entry = 0; entry < judge.length; entry++) {
            double w = weightOfJudge[judge[entry]];
            s[cell[entry]] += w * score[entry];
            n[cell[entry]] += w * comparisons[entry];
        }
        double[][][] values = new double[groups][firstOfItem.length - 1][];
        for (int item = 0; item < firstOfItem.length - 1; item++) {
            int k = firstOfItem[item + 1] - firstOfItem[item];
            for (int group = 0; group < groups; group++) {
                values[group][item] = new double[k];
            }
            for (int i = 0; i < k; i++) {
                int at = (firstOfItem[item] + i) * width;
                double scores = 0;
                double judged = 0;
                for (int group = 0; group < width; group++) {
                    scores += s[at + group];
                    judged += n[at + group];
                }
                double everybody = (scores + 0.5) / (judged + 1);
                for (int group = 0; group < groups; group++) {
                    values[group][item][i] = (s[at + group + 1] + 2 * everybody) / (n[at + group + 1] + 2);
                }
            }
            centre(values, item);
        }
        return values;
    }

    private void centre(double[][][] values, int item) {
        var game = study.game(item);
        if (game.isEmpty()) {
            return;
        }
        AllowedCandidates allowed = game.get().allowed();
        for (double[][] group : values) {
            double mean = 0;
            for (int i = 0; i < allowed.count(); i++) {
                mean += group[item][allowed.index(i)] / allowed.count();
            }
            for (int i = 0; i < group[item].length; i++) {
                group[item][i] += 0.5 - mean;
            }
        }
    }

    private static final class Entries {
        private int[] judge = new int[1024];
        private int[] cell = new int[1024];
        private double[] score = new double[1024];
        private double[] comparisons = new double[1024];
        private int size;

        void add(int ofJudge, int inCell, double scored, double compared) {
            if (size == judge.length) {
                judge = Arrays.copyOf(judge, 2 * size);
                cell = Arrays.copyOf(cell, 2 * size);
                score = Arrays.copyOf(score, 2 * size);
                comparisons = Arrays.copyOf(comparisons, 2 * size);
            }
            judge[size] = ofJudge;
            cell[size] = inCell;
            score[size] = scored;
            comparisons[size++] = compared;
        }

        ScoreSums build(EvaluatedStudy study, int groups, int[] firstOfItem) {
            return new ScoreSums(
                    study,
                    groups,
                    firstOfItem,
                    Arrays.copyOf(judge, size),
                    Arrays.copyOf(cell, size),
                    Arrays.copyOf(score, size),
                    Arrays.copyOf(comparisons, size));
        }
    }
}
