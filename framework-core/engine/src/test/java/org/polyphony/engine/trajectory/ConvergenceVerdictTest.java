package org.polyphony.engine.trajectory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class ConvergenceVerdictTest {

    @Test
    void of_gapWithinTolerance_reaches() {
        assertThat(ConvergenceVerdict.of(path(n -> Math.pow(0.9, n), 0, 1, _ -> 0)))
                .isEqualTo(ConvergenceVerdict.REACHES);
    }

    @Test
    void of_regularisedGapWithinTolerance_plateaus() {
        assertThat(ConvergenceVerdict.of(path(n -> 0.06 + Math.pow(0.9, n), 0.1, 1e-12, _ -> 0)))
                .isEqualTo(ConvergenceVerdict.PLATEAUS);
    }

    @Test
    void of_gapNoSmallerThanAtTheStartAndLeadersChanging_cycles() {
        assertThat(ConvergenceVerdict.of(path(n -> 0.4 + 0.002 * n, 0, 1, n -> n / 20 % 3)))
                .isEqualTo(ConvergenceVerdict.CYCLES);
    }

    @Test
    void of_gapNoSmallerThanAtTheStartAndOneLeader_movesAway() {
        assertThat(ConvergenceVerdict.of(path(n -> 0.4 + 0.002 * n, 0, 1, _ -> 1)))
                .isEqualTo(ConvergenceVerdict.DIVERGES);
    }

    @Test
    void of_gapThatStoppedFalling_standsElsewhere() {
        assertThat(ConvergenceVerdict.of(path(n -> 0.0557 + Math.pow(0.8, n), 0.1, 1e-3, _ -> 0)))
                .isEqualTo(ConvergenceVerdict.STANDS);
    }

    @Test
    void of_gapThatStillFalls_hasNotArrived() {
        assertThat(ConvergenceVerdict.of(path(n -> 1.0 / n, 0, 1, _ -> 0))).isEqualTo(ConvergenceVerdict.MOVES);
    }

    @Test
    void of_exactSolversOnePoint_isJudgedByItsGap() {
        assertThat(ConvergenceVerdict.of(path(_ -> 0, 0, 1, _ -> 0).subList(0, 1)))
                .isEqualTo(ConvergenceVerdict.REACHES);
        assertThat(ConvergenceVerdict.of(path(_ -> 0.1, 0, 1, _ -> 0).subList(0, 1)))
                .isEqualTo(ConvergenceVerdict.MOVES);
    }

    @Test
    void budgets_growFromOneToTheLast() {
        assertThat(Budgets.upTo(1)).containsExactly(1);
        assertThat(Budgets.upTo(3)).containsExactly(1, 2, 3);
        var budgets = Budgets.upTo(5000);
        assertThat(budgets).startsWith(1, 2, 3, 4, 5).endsWith(5000).isSorted().doesNotHaveDuplicates();
        assertThat(budgets.size()).isBetween(100, 250);
        assertThat(budgets.stream().mapToInt(Integer::intValue).sum()).isLessThan(26 * 5000 + 5000);
    }

    private static List<TrajectoryPoint> path(
            IntToDoubleFunction gap, double tau, double gapTau, IntFunction<Integer> leader) {
        var path = new ArrayList<TrajectoryPoint>();
        for (int n = 1; n <= 200; n++) {
            var policy = new double[] {0.2, 0.2, 0.2};
            policy[leader.apply(n)] = 0.6;
            path.add(new TrajectoryPoint(n, policy, gap.applyAsDouble(n), gapTau, tau, false));
        }
        return path;
    }
}
