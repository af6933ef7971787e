package org.polyphony.engine.game;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.polyphony.engine.certify.Standing;
import org.polyphony.spi.alignment.AlignmentRequest;
import org.polyphony.spi.alignment.Formulation;
import org.polyphony.spi.alignment.PolicySolution;
import org.polyphony.spi.alignment.SolutionBucket;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.tensor.Tensor;

class WeightSweepTest {

    private static final SolveRequest REQUEST =
            new SolveRequest(Formulation.POPULATION, "majority", OptionalDouble.empty(), 1);

    @Test
    void lattice_hasEveryMultipleOnceAndSumsToOne() {
        var lattice = WeightSweep.lattice(3, 4);
        assertThat(lattice).hasSize(15);
        assertThat(lattice.stream().map(Arrays::toString)).doesNotHaveDuplicates();
        assertThat(lattice)
                .allSatisfy(weights -> assertThat(Arrays.stream(weights).sum()).isCloseTo(1, within(1e-15)));
        assertThat(lattice.getFirst()).containsExactly(1, 0, 0);
        assertThat(lattice.getLast()).containsExactly(0, 0, 1);
    }

    @Test
    void lattice_tooLarge_saysHowLarge() {
        assertThatThrownBy(() -> WeightSweep.lattice(6, 40))
                .isInstanceOf(AlignmentException.class)
                .hasMessageContaining("1221759 points");
        assertThatThrownBy(() -> WeightSweep.lattice(7, 1)).hasMessageContaining("the game has 7");
        assertThatThrownBy(() -> WeightSweep.lattice(1, 1)).hasMessageContaining("2 to 6 stakeholders");
    }

    @Test
    void sweep_isCertifiedAgainstTheGameWithThePointsWeights() {
        // the first stakeholder wants candidate 0, the second candidate 1, with 0.9 each
        var game = ExplicitGame.of(
                new double[][][] {{{.5, .9}, {.1, .5}}, {{.5, .1}, {.9, .5}}},
                new double[0],
                new double[0],
                new boolean[0]);
        var points =
                WeightSweep.sweep(game, 4, REQUEST, WeightSweepTest::majority).points();
        assertThat(points).hasSize(5);
        for (var point : points) {
            boolean first = point.weights()[0] >= 0.5;
            assertThat(point.policy()).containsExactly(first ? 1 : 0, first ? 0 : 1);
            assertThat(point.standing()).isEqualTo(Standing.CERTIFIED);
            assertThat(point.gap()).isCloseTo(0, within(1e-15));
            assertThat(point.utility()[0]).isCloseTo(first ? 0.7 : 0.3, within(1e-15));
            assertThat(point.unilateralGain()[first ? 1 : 0]).isCloseTo(0.4, within(1e-15));
        }
    }

    @Test
    void sweep_wrongAnswer_isNotAccepted() {
        var game = ExplicitGame.of(
                new double[][][] {{{.5, .9}, {.1, .5}}, {{.5, .9}, {.1, .5}}},
                new double[0],
                new double[0],
                new boolean[0]);
        var points = WeightSweep.sweep(game, 2, REQUEST, request -> answer(request, 1))
                .points();
        assertThat(points).extracting(WeightSweep.Point::standing).containsOnly(Standing.VALID);
        assertThat(points.getFirst().gap()).isCloseTo(0.8, within(1e-15));
    }

    private static PolicySolution majority(AlignmentRequest request) {
        return answer(request, -1);
    }

    // all mass on `always`, or on whom the mixture prefers
    private static PolicySolution answer(AlignmentRequest request, int always) {
        var bucket = request.games().buckets().getFirst();
        int n = bucket.games();
        var log = new double[n * 2];
        for (int g = 0; g < n; g++) {
            int winner = always >= 0 ? always : bucket.p().at(g, 0, 0, 1) >= 0.5 ? 0 : 1;
            log[2 * g + 1 - winner] = Double.NEGATIVE_INFINITY;
        }
        return PolicySolution.of(List.of(SolutionBucket.of(
                Tensor.ofDoubles(log, n, 2),
                Tensor.ofDoubles(new double[n], n),
                Tensor.ofInts(new int[n], n),
                Tensor.ofBytes(new byte[n], n),
                Tensor.ofBytes(new byte[n], n))));
    }
}
