package org.polyphony.spi.alignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.polyphony.spi.tensor.Tensor;

class PreferenceGamesTest {

    @Test
    void bucket_ofPreferences_allowsEveryCandidate() {
        var bucket =
                GameBucket.of(Tensor.ofInts(new int[2], 2), Tensor.ofDoubles(new double[2 * 3 * 4 * 4], 2, 3, 4, 4));
        assertThat(bucket.games()).isEqualTo(2);
        assertThat(bucket.stakeholders()).isEqualTo(3);
        assertThat(bucket.candidates()).isEqualTo(4);
        assertThat(bucket.allowed().toBytes()).hasSize(8).containsOnly(1);
    }

    @Test
    void bucket_shapesThatDoNotFit_saySo() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> GameBucket.of(Tensor.ofInts(new int[1], 1), Tensor.ofDoubles(new double[6], 1, 1, 2, 3)))
                .withMessageContaining("(B, S, K, K)")
                .withMessageContaining("[1, 1, 2, 3]");
        var bucket = GameBucket.of(Tensor.ofInts(new int[1], 1), Tensor.ofDoubles(new double[4], 1, 1, 2, 2));
        assertThatIllegalArgumentException().isThrownBy(() -> bucket.withAllowed(Tensor.ofBytes(new byte[3], 1, 3)));
    }

    @Test
    void bucket_featuresAndBallots_fitTheCandidates() {
        var bucket = GameBucket.of(Tensor.ofInts(new int[1], 1), Tensor.ofDoubles(new double[4], 1, 1, 2, 2));
        var features = Tensor.ofDoubles(new double[6], 1, 2, 3);
        var ballots = Tensor.ofDoubles(new double[10], 1, 5, 2);
        assertThat(bucket.withFeatures(features).withBallots(ballots).features())
                .contains(features);
        assertThat(bucket.withFeatures(features).withBallots(ballots).ballots()).contains(ballots);
        var weights = Tensor.ofDoubles(new double[5], 1, 5);
        assertThat(bucket.withBallots(ballots, weights).withFeatures(features).ballotWeights())
                .contains(weights);
        assertThat(bucket.withBallots(ballots).ballotWeights()).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> bucket.withBallots(ballots, ballots));
        assertThatIllegalArgumentException().isThrownBy(() -> bucket.withFeatures(ballots));
        assertThatIllegalArgumentException().isThrownBy(() -> bucket.withBallots(features));
    }

    @Test
    void games_weightsOrBucketsOfOtherStakeholders_saySo() {
        var bucket = GameBucket.of(Tensor.ofInts(new int[1], 1), Tensor.ofDoubles(new double[4], 1, 1, 2, 2));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PreferenceGames.of(List.of("a"), Tensor.ofDoubles(new double[2], 2), List.of(bucket)))
                .withMessageContaining("1 stakeholders");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        PreferenceGames.of(List.of("a", "b"), Tensor.ofDoubles(new double[2], 2), List.of(bucket)))
                .withMessageContaining("2 stakeholders");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN})
    void withTau_notPositive_isRefused(double tau) {
        var games = PreferenceGames.of(List.of(), Tensor.ofDoubles(new double[0], 0), List.of());
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> AlignmentRequest.of(games, Formulation.POPULATION).withTau(tau))
                .withMessageContaining(Double.toString(tau));
    }
}
