package org.polyphony.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.polyphony.spi.alignment.AlignmentRequest;
import org.polyphony.spi.alignment.GameBucket;
import org.polyphony.spi.alignment.SolutionBucket;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.plugin.NoSettings;
import org.polyphony.spi.tensor.Tensor;
import org.polyphony.spi.testkit.SpiValues;
import org.polyphony.spi.testkit.TestContext;
import org.polyphony.spi.testkit.TestGames;

class GameLoopTest {

    @Test
    void align_everyExtra_goesIntoItsTensor() {
        var bucket = TestGames.withAllowed(TestGames.randomBucket(1, 2, 2, 3), 1, 1, 1, 0, 0, 0);
        for (var extras : Extras.values()) {
            var solved = solve(one("own-rule", extras), bucket, "own-rule");

            assertThat(solved.logPolicy().at(0, 0)).isZero();
            assertThat(solved.refused().toBytes()).containsExactly(0, 1);
            assertThat(solved.converged().toBytes()).containsExactly(1, 1);
            assertThat(solved.profile().map(Tensor::toDoubles).map(profile -> profile[3]))
                    .isEqualTo(extras == Extras.PROFILE ? Optional.of(0.0) : Optional.empty());
            boolean proved = extras == Extras.DUALS || extras == Extras.LEVELS;
            assertThat(solved.duals().map(Tensor::toDoubles).map(duals -> duals[3]))
                    .isEqualTo(proved ? Optional.of(1.0) : Optional.empty());
        }
    }

    // answers the first candidate, to everybody
    private static GameLoop one(String formulation, Extras extras) {
        return GameLoop.of("first", "ask again")
                .with(
                        formulation,
                        extras,
                        (_, _) -> () -> game -> {
                            var first = new double[game.candidates()];
                            first[0] = 1;
                            var everybody = new double[game.stakeholders() * game.candidates()];
                            for (int s = 0; s < game.stakeholders(); s++) {
                                everybody[s * game.candidates()] = 1;
                            }
                            var answer = Answer.of(first, 0, 1, 0);
                            return switch (extras) {
                                case NONE -> answer;
                                case PROFILE -> answer.withProfile(everybody);
                                case DUALS, LEVELS -> answer.withDuals(everybody);
                            };
                        });
    }

    @Test
    void align_ballots_reachTheRule() {
        var ranks = Tensor.ofDoubles(new double[] {1, 2, 2, 1, 1, Double.NaN, 5, 6, 7, 8, 9, 10}, 2, 3, 2);
        var weights = Tensor.ofDoubles(new double[] {1, 2, 3, 4, 5, 6}, 2, 3);
        var bucket = TestGames.randomBucket(2, 2, 1, 2).withBallots(ranks, weights);
        var games = GameLoop.of("ballots", "")
                .with(
                        "voted",
                        Extras.NONE,
                        (_, _) -> () -> game -> {
                            var ballots = game.ballots().orElseThrow();
                            double sum = ballots.getDouble(0) * 10
                                    + game.ballotWeights().orElseThrow().getDouble(2);
                            return Answer.of(new double[] {0.5, 0.5}, 0, (int) sum, 0);
                        });

        assertThat(solve(games, bucket, "voted").iterations().toInts()).containsExactly(13, 56);
    }

    @Test
    void align_numbersThatTheRuleRefuses_namesTheItem() {
        var games = GameLoop.of("refuser", "")
                .with(
                        "never",
                        Extras.NONE,
                        (_, _) -> () -> _ -> {
                            throw new IllegalArgumentException("not like this");
                        });
        var bucket = GameBucket.of(
                Tensor.ofInts(new int[] {17}, 1), Tensor.ofDoubles(new double[] {0.5, 1, 0, 0.5}, 1, 1, 2, 2));

        assertThatExceptionOfType(AlignmentException.class)
                .isThrownBy(() -> solve(games, bucket, "never"))
                .satisfies(failure -> assertThat(failure.code()).isEqualTo(StandardErrorCode.GAME_INVALID))
                .withMessageContaining("item 17: not like this");
    }

    @Test
    void align_manyThatDidNotConverge_areOneWarningWithAdvice() {
        var games = GameLoop.of("tired", "let it rest")
                .with("own", Extras.NONE, (_, _) -> () -> game -> Answer.of(new double[game.candidates()], 0, 1, 1e-2));
        try (var context = TestContext.of(new NoSettings())) {
            var request = TestGames.of(new double[] {1}, TestGames.randomBucket(3, 7, 1, 3));

            games.align(AlignmentRequest.of(context.share(request), "own"), context);

            assertThat(context.issues()).singleElement().satisfies(issue -> {
                assertThat(issue.code()).isEqualTo("NOT_CONVERGED");
                assertThat(issue.message()).contains("7 of 7 games").contains("let it rest");
                assertThat(issue.location()).endsWith("…");
            });
        }
    }

    @Test
    void align_notOffered_namesWhatIs() {
        assertThatExceptionOfType(AlignmentException.class)
                .isThrownBy(() -> solve(one("mine", Extras.NONE), TestGames.randomBucket(4, 1, 1, 2), "yours"))
                .satisfies(failure -> assertThat(failure.code()).isEqualTo(StandardErrorCode.UNSUPPORTED))
                .withMessage("formulation yours is not offered by first; use one of [mine]");
    }

    @Test
    void align_manyBuckets_everyRuleSeesItsOwnGameOnce() {
        var games = GameLoop.of("teller", "")
                .with(
                        "told",
                        Extras.NONE,
                        (_, _) -> () -> game -> {
                            var policy = new double[game.candidates()];
                            policy[0] = 1;
                            return Answer.of(policy, game.preference(0, 0, 1), game.item(), 0);
                        });
        var request = TestGames.random(5, 40, 2);
        try (var context = TestContext.of(new NoSettings())) {
            var solution = games.align(AlignmentRequest.of(context.share(request), "told"), context);
            for (int n = 0; n < request.count(); n++) {
                assertThat(solution.solution(n).tau()).isEqualTo(request.game(n).preference(0, 0, 1));
                assertThat(solution.solution(n).iterations())
                        .isEqualTo(request.game(n).item());
            }
            assertThat(context.steps().getLast().done()).isEqualTo(request.count());
        }
    }

    @Test
    void simplex_sharesOfSomeCandidates_areZeroElsewhere() {
        assertThat(Simplex.uniform(4, 1, 3)).containsExactly(0, 0.5, 0, 0.5);
        assertThat(Simplex.softmax(new double[] {1000, 1000 + Math.log(3), 2000}, 0, 1))
                .usingComparatorWithPrecision(1e-12)
                .containsExactly(0.25, 0.75, 0);
        assertThat(Simplex.normalised(new double[] {1, 3})).containsExactly(0.25, 0.75);
        assertThat(Simplex.normalised(new double[2])).containsExactly(0.5, 0.5);
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(() -> Simplex.uniform(3));
    }

    private static SolutionBucket solve(GameLoop games, GameBucket bucket, String formulation) {
        var weights = new double[bucket.stakeholders()];
        Arrays.fill(weights, 1.0 / weights.length);
        try (var context = TestContext.of(new NoSettings())) {
            var request = AlignmentRequest.of(context.share(TestGames.of(weights, bucket)), formulation);
            return SpiValues.copy(games.align(request, context)).buckets().getFirst();
        }
    }
}
