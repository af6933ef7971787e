package com.example.favourites;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.polyphony.spi.alignment.AlignmentAlgorithm;
import org.polyphony.spi.alignment.AlignmentRequest;
import org.polyphony.spi.testkit.AlignmentAlgorithmContract;
import org.polyphony.spi.testkit.TestContext;
import org.polyphony.spi.testkit.TestGames;

/// The contract of every algorithm, inherited, and what is special about this one.
class FavouritesAlgorithmTest implements AlignmentAlgorithmContract {

    @Override
    public AlignmentAlgorithm algorithm() {
        return new FavouritesAlgorithm();
    }

    @Test
    void align_twoStakeholders_getTheirFavouritesByWeight() {
        try (var context = TestContext.forPlugin(algorithm())) {
            var games = context.share(TestGames.of(
                    new double[] {0.7, 0.3}, new double[][] {{0.5, 0.9}, {0.1, 0.5}}, new double[][] {{0.5, 0.2}, {0.8, 0.5}}));
            var solution = algorithm().align(AlignmentRequest.of(games, "example/favourites"), context);
            assertThat(Math.exp(solution.buckets().getFirst().logPolicy().at(0, 0))).isCloseTo(0.7, within(1e-12));
        }
    }
}
