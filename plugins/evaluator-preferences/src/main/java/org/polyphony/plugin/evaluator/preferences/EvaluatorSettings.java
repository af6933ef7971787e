package org.polyphony.plugin.evaluator.preferences;

import static org.polyphony.support.settings.SettingChecks.atLeast;
import static org.polyphony.support.settings.SettingChecks.notNegative;

import java.util.Optional;
import org.polyphony.spi.plugin.Setting;

/// How the evidence is resampled, and what counts as negligible.
///
/// @param folds folds of judges
/// @param models how strongly models of preference are held back
/// @param cycles which circular preferences are tried
/// @param draws how often the evidence is drawn again
/// @param clusters item attribute whose values are resampled together
/// @param itemLimit items beyond which metrics of single items are left out
public record EvaluatorSettings(
        @Setting(description = "folds of judges; a judge's fold is a hash of its id", defaultValue = "5")
        int folds,

        ModelGrid models,
        CycleGrid cycles,
        Draws draws,

        @Setting(description = "item attribute whose values are resampled together; absent: every item by itself")
        Optional<String> clusters,

        @Setting(
                description = "number of items beyond which metrics of single items are left out",
                defaultValue = "200")
        int itemLimit) {

    /// Refuses what cannot be computed.
    public EvaluatorSettings {
        atLeast(2, "folds", folds);
        notNegative("item-limit", itemLimit);
    }

    /// The same for data of a size.
    EvaluatorSettings within(long rows) {
        return new EvaluatorSettings(folds, models, cycles, draws.within(rows), clusters, itemLimit);
    }
}
