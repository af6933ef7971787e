package org.polyphony.preferences.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.polyphony.preferences.Pairs;
import org.polyphony.preferences.PairsBuilder;
import org.polyphony.preferences.Parallel;
import org.polyphony.preferences.Ties;
import org.polyphony.preferences.model.ModelSpec;
import org.polyphony.preferences.model.PairFrequencies;

/// Figures of a handful of judgments, worked out by hand.
class ClosedFormsTest {

    /// Judge 0 says 0 over 1 three times, with weight two in all; judge 1 once the reverse and once neither.
    private static Pairs few() {
        return Pairs.builder(new int[] {2}, 3, 1)
                .pair(0, 0, 1, 1, 0, 0, 1)
                .pair(0, 0, 1, 1, 0, 0, 0.5)
                .pair(0, 1, 0, 0, 0, 0, 0.5)
                .pair(0, 0, 1, 0, 1, 0, 2)
                .pair(0, 0, 1, 0.5, 1, 0, 7)
                .build();
    }

    @Test
    void gain_ofAHandful_isTheMeanOfWhatIsSaved() {
        Pairs pairs = few();
        double[] base = {0.5, 0.5, 0.5, 0.5, 0.5};
        double[] model = {0.8, 0.8, 0.2, 0.8, 0.8};

        Gain both = Gain.of(pairs, base, model, _ -> true, 30, 1);
        Interval nats = both.nats();
        Interval hits = both.accuracy();
        Interval first =
                Gain.of(pairs, base, model, row -> pairs.judge(row) == 0, 30, 1).nats();

        assertThat(nats.value()).isCloseTo((Math.log(0.8) + Math.log(0.2)) / 2 - Math.log(0.5), within(1e-12));
        assertThat(hits.value()).isZero();
        // either judge alone may be drawn
        assertThat(nats.low()).isCloseTo(Math.log(0.4), within(1e-9));
        assertThat(nats.high()).isCloseTo(Math.log(1.6), within(1e-9));
        assertThat(hits.low()).isEqualTo(-0.5);
        assertThat(hits.high()).isEqualTo(0.5);
        // one judge has no interval: there is nobody to draw instead
        assertThat(first.value()).isCloseTo(Math.log(1.6), within(1e-12));
        assertThat(first.low()).isNaN();
        assertThat(first.excludesZero()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 0, 1", "0, 1, 34.538776394910684, 0", "0, 0, 0, 1", "0.25, 0, 0.2876820724517809, 1"})
    void loss_ofAPrediction_isItsLogarithm(double p, double y, double loss, double hit) {
        assertThat(HeldOutScore.loss(p, y)).isCloseTo(loss, within(1e-12));
        assertThat(HeldOutScore.hit(p, y)).isEqualTo(hit);
    }

    @Test
    void bins_endsOfTheScale_areInTheOuterOnes() {
        Pairs pairs = Pairs.builder(new int[] {2}, 1, 0)
                .pair(0, 0, 1, 1, 0, -1, 1)
                .pair(0, 0, 1, 1, 0, -1, 2)
                .pair(0, 0, 1, 0, 0, -1, 1)
                .pair(0, 0, 1, 0, 0, -1, 0)
                .build();
        HeldOutScore score = HeldOutScore.of(pairs, new double[] {1, 0.95, 0, 0.5}, row -> true);

        assertThat(score.bins()).containsExactly(new HeldOutScore.Bin(0, 0, 1), new HeldOutScore.Bin(2.9 / 3, 1, 3));
        assertThat(score.judgments()).isEqualTo(3);
        assertThat(score.accuracy()).isEqualTo(1);
        assertThat(score.calibrationError()).isCloseTo(0.1 / 4, within(1e-12));
    }

    @Test
    void folds_thatAreNone_areRefused() {
        Pairs pairs = few();
        var spec = new ModelSpec.Population(0.3, Ties.DROP);
        assertThatThrownBy(() -> CrossValidation.predict(pairs, new int[3], 1, spec, Parallel.SEQUENTIAL))
                .hasMessageContaining("at least two folds, not 1");
        assertThatThrownBy(() -> CrossValidation.predict(pairs, new int[2], 2, spec, Parallel.SEQUENTIAL))
                .hasMessageContaining("2 folds for 3 judges");
        assertThatThrownBy(() -> CrossValidation.predict(pairs, new int[] {0, 2, 1}, 2, spec, Parallel.SEQUENTIAL))
                .hasMessageContaining("fold 2 is outside [0, 2)");
        assertThatThrownBy(() -> CrossValidation.predict(pairs, new int[] {0, -1, 1}, 2, spec, Parallel.SEQUENTIAL))
                .hasMessageContaining("fold -1 is outside [0, 2)");
    }

    /// The judge of a fold is foretold by the others: the smoothed share of the other judge alone.
    @Test
    void predict_foldsOfAJudge_areForetoldByTheOthers() {
        Pairs pairs = few();
        double[] predicted = CrossValidation.predict(
                pairs, new int[] {0, 1, 0}, 2, PairFrequencies.of(1, Ties.DROP), Parallel.SEQUENTIAL);

        // (0 + 1) / (2 + 2) and (2 + 1) / (2 + 2)
        assertThat(predicted).containsExactly(new double[] {0.25, 0.25, 0.75, 0.75, 0.75}, within(1e-12));
    }

    /// A model that is sure draws what it is sure of; what is not decided stays so.
    @Test
    void redraw_ofASureModel_isWhatItSays() {
        Pairs pairs = few();
        Pairs drawn = Cycles.redraw(pairs, (item, group, first, second) -> first < second ? 1 : 0, 1, 0);

        double[] outcomes = new double[drawn.size()];
        Arrays.setAll(outcomes, drawn::outcome);
        assertThat(outcomes).containsExactly(1, 1, 0, 1, 0.5);
        assertThat(Cycles.simulatedShares(pairs, (item, group, first, second) -> 0.5, 4, 1, Parallel.SEQUENTIAL))
                .containsExactly(0, 0, 0, 0);
        assertThat(new Cycles(0, 0, 0).share()).isZero();
    }

    @Test
    void winners_ofEveryItem_haveTheLargestUtility() {
        PairsBuilder builder = Pairs.builder(new int[] {3, 2, 1}, 2, 0);
        builder.pair(0, 2, 0, 1, 0, -1, 3).pair(0, 2, 1, 1, 0, -1, 3).pair(1, 0, 1, 0, 0, -1, 1);
        Pairs pairs = builder.build();

        assertThat(WinnerBootstrap.populationWinners(0.3, Ties.HALF).apply(pairs))
                .containsExactly(2, 1, 0);
        double[][] shares = WinnerBootstrap.shares(
                pairs, 5, 1, WinnerBootstrap.populationWinners(0.3, Ties.HALF), Parallel.SEQUENTIAL);
        assertThat(shares[0]).containsExactly(new double[] {0, 0, 1}, within(1e-12));
        assertThat(shares[1]).containsExactly(new double[] {0, 1}, within(1e-12));
    }

    /// Nobody with a group, nobody to be served by one: groups are the population.
    @Test
    void choose_noGroups_isThePopulation() {
        Pairs pairs = few().withGroups(new int[] {-1, -1, -1, -1, -1}, 1);

        assertThat(ShrinkagePath.choose(
                        pairs, new int[] {0, 1, 0}, 2, 0.3, Ties.DROP, List.of(1.0, 3.0), Parallel.SEQUENTIAL))
                .isInfinite();
    }
}
