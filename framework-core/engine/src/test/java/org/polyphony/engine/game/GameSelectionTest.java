package org.polyphony.engine.game;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.polyphony.spi.alignment.GameBucket;
import org.polyphony.spi.alignment.PreferenceGames;
import org.polyphony.spi.tensor.Tensor;

class GameSelectionTest {

    @Test
    void select_someItems_keepsEverythingTheirGamesHold() {
        var p = new double[3 * 4];
        Arrays.fill(p, 0.5);
        var bucket = GameBucket.of(Tensor.ofInts(new int[] {4, 5, 6}, 3), Tensor.ofDoubles(p, 3, 1, 2, 2))
                .withAllowed(Tensor.ofBytes(new byte[] {1, 1, 0, 1, 1, 0}, 3, 2))
                .withReference(Tensor.ofDoubles(new double[] {1, 2, 3, 4, 5, 6}, 3, 2))
                .withFeatures(Tensor.ofDoubles(new double[] {1, 2, 3, 4, 5, 6}, 3, 2, 1))
                .withBallots(
                        Tensor.ofDoubles(new double[] {1, 2, 2, 1, 1, 2}, 3, 1, 2),
                        Tensor.ofDoubles(new double[] {7, 8, 9}, 3, 1));
        var games = PreferenceGames.of(List.of("all"), Tensor.ofDoubles(new double[] {1}, 1), List.of(bucket));

        var selected = GameSelection.select(games, item -> item != 5).buckets().getFirst();

        assertThat(selected.items().toInts()).containsExactly(4, 6);
        assertThat(selected.allowed().toBytes()).containsExactly(1, 1, 1, 0);
        assertThat(selected.reference().orElseThrow().toDoubles()).containsExactly(1, 2, 5, 6);
        assertThat(selected.features().orElseThrow().toDoubles()).containsExactly(1, 2, 5, 6);
        assertThat(selected.ballots().orElseThrow().toDoubles()).containsExactly(1, 2, 1, 2);
        assertThat(selected.ballotWeights().orElseThrow().toDoubles()).containsExactly(7, 9);
    }
}
