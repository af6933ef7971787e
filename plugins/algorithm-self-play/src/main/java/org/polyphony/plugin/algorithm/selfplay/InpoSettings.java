package org.polyphony.plugin.algorithm.selfplay;

import static org.polyphony.support.settings.SettingChecks.atLeast;
import static org.polyphony.support.settings.SettingChecks.positive;

import java.util.Optional;
import org.polyphony.games.kernel.Precision;
import org.polyphony.games.selfplay.BatchedMirrorDescent;
import org.polyphony.games.selfplay.Inpo;
import org.polyphony.games.selfplay.SelfPlaySolver;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.plugin.Setting;

/// How INPO is run: as [RegularisedSettings], and in which precision.
///
/// @param tau pull to the reference policy, where the request does not say
/// @param step step size; absent means the one that the rule has for its τ
/// @param maxIterations updates after which it gives up
/// @param tolerance gap at which it stops; below 1e-6 the updates are double whatever the precision
/// @param precision of the updates
public record InpoSettings(
        @Setting(
                description = "Pull to the reference policy, in units of preference per nat, where the request"
                        + " does not give one. Smaller is closer to the game itself and slower",
                defaultValue = "0.1")
        double tau,

        @Setting(
                description = "Step size: multiplies the preference. Absent: tau / (tau tau + 1/8), which is safe"
                        + " whatever the preferences")
        Optional<Double> step,

        @Setting(
                description =
                        "Updates after which it gives up. A run of N updates is the beginning of every" + " longer one",
                defaultValue = "100000")
        int maxIterations,

        @Setting(description = "Gap of the regularised game at which it stops", defaultValue = "1e-9")
        double tolerance,

        @Setting(
                description = "double, or single: the updates run in float32 on vectors, many games at once, where the"
                        + " JVM was started with --add-modules=jdk.incubator.vector. The gap is double in either case",
                defaultValue = "double")
        Precision precision) {

    /// Refuses what could not be run.
    public InpoSettings {
        positive("tau", tau);
        step.ifPresent(s -> positive("step", s));
        atLeast(1, "max-iterations", maxIterations);
        positive("tolerance", tolerance);
    }

    /// Runs INPO as set here, at this τ.
    SelfPlaySolver solver(double pull) {
        return SelfPlaySolver.of(rule(pull), tolerance, maxIterations);
    }

    /// The same in single precision, if that is set and can be had.
    Optional<BatchedMirrorDescent> batched(double pull, PluginContext context) {
        return BatchedRule.solver(precision, rule(pull).step(), pull, tolerance, maxIterations, context);
    }

    private Inpo rule(double pull) {
        return step.map(s -> new Inpo(s, pull)).orElseGet(() -> Inpo.ofTau(pull));
    }
}
