package org.polyphony.plugin.algorithm.nashdpo;

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

/// Solves the population, stakeholder and consensus games over enumerated candidates.
///
/// `population` is solved exactly, by linear programming, unless the request brings a τ: then it is the
/// regularised game with that τ, which is how `stakeholder` and `population` are compared at the same
/// regularisation. `stakeholder` is solved by mirror-prox at the request's τ or the setting's, or exactly
/// at τ = 0; a single stakeholder meets a copy of itself. `consensus` is a linear programme and ignores τ.
///
/// With a `linear` or `mlp` policy, `population` and `stakeholder` are fitted by a policy on the
/// candidates' features instead, which answers candidates it has not seen: [ParametricAlignment].
@Plugin(
        role = AlignmentAlgorithm.class,
        id = "nash-dpo",
        formulations = {Formulation.POPULATION, Formulation.STAKEHOLDER, Formulation.CONSENSUS},
        writes = PolicyArtefact.WRITTEN,
        settings = NashDpoSettings.class,
        summary = "Solves the population, stakeholder and consensus games to certified equilibria.")
public final class NashDpoAlgorithm implements AlignmentAlgorithm, SelfTesting {

    private final GameLoop games = GameLoop.of("nash-dpo", "raise tau or the number of iterations")
            .with(
                    Formulation.POPULATION,
                    Extras.NONE,
                    MatrixRule.reading((request, context) ->
                            GameRules.population(settings(context).population(), request.tau())))
            .with(
                    Formulation.STAKEHOLDER,
                    Extras.PROFILE,
                    MatrixRule.reading((request, context) ->
                            GameRules.stakeholder(settings(context).stakeholder(), request.tau())))
            .with(Formulation.CONSENSUS, Extras.DUALS, MatrixRule.reading((_, _) -> GameRules.consensus()));

    /// Made by the engine.
    public NashDpoAlgorithm() {}

    @Override
    public PolicySolution align(AlignmentRequest request, PluginContext context) {
        var settings = settings(context);
        return settings.policy() == PolicyForm.TABULAR
                ? games.align(request, context)
                : new ParametricAlignment(settings).align(request, context);
    }

    private static NashDpoSettings settings(PluginContext context) {
        return context.settings(NashDpoSettings.class);
    }

    @Override
    public void selfTest(PluginContext context) {
        GoldenGames.check(this, context);
        GoldenPolicies.check(context);
    }
}
