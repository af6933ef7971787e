package org.polyphony.preferences.verdict;

import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.polyphony.preferences.KeyedRandom;
import org.polyphony.preferences.model.CellModel;
import org.polyphony.preferences.model.Logistic;
import org.polyphony.preferences.score.Interval;

/// What knowing a seat saves on judges of the seat that were not seen, in nats a judgment. Shown, never a gate.
///
/// In five folds of the seat's judges: log-odds of everybody else's cells; on top a slope of the seat (ridge
/// 1 to 1), its reliability; on top of that a deviation of the seat. The interval is of a ratio over judges,
/// Student's t. A judge counts twice in its scatter: by what was saved on the judge, and by what the folds
/// that learned from the judge saved on others (an infinitesimal jackknife: derivatives by the judge's
/// weight, through all three fits).
final class HeldOutGain {
    private static final String STAGE = "verdict-folds";
    private static final int FOLDS = 5;

    private final ComparedCells cells;
    private final int seat;
    private final Population everybody;
    private final double ridge;
    /// fold of every judge of the seat; −1 for other judges
    private final int[] fold;
    private final int[] judges;
    private final int[] others;
    private final double[] preference;
    private final double[] reliability;
    private final double[] weight;
    /// by judge: derivative of what is saved on others by the judge's weight
    private final double[] taught;

    private HeldOutGain(ComparedCells cells, int seat, Population everybody, double sigma, long seed) {
        this.cells = cells;
        this.seat = seat;
        this.everybody = everybody;
        double clipped = Math.clamp(sigma, 0.1, 1);
        this.ridge = 1 / (clipped * clipped);
        int most = 0;
        for (int unit = 0; unit < cells.units().size(); unit++) {
            most = Math.max(most, cells.units().judge(unit) + 1);
        }
        this.fold = new int[most];
        Arrays.fill(fold, -1);
        this.judges = judges(unit -> cells.units().label(unit) == seat);
        SplittableRandom random = KeyedRandom.of(seed, STAGE, seat);
        int[] order = judges.clone();
        for (int last = order.length - 1; last > 0; last--) {
            int other = random.nextInt(last + 1);
            int kept = order[last];
            order[last] = order[other];
            order[other] = kept;
        }
        for (int at = 0; at < order.length; at++) {
            fold[order[at]] = at % FOLDS;
        }
        this.others = judges(unit -> fold[cells.units().judge(unit)] < 0);
        this.preference = new double[most];
        this.reliability = new double[most];
        this.weight = new double[most];
        this.taught = new double[most];
    }

    // those who judged in units of this kind, ascending
    private int[] judges(IntPredicate kind) {
        return IntStream.range(0, cells.units().size())
                .filter(unit -> kind.test(unit) && cells.start(unit + 1) > cells.start(unit))
                .map(unit -> cells.units().judge(unit))
                .sorted()
                .distinct()
                .toArray();
    }

    /// The gain of a seat; empty where fewer than two judges of it judged.
    ///
    /// @param everybody fitted to all seats
    /// @param sigma σ̂: how far the deviation is shrunk
    static Optional<SeatResult.Gain> of(ComparedCells cells, int seat, Population everybody, double sigma, long seed) {
        HeldOutGain gain = new HeldOutGain(cells, seat, everybody, sigma, seed);
        if (gain.judges.length < 2) {
            return Optional.empty();
        }
        for (int held = 0; held < Math.min(FOLDS, gain.judges.length); held++) {
            gain.measure(held);
        }
        return Optional.of(gain.result());
    }

    private void measure(int held) {
        Counts others = new Counts(cells.cells());
        Counts members = new Counts(cells.cells());
        for (int unit = 0; unit < cells.units().size(); unit++) {
            if (fold[cells.units().judge(unit)] != held) {
                cells.add(unit, 1, others.n, others.y);
                if (cells.units().label(unit) == seat) {
                    cells.add(unit, 1, members.n, members.y);
                }
            }
        }
        Population known = Population.of(cells, others.n, others.y, everybody.fit());
        double[] logits = new double[cells.cells()];
        Arrays.setAll(logits, known::logit);
        double slope = slope(members, logits);
        double[] sloped = new double[logits.length];
        Arrays.setAll(sloped, c -> slope * logits[c]);
        CellModel.Fit fit = cells.model()
                .fit(members.n, members.y, sloped, ridge, false, cells.model().start());
        double[] deviation = cells.model().logits(fit);
        Counts seen = new Counts(cells.cells());
        for (int unit = 0; unit < cells.units().size(); unit++) {
            int judge = cells.units().judge(unit);
            if (fold[judge] != held || cells.units().label(unit) != seat) {
                continue;
            }
            cells.add(unit, 1, seen.n, seen.y);
            for (int e = cells.start(unit); e < cells.start(unit + 1); e++) {
                int c = cells.cell(e);
                double before = Logistic.loss(logits[c], cells.n(e), cells.y(e));
                double reliable = Logistic.loss(sloped[c], cells.n(e), cells.y(e));
                reliability[judge] += before - reliable;
                preference[judge] += reliable - Logistic.loss(sloped[c] + deviation[c], cells.n(e), cells.y(e));
                weight[judge] += cells.n(e);
            }
        }
        teach(held, seen, new Learned(known, logits, slope, sloped, members, fit, deviation));
    }

