package org.polyphony.plugin.algorithm.nashdpo;

import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.polyphony.alignment.MatrixRule;
import org.polyphony.games.ConsensusSolver;
import org.polyphony.games.OpponentMixing;
import org.polyphony.games.PopulationSolver;
import org.polyphony.games.PredictiveRegretMatching;
import org.polyphony.games.RegularisedPopulationSolver;
import org.polyphony.games.StakeholderProfile;
import org.polyphony.games.StakeholderSolver;
import org.polyphony.games.polymatrix.PolymatrixSolver;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.support.Answer;

/// How each of the three games is solved.
final class GameRules {

    static final Answer.Remark NO_OPPONENT = new Answer.Remark(
            "NO_OPPONENT",
            "the one stakeholder has no opponent, so that no certificate of the stakeholder game exists; deployed is"
                    + " the equilibrium against a copy of itself. Ask for population instead");

    private GameRules() {}

    /// The population game: candidates that are not allowed leave before the stakeholders' preferences are
    /// mixed.
    static Supplier<MatrixRule> population(PopulationSettings settings, OptionalDouble tau) {
        if (tau.isPresent()) {
            var solver = new RegularisedPopulationSolver(tau.getAsDouble());
            return () -> game -> {
                var players = game.reachable();
                var solved = solver.solve(game.mixture(), players, game.logReference());
                return Answer.of(solved.policy(), solver.tau(), solved.iterations(), solved.gap());
            };
        }
        return switch (settings.solver()) {
            case EXACT ->
                () -> {
                    var solver = new PopulationSolver();
                    return game -> {
                        var solved = solver.solve(game.mixture(), game.allowed());
                        return Answer.of(solved.policy(), 0, solved.iterations(), solved.gap());
                    };
                };
            case PRM_PLUS -> {
                var solver = new PredictiveRegretMatching(settings.prmTolerance(), settings.prmIterations());
                yield () -> game -> {
                    var solved = solver.solve(game.mixture(), game.allowed());
                    return Answer.of(solved.policy(), 0, solved.iterations(), solved.gap());
                };
            }
        };
    }

    /// The stakeholder game, every opponent counting the same: that is the game the certificate is about.
    ///
    /// @throws AlignmentException with code `UNSUPPORTED` if the exact solver is asked for a τ
    static Supplier<MatrixRule> stakeholder(StakeholderSettings settings, OptionalDouble tau) {
        if (settings.stakeholderSolver() == StakeholderMethod.EXACT) {
            if (tau.isPresent()) {
                throw new AlignmentException(
                        StandardErrorCode.UNSUPPORTED,
                        "tau is " + tau.getAsDouble() + ", but stakeholder-solver exact plays the game without"
                                + " regularisation; leave tau out, or set stakeholder-solver to mirror-prox");
            }
            var exact = new PolymatrixSolver(OpponentMixing.UNIFORM);
            return () -> game -> {
                return answer(exact.solve(game.p(), game.stakeholders(), game.allowed(), game.weights()));
            };
        }
        var solver = new StakeholderSolver(
                tau.orElse(settings.tau()),
                settings.anneal(),
                OpponentMixing.UNIFORM,
                settings.tolerance(),
                settings.maxIterations());
        return () -> game -> {
            return answer(
                    solver.solve(game.p(), game.stakeholders(), game.reachable(), game.weights(), game.logReference()));
        };
    }

    private static Answer answer(StakeholderProfile solved) {
        boolean alone = solved.nashConv().length == 1;
        var answer = Answer.of(
                        solved.deployed(),
                        solved.regularisation().tau(),
                        solved.iterations(),
                        alone ? Double.NaN : solved.largestNashConv())
                .withProfile(solved.profile());
        return alone ? answer.withRemark(NO_OPPONENT) : answer;
    }

    /// The consensus game, with the duals that prove its optimum. It has no regularisation.
    static Supplier<MatrixRule> consensus() {
        return () -> {
            var solver = new ConsensusSolver();
            return game -> {
                var solved = solver.solve(game.p(), game.stakeholders(), game.allowed());
                return Answer.of(solved.policy(), 0, solved.iterations(), solved.gap())
                        .withDuals(solved.duals());
            };
        };
    }
}
