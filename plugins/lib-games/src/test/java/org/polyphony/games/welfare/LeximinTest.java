package org.polyphony.games.welfare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.polyphony.games.ReferenceNumbers.flat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.polyphony.games.AllowedCandidates;
import org.polyphony.games.ConsensusSolver;
import org.polyphony.games.RandomGames;
import org.polyphony.games.ReferenceNumbers;

class LeximinTest {

    private final Leximin solver = new Leximin();

    static Stream<JsonNode> games() {
        return ReferenceNumbers.read("stakeholder_games.json");
    }

    /// Self-computed: the value of the first level is that of the consensus game, whose optimum is unique
    /// in all six.
    @ParameterizedTest
    @MethodSource("games")
    void solve_referenceGame_isTheConsensusWhereThatIsUnique(JsonNode game) {
        var solved = solver.solve(
                flat(game.get("P")), game.get("S").asInt(), game.get("K").asInt());

        var expected = game.get("F5_minimax_unilateral_gain");
        assertThat(Arrays.stream(solved.welfare().values()).max().orElseThrow())
                .isCloseTo(expected.get("eps_star").asDouble(), within(1e-9));
        assertThat(solved.welfare().policy()).containsExactly(flat(expected.get("pi")), within(1e-8));
        assertThat(solved.welfare().converged()).isTrue();
    }

    /// The first two stakeholders are at odds about the candidates 0 and 1, whatever is done; the third
    /// cares about 2 and 3, which the consensus leaves open.
    @Test
    void solve_firstLevelLeavesAChoice_helpsTheOthers() {
        var consensus = new ConsensusSolver();
        int better = 0;
        for (int n = 0; n < 200; n++) {
            var random = new SplittableRandom(n);
            double[] p = RandomGames.stakeholders(RandomGames.COARSE, random, 3, 5);
            double[] first = sorted(consensus.solve(p, 3, 5).gains());
            double[] leximin = sorted(solver.solve(p, 3, 5).welfare().values());
            assertThat(lexicographic(leximin, first)).as("game %d", n).isLessThanOrEqualTo(0);
            better += lexicographic(leximin, first) < 0 ? 1 : 0;
        }
        assertThat(better).isBetween(5, 195);
    }

    @ParameterizedTest
    @EnumSource(RandomGames.class)
    void solve_gamesOfEveryKind_everyLevelIsProved(RandomGames kind) {
        var random = new SplittableRandom(21);
        int unsolved = 0;
        for (int n = 0; n < 300; n++) {
            int stakeholders = 1 + random.nextInt(5);
            int k = 1 + random.nextInt(8);
            double[] p = RandomGames.stakeholders(kind, random, stakeholders, k);

            var solved = solver.solve(p, stakeholders, k);

            // candidates that differ by 1e-12 can make a level so thin that nothing is left of its proof
            boolean hard =
                    kind == RandomGames.NEAR_DUPLICATES && !solved.welfare().converged();
            assertThat(solved.welfare().converged() || hard).as("game %d", n).isTrue();
            unsolved += hard ? 1 : 0;
            assertThat(solved.levels()).hasSizeBetween(1, stakeholders);
            assertThat(Arrays.stream(solved.welfare().policy()).sum()).isCloseTo(1, within(1e-13));
            // no random policy is lexicographically better
            for (int m = 0; m < 20; m++) {
                double[] other = random.doubles(k, 0, 1).toArray();
                double sum = Arrays.stream(other).sum();
                Arrays.setAll(
                        other,
                        i -> 0.01 * other[i] / sum + 0.99 * solved.welfare().policy()[i]);
                double[] others = sorted(gains(p, stakeholders, k, other));
                assertThat(hard ? 0 : lexicographic(sorted(solved.welfare().values()), others))
                        .as("game %d", n)
                        .isLessThanOrEqualTo(0);
            }
        }
        assertThat(unsolved).isLessThan(10);
    }

    @Test
    void solve_masked_policyAndDualsAreZeroElsewhere() {
        double[] p = RandomGames.stakeholders(RandomGames.DENSE, new SplittableRandom(1), 2, 4);

        var solved = solver.solve(p, 2, AllowedCandidates.of(new boolean[] {true, false, true, true}));

        assertThat(solved.welfare().policy()[1]).isZero();
        assertThat(solved.welfare().duals()[1]).isZero();
        assertThat(solved.levels()).allSatisfy(duals -> assertThat(duals[5]).isZero());
    }

    @Test
    void solve_noneAllowed_refuses() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> solver.solve(new double[8], 2, AllowedCandidates.of(new boolean[2])))
                .withMessageContaining("refuse");
    }

    private static double[] sorted(double[] gains) {
        return Arrays.stream(gains)
                .map(gain -> -gain)
                .sorted()
                .map(gain -> -gain)
                .toArray();
    }

    // the sign of the first difference above rounding
    private static int lexicographic(double[] one, double[] other) {
        for (int s = 0; s < one.length; s++) {
            if (Math.abs(one[s] - other[s]) > 1e-8) {
                return one[s] < other[s] ? -1 : 1;
            }
        }
        return 0;
    }

    private static double[] gains(double[] p, int stakeholders, int k, double[] policy) {
        var gains = new double[stakeholders];
        for (int s = 0; s < stakeholders; s++) {
            gains[s] = RandomGames.gap(Arrays.copyOfRange(p, s * k * k, (s + 1) * k * k), k, policy) / 2;
        }
        return gains;
    }
}
