package org.polyphony.plugin.algorithm.selfplay;

import static org.polyphony.support.settings.SettingChecks.atLeast;
import static org.polyphony.support.settings.SettingChecks.positive;

import org.polyphony.games.kernel.Precision;
import org.polyphony.games.selfplay.SelfPlayRule;
import org.polyphony.games.selfplay.SelfPlaySolver;
import org.polyphony.spi.plugin.Setting;

/// How multiplicative weights are run.
///
/// @param step step size
/// @param maxIterations updates after which it gives up
/// @param tolerance gap at which it stops
/// @param output which policy is answered
/// @param precision of the updates; single answers the last policy alone
public record MwuSettings(
        @Setting(
                description = "Step size: multiplies the preference. Longer steps are faster until they circle",
                defaultValue = "0.1")
        double step,

        @Setting(
                description =
                        "Updates after which it gives up. A run of N updates is the beginning of every" + " longer one",
                defaultValue = "100000")
        int maxIterations,

        @Setting(description = "Duality gap 2 max (A p), A = P - 1/2, at which it stops", defaultValue = "1e-2")
        double tolerance,

        @Setting(
                description = "last: the last policy. average: the average of all that were played",
                defaultValue = "average")
        Output output,

        @Setting(
                description = "double, or single: the updates run in float32 on vectors, many games at once, where the"
                        + " JVM was started with --add-modules=jdk.incubator.vector. The gap is double in either case",
                defaultValue = "double")
        Precision precision) {

    /// Refuses what could not be run.
    public MwuSettings {
        positive("step", step);
        atLeast(1, "max-iterations", maxIterations);
        positive("tolerance", tolerance);
        if (precision == Precision.SINGLE && output == Output.AVERAGE) {
            throw new IllegalArgumentException("precision single answers the last policy: set output to last");
        }
    }

    /// Runs `rule` as set here.
    SelfPlaySolver solver(SelfPlayRule rule) {
        return output.of(SelfPlaySolver.of(rule, tolerance, maxIterations));
    }
}
