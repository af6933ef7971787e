package org.polyphony.plugin.evaluator.preferences;

import java.util.List;
import java.util.Optional;
import org.polyphony.preferences.score.ShrinkagePath;
import org.polyphony.spi.plugin.Setting;

/// How the evidence is resampled, and what counts as negligible.
///
/// @param folds folds of judges
/// @param ridge ridge of population models
/// @param aloneRidge ridge of group models that know their own judgments only
/// @param shrinkagePath strengths λ_d at which groups are shrunk to the population; infinity is always
///     added
/// @param cycleRidges ridges of the planes of circular preference
/// @param cyclePlanes planes of circular preference
/// @param bootstrapDraws draws of judges, and of items
/// @param placeboDraws relabellings of groups
/// @param placeboGameDraws relabellings for which games are solved along the path
/// @param winnerDraws draws of judges for which models are fitted and games solved again
/// @param relabellings relabellings by which seats are tested; fewer where the data are large
/// @param tau regularisation of stakeholder games, where the solutions do not say
/// @param clusters item attribute whose values are resampled together
/// @param itemLimit items beyond which metrics of single items are left out
public record EvaluatorSettings(
        @Setting(description = "folds of judges; a judge's fold is a hash of its id", defaultValue = "5")
        int folds,

        @Setting(description = "ridge of population models", defaultValue = "0.3")
        double ridge,

        @Setting(description = "ridge of group models that see their own judgments only", defaultValue = "1")
        double aloneRidge,

        @Setting(
                description =
                        "strengths of shrinkage to try; empty: 0.3, 1, 3, 10, 30, 100, 300; infinity is always added")
        List<Double> shrinkagePath,

        @Setting(description = "ridges of circular preference to try; empty: 5, 15")
        List<Double> cycleRidges,

        @Setting(description = "planes of circular preference", defaultValue = "1")
        int cyclePlanes,

        @Setting(description = "bootstrap draws of judges and of items", defaultValue = "200")
        int bootstrapDraws,

        @Setting(
                description = "placebo groups beside the path of shrinkage: relabellings by judge",
                defaultValue = "40")
        int placeboDraws,

        @Setting(description = "relabellings for which games are solved along the path", defaultValue = "25")
        int placeboGameDraws,

        @Setting(
                description = "draws of judges for which models are fitted and games solved again",
                defaultValue = "200")
        int winnerDraws,

        @Setting(
                description = "relabellings by which seats are tested; not more than 1e8 / (judgments x seats), but"
                        + " at least 199",
                defaultValue = "999")
        int relabellings,

        @Setting(
                description = "regularisation of stakeholder games where the solutions do not say",
                defaultValue = "0.1")
        double tau,

        @Setting(description = "item attribute whose values are resampled together; absent: every item by itself")
        Optional<String> clusters,

        @Setting(
                description = "number of items beyond which metrics of single items are left out",
                defaultValue = "200")
        int itemLimit) {

    /// Rows of pairs up to which every draw that is asked for is taken.
    static final long AFFORDABLE_ROWS = 200_000;

    /// Refuses what cannot be computed, and fills in the default grids.
    public EvaluatorSettings {
        require(folds >= 2, "folds must be at least 2", folds);
        require(ridge > 0 && Double.isFinite(ridge), "ridge must be positive", ridge);
        require(aloneRidge > 0 && Double.isFinite(aloneRidge), "alone-ridge must be positive", aloneRidge);
        shrinkagePath = shrinkagePath.isEmpty() ? ShrinkagePath.DEFAULT_GRID : List.copyOf(shrinkagePath);
        for (double strength : shrinkagePath) {
            require(strength > 0, "shrinkage-path must be positive", strength);
        }
        cycleRidges = cycleRidges.isEmpty() ? List.of(5.0, 15.0) : List.copyOf(cycleRidges);
        for (double strength : cycleRidges) {
            require(strength > 0 && Double.isFinite(strength), "cycle-ridges must be positive", strength);
        }
        require(cyclePlanes >= 1, "cycle-planes must be at least 1", cyclePlanes);
        require(bootstrapDraws >= 1, "bootstrap-draws must be at least 1", bootstrapDraws);
        require(placeboDraws >= 1, "placebo-draws must be at least 1", placeboDraws);
        require(placeboGameDraws >= 0, "placebo-game-draws must not be negative", placeboGameDraws);
        require(winnerDraws >= 1, "winner-draws must be at least 1", winnerDraws);
        require(relabellings >= 99, "relabellings must be at least 99", relabellings);
        require(tau > 0 && Double.isFinite(tau), "tau must be positive", tau);
        require(itemLimit >= 0, "item-limit must not be negative", itemLimit);
    }

    /// The settings of a study that sets nothing.
    public static EvaluatorSettings defaults() {
        return new EvaluatorSettings(
                5, 0.3, 1, List.of(), List.of(), 1, 200, 40, 25, 200, 999, 0.1, Optional.empty(), 200);
    }

    /// The same for data of a size: beyond 200,000 rows of pairs, draws for which models are fitted again are fewer in
    /// proportion, but at least 20 (8 where games are solved along the path). A rule of size alone, so that a study
    /// repeats itself.
    public EvaluatorSettings within(long rows) {
        double share = Math.min(1, AFFORDABLE_ROWS / (double) Math.max(1, rows));
        return new EvaluatorSettings(
                folds,
                ridge,
                aloneRidge,
                shrinkagePath,
                cycleRidges,
                cyclePlanes,
                bootstrapDraws,
                fewer(placeboDraws, share, 20),
                fewer(placeboGameDraws, share, 8),
                fewer(winnerDraws, share, 20),
                relabellings,
                tau,
                clusters,
                itemLimit);
    }

    private static int fewer(int asked, double share, int least) {
        return Math.max(Math.min(asked, least), (int) (asked * share));
    }

    /// The path from no difference at all to hardly any shrinkage: infinity first, then descending, without
    /// repeats.
    public double[] path() {
        return java.util.stream.DoubleStream.concat(
                        java.util.stream.DoubleStream.of(Double.POSITIVE_INFINITY),
                        shrinkagePath.stream()
                                .mapToDouble(Double::doubleValue)
                                .filter(Double::isFinite)
                                .distinct()
                                .boxed()
                                .sorted(java.util.Comparator.reverseOrder())
                                .mapToDouble(Double::doubleValue))
                .toArray();
    }

    private static void require(boolean holds, String what, Object value) {
        if (!holds) {
            throw new IllegalArgumentException(what + ", got " + value);
        }
    }
}
