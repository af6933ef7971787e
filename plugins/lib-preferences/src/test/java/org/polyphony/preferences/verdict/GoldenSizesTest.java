package org.polyphony.preferences.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.polyphony.preferences.Cores;
import org.polyphony.preferences.Pairs;
import org.polyphony.preferences.Parallel;
import org.polyphony.preferences.score.SeatUnits;

/// The rest of the procedure on the golden case: sizes, losses, held-out gain and the verdict. Figures of all 495
/// labellings, of 32,000 drawn deviations and of leaving one member out were computed apart, in numpy.
final class GoldenSizesTest {
    private static final Offset<Double> DIGITS = within(5e-6);
    private static final Lottery UNIFORM = (p, k) -> {
        double[] policy = new double[k];
        Arrays.fill(policy, 1.0 / k);
        return policy;
    };

    private final Pairs pairs = GoldenCaseTest.golden();
    private final ComparedCells cells = ComparedCells.of(pairs, SeatUnits.of(pairs), row -> 1, true);
    private final Population population = Population.of(cells, new boolean[2]);

    @Test
    void results_haveTheReferencesFigures() {
        SeatComparison comparison = SeatComparison.of(pairs, row -> 1, true, 999, 1, UNIFORM, Cores.ALL);

        assertThat(comparison.overall()).isEqualTo(GroupVerdict.NOT_SEPARABLE);
        assertThat(comparison.relabellings()).isEqualTo(999);
        assertThat(comparison.wholeJudges()).isTrue();
        assertThat(comparison.ordered()).isTrue();
        assertThat(comparison.tellsReliability()).isTrue();
        for (SeatResult seat : comparison.results()) {
            assertThat(seat.verdict()).isEqualTo(GroupVerdict.NOT_SEPARABLE);
            assertThat(seat.reason()).isEqualTo(GroupVerdict.Reason.RELIABILITY);
            var design = seat.design();
            assertThat(design.judges()).isEqualTo(seat.seat() == 1 ? 4 : 8);
            assertThat(design.others()).isEqualTo(seat.seat() == 1 ? 8 : 4);
            assertThat(design.strata()).isEqualTo(Strata.CELLS);
            assertThat(design.effective()).isCloseTo(76.90476, DIGITS);
            assertThat(design.pairs()).isCloseTo(77.05035, DIGITS);
            assertThat(design.items()).isCloseTo(77.10714, DIGITS);
            assertThat(design.full()).isCloseTo(77.10983, DIGITS);
            var test = seat.test().orElseThrow();
            assertThat(test.t()).isCloseTo(0.50810, DIGITS);
            assertThat(test.p()).isCloseTo(0.20606, within(0.04));
            assertThat(Math.abs(test.reliability())).isCloseTo(3.31942, DIGITS);
            assertThat(test.pReliability()).isCloseTo(0.00606, within(0.0075));
            assertThat(test.reliabilityShare()).isCloseTo(0.82446, DIGITS);
            assertThat(test.step()).isEqualTo(1);
            var size = seat.size().orElseThrow();
            // three standard deviations of 400 draws
            size(size.estimate(), 0.24487, 0.02, 0.09942);
            // 0.655 if the members' own parts did not count in W: then three of five such studies find it
            size(size.least(), 0.98556, 0.15, 0.19769);
            size(size.upper(), 1.0420, 0.12, 0.2038);
        }
    }

    private static void size(SeatResult.Deviation deviation, double logits, double around, double loss) {
        assertThat(deviation.logits()).isCloseTo(logits, within(around));
        assertThat(deviation.loss()).isCloseTo(loss, within(0.03));
        assertThat(deviation.item()).isBetween(0, 2);
        assertThat(deviation.itemLoss()).isBetween(deviation.loss(), 3 * deviation.loss());
    }

    /// Each of the four members is a fold: what the seat saves on one is learned from the other three.
    @ParameterizedTest
    @CsvSource({
        "0.01, 0.002366176390676171", // clipped to 0.1
        "0.1, 0.002366176390676171",
        "0.3, 0.013945723553715553",
        "1, 0.016679139829663216",
        "4, 0.016679139829663216" // clipped to 1
    })
    void gain_leavingMembersOut_isTheReferences(double sigma, double gain) {
        var found = HeldOutGain.of(cells, 1, population, sigma, 1).orElseThrow();

        assertThat(found.judges()).isEqualTo(4);
        assertThat(found.reliability()).isCloseTo(-0.0307751486128236, within(1e-9));
        assertThat(found.preference().value()).isCloseTo(gain, within(1e-9));
    }

    /// Derivatives by the weight of each judge as differences: all of it fitted again with a little more and
    /// less of one.
    @ParameterizedTest
    @CsvSource({"0.1, true", "0.3, true", "1, true", "0.3, false"})
    void gain_interval_isTheScatterOfWhatEachJudgeDoesToTheGain(double sigma, boolean ordered) {
        var of = ComparedCells.of(pairs, SeatUnits.of(pairs), row -> 1, ordered);
        var found = HeldOutGain.of(of, 1, population, sigma, 1).orElseThrow().preference();
        var influences = new double[2][];
        for (int seat = 0; seat < 2; seat++) {
            int at = seat;
            influences[seat] = IntStream.range(0, pairs.size())
                    .filter(row -> pairs.group(row) == at)
                    .map(pairs::judge)
                    .distinct()
                    .mapToDouble(judge -> derivative(judge, sigma, ordered))
                    .toArray();
        }
        double variance = 0;
        for (double[] drawn : influences) {
            double mean = Arrays.stream(drawn).average().orElseThrow();
            variance +=
                    Arrays.stream(drawn).map(one -> (one - mean) * (one - mean)).sum()
                            * drawn.length
                            / (drawn.length - 1);
        }

        // Student's t with three degrees of freedom
        double reach = 3.182446305284263 * Math.sqrt(variance);
        assertThat(influences[1]).hasSize(4);
        assertThat(found.value() - found.low()).isCloseTo(reach, within(1e-6 * reach));
        assertThat(found.high() - found.value()).isCloseTo(reach, within(1e-6 * reach));
    }

