package org.polyphony.preferences.verdict;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import org.polyphony.preferences.PairTable;
import org.polyphony.preferences.Pairs;
import org.polyphony.preferences.model.CellModel;
import org.polyphony.preferences.score.SeatUnits;

/// Judgments as counts: how often each unit (a judge, or its part about an item) answered each cell, and how.
///
/// A cell is an ordered pair of an item, first shown and second shown; where that order is unknown it is the unordered
/// pair, the lower index first. Only judgments with a seat are counted. A coordinate is a candidate of an item.
/// Immutable and safe to share between threads.
final class ComparedCells {
    private final SeatUnits units;
    private final boolean ordered;
    /// first coordinate of every item
    private final int[] coordinates;
    private final int[] itemOfCell;
    private final int[] pairOfCell;
    private final int[] first;
    private final int[] second;
    private final int pairs;
    private final CellModel model;
    /// entries of unit u are `start[u]` to `start[u + 1]`
    private final int[] start;
    private final int[] cell;
    private final double[] n;
    private final double[] y;

    private ComparedCells(SeatUnits units, boolean ordered, Pairs rows, int[] keys, int[] cellOfRow, Entries entries) {
        this.units = units;
        this.ordered = ordered;
        PairTable table = rows.table();
        this.coordinates = new int[table.items() + 1];
        for (int item = 0; item < table.items(); item++) {
            coordinates[item + 1] = coordinates[item] + table.candidates(item);
        }
        int cells = keys.length;
        this.itemOfCell = new int[cells];
        this.pairOfCell = new int[cells];
        this.first = new int[cells];
        this.second = new int[cells];
        int[] cellsOfItem = new int[table.items() + 1];
        for (int row = 0; row < rows.size(); row++) {
            if (cellOfRow[row] >= 0) {
                itemOfCell[cellOfRow[row]] = rows.item(row);
            }
        }
        int distinct = 0;
        for (int c = 0; c < cells; c++) {
            int pair = keys[c] / 2;
            boolean highFirst = keys[c] % 2 == 1;
            int from = coordinates[itemOfCell[c]];
            first[c] = from + (highFirst ? table.high(pair) : table.low(pair));
            second[c] = from + (highFirst ? table.low(pair) : table.high(pair));
            distinct += c == 0 || keys[c - 1] / 2 != pair ? 1 : 0;
            pairOfCell[c] = distinct - 1;
            cellsOfItem[itemOfCell[c] + 1]++;
        }
        for (int item = 0; item < table.items(); item++) {
            cellsOfItem[item + 1] += cellsOfItem[item];
        }
        this.pairs = distinct;
        this.model = new CellModel(coordinates, cellsOfItem, first, second);
        this.start = entries.start;
        this.cell = Arrays.copyOf(entries.cell, entries.size);
        this.n = Arrays.copyOf(entries.n, entries.size);
        this.y = Arrays.copyOf(entries.y, entries.size);
    }

    /// Counts the rows that carry a group.
    ///
    /// @param weight weight of a row; zero leaves it out
    /// @param ordered whether the first candidate of every row was shown first
    static ComparedCells of(Pairs rows, SeatUnits units, IntToDoubleFunction weight, boolean ordered) {
        boolean[] used = new boolean[2 * rows.table().size()];
        int[] cellOfRow = new int[rows.size()];
        for (int row = 0; row < rows.size(); row++) {
            boolean counts = rows.group(row) != Pairs.NO_GROUP && weight.applyAsDouble(row) > 0;
            cellOfRow[row] = counts ? key(rows, row, ordered) : -1;
            if (counts) {
                used[cellOfRow[row]] = true;
            }
        }
        int[] number = new int[used.length];
        int[] keys = new int[used.length];
        int cells = 0;
        for (int key = 0; key < used.length; key++) {
            if (used[key]) {
                keys[cells] = key;
                number[key] = cells++;
            }
        }
        for (int row = 0; row < cellOfRow.length; row++) {
            cellOfRow[row] = cellOfRow[row] < 0 ? -1 : number[cellOfRow[row]];
        }
        Entries entries = Entries.of(rows, units, weight, ordered, cellOfRow, cells);
        return new ComparedCells(units, ordered, rows, Arrays.copyOf(keys, cells), cellOfRow, entries);
    }

    private static int key(Pairs rows, int row, boolean ordered) {
        return 2 * rows.pair(row) + (ordered && rows.first(row) > rows.second(row) ? 1 : 0);
    }

