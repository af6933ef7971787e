package org.polyphony.preferences.score;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.polyphony.preferences.KeyedRandom;
import org.polyphony.preferences.Pairs;

/// Who carries a label, and whose labels may be exchanged: judges, as that is how groups come.
///
/// Where a judge has more than one label (a stance that goes with the topic), the units of the whole study are the
/// parts of a judge about one item; a part's label is the one most of its judgments carry, ties included, the lower
/// group where several are most. Labels are then exchanged between parts about the same item of like size (1, 2, 3-4,
/// 5-8, …). Everywhere else a unit is a judge with everything she said, and all of them exchange labels: breaking
/// judges in pieces would take the judge's own taste for the group's. Judgments without a group belong to no unit.
/// Immutable.
public final class SeatUnits {
    private static final String STAGE = "placebo-labels";
    private static final int SIZES = 7;

    private final int groups;
    private final int[] unitOfRow;
    private final int[] judges;
    private final int[] labels;
    private final int[] strata;
    private final boolean whole;

    private SeatUnits(int groups, int[] unitOfRow, int[] judges, int[] labels, int[] strata, boolean whole) {
        this.groups = groups;
        this.unitOfRow = unitOfRow;
        this.judges = judges;
        this.labels = labels;
        this.strata = strata;
        this.whole = whole;
    }

    /// The units of the rows that carry a group.
    public static SeatUnits of(Pairs pairs) {
        boolean whole = oneLabelEach(pairs);
        long[] keys = new long[pairs.size()];
        int rows = 0;
        for (int row = 0; row < pairs.size(); row++) {
            if (pairs.group(row) != Pairs.NO_GROUP) {
                keys[rows++] = key(pairs, row, whole);
            }
        }
        long[] units = Arrays.stream(keys, 0, rows).sorted().distinct().toArray();
        int[] unitOfRow = new int[pairs.size()];
        int[][] counts = new int[units.length][pairs.groups()];
        for (int row = 0; row < unitOfRow.length; row++) {
            unitOfRow[row] = pairs.group(row) == Pairs.NO_GROUP
                    ? Pairs.NO_GROUP
                    : Arrays.binarySearch(units, key(pairs, row, whole));
            if (unitOfRow[row] >= 0) {
                counts[unitOfRow[row]][pairs.group(row)]++;
            }
        }
        int[] judges = new int[units.length];
        int[] labels = new int[units.length];
        int[] strata = new int[units.length];
        for (int unit = 0; unit < units.length; unit++) {
            judges[unit] = (int) (units[unit] % Math.max(1, pairs.judges()));
            for (int group = 0; group < pairs.groups(); group++) {
                labels[unit] = counts[unit][group] > counts[unit][labels[unit]] ? group : labels[unit];
            }
            int item = (int) (units[unit] / Math.max(1, pairs.judges()));
            strata[unit] = whole
                    ? 0
                    : item * SIZES + sizeClass(Arrays.stream(counts[unit]).sum());
        }
        return new SeatUnits(pairs.groups(), unitOfRow, judges, labels, strata, whole);
    }

    // (item, judge), or the judge alone
    private static long key(Pairs pairs, int row, boolean whole) {
        return (whole ? 0 : (long) pairs.item(row) * pairs.judges()) + pairs.judge(row);
    }

    private static boolean oneLabelEach(Pairs pairs) {
        int[] label = new int[pairs.judges()];
        Arrays.fill(label, Pairs.NO_GROUP);
        for (int row = 0; row < pairs.size(); row++) {
            int group = pairs.group(row);
            int known = label[pairs.judge(row)];
            if (group != Pairs.NO_GROUP && known != Pairs.NO_GROUP && known != group) {
                return false;
            }
            label[pairs.judge(row)] = group == Pairs.NO_GROUP ? known : group;
        }
        return true;
    }

    /// 0 for 1, 1 for 2, 2 for 3-4, 3 for 5-8, 4 for 9-16, 5 for 17-32, 6 for 33 and more.
    private static int sizeClass(int size) {
        return Math.min(SIZES - 1, Integer.SIZE - Integer.numberOfLeadingZeros(size - 1));
    }

    /// Number of units.
    public int size() {
        return labels.length;
    }

    /// Number of groups.
    public int groups() {
        return groups;
    }

    /// Whether a unit is a whole judge, not a part about one item.
    public boolean wholeJudges() {
        return whole;
    }

    /// The unit of a row; [Pairs#NO_GROUP] for rows without a group.
    public int unit(int row) {
        return unitOfRow[row];
    }

    /// The judge of a unit.
    public int judge(int unit) {
        return judges[unit];
    }

    /// The label of a unit.
    public int label(int unit) {
        return labels[unit];
    }

    /// The label of every row's unit; [Pairs#NO_GROUP] for rows without a group.
    public int[] labels() {
        return spread(labels);
    }

    /// The label of every row's unit after one permutation, keyed by (seed, draw).
    public int[] permuted(long seed, long draw) {
        return spread(relabelling(new boolean[groups]).draw(KeyedRandom.of(seed, STAGE, draw)));
    }

    /// Exchanges of labels between the units of all groups but those left out; they keep theirs. To be shared by all
    /// draws.
    public Relabelling relabelling(boolean[] leftOut) {
        long[] order = new long[labels.length];
        int members = 0;
        for (int unit = 0; unit < labels.length; unit++) {
            if (!leftOut[labels[unit]]) {
                order[members++] = (long) strata[unit] << 32 | unit;
            }
        }
        Arrays.sort(order, 0, members);
        int[] byStratum = new int[members];
        int[] starts = new int[members];
        for (int at = 0; at < members; at++) {
            byStratum[at] = (int) order[at];
            starts[at] = at > 0 && order[at] >> 32 == order[at - 1] >> 32 ? starts[at - 1] : at;
        }
        return new Relabelling(labels, byStratum, starts);
    }

    /// Draws of labellings.
    public static final class Relabelling {
        private final int[] labels;
        private final int[] members;
        /// position of the first member of each member's stratum
        private final int[] starts;

        private Relabelling(int[] labels, int[] members, int[] starts) {
            this.labels = labels;
            this.members = members;
            this.starts = starts;
        }

        /// One labelling, one entry a unit: every order within a stratum is as likely (Fisher, Yates 1938).
        public int[] draw(SplittableRandom random) {
            int[] shuffled = labels.clone();
            for (int last = members.length - 1; last > 0; last--) {
                int other = starts[last] == last ? last : starts[last] + random.nextInt(last - starts[last] + 1);
                int kept = shuffled[members[last]];
                shuffled[members[last]] = shuffled[members[other]];
                shuffled[members[other]] = kept;
            }
            return shuffled;
        }
    }

    private int[] spread(int[] labelOfUnit) {
        int[] labelOfRow = new int[unitOfRow.length];
        for (int row = 0; row < labelOfRow.length; row++) {
            labelOfRow[row] = unitOfRow[row] < 0 ? Pairs.NO_GROUP : labelOfUnit[unitOfRow[row]];
        }
        return labelOfRow;
    }
}
