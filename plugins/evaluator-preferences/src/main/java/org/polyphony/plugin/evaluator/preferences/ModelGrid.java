package org.polyphony.plugin.evaluator.preferences;

import static org.polyphony.support.settings.SettingChecks.positive;
import static org.polyphony.support.settings.SettingChecks.require;

import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;
import org.polyphony.preferences.score.ShrinkagePath;
import org.polyphony.spi.plugin.Setting;

/// How strongly models of preference are held back.
///
/// @param ridge ridge of population models
/// @param aloneRidge ridge of group models that know their own judgments only
/// @param shrinkagePath strengths λ_d at which groups are shrunk to the population; infinity is always
///     added
public record ModelGrid(
        @Setting(description = "ridge of population models", defaultValue = "0.3")
        double ridge,

        @Setting(description = "ridge of group models that see their own judgments only", defaultValue = "1")
        double aloneRidge,

        @Setting(
                description =
                        "strengths of shrinkage to try; empty: 0.3, 1, 3, 10, 30, 100, 300; infinity is always added")
        List<Double> shrinkagePath) {

    /// Refuses what cannot be computed, and fills in the default grid.
    public ModelGrid {
        positive("ridge", ridge);
        positive("alone-ridge", aloneRidge);
        shrinkagePath = shrinkagePath.isEmpty() ? ShrinkagePath.DEFAULT_GRID : List.copyOf(shrinkagePath);
        for (double strength : shrinkagePath) {
            require(strength > 0, "shrinkage-path must be positive", strength);
        }
    }

    /// The path from no difference at all to hardly any shrinkage: infinity first, then descending, without
    /// repeats.
    public double[] path() {
        return DoubleStream.concat(
                        DoubleStream.of(Double.POSITIVE_INFINITY),
                        shrinkagePath.stream()
                                .filter(Double::isFinite)
                                .distinct()
                                .sorted(Comparator.reverseOrder())
                                .mapToDouble(Double::doubleValue))
                .toArray();
    }
}
