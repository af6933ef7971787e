package org.polyphony.plugin.profile.linear;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.polyphony.preferences.JudgmentPairs;
import org.polyphony.preferences.Pairs;
import org.polyphony.preferences.TrainingJudgments;
import org.polyphony.spi.preference.JudgmentForm;
import org.polyphony.spi.preference.Judgments;

/// What was compared by whom, sorted by unit, a person in a seat, and pair: equal comparisons of one unit are one row
/// that counts as often, so that neither their order nor whether one was given twice matters.
///
/// Where the order shown is not known, the candidate of the lower number is the first.
///
/// @param answers the comparisons; candidates as numbered by `candidates`
/// @param start first comparison of each unit, then their number
/// @param judge the person of each unit, ascending
/// @param seat the seat of each unit, -1 for none
/// @param candidates the number, in the study, of every candidate of an item that somebody compared
/// @param items the number of every such item
/// @param offsets first candidate of each such item, then their number
record PersonAnswers(
        Answers answers, int[] start, int[] judge, int[] seat, int[] candidates, int[] items, int[] offsets) {

    static PersonAnswers of(TrainingJudgments training) {
        return of(training.judgments(), training.judgmentPairs());
    }

    /// @param expanded the pairs of these judgments
    static PersonAnswers of(Judgments judgments, JudgmentPairs expanded) {
        Pairs pairs = expanded.pairs();
        var all = judgments.candidates();
        int[] rows = IntStream.range(0, pairs.size())
                .filter(row -> pairs.weight(row) > 0)
                .toArray();
        int[] items = IntStream.of(rows).map(pairs::item).distinct().sorted().toArray();
        int[] offsets = new int[items.length + 1];
        int[] place = new int[all.items().size()];
        for (int item = 0; item < items.length; item++) {
            offsets[item + 1] = offsets[item] + all.count(items[item]);
            place[items[item]] = offsets[item];
        }
        int[] candidates = IntStream.of(items)
                .flatMap(item -> IntStream.range(all.first(item), all.first(item) + all.count(item)))
                .toArray();
        boolean shown = judgments.entries().ordered();
        int n = rows.length;
        var first = new int[n];
        var second = new int[n];
        var ordered = new boolean[n];
        var share = new double[n];
        for (int at = 0; at < n; at++) {
            int row = rows[at];
            ordered[at] = shown && judgments.form(expanded.judgment()[row]) == JudgmentForm.PAIR;
            boolean turned = !ordered[at] && pairs.first(row) > pairs.second(row);
            first[at] = place[pairs.item(row)] + (turned ? pairs.second(row) : pairs.first(row));
            second[at] = place[pairs.item(row)] + (turned ? pairs.first(row) : pairs.second(row));
            share[at] = turned ? 1 - pairs.outcome(row) : pairs.outcome(row);
        }
        var order = IntStream.range(0, n)
                .boxed()
                .sorted(Comparator.comparingInt((Integer at) -> pairs.judge(rows[at]))
                        .thenComparingInt(at -> pairs.group(rows[at]))
                        .thenComparingInt(at -> first[at])
                        .thenComparingInt(at -> second[at])
                        .thenComparing(at -> ordered[at]))
                .mapToInt(at -> at)
                .toArray();
        var merging = new Merging(n);
        for (int at : order) {
            merging.add(
                    pairs.judge(rows[at]),
                    pairs.group(rows[at]),
                    new int[] {first[at], second[at], ordered[at] ? 1 : 0},
                    pairs.weight(rows[at]),
                    share[at]);
        }
        return merging.done(candidates, items, offsets);
    }

    /// How many people there are.
    int people() {
        return (int) IntStream.of(judge).distinct().count();
    }

    int units() {
        return judge.length;
    }

    /// Weight of what each person said, in their order.
    double[] said() {
        int[] starts = startOfPeople();
        double[] said = new double[starts.length - 1];
        Arrays.setAll(
                said,
                p -> IntStream.range(starts[p], starts[p + 1])
                        .mapToDouble(row -> answers.weight()[row])
                        .sum());
        return said;
    }

    /// The unit of every comparison.
    int[] unitOfRow() {
        int[] unit = new int[answers.count()];
        for (int u = 0; u < units(); u++) {
            Arrays.fill(unit, start[u], start[u + 1], u);
        }
        return unit;
    }

    /// First comparison of each person, then their number.
    int[] startOfPeople() {
        return IntStream.concat(
                        IntStream.range(0, units())
                                .filter(u -> u == 0 || judge[u] != judge[u - 1])
                                .map(u -> start[u]),
                        IntStream.of(answers.count()))
                .toArray();
    }

    /// Rows that are put together while they come sorted.
    private static final class Merging {
        private final int[] first;
        private final int[] second;
        private final boolean[] ordered;
        private final double[] weight;
        private final double[] preferred;
        private final int[] start;
        private final int[] judge;
        private final int[] seat;
        private int rows;
        private int units;

        Merging(int most) {
            first = new int[most];
            second = new int[most];
            ordered = new boolean[most];
            weight = new double[most];
            preferred = new double[most];
            start = new int[most + 1];
            judge = new int[most];
            seat = new int[most];
        }

        void add(int ofJudge, int inSeat, int[] pair, double times, double share) {
            boolean newUnit = units == 0 || judge[units - 1] != ofJudge || seat[units - 1] != inSeat;
            if (newUnit) {
                start[units] = rows;
                judge[units] = ofJudge;
                seat[units++] = inSeat;
            }
            int last = rows - 1;
            if (newUnit || first[last] != pair[0] || second[last] != pair[1] || ordered[last] != (pair[2] == 1)) {
                first[rows] = pair[0];
                second[rows] = pair[1];
                ordered[rows] = pair[2] == 1;
                last = rows++;
            }
            weight[last] += times;
            preferred[last] += times * share;
        }

        PersonAnswers done(int[] candidates, int[] items, int[] offsets) {
            start[units] = rows;
            double[] share = new double[rows];
            Arrays.setAll(share, row -> preferred[row] / weight[row]);
            return new PersonAnswers(
                    new Answers(
                            Arrays.copyOf(first, rows),
                            Arrays.copyOf(second, rows),
                            Arrays.copyOf(ordered, rows),
                            Arrays.copyOf(weight, rows),
                            share),
                    Arrays.copyOf(start, units + 1),
                    Arrays.copyOf(judge, units),
                    Arrays.copyOf(seat, units),
                    candidates,
                    items,
                    offsets);
        }
    }
}
