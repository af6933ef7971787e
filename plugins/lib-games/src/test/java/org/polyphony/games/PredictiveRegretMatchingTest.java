package org.polyphony.games;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.polyphony.games.ReferenceNumbers.flat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PredictiveRegretMatchingTest {

    @ParameterizedTest
    @MethodSource("org.polyphony.games.PopulationSolverTest#preferenceGames")
    void solve_publishedGame_reachesTheIterativeTolerance(JsonNode game) {
        double[] p = flat(game.get("preference_P"));
        int k = (int) Math.round(Math.sqrt(p.length));

        var solved = new PredictiveRegretMatching(1e-6, 3_000_000).solve(p, k);

        assertThat(solved.converged()).isTrue();
        assertThat(RandomGames.gap(p, k, solved.policy())).isBetween(-1e-15, 1e-6);
    }

    // self-computed medians over random dense games: 155, 170 and 185 products to a gap of 1e-3
    @ParameterizedTest
    @CsvSource({"8, 155", "32, 170", "128, 185"})
    void solve_randomDenseGames_costsTheMedianWithinAFactorOfTwo(int k, int expected) {
        var random = new SplittableRandom(1);
        var counts = random.longs(21)
                .mapToInt(seed -> new PredictiveRegretMatching(1e-3, 20_000)
                        .solve(RandomGames.DENSE.next(new SplittableRandom(seed), k), k)
                        .iterations())
                .sorted()
                .toArray();

        assertThat(counts[10]).isBetween(expected / 2, expected * 2);
    }

    @Test
    void solve_everythingTied_isUniformAtOnce() {
        var solved = new PredictiveRegretMatching(1e-9, 10).solve(new double[] {0.5, 0.5, 0.5, 0.5}, 2);

        assertThat(solved.policy()).containsExactly(0.5, 0.5);
        assertThat(solved.iterations()).isEqualTo(1);
    }

    @Test
    void solve_tooFewIterations_saysItDidNotConverge() {
        double[] p = RandomGames.DENSE.next(new SplittableRandom(9), 8);

        var solved = new PredictiveRegretMatching(1e-9, 20).solve(p, 8);

        assertThat(solved.converged()).isFalse();
        assertThat(solved.gap()).isCloseTo(RandomGames.gap(p, 8, solved.policy()), within(1e-15));
    }

    @Test
    void solve_masked_givesTheRestExactlyZero() {
        double[] p = RandomGames.DENSE.next(new SplittableRandom(9), 4);

        assertThat(new PredictiveRegretMatching(1e-3, 10_000)
                        .solve(p, AllowedCandidates.of(new boolean[] {true, true, false, true}))
                        .policy()[2])
                .isZero();
    }
}
