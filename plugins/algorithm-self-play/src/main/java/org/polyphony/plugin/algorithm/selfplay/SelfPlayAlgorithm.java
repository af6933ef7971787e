package org.polyphony.plugin.algorithm.selfplay;

import org.polyphony.alignment.MatrixGame;
import org.polyphony.games.Skew;
import org.polyphony.games.selfplay.SelfPlayOutcome;
import org.polyphony.games.selfplay.SelfPlaySolver;
import org.polyphony.spi.alignment.AlignmentAlgorithm;
import org.polyphony.spi.alignment.AlignmentRequest;
import org.polyphony.spi.alignment.Formulation;
import org.polyphony.spi.alignment.PolicySolution;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.plugin.Plugin;
import org.polyphony.spi.plugin.SelfTesting;
import org.polyphony.support.Answer;

/// Self-play by the [SelfPlayMethod] under whose name it is called. All solve the population game, each game alone,
/// starting at the reference policy, and are deterministic. A solution carries the τ of the game that it aims at, 0
/// for the game itself, and claims to have converged only if the gap of that game, measured, is one that a
/// certificate accepts, whatever the tolerance at which it stopped. A run of N updates is the beginning of every
/// longer one.
@Plugin(
        role = AlignmentAlgorithm.class,
        id = "comal",
        formulations = Formulation.POPULATION,
        settings = ComalSettings.class,
        summary = "COMAL: solves a chain of regularised games, each around the policy that solved"
                + " the one before, and so leads the last policy to an equilibrium of the game"
                + " itself.")
@Plugin(
        role = AlignmentAlgorithm.class,
        id = "egpo",
        formulations = Formulation.POPULATION,
        settings = RegularisedSettings.class,
        summary = "EGPO, extragradient: reaches the equilibrium of the regularised game fast, with" + " long steps.")
@Plugin(
        role = AlignmentAlgorithm.class,
        id = "inpo",
        formulations = Formulation.POPULATION,
        settings = InpoSettings.class,
        summary = "INPO, mirror descent with a pull to the reference policy: reaches the"
                + " equilibrium of the regularised game, with small steps.")
@Plugin(
        role = AlignmentAlgorithm.class,
        id = "iter-dpo",
        formulations = Formulation.POPULATION,
        settings = IterativeDpoSettings.class,
        summary = "Iterative DPO on a population, the usual preference tuning as a baseline: finds"
                + " a winner where there is one, circles outwards where preferences are cyclic.")
@Plugin(
        role = AlignmentAlgorithm.class,
        id = "mmd",
        formulations = Formulation.POPULATION,
        settings = RegularisedSettings.class,
        summary = "Magnetic mirror descent, the inner step of MPO: reaches the equilibrium of the"
                + " regularised game, with small steps.")
@Plugin(
        role = AlignmentAlgorithm.class,
        id = "mwu",
        formulations = Formulation.POPULATION,
        settings = MwuSettings.class,
        summary = "Multiplicative weights, on a population the same as SPPO, iterative IPO, SPO and"
                + " DNO: the average policy nears an equilibrium of the game itself, the last one"
                + " circles.")
@Plugin(
        role = AlignmentAlgorithm.class,
        id = "nash-md",
        formulations = Formulation.POPULATION,
        settings = RegularisedSettings.class,
        summary = "Nash-MD, mirror descent against a mixture of policy and reference: reaches the"
                + " equilibrium of the regularised game slowly, and with a constant step only comes"
                + " near it.")
@Plugin(
        role = AlignmentAlgorithm.class,
        id = "nash-md-pg",
        formulations = Formulation.POPULATION,
        settings = NashMdPgSettings.class,
        summary = "Nash-MD-PG, a policy gradient against a mixture of policy and reference: slow,"
                + " and ends near the equilibrium of the regularised game, not at it. A baseline.")
@Plugin(
        role = AlignmentAlgorithm.class,
        id = "nash-mp",
        formulations = Formulation.POPULATION,
        settings = RegularisedSettings.class,
        summary = "Nash mirror prox: reaches the equilibrium of the regularised game fast, at the"
                + " same step for every tau. The one to take if nothing speaks for another.")
@Plugin(
        role = AlignmentAlgorithm.class,
        id = "online-ipo-2",
        formulations = Formulation.POPULATION,
        settings = RegularisedSettings.class,
        summary = "Online IPO 2, gradient descent on the IPO loss with pairs drawn from the policy:"
                + " its fixed point is the equilibrium of the regularised game, which it may circle"
                + " where tau is small.")
@Plugin(
        role = AlignmentAlgorithm.class,
        id = "onpo",
        formulations = Formulation.POPULATION,
        settings = OnpoSettings.class,
        summary = "ONPO, optimistic multiplicative weights: the last policy nears an equilibrium of"
                + " the game itself where there is only one.")
@Plugin(
        role = AlignmentAlgorithm.class,
        id = "prm-plus",
        formulations = Formulation.POPULATION,
        settings = PrmPlusSettings.class,
        summary = "Predictive regret matching plus with quadratic averaging: the cheapest self-play"
                + " to an approximate equilibrium of the game itself; no step to choose.")
public final class SelfPlayAlgorithm implements AlignmentAlgorithm, SelfTesting {

    @Override
    public PolicySolution align(AlignmentRequest request, PluginContext context) {
        return method(context).games().align(request, context);
    }

    @Override
    public void selfTest(PluginContext context) {
        method(context).golden().check(this, context);
    }

    private static SelfPlayMethod method(PluginContext context) {
        return SelfPlayMethod.of(context.plugin().id());
    }

    static Answer solve(MatrixGame game, SelfPlaySolver solver) {
        var outcome = solver.solve(game.mixture(), game.reachable(), game.logReference());
        return answer(game, outcome, solver.rule().tau());
    }

    static Answer answer(MatrixGame game, SelfPlayOutcome outcome, double tau) {
        double gap = tau > 0 ? outcome.gap() : againstAll(game, outcome);
        return Answer.of(outcome.policy(), tau, outcome.updates(), gap);
    }

    // a candidate without mass under the reference cannot be reached from it, but may win the game itself
    private static double againstAll(MatrixGame game, SelfPlayOutcome outcome) {
        var allowed = game.allowed();
        if (game.reachable().count() == allowed.count()) {
            return outcome.gap();
        }
        int k = allowed.count();
        var a = new double[k * k];
        Skew.payoff(allowed.restrictMatrices(game.mixture(), 1), 0, k, a);
        return 2 * Skew.exploitability(a, k, allowed.restrict(outcome.policy()));
    }
}