    /// Counts of every unit and cell, in order of unit, within it of first appearance.
    private static final class Entries {
        private final int[] start;
        private final int[] cell;
        private final double[] n;
        private final double[] y;
        private int size;

        private Entries(int units, int rows) {
            start = new int[units + 1];
            cell = new int[rows];
            n = new double[rows];
            y = new double[rows];
        }

        static Entries of(
                Pairs rows, SeatUnits units, IntToDoubleFunction weight, boolean ordered, int[] cellOfRow, int cells) {
            int[] byUnit = byUnit(cellOfRow, units);
            Entries entries = new Entries(units.size(), byUnit.length);
            int[] at = new int[cells];
            Arrays.fill(at, -1);
            int unit = -1;
            for (int row : byUnit) {
                while (unit < units.unit(row)) {
                    entries.start[++unit] = entries.size;
                }
                int c = cellOfRow[row];
                if (at[c] < entries.start[unit]) {
                    at[c] = entries.size++;
                    entries.cell[at[c]] = c;
                }
                boolean turned = !ordered && rows.first(row) > rows.second(row);
                double w = weight.applyAsDouble(row);
                entries.n[at[c]] += w;
                entries.y[at[c]] += w * (turned ? 1 - rows.outcome(row) : rows.outcome(row));
            }
            while (unit < units.size()) {
                entries.start[++unit] = entries.size;
            }
            return entries;
        }

        // rows that count, sorted by unit, in their order within it
        private static int[] byUnit(int[] cellOfRow, SeatUnits units) {
            int[] next = new int[units.size() + 1];
            int counted = 0;
            for (int row = 0; row < cellOfRow.length; row++) {
                if (cellOfRow[row] >= 0) {
                    next[units.unit(row) + 1]++;
                    counted++;
                }
            }
            for (int unit = 0; unit < units.size(); unit++) {
                next[unit + 1] += next[unit];
            }
            int[] sorted = new int[counted];
            for (int row = 0; row < cellOfRow.length; row++) {
                if (cellOfRow[row] >= 0) {
                    sorted[next[units.unit(row)]++] = row;
                }
            }
            return sorted;
        }
    }

    SeatUnits units() {
        return units;
    }

    /// Whether cells tell which candidate was shown first.
    boolean ordered() {
        return ordered;
    }

    int items() {
        return coordinates.length - 1;
    }

    /// First coordinate of an item, which has `coordinate(item + 1) - coordinate(item)` candidates.
    int coordinate(int item) {
        return coordinates[item];
    }

    /// Number of coordinates.
    int coordinates() {
        return coordinates[coordinates.length - 1];
    }

    int cells() {
        return first.length;
    }

    int item(int ofCell) {
        return itemOfCell[ofCell];
    }

    /// Number of the unordered pair of a cell.
    int pair(int ofCell) {
        return pairOfCell[ofCell];
    }

    /// Number of unordered pairs.
    int pairs() {
        return pairs;
    }

    /// Coordinate of the candidate shown first.
    int first(int ofCell) {
        return first[ofCell];
    }

    /// Coordinate of the candidate shown second.
    int second(int ofCell) {
        return second[ofCell];
    }

    /// The model that is fitted to sums of these.
    CellModel model() {
        return model;
    }

    /// First entry of a unit; its entries end before `start(unit + 1)`.
    int start(int unit) {
        return start[unit];
    }

    /// Number of entries.
    int entries() {
        return cell.length;
    }

    int cell(int entry) {
        return cell[entry];
    }

    /// Judgments of an entry.
    double n(int entry) {
        return n[entry];
    }

    /// Of them for the candidate shown first, ties as halves.
    double y(int entry) {
        return y[entry];
    }

    /// Adds the counts of a unit, times a sign, to sums by cell.
    void add(int unit, double sign, double[] ns, double[] ys) {
        for (int e = start[unit]; e < start[unit + 1]; e++) {
            ns[cell[e]] += sign * n[e];
            ys[cell[e]] += sign * y[e];
        }
    }

    /// How many candidates beyond one the items have on which something was compared: Σ (K − 1).
    int degrees() {
        int degrees = 0;
        int last = -1;
        for (int c = 0; c < first.length; c++) {
            if (itemOfCell[c] != last) {
                last = itemOfCell[c];
                degrees += coordinates[last + 1] - coordinates[last] - 1;
            }
        }
        return degrees;
    }
}
