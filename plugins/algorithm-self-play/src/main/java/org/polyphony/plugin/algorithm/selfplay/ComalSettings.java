package org.polyphony.plugin.algorithm.selfplay;

import static org.polyphony.support.settings.SettingChecks.atLeast;
import static org.polyphony.support.settings.SettingChecks.positive;

import java.util.Optional;
import org.polyphony.games.selfplay.Comal;
import org.polyphony.games.selfplay.SelfPlaySolver;
import org.polyphony.spi.plugin.Setting;

/// How COMAL is run.
///
/// @param inner what solves each regularised game
/// @param innerSteps updates between two moves of the reference; 0 for the stop rule
/// @param tau pull to the moving reference, where the request does not say
/// @param step step size of the inner updates; absent means the one that the rule has for its τ
/// @param maxIterations inner updates after which it gives up
/// @param tolerance gap at which it stops
public record ComalSettings(
        @Setting(
                description =
                        "What solves each regularised game: nash-mp, egpo, mmd, inpo (as in the paper) or" + " nash-md",
                defaultValue = "nash-mp")
        InnerRule inner,

        @Setting(
                description = "Updates between two moves of the reference policy. Rule of thumb: inner-steps times"
                        + " step times tau should be 0.6 or more, 0.2 circles; with inpo, 1 is mwu. 0 is a stop"
                        + " rule: move once the policy is close to the equilibrium of its regularised game, after"
                        + " 5 updates at the earliest; not for inpo and mmd, whose steps are too short for that",
                defaultValue = "10")
        int innerSteps,

        @Setting(
                description = "Pull to the moving reference policy, in units of preference per nat, where the"
                        + " request does not give one",
                defaultValue = "0.05")
        double tau,

        @Setting(
                description = "Step size of the inner updates: multiplies the preference. Absent: 3 for"
                        + " nash-mp, 1 / (tau + 1/2) for egpo, tau / (tau tau + 1/8) for mmd and inpo, the"
                        + " falling 2 / (tau (t + 2)) for nash-md")
        Optional<Double> step,

        @Setting(
                description = "Inner updates after which it gives up. A run of N updates is the beginning of"
                        + " every longer one",
                defaultValue = "20000")
        int maxIterations,

        @Setting(
                description = "Duality gap 2 max (A p), A = P - 1/2, of the game itself at which it stops",
                defaultValue = "1e-6")
        double tolerance) {

    /// Refuses what could not be run.
    public ComalSettings {
        positive("tau", tau);
        step.ifPresent(s -> positive("step", s));
        atLeast(0, "inner-steps", innerSteps);
        atLeast(1, "max-iterations", maxIterations);
        positive("tolerance", tolerance);
    }

    /// Runs COMAL as set here, at this τ.
    SelfPlaySolver solver(double pull) {
        return SelfPlaySolver.of(new Comal(inner.rule(step, pull), innerSteps), tolerance, maxIterations);
    }
}
