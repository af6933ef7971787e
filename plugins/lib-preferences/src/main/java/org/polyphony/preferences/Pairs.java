package org.polyphony.preferences;

import java.util.function.IntPredicate;

/// Pairwise judgments of many items as columns; immutable and safe to share between threads.
///
/// A row says: about this item, this judge, speaking as a member of this group, compared two candidates. Its
/// outcome is
/// 1
/// (the first is preferred), 0 (the second) or 1/2 (equal). Group -1 is a judgment without a group: it
/// informs the
/// population and has no seat. The group belongs to the judgment, so one judge may speak for several groups.
/// Selections, relabellings and reweightings share the columns they do not change.
public final class Pairs {
    /// The group of a judgment that carries none.
    public static final int NO_GROUP = -1;

    private final PairTable table;
    private final int judges;
    private final int groups;
    private final int[] item;
    private final int[] first;
    private final int[] second;
    private final double[] outcome;
    private final int[] judge;
    private final int[] group;
    private final double[] weight;
    private final int[] pair;

    private Pairs(
            PairTable table,
            int judges,
            int groups,
            int[] item,
            int[] first,
            int[] second,
            double[] outcome,
            int[] judge,
            int[] group,
            double[] weight,
            int[] pair) {
        this.table = table;
        this.judges = judges;
        this.groups = groups;
        this.item = item;
        this.first = first;
        this.second = second;
        this.outcome = outcome;
        this.judge = judge;
        this.group = group;
        this.weight = weight;
        this.pair = pair;
    }

    static Pairs of(
            int[] candidates,
            int judges,
            int groups,
            int[] item,
            int[] first,
            int[] second,
            double[] outcome,
            int[] judge,
            int[] group,
            double[] weight) {
        int[] pair = new int[item.length];
        PairTable table = PairTable.number(candidates, item, first, second, pair);
        return new Pairs(table, judges, groups, item, first, second, outcome, judge, group, weight, pair);
    }

    /// Starts an empty set over items with these numbers of candidates.
    ///
    /// @param candidates number of candidates of every item, at least 1 each
    /// @param judges number of judges; judge indices are below it
    /// @param groups number of groups with a seat; group indices are below it, or [#NO_GROUP]
    public static PairsBuilder builder(int[] candidates, int judges, int groups) {
        return new PairsBuilder(candidates, judges, groups);
    }

    /// Number of rows.
    public int size() {
        return item.length;
    }

    /// Number of items.
    public int items() {
        return table.items();
    }

    /// Number of candidates of an item.
    public int candidates(int ofItem) {
        return table.candidates(ofItem);
    }

    /// Number of judges, those without a row included.
    public int judges() {
        return judges;
    }

    /// Number of groups, those without a row included.
    public int groups() {
        return groups;
    }

    /// The compared pairs that the rows refer to.
    public PairTable table() {
        return table;
    }

    /// The item of a row.
    public int item(int row) {
        return item[row];
    }

    /// The first candidate of a row, an index within its item.
    public int first(int row) {
        return first[row];
    }

    /// The second candidate of a row, an index within its item.
    public int second(int row) {
        return second[row];
    }

    /// 1 if the first candidate is preferred, 0 if the second, 1/2 if they are equal.
    public double outcome(int row) {
        return outcome[row];
    }

    /// The judge of a row.
    public int judge(int row) {
        return judge[row];
    }

    /// The group of a row, or [#NO_GROUP].
    public int group(int row) {
        return group[row];
    }

    /// The weight of a row, at least 0.
    public double weight(int row) {
        return weight[row];
    }

    /// The row's pair number in [#table()].
    public int pair(int row) {
        return pair[row];
    }

    /// Whether the row names a winner.
    public boolean decided(int row) {
        return outcome[row] != 0.5;
    }

    /// Number of rows that satisfy a condition on the row index.
    public int count(IntPredicate rows) {
        int count = 0;
        for (int row = 0; row < size(); row++) {
            if (rows.test(row)) {
                count++;
            }
        }
        return count;
    }

    /// The rows of every item, in their order.
    public int[][] rowsByItem() {
        int[] count = new int[items()];
        for (int ofRow : item) {
            count[ofRow]++;
        }
        int[][] rows = new int[count.length][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = new int[count[i]];
        }
        for (int row = size() - 1; row >= 0; row--) {
            rows[item[row]][--count[item[row]]] = row;
        }
        return rows;
    }

    /// The rows that satisfy a condition on the row index, in their order.
    public Pairs select(IntPredicate rows) {
        int[] kept = new int[size()];
        int count = 0;
        for (int row = 0; row < size(); row++) {
            if (rows.test(row)) {
                kept[count++] = row;
            }
        }
        return new Pairs(
                table,
                judges,
                groups,
                gather(item, kept, count),
                gather(first, kept, count),
                gather(second, kept, count),
                gather(outcome, kept, count),
                gather(judge, kept, count),
                gather(group, kept, count),
                gather(weight, kept, count),
                gather(pair, kept, count));
    }

    /// The same judgments with other groups, one label a row in [-1, groups).
    public Pairs withGroups(int[] groupOfRow, int newGroups) {
        if (groupOfRow.length != size()) {
            throw new IllegalArgumentException(groupOfRow.length + " group labels for " + size() + " rows");
        }
        for (int label : groupOfRow) {
            if (label < NO_GROUP || label >= newGroups) {
                throw new IllegalArgumentException("group label " + label + " is outside [-1, " + newGroups + ")");
            }
        }
        return new Pairs(
                table, judges, newGroups, item, first, second, outcome, judge, groupOfRow.clone(), weight, pair);
    }

    /// The same judgments with every weight multiplied by its judge's, as a bootstrap of judges does.
    public Pairs reweighted(double[] weightOfJudge) {
        if (weightOfJudge.length != judges) {
            throw new IllegalArgumentException(weightOfJudge.length + " weights for " + judges + " judges");
        }
        double[] product = new double[size()];
        for (int row = 0; row < product.length; row++) {
            product[row] = weight[row] * weightOfJudge[judge[row]];
        }
        return new Pairs(table, judges, groups, item, first, second, outcome, judge, group, product, pair);
    }

    /// The same judgments with other outcomes, one a row in {0, 1/2, 1}, as a simulation of the same design
    /// has.
    public Pairs withOutcomes(double[] outcomeOfRow) {
        if (outcomeOfRow.length != size()) {
            throw new IllegalArgumentException(outcomeOfRow.length + " outcomes for " + size() + " rows");
        }
        for (double value : outcomeOfRow) {
            PairsBuilder.requireOutcome(value);
        }
        return new Pairs(table, judges, groups, item, first, second, outcomeOfRow.clone(), judge, group, weight, pair);
    }

    /// The groups of all rows, a copy.
    public int[] groupOfRow() {
        return group.clone();
    }

    private static int[] gather(int[] column, int[] rows, int count) {
        int[] gathered = new int[count];
        for (int k = 0; k < count; k++) {
            gathered[k] = column[rows[k]];
        }
        return gathered;
    }

    private static double[] gather(double[] column, int[] rows, int count) {
        double[] gathered = new double[count];
        for (int k = 0; k < count; k++) {
            gathered[k] = column[rows[k]];
        }
        return gathered;
    }
}