    /// What a fold learned.
    ///
    /// @param logits of everybody else's cells
    /// @param sloped the same times the slope
    /// @param members of the seat that it learned from
    /// @param deviation log-odds of `fit`
    private record Learned(
            Population everybody,
            double[] logits,
            double slope,
            double[] sloped,
            Counts members,
            CellModel.Fit fit,
            double[] deviation) {}

    /// Adds what every judge of the other folds taught: the chain rule backwards, from what is saved on the
    /// judges held out to the deviation, the slope and everybody's cells, then for each judgment the
    /// residual it had in each fit.
    private void teach(int held, Counts seen, Learned learned) {
        int size = cells.cells();
        double[] reliable = new double[size]; // what the slope predicts, and what it does with the deviation
        double[] deviating = new double[size];
        double[] byDeviation = new double[size];
        for (int c = 0; c < size; c++) {
            reliable[c] = Logistic.sigmoid(learned.sloped[c]);
            deviating[c] = Logistic.sigmoid(learned.sloped[c] + learned.deviation[c]);
            byDeviation[c] = seen.y[c] - seen.n[c] * deviating[c];
        }
        double[] members = learned.members.n;
        double[] deviated = cells.model().responses(members, learned.sloped, ridge, false, learned.fit, byDeviation);
        double[] byOffset = new double[size];
        double bySlope = 0;
        double curvature = 1;
        for (int c = 0; c < size; c++) {
            byOffset[c] = seen.n[c] * (reliable[c] - deviating[c])
                    - deviated[c] * members[c] * deviating[c] * (1 - deviating[c]);
            bySlope += byOffset[c] * learned.logits[c];
            curvature += learned.logits[c] * learned.logits[c] * members[c] * reliable[c] * (1 - reliable[c]);
        }
        double[] byMean = new double[size];
        double[] byEverybody = new double[size];
        for (int c = 0; c < size; c++) {
            double p = reliable[c];
            double residual = members[c] * p - learned.members.y[c];
            double byLogit = learned.slope * byOffset[c]
                    - bySlope / curvature * (residual + learned.sloped[c] * members[c] * p * (1 - p));
            double mean = learned.everybody.mean()[c];
            double total = learned.everybody.total()[c] + Population.PRIOR;
            byMean[c] = byLogit / (mean * (1 - mean) * total);
            byEverybody[c] = byMean[c] * Population.PRIOR * learned.everybody.curvature()[c];
        }
        double[] shared = cells.model()
                .responses(
                        learned.everybody.total(),
                        new double[0],
                        Population.RIDGE,
                        cells.ordered(),
                        learned.everybody.fit(),
                        byEverybody);
        for (int unit = 0; unit < cells.units().size(); unit++) {
            int judge = cells.units().judge(unit);
            if (fold[judge] == held) {
                continue;
            }
            boolean member = cells.units().label(unit) == seat;
            for (int e = cells.start(unit); e < cells.start(unit + 1); e++) {
                int c = cells.cell(e);
                double n = cells.n(e);
                double y = cells.y(e);
                double expected = n * Logistic.sigmoid(learned.everybody.eta()[c]) - y;
                taught[judge] += byMean[c] * (y - n * learned.everybody.mean()[c]) - shared[c] * expected;
                if (member) {
                    taught[judge] -= bySlope / curvature * learned.logits[c] * (n * reliable[c] - y)
                            + deviated[c] * (n * deviating[c] - y);
                }
            }
        }
    }

    /// Judgments by cell, and how many of them were for the first.
    private static final class Counts {
        private final double[] n;
        private final double[] y;

        Counts(int cells) {
            n = new double[cells];
            y = new double[cells];
        }
    }

    // one variable, strictly convex: Newton with halved steps
    private static double slope(Counts members, double[] logits) {
        double slope = 1;
        for (int iteration = 0; iteration < 100; iteration++) {
            double gradient = slope - 1;
            double curvature = 1;
            for (int c = 0; c < logits.length; c++) {
                double p = Logistic.sigmoid(slope * logits[c]);
                gradient += logits[c] * (members.n[c] * p - members.y[c]);
                curvature += logits[c] * logits[c] * members.n[c] * p * (1 - p);
            }
            double step = Math.clamp(gradient / curvature, -1, 1);
            slope -= step;
            if (Math.abs(step) < 1e-10) {
                break;
            }
        }
        return slope;
    }

    private SeatResult.Gain result() {
        double weights = Arrays.stream(weight).sum();
        double value = Arrays.stream(preference).sum() / weights;
        double[] influences = new double[weight.length]; // derivatives of the value by each judge's weight
        Arrays.setAll(influences, judge -> (preference[judge] - value * weight[judge] + taught[judge]) / weights);
        double variance = scatter(influences, judges) + scatter(influences, others);
        double reach = StudentT.quantile975(judges.length - 1) * Math.sqrt(variance);
        return new SeatResult.Gain(
                new Interval(value, value - reach, value + reach),
                Arrays.stream(reliability).sum() / weights,
                judges.length);
    }

    /// Variance of a sum over judges that were drawn independently.
    private static double scatter(double[] influences, int[] drawn) {
        double mean = Arrays.stream(drawn)
                .mapToDouble(judge -> influences[judge])
                .average()
                .orElse(0);
        double squares = 0;
        for (int judge : drawn) {
            squares += (influences[judge] - mean) * (influences[judge] - mean);
        }
        return drawn.length < 2 ? 0 : squares * drawn.length / (drawn.length - 1);
    }
}
