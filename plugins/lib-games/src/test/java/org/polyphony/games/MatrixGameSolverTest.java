package org.polyphony.games;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.polyphony.games.ReferenceNumbers.flat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MatrixGameSolverTest {

    private final MatrixGameSolver solver = new MatrixGameSolver();

    static Stream<JsonNode> games() {
        return ReferenceNumbers.read("zero_sum_games.json");
    }

    @ParameterizedTest
    @MethodSource("games")
    void solve_publishedGame_hasItsValueAndEquilibrium(JsonNode game) {
        double[] payoff = flat(game.get("payoff_row"));
        int rows = game.get("payoff_row").size();
        int columns = payoff.length / rows;

        var saddle = solver.solve(payoff, rows, columns);

        assertThat(saddle.gap()).isBetween(-1e-15, 1e-12);
        assertThat(saddle.value()).isCloseTo(game.at("/scipy_highs_lp/value").asDouble(), within(1e-12));
        var unique = game.at("/nashpy_0_0_43/support_enumeration/0");
        if (game.at("/nashpy_0_0_43/n_support_equilibria").asInt() == 1) {
            assertThat(saddle.rowStrategy()).containsExactly(flat(unique.get(0)), within(1e-9));
            assertThat(saddle.columnStrategy()).containsExactly(flat(unique.get(1)), within(1e-9));
        }
    }

    @Test
    void games_referenceFile_holdsFourteen() {
        assertThat(games()).hasSize(14);
    }

    @Test
    void solve_randomGamesOfEveryShape_closesTheGapAndAgreesWithExactArithmetic() {
        var random = new SplittableRandom(4);
        for (int n = 0; n < 2_000; n++) {
            int rows = 1 + random.nextInt(8);
            int columns = 1 + random.nextInt(8);
            // every other game on a coarse grid, hence degenerate
            double grid = n % 2 == 0 ? 0 : 1 + random.nextInt(3);
            var payoff = new double[rows * columns];
            for (int i = 0; i < payoff.length; i++) {
                double value = 20 * random.nextDouble() - 7;
                payoff[i] = grid == 0 ? value : Math.rint(value / 5 * grid);
            }

            var saddle = solver.solve(payoff, rows, columns);

            var exact = new ExactMatrixGame(payoff, rows, columns);
            var definition = MatrixGameSolver.Saddle.of(payoff, exact.rowStrategy(), exact.columnStrategy(), 0);
            assertThat(definition.gap()).as("exact game %d", n).isBetween(-1e-14, 1e-14);
            assertThat(saddle.gap()).as("game %d", n).isBetween(-1e-14, 1e-12);
            assertThat(saddle.value()).as("game %d", n).isCloseTo(definition.value(), within(1e-12));
        }
    }

    @Test
    void solve_constantGame_hasThatValue() {
        var saddle = solver.solve(new double[] {3, 3, 3, 3, 3, 3}, 2, 3);

        assertThat(saddle.value()).isEqualTo(3);
        assertThat(saddle.gap()).isZero();
    }

    @Test
    void solve_wrongShape_saysWhatIsNeeded() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> solver.solve(new double[5], 2, 3))
                .withMessageContaining("5 entries")
                .withMessageContaining("needs 6");
    }

    @Test
    void solve_infinitePayoff_namesTheEntry() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> solver.solve(new double[] {0, 1, Double.POSITIVE_INFINITY, 0}, 2, 2))
                .withMessageContaining("payoff[1][0] is Infinity");
    }
}
