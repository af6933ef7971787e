package org.polyphony.preferences.verdict;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoublePredicate;
import java.util.stream.IntStream;
import org.polyphony.preferences.KeyedRandom;

/// How large a seat's difference is, what would have been found and what is still compatible: standard deviations in
/// logits a candidate.
///
/// A deviation σ z moves U by σ F z with F_b = Σ_c n_sc (1 − π) w_c x_c x_cᵀ. Drawn deviations are added to the scores
/// of drawn relabellings, which say what scores look like without a difference. For the least difference W grows with
/// σ too, as every unit deviates with its seat: W + σ² E Σ_j |P F_j z|². In a seat of few judges that is much, and
/// leaving it out promises what is not found. Threads may add draws of different relabellings at once.
final class EffectSize {
    private static final String STAGE = "verdict-size";
    private static final double LARGEST = 8;
    private static final int HALVINGS = 40;
    private static final double POWER = 0.8;
    private static final double LEVEL = 0.05;
    private static final int SPREAD_DRAWS = 16;

    private final ComparedCells cells;
    private final long seed;
    private final SeatScorer.Score observed;
    private final SeatScorer observedScorer;
    private final double[] curvature;
    /// E Σ_j |P F_j z|²
    private final double spread;
    /// draws that use relabelling b: `[b][…]`
    private final int[][] drawsOf;
    /// by draw: |PU|², PU·PFz, |PFz|², and the three without P
    private final double[][] products;

    /// @param labels the observed labelling, one a unit
    /// @param scorer has just scored it for the seat; kept, not to be used any more
    /// @param relabellings how many relabellings there are
    EffectSize(
            ComparedCells cells,
            int[] labels,
            int seat,
            SeatScorer scorer,
            SeatScorer.Score observed,
            int relabellings,
            int draws,
            long seed) {
        this.cells = cells;
        this.seed = seed;
        this.observed = observed;
        this.observedScorer = scorer;
        this.curvature = scorer.curvature();
        this.spread = IntStream.range(0, SPREAD_DRAWS)
                .mapToDouble(draw -> scorer.spread(labels, seat, deviation(draw)))
                .average()
                .orElseThrow();
        this.products = new double[draws][];
        int[] relabelling = new int[draws];
        int[] count = new int[relabellings];
        SplittableRandom random = KeyedRandom.of(seed, STAGE, -1);
        for (int draw = 0; draw < draws; draw++) {
            relabelling[draw] = random.nextInt(relabellings);
            count[relabelling[draw]]++;
        }
        this.drawsOf = new int[relabellings][];
        Arrays.setAll(drawsOf, b -> new int[count[b]]);
        for (int draw = 0; draw < draws; draw++) {
            drawsOf[relabelling[draw]][--count[relabelling[draw]]] = draw;
        }
    }

    /// Takes the score of a relabelling, counted from 0.
    ///
    /// @param scorer has just scored it
    void add(int relabelling, SeatScorer scorer, SeatScorer.Score score) {
        if (drawsOf[relabelling].length == 0) {
            return;
        }
        double scale = Math.sqrt(observed.w() / Math.max(score.w(), 1e-12));
        double plainScale = Math.sqrt(observed.plainW() / Math.max(score.plainW(), 1e-12));
        double[] plain = scorer.score();
        double[] projected = scorer.projectedScore();
        for (int draw : drawsOf[relabelling]) {
            double[] shift = shift(draw);
            double[] of = new double[6];
            for (int i = 0; i < shift.length; i++) {
                of[3] += plain[i] * plain[i];
                of[4] += plain[i] * shift[i];
                of[5] += shift[i] * shift[i];
            }
            observedScorer.project(shift);
            for (int i = 0; i < shift.length; i++) {
                of[0] += projected[i] * projected[i];
                of[1] += projected[i] * shift[i];
                of[2] += shift[i] * shift[i];
            }
            of[0] *= scale * scale;
            of[1] *= scale;
            of[3] *= plainScale * plainScale;
            of[4] *= plainScale;
            products[draw] = of;
        }
    }

    private double[] deviation(int draw) {
        SplittableRandom random = KeyedRandom.of(seed, STAGE, draw);
        double[] z = new double[cells.coordinates()];
        for (int i = 0; i < z.length; i++) {
            z[i] = random.nextGaussian();
        }
        return z;
    }

    // F z
    private double[] shift(int draw) {
        double[] z = deviation(draw);
        double[] shift = new double[z.length];
        for (int c = 0; c < curvature.length; c++) {
            double moved = curvature[c] * (z[cells.first(c)] - z[cells.second(c)]);
            shift[cells.first(c)] += moved;
            shift[cells.second(c)] -= moved;
        }
        return shift;
    }

    /// (σ̂, least difference, upper bound), once all relabellings have been added.
    ///
    /// @param relabelled the statistic under all relabellings
    double[] sizes(double[] relabelled) {
        double mean = Arrays.stream(relabelled).average().orElse(0);
        double[] sorted = relabelled.clone();
        Arrays.sort(sorted);
        double critical = sorted[(int) Math.ceil((1 - LEVEL) * (sorted.length - 1))];
        double information =
                Arrays.stream(products).mapToDouble(of -> of[2]).average().orElse(0);
        double estimate =
                Math.sqrt(Math.max(0, (observed.ratio() - mean) * observed.w()) / Math.max(information, 1e-12));
        double least = smallest(sigma -> share(of ->
                        (of[0] + 2 * sigma * of[1] + sigma * sigma * of[2]) / (observed.w() + sigma * sigma * spread)
                                > 1 + critical)
                >= POWER);
        double upper = smallest(sigma ->
                share(of -> (of[3] + 2 * sigma * of[4] + sigma * sigma * of[5] - observed.plainW()) / observed.plainW()
                                <= observed.plainRatio())
                        <= LEVEL);
        return new double[] {estimate, least, upper};
    }

    private double share(java.util.function.Predicate<double[]> holds) {
        int count = 0;
        for (double[] of : products) {
            count += holds.test(of) ? 1 : 0;
        }
        return (double) count / products.length;
    }

    /// Bisection; the largest considered where nothing smaller will do.
    private static double smallest(DoublePredicate enough) {
        double low = 0;
        double high = LARGEST;
        for (int halving = 0; halving < HALVINGS; halving++) {
            double middle = (low + high) / 2;
            if (enough.test(middle)) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return high;
    }
}
