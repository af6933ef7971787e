package org.polyphony.plugin.algorithm.welfare;

import org.polyphony.alignment.MatrixRule;
import org.polyphony.spi.alignment.AlignmentAlgorithm;
import org.polyphony.spi.alignment.AlignmentRequest;
import org.polyphony.spi.alignment.Formulation;
import org.polyphony.spi.alignment.PolicySolution;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.plugin.Plugin;
import org.polyphony.spi.plugin.SelfTesting;
import org.polyphony.support.Extras;
import org.polyphony.support.GameLoop;

/// Cooperative solutions over enumerated candidates: one policy that is chosen for all stakeholders
/// together, so that there are no deviations to speak of.
///
/// `bargaining` makes everybody better off than the reference policy and divides the gain as Nash's
/// solution does, or says that nothing makes everybody better off and deploys the reference. `leximin`
/// makes the largest unilateral gain smallest, then the next. `maxmin` makes the stakeholder who likes the
/// policy least like it most. `group-robust` makes the largest preference- optimisation loss smallest. Each
/// answer carries the duals that prove it.
@Plugin(
        role = AlignmentAlgorithm.class,
        id = "welfare",
        formulations = {Formulation.BARGAINING, Formulation.LEXIMIN, Formulation.MAXMIN, Formulation.GROUP_ROBUST},
        settings = WelfareSettings.class,
        summary = "Chooses one policy for all: Nash bargaining, leximin, maxmin or group-robust, with a proof.")
public final class WelfareAlgorithm implements AlignmentAlgorithm, SelfTesting {

    private final GameLoop games = GameLoop.of("welfare", "raise tau")
            .with(
                    Formulation.BARGAINING,
                    Extras.DUALS,
                    MatrixRule.reading((request, context) -> WelfareRules.bargaining(settings(context), request.tau())))
            .with(Formulation.LEXIMIN, Extras.LEVELS, MatrixRule.reading((_, _) -> WelfareRules.leximin()))
            .with(
                    Formulation.MAXMIN,
                    Extras.DUALS,
                    MatrixRule.reading((request, context) -> WelfareRules.maxmin(settings(context), request.tau())))
            .with(
                    Formulation.GROUP_ROBUST,
                    Extras.DUALS,
                    MatrixRule.reading(
                            (request, context) -> WelfareRules.groupRobust(settings(context), request.tau())));

    /// Made by the engine.
    public WelfareAlgorithm() {}

    @Override
    public PolicySolution align(AlignmentRequest request, PluginContext context) {
        return games.align(request, context);
    }

    private static WelfareSettings settings(PluginContext context) {
        return context.settings(WelfareSettings.class);
    }

    @Override
    public void selfTest(PluginContext context) {
        GoldenGame.check(this, context);
    }
}
