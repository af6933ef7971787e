package org.polyphony.games.parametric;

import static org.polyphony.support.settings.SettingChecks.atLeast;
import static org.polyphony.support.settings.SettingChecks.require;

import org.polyphony.spi.plugin.Setting;

/// When a fit has converged.
///
/// @param earlyStop share of the items that is not fitted, and on which the gap is watched; 0 watches the
///     fitted ones
/// @param patience rounds in which the watched gap did not fall by .001, after which the fit has converged
public record EarlyStop(
        @Setting(
                description = "share of the items that is not fitted and on which the gap is watched, 0 to 0.5; with"
                        + " fewer than ten items all are fitted and watched",
                defaultValue = "0.2")
        double earlyStop,

        @Setting(
                description = "rounds in which the watched gap does not fall by .001, after which the fit stops",
                defaultValue = "5")
        int patience) {

    /// Refuses what no fit could work with.
    public EarlyStop {
        require(earlyStop >= 0 && earlyStop <= 0.5, "early-stop must be between 0 and 0.5", earlyStop);
        atLeast(1, "patience", patience);
    }
}
