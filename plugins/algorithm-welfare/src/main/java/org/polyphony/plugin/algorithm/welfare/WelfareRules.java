package org.polyphony.plugin.algorithm.welfare;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.polyphony.alignment.MatrixGame;
import org.polyphony.alignment.MatrixRule;
import org.polyphony.games.welfare.GroupRobust;
import org.polyphony.games.welfare.Leximin;
import org.polyphony.games.welfare.MaxMin;
import org.polyphony.games.welfare.NashBargaining;
import org.polyphony.games.welfare.WelfareSolution;
import org.polyphony.support.Answer;
import org.polyphony.support.Answer.Remark;

/// How each of the four is solved, with the duals that prove its optimum.
final class WelfareRules {

    static final Remark NO_JOINT_IMPROVEMENT = new Remark(
            "NO_JOINT_IMPROVEMENT",
            "no policy makes every stakeholder better off than the reference policy, which is deployed; the certificate's"
                    + " gap is the most that everybody could gain");

    private WelfareRules() {}

    static Supplier<MatrixRule> bargaining(WelfareSettings settings, OptionalDouble tau) {
        var solver = new NashBargaining(tau.orElse(settings.bargainingTau()));
        return () -> game -> {
            var solved = solver.solve(
                    game.p(),
                    game.stakeholders(),
                    game.allowed(),
                    power(settings.bargainingPower(), game),
                    game.logReference());
            var answer = answer(solved, solver.tau());
            return solved.improves() ? answer : answer.withRemark(NO_JOINT_IMPROVEMENT);
        };
    }

    static Supplier<MatrixRule> leximin() {
        return () -> {
            var solver = new Leximin();
            return game -> {
                var solved = solver.solve(game.p(), game.stakeholders(), game.allowed());
                var levels = new double[solved.levels().size() * game.stakeholders() * game.candidates()];
                int at = 0;
                for (double[] duals : solved.levels()) {
                    System.arraycopy(duals, 0, levels, at, duals.length);
                    at += duals.length;
                }
                return answer(solved.welfare(), 0).withDuals(levels);
            };
        };
    }

    static Supplier<MatrixRule> maxmin(WelfareSettings settings, OptionalDouble tau) {
        var solver = new MaxMin(tau.orElse(settings.maxminTau()));
        return () -> game -> answer(
                solver.solve(game.p(), game.stakeholders(), game.reachable(), game.logReference()), solver.tau());
    }

    static Supplier<MatrixRule> groupRobust(WelfareSettings settings, OptionalDouble tau) {
        var solver = new GroupRobust(tau.orElse(settings.groupRobustTau()));
        return () -> game -> answer(
                solver.solve(game.p(), game.stakeholders(), game.reachable(), game.logReference()), solver.tau());
    }

    private static Answer answer(WelfareSolution solved, double tau) {
        return Answer.of(solved.policy(), tau, solved.iterations(), solved.gap())
                .withDuals(solved.duals());
    }

    private static double[] power(BargainingPower power, MatrixGame game) {
        if (power == BargainingPower.BY_WEIGHT) {
            return game.weights();
        }
        var equal = new double[game.stakeholders()];
        Arrays.fill(equal, 1);
        return equal;
    }
}
