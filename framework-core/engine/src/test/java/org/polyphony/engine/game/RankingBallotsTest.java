package org.polyphony.engine.game;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.polyphony.spi.alignment.GameBucket;
import org.polyphony.spi.profile.Seating;
import org.polyphony.spi.tensor.Tensor;
import org.polyphony.spi.testkit.TestJudgments;

class RankingBallotsTest {

    private static final double NONE = Double.NaN;

    @Test
    void into_rankings_areBallotsThatWeighWhatTheirSeatWeighs() {
        var judgments = TestJudgments.about(TestJudgments.candidates(3, 3, 2), 6, "side", "left", "right", "nowhere")
                .ranking(0, 0, 0, 2, 0, 1)
                .ranking(0, 1, 0, 1, 0)
                .ranking(0, 2, 1, 0, 1, 2)
                .ranking(1, 3, 1, 1, 2, 0)
                // held out, without a seat, blank, not a ranking
                .ranking(0, 4, 0, 0, 1, 2)
                .ranking(0, 5, 2, 0, 1, 2)
                .ranking(1, 5, -1, 0, 1, 2)
                .pair(1, 5, 0, 0, 1)
                .build();
        var training = Tensor.ofDoubles(new double[] {1, 1, 1, 1, 0, 1, 1, 1}, 8);
        var games = GameBucket.of(Tensor.ofInts(new int[] {1, 0}, 2), Tensor.ofDoubles(new double[36], 2, 2, 3, 3));

        // seats in another order than levels
        var found = RankingBallots.of(judgments, training, Seating.of("side", List.of("right", "left")))
                .into(games, new double[] {0.3, 0.7});

        assertThat(found.ballots().orElseThrow().toDoubles())
                .containsExactly(
                        3, 1, 2, NONE, NONE, NONE, NONE, NONE, NONE, //
                        2, 3, 1, 2, 1, NONE, 1, 2, 3);
        assertThat(found.ballotWeights().orElseThrow().toDoubles())
                .containsExactly(new double[] {0.3, 0, 0, 0.35, 0.35, 0.3}, within(1e-15));
    }

    @Test
    void into_nobodyRanked_thereAreNoBallots() {
        var judgments = TestJudgments.about(TestJudgments.candidates(2), 1, "side", "left")
                .pair(0, 0, 0, 0, 1)
                .build();
        var games = GameBucket.of(Tensor.ofInts(new int[] {0}, 1), Tensor.ofDoubles(new double[4], 1, 1, 2, 2));

        var found = RankingBallots.of(
                        judgments, Tensor.ofDoubles(new double[] {1}, 1), Seating.of("side", List.of("left")))
                .into(games, new double[] {1});

        assertThat(found).isSameAs(games);
    }
}
