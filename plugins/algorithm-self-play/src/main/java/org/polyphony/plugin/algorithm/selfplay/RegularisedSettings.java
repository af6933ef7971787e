package org.polyphony.plugin.algorithm.selfplay;

import static org.polyphony.support.settings.SettingChecks.atLeast;
import static org.polyphony.support.settings.SettingChecks.positive;

import java.util.Optional;
import org.polyphony.games.selfplay.SelfPlayRule;
import org.polyphony.games.selfplay.SelfPlaySolver;
import org.polyphony.spi.plugin.Setting;

/// How an algorithm is run that aims at the equilibrium of the regularised game.
///
/// @param tau pull to the reference policy, where the request does not say
/// @param step step size; absent means the one that the rule has for its τ
/// @param maxIterations updates after which it gives up
/// @param tolerance gap at which it stops
public record RegularisedSettings(
        @Setting(
                description = "Pull to the reference policy, in units of preference per nat, where the request"
                        + " does not give one. Smaller is closer to the game itself and slower",
                defaultValue = "0.1")
        double tau,

        @Setting(
                description = "Step size: multiplies the preference. Absent: 2 for nash-mp, 1 / (tau + 1/2) for"
                        + " egpo, the falling 2 / (tau (t + 2)) for nash-md, tau / (tau tau + 1/8) for the"
                        + " others, which is safe whatever the preferences")
        Optional<Double> step,

        @Setting(
                description =
                        "Updates after which it gives up. A run of N updates is the beginning of every" + " longer one",
                defaultValue = "100000")
        int maxIterations,

        @Setting(description = "Gap of the regularised game at which it stops", defaultValue = "1e-9")
        double tolerance) {

    /// Refuses what could not be run.
    public RegularisedSettings {
        positive("tau", tau);
        step.ifPresent(s -> positive("step", s));
        atLeast(1, "max-iterations", maxIterations);
        positive("tolerance", tolerance);
    }

    /// Runs `rule` as set here.
    SelfPlaySolver solver(SelfPlayRule rule) {
        return SelfPlaySolver.of(rule, tolerance, maxIterations);
    }
}
