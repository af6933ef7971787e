package org.polyphony.plugin.algorithm.selfplay;

import static org.polyphony.support.settings.SettingChecks.atLeast;
import static org.polyphony.support.settings.SettingChecks.positive;
import static org.polyphony.support.settings.SettingChecks.share;

import java.util.Optional;
import org.polyphony.games.selfplay.SelfPlayRule;
import org.polyphony.games.selfplay.SelfPlaySolver;
import org.polyphony.spi.plugin.Setting;

/// How Nash-MD-PG is run.
///
/// @param tau pull to the reference policy, where the request does not say
/// @param step step size where the policy is uniform; absent means the one that the rule has for its τ
/// @param mixture share of the reference policy in the opponent
/// @param maxIterations updates after which it gives up
/// @param tolerance gap at which it stops
public record NashMdPgSettings(
        @Setting(
                description = "Pull to the reference policy, in units of preference per nat, where the request"
                        + " does not give one. Smaller is closer to the game itself and slower",
                defaultValue = "0.1")
        double tau,

        @Setting(description = "Step size where the policy is uniform. Absent: tau / (tau tau + 1/8)")
        Optional<Double> step,

        @Setting(
                description = "Share of the reference policy in the opponent, from 0 to 1. More of it moves the"
                        + " answer further from the equilibrium",
                defaultValue = "0.1")
        double mixture,

        @Setting(
                description =
                        "Updates after which it gives up. A run of N updates is the beginning of every" + " longer one",
                defaultValue = "20000")
        int maxIterations,

        @Setting(description = "Gap of the regularised game at which it stops", defaultValue = "1e-3")
        double tolerance) {

    /// Refuses what could not be run.
    public NashMdPgSettings {
        positive("tau", tau);
        step.ifPresent(s -> positive("step", s));
        share("mixture", mixture);
        atLeast(1, "max-iterations", maxIterations);
        positive("tolerance", tolerance);
    }

    /// Runs `rule` as set here.
    SelfPlaySolver solver(SelfPlayRule rule) {
        return SelfPlaySolver.of(rule, tolerance, maxIterations);
    }
}
