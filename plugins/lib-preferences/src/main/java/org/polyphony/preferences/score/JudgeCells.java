package org.polyphony.preferences.score;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.polyphony.preferences.KeyedRandom;
import org.polyphony.preferences.Pairs;

/// The cells of a study: all judgments of one judge about one item that carry a group.
///
/// A cell's label is the group that most of its judgments carry, ties included, the lower group where
/// several are most. Placebo groups exchange labels between cells of the same item and of like size (1, 2,
/// 3-4, 5-8, …), so that they keep everything about the data but who belongs to whom: labels are permuted
/// by person, because that is how groups come.
public final class JudgeCells {
    private static final String STAGE = "placebo-labels";

    private final int groups;
    private final int[] cellOfRow;
    private final int[] labels;
    private final int[][] strata;

    private JudgeCells(int groups, int[] cellOfRow, int[] labels, int[][] strata) {
        this.groups = groups;
        this.cellOfRow = cellOfRow;
        this.labels = labels;
        this.strata = strata;
    }

    /// The cells of the rows that carry a group.
    public static JudgeCells of(Pairs pairs) {
        Map<Long, Integer> cells = new HashMap<>();
        List<int[]> counts = new ArrayList<>();
        List<Integer> items = new ArrayList<>();
        int[] cellOfRow = new int[pairs.size()];
        for (int row = 0; row < pairs.size(); row++) {
            if (pairs.group(row) == Pairs.NO_GROUP) {
                cellOfRow[row] = -1;
                continue;
            }
            long key = (long) pairs.item(row) * pairs.judges() + pairs.judge(row);
            int next = cells.size();
            int cell = cells.computeIfAbsent(key, absent -> next);
            if (cell == next) {
                counts.add(new int[pairs.groups()]);
                items.add(pairs.item(row));
            }
            cellOfRow[row] = cell;
            counts.get(cell)[pairs.group(row)]++;
        }
        int[] labels = new int[counts.size()];
        Map<Integer, List<Integer>> strata = new java.util.TreeMap<>();
        for (int cell = 0; cell < labels.length; cell++) {
            int size = 0;
            for (int group = 0; group < pairs.groups(); group++) {
                size += counts.get(cell)[group];
                if (counts.get(cell)[group] > counts.get(cell)[labels[cell]]) {
                    labels[cell] = group;
                }
            }
            strata.computeIfAbsent(items.get(cell) * SIZES + sizeClass(size), absent -> new ArrayList<>())
                    .add(cell);
        }
        int[][] members = strata.values().stream()
                .map(stratum -> stratum.stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new);
        return new JudgeCells(pairs.groups(), cellOfRow, labels, members);
    }

    private static final int SIZES = 7;

    /// 0 for 1, 1 for 2, 2 for 3-4, 3 for 5-8, 4 for 9-16, 5 for 17-32, 6 for 33 and more.
    private static int sizeClass(int size) {
        return Math.min(SIZES - 1, Integer.SIZE - Integer.numberOfLeadingZeros(size - 1));
    }

    /// Number of cells.
    public int size() {
        return labels.length;
    }

    /// Number of groups.
    public int groups() {
        return groups;
    }

    /// The label of every row's cell; [Pairs#NO_GROUP] for rows without a group.
    public int[] labels() {
        return spread(labels);
    }

    /// The label of every row's cell after one permutation, keyed by (seed, draw).
    public int[] permuted(long seed, long draw) {
        SplittableRandom random = KeyedRandom.of(seed, STAGE, draw);
        int[] shuffled = labels.clone();
        for (int[] stratum : strata) {
            for (int last = stratum.length - 1; last > 0; last--) {
                int other = random.nextInt(last + 1);
                int kept = shuffled[stratum[last]];
                shuffled[stratum[last]] = shuffled[stratum[other]];
                shuffled[stratum[other]] = kept;
            }
        }
        return spread(shuffled);
    }

    private int[] spread(int[] labelOfCell) {
        int[] labelOfRow = new int[cellOfRow.length];
        for (int row = 0; row < labelOfRow.length; row++) {
            labelOfRow[row] = cellOfRow[row] < 0 ? Pairs.NO_GROUP : labelOfCell[cellOfRow[row]];
        }
        return labelOfRow;
    }
}