    private double derivative(int judge, double sigma, boolean ordered) {
        double step = 1e-4;
        var gains = new double[2];
        for (int side = 0; side < 2; side++) {
            double weight = 1 + (2 * side - 1) * step;
            var weighed = ComparedCells.of(
                    pairs, SeatUnits.of(pairs), row -> pairs.judge(row) == judge ? weight : 1, ordered);
            gains[side] = HeldOutGain.of(weighed, 1, population, sigma, 1)
                    .orElseThrow()
                    .preference()
                    .value();
        }
        return (gains[1] - gains[0]) / (2 * step);
    }

    @Test
    void gain_fewerThanTwoMembers_isNone() {
        Pairs one = Pairs.builder(new int[] {2}, 3, 2)
                .pair(0, 0, 1, 1, 0, 0, 1)
                .pair(0, 0, 1, 1, 1, 0, 1)
                .pair(0, 0, 1, 0, 2, 1, 1)
                .build();
        ComparedCells of = ComparedCells.of(one, SeatUnits.of(one), row -> 1, true);
        Population all = Population.of(of, new boolean[2]);

        assertThat(HeldOutGain.of(of, 1, all, 1, 1)).isEmpty();
        assertThat(HeldOutGain.of(of, 0, all, 1, 1)).isPresent();
    }

    @Test
    void loss_withoutADeviation_isTheBestReplyToThePolicyOfAll() {
        var loss = PolicyLoss.of(cells, population, UNIFORM, 1, Parallel.SEQUENTIAL)
                .at(0);

        assertThat(loss.loss()).isCloseTo(0.08766, DIGITS);
        assertThat(loss.item()).isEqualTo(1);
        assertThat(loss.itemLoss()).isCloseTo(0.09420, DIGITS);
    }

    /// 192 drawn deviations, whose losses scatter by about .08 each.
    @ParameterizedTest
    @CsvSource({"0.1, 0.08965", "0.5, 0.13311", "1, 0.19922", "2, 0.27358"})
    void loss_ofADeviation_isTheReferences(double sigma, double expected) {
        var loss = PolicyLoss.of(cells, population, UNIFORM, 1, Cores.ALL).at(sigma);

        assertThat(loss.logits()).isEqualTo(sigma);
        assertThat(loss.loss()).isCloseTo(expected, within(0.02));
    }

    @Test
    void lottery_isAskedForEverybodysGame() {
        var games = new ConcurrentHashMap<Integer, double[]>();
        Lottery asked = (p, k) -> {
            games.put(games.size(), p.clone());
            return UNIFORM.solve(p, k);
        };

        PolicyLoss.of(cells, population, asked, 1, Parallel.SEQUENTIAL);

        double[] expected = {
            0.5, 0.40744, 0.44635, 0.44245, 0.59256, 0.5, 0.799, 0.46094, 0.55365, 0.201, 0.5, 0.49438, 0.55755,
            0.53906, 0.50562, 0.5
        };
        assertThat(games).hasSize(3);
        assertThat(games.get(0)).containsExactly(expected, DIGITS);
    }

    /// The order shown is not known: cells are unordered pairs, and no position effect is fitted.
    @Test
    void unordered_modelAndLoss_areTheReferences() {
        ComparedCells unordered = ComparedCells.of(pairs, SeatUnits.of(pairs), row -> 1, false);
        Population fitted = Population.of(unordered, new boolean[2]);
        double[] theta = {
            -0.14815, 0.34244, -0.28217, 0.08789, -0.07571, -0.1288, 0.37574, -0.17123, 0.28262, -0.34916, -0.25069,
            0.31723
        };

        assertThat(unordered.cells()).isEqualTo(18).isEqualTo(unordered.pairs());
        assertThat(fitted.fit().position()).isZero();
        assertThat(fitted.fit().theta()).containsExactly(theta, DIGITS);
        assertThat(Arrays.copyOf(fitted.mean(), 6))
                .containsExactly(new double[] {0.43829, 0.44308, 0.46805, 0.8242, 0.44063, 0.50706}, DIGITS);
        var loss = PolicyLoss.of(unordered, fitted, UNIFORM, 1, Parallel.SEQUENTIAL)
                .at(0);
        assertThat(loss.loss()).isCloseTo(0.08321, DIGITS);
        assertThat(loss.itemLoss()).isCloseTo(0.09592, DIGITS);
    }

    /// A judgment of weight two is two judgments, one without weight is none.
    @Test
    void weights_countJudgments() {
        ComparedCells twice = ComparedCells.of(pairs, SeatUnits.of(pairs), row -> row % 2 == 0 ? 2 : 0, true);
        double n = 0;
        double y = 0;
        for (int e = 0; e < twice.entries(); e++) {
            n += twice.n(e);
            y += twice.y(e);
        }
        double expected = 0;
        for (int row = 0; row < pairs.size(); row += 2) {
            expected += 2 * pairs.outcome(row);
        }

        assertThat(n).isEqualTo(346);
        assertThat(y).isCloseTo(expected, within(1e-12));
        assertThat(twice.start(pairs.judges())).isEqualTo(twice.entries());
    }
}
