package org.polyphony.preferences.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.polyphony.preferences.Pairs;

class ShownFirstTest {

    /// Answers by p = σ(θ_first − θ_second + α), first ones drawn so that the better is shown first three times of
    /// four.
    private static ShownFirst.Shares drawn(double position) {
        var random = new Random(11);
        double[] worth = {2, 0, -1, 1};
        var builder = Pairs.builder(new int[] {4}, 200, 2);
        double[] weights = new double[200];
        for (int judge = 0; judge < 200; judge++) {
            weights[judge] = 1;
            for (int n = 0; n < 60; n++) {
                int first = random.nextInt(4);
                int second = (first + 1 + random.nextInt(3)) % 4;
                if (worth[first] < worth[second] && random.nextBoolean()) {
                    int kept = first;
                    first = second;
                    second = kept;
                }
                double p = 1 / (1 + Math.exp(-(worth[first] - worth[second] + position)));
                builder.pair(0, first, second, random.nextDouble() < p ? 1 : 0, judge, judge % 2, 1);
            }
        }
        return ShownFirst.of(builder.build()).shares(weights);
    }

    @Test
    void shares_orderDoesNotMatter_areOneHalfWhateverCandidatesAreWorth() {
        var shares = drawn(0);
        assertThat(shares.everyone()).isCloseTo(0.5, within(0.015));
        assertThat(shares.within()[0]).isCloseTo(0.5, within(0.02));
        assertThat(shares.pairs()).isEqualTo(6);
    }

    @Test
    void shares_theFirstIsFavoured_areAboveOneHalf() {
        assertThat(drawn(0.8).everyone()).isBetween(0.58, 0.70);
        assertThat(drawn(-0.8).everyone()).isBetween(0.30, 0.42);
    }

    @Test
    void shares_oneOrderOnly_areNoNumbers() {
        var pairs = Pairs.builder(new int[] {2}, 1, 1).pair(0, 0, 1, 1, 0, 0, 1).build();
        var shares = ShownFirst.of(pairs).shares(new double[] {1});
        assertThat(shares.everyone()).isNaN();
        assertThat(shares.pairs()).isZero();
    }
}
