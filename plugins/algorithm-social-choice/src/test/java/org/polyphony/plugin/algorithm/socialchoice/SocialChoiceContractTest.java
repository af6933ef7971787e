package org.polyphony.plugin.algorithm.socialchoice;

import org.polyphony.spi.alignment.AlignmentAlgorithm;
import org.polyphony.spi.alignment.PreferenceGames;
import org.polyphony.spi.testkit.AlignmentAlgorithmContract;
import org.polyphony.spi.testkit.TestGames;

class SocialChoiceContractTest implements AlignmentAlgorithmContract {

    @Override
    public AlignmentAlgorithm algorithm() {
        return new SocialChoiceAlgorithm();
    }

    @Override
    public PreferenceGames given(PreferenceGames games) {
        return TestGames.withBallots(games, 3, 7);
    }
}
