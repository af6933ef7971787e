package com.example.borda;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.polyphony.spi.alignment.AlignmentAlgorithm;
import org.polyphony.spi.alignment.AlignmentRequest;
import org.polyphony.spi.testkit.AlignmentAlgorithmContract;
import org.polyphony.spi.testkit.TestContext;
import org.polyphony.spi.testkit.TestGames;

/// The contract of every algorithm, inherited, and what is special about this one.
class BordaAlgorithmTest implements AlignmentAlgorithmContract {

    @Override
    public AlignmentAlgorithm algorithm() {
        return new BordaAlgorithm();
    }

    @Test
    void align_largeSharpness_playsTheCandidateWithTheHighestScore() {
        try (var context = TestContext.of(new BordaSettings(1000))) {
            var games = context.share(TestGames.of(TestGames.condorcet(4, 2)));
            var solution = algorithm().align(AlignmentRequest.of(games, "borda"), context);
            assertThat(Math.exp(solution.buckets().getFirst().logPolicy().at(0, 2))).isGreaterThan(0.999);
        }
    }
}
