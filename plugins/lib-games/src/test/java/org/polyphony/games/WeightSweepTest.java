package org.polyphony.games;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WeightSweepTest {

    @Test
    void solve_manyWeightings_equalsSeparateSolves() {
        var random = new SplittableRandom(4);
        int games = 7;
        int k = 5;
        double[] p = RandomGames.stakeholders(RandomGames.DENSE, random, games * 3, k);
        double[][] weightings = WeightSweep.grid(3, 4);

        var sweep = WeightSweep.solve(p, games, 3, k, weightings);

        var solver = new PopulationSolver();
        for (int w = 0; w < weightings.length; w++) {
            for (int b = 0; b < games; b++) {
                double[] one = Arrays.copyOfRange(p, b * 3 * k * k, (b + 1) * 3 * k * k);
                var alone = solver.solve(Preferences.mix(one, 3, k, weightings[w]), k);
                int at = w * games + b;
                assertThat(Arrays.copyOfRange(sweep.policies(), at * k, (at + 1) * k))
                        .containsExactly(alone.policy());
                assertThat(sweep.gaps()[at]).isEqualTo(alone.gap());
                for (int s = 0; s < 3; s++) {
                    assertThat(sweep.utilities()[at * 3 + s])
                            .isCloseTo(utility(one, s, k, alone.policy()), within(1e-15));
                }
            }
        }
    }

    @Test
    void grid_threeInQuarters_isEveryWeightingOnce() {
        var grid = WeightSweep.grid(3, 4);

        assertThat(grid).hasDimensions(15, 3);
        assertThat(grid[0]).containsExactly(0, 0, 1);
        assertThat(grid[14]).containsExactly(1, 0, 0);
        assertThat(Arrays.stream(grid).map(Arrays::toString)).doesNotHaveDuplicates();
        assertThat(Arrays.stream(grid))
                .allSatisfy(omega -> assertThat(Arrays.stream(omega).sum()).isEqualTo(1));
        assertThat(WeightSweep.grid(1, 9)).isEqualTo(new double[][] {{1}});
    }

    @Test
    void grid_nothingToDivide_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WeightSweep.grid(2, 0))
                .withMessageContaining("0 parts");
    }

    private static double utility(double[] p, int s, int k, double[] policy) {
        double sum = 0;
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                sum += policy[i] * p[(s * k + i) * k + j] / k;
            }
        }
        return sum;
    }
}
