package org.polyphony.plugin.algorithm.selfplay;

import static org.polyphony.support.settings.SettingChecks.atLeast;
import static org.polyphony.support.settings.SettingChecks.positive;

import org.polyphony.games.selfplay.SelfPlayRule;
import org.polyphony.games.selfplay.SelfPlaySolver;
import org.polyphony.spi.plugin.Setting;

/// How iterative DPO is run.
///
/// @param step step size, 4 / β
/// @param maxIterations updates after which it gives up
/// @param tolerance gap at which it stops
public record IterativeDpoSettings(
        @Setting(
                description = "Step size: 4 / beta of the DPO loss. Longer steps are faster until they circle",
                defaultValue = "1")
        double step,

        @Setting(
                description =
                        "Updates after which it gives up. A run of N updates is the beginning of every" + " longer one",
                defaultValue = "1000")
        int maxIterations,

        @Setting(description = "Duality gap 2 max (A p), A = P - 1/2, at which it stops", defaultValue = "1e-6")
        double tolerance) {

    /// Refuses what could not be run.
    public IterativeDpoSettings {
        positive("step", step);
        atLeast(1, "max-iterations", maxIterations);
        positive("tolerance", tolerance);
    }

    /// Runs `rule` as set here.
    SelfPlaySolver solver(SelfPlayRule rule) {
        return SelfPlaySolver.of(rule, tolerance, maxIterations);
    }
}
