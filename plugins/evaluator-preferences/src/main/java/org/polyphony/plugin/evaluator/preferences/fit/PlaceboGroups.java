package org.polyphony.plugin.evaluator.preferences.fit;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.polyphony.preferences.Parallel;
import org.polyphony.preferences.score.Interval;
import org.polyphony.preferences.score.SeatUnits;

/// What groups would gain if who belongs to which were drawn by lot, at every strength of shrinkage.
///
/// Each draw repeats everything that was done with the real groups, the choice of the strength included, so
/// that the comparison is not biased by having chosen.
public final class PlaceboGroups {
    private final List<Draw> draws;

    private PlaceboGroups(List<Draw> draws) {
        this.draws = draws;
    }

    /// One relabelling.
    ///
    /// @param gain nats a judgment at every strength
    /// @param accuracyGain at every strength
    /// @param itemGain nats a judgment by item, at the strength chosen for the real groups
    /// @param points games along the path; empty where they were not solved
    public record Draw(double[] gain, double[] accuracyGain, double[] itemGain, List<GamePath.Point> points) {}

    /// Draws placebo groups.
    ///
    /// @param chosen index of the strength chosen for the real groups
    /// @param gameDraws for how many of the draws games are solved too
    static PlaceboGroups draw(
            ScopeJudgments judgments, SeatUnits cells, FoldPath folds, GamePath games, int chosen, int gameDraws) {
        int items = judgments.pairs().items();
        return new PlaceboGroups(judgments
                .parallel()
                .map(judgments.settings().draws().placeboDraws(), draw -> {
                    int[] labels = cells.permuted(judgments.context().seed(), draw);
                    var saved = folds.saved(folds.fit(labels, Parallel.SEQUENTIAL));
                    double[] gain = new double[folds.path().length];
                    double[] accuracy = new double[gain.length];
                    for (int strength = 0; strength < gain.length; strength++) {
                        gain[strength] = saved.gain(strength);
                        accuracy[strength] = saved.accuracyGain(strength);
                    }
                    double[] itemGain = new double[items];
                    Arrays.setAll(itemGain, item -> saved.itemGain(chosen, item));
                    return new Draw(
                            gain,
                            accuracy,
                            itemGain,
                            draw < gameDraws ? games.points(labels, Parallel.SEQUENTIAL) : List.of());
                }));
    }

    /// Number of draws.
    public int count() {
        return draws.size();
    }

    /// Mean of a figure of the draws with its 2.5 % and 97.5 % quantiles; NaN where no draw has it.
    public Interval band(ToDoubleFunction<Draw> figure) {
        double[] values = values(figure);
        return Interval.of95(mean(values), values);
    }

    /// The same over the draws for which games were solved.
    public Interval gameBand(int strength, ToDoubleFunction<GamePath.Point> figure) {
        return band(draw -> draw.points().isEmpty()
                ? Double.NaN
                : figure.applyAsDouble(draw.points().get(strength)));
    }

    /// Number of draws for which games were solved.
    public int gameDraws() {
        return (int) draws.stream().filter(draw -> !draw.points().isEmpty()).count();
    }

    /// Standard deviation of a figure over the draws.
    public double deviation(ToDoubleFunction<Draw> figure) {
        double[] values = values(figure);
        double mean = mean(values);
        double sum = 0;
        for (double value : values) {
            sum += (value - mean) * (value - mean);
        }
        return Math.sqrt(sum / (values.length - 1));
    }

    /// The gain at the strength that is best for the draw itself; at infinity it is zero.
    public static double bestGain(Draw draw) {
        return Arrays.stream(draw.gain()).max().orElse(Double.NaN);
    }

    private double[] values(ToDoubleFunction<Draw> figure) {
        return draws.stream().mapToDouble(figure).filter(Double::isFinite).toArray();
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(Double.NaN);
    }
}
