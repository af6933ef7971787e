package org.polyphony.preferences.verdict;

import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import org.polyphony.preferences.KeyedRandom;
import org.polyphony.preferences.model.Logistic;
import org.polyphony.preferences.score.Interval;

/// What knowing a seat saves on judges of the seat that were not seen, in nats a judgment. Shown, never a gate.
///
/// In five folds of the seat's judges: log-odds of everybody else's cells; on top a slope of the seat (ridge 1 to 1),
/// its
/// reliability; on top of that a deviation of the seat. The interval is of a ratio over judges: jackknife, Student's t.
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
    private final double[] preference;
    private final double[] reliability;
    private final double[] weight;

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
        this.judges = java.util.stream.IntStream.range(0, cells.units().size())
                .filter(unit -> cells.units().label(unit) == seat && cells.start(unit + 1) > cells.start(unit))
                .map(unit -> cells.units().judge(unit))
                .sorted()
                .distinct()
                .toArray();
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
        this.preference = new double[most];
        this.reliability = new double[most];
        this.weight = new double[most];
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
        double[] deviation = cells.model()
                .logits(cells.model()
                        .fit(
                                members.n,
                                members.y,
                                sloped,
                                ridge,
                                false,
                                cells.model().start()));
        for (int unit = 0; unit < cells.units().size(); unit++) {
            int judge = cells.units().judge(unit);
            if (fold[judge] != held || cells.units().label(unit) != seat) {
                continue;
            }
            for (int e = cells.start(unit); e < cells.start(unit + 1); e++) {
                int c = cells.cell(e);
                double before = Logistic.loss(logits[c], cells.n(e), cells.y(e));
                double reliable = Logistic.loss(sloped[c], cells.n(e), cells.y(e));
                reliability[judge] += before - reliable;
                preference[judge] += reliable - Logistic.loss(sloped[c] + deviation[c], cells.n(e), cells.y(e));
                weight[judge] += cells.n(e);
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
        double gain = Arrays.stream(preference).sum();
        double[] without = new double[judges.length];
        for (int at = 0; at < judges.length; at++) {
            without[at] = (gain - preference[judges[at]]) / (weights - weight[judges[at]]);
        }
        double mean = Arrays.stream(without).average().orElse(Double.NaN);
        double squares = 0;
        for (double one : without) {
            squares += (one - mean) * (one - mean);
        }
        int degrees = judges.length - 1;
        double reach = StudentT.quantile975(degrees) * Math.sqrt(squares * degrees / judges.length);
        double value = gain / weights;
        return new SeatResult.Gain(
                new Interval(value, value - reach, value + reach),
                Arrays.stream(reliability).sum() / weights,
                judges.length);
    }
}
