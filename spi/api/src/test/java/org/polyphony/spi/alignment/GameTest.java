package org.polyphony.spi.alignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.polyphony.spi.tensor.ElementType;
import org.polyphony.spi.tensor.Tensor;

/// One game, its answer and its certificate, by number through buckets of 2, 0 and 3 games.
class GameTest {

    private static final int S = 2;

    private final GameBucket two = bucket(2, 3, 100)
            .withAllowed(Tensor.ofBytes(new byte[] {1, 1, 1, 0, 1, 0}, 2, 3))
            .withReference(numbers(1000, 2, 3))
            .withFeatures(numbers(2000, 2, 3, 2))
            .withBallots(numbers(3000, 2, 4, 3), numbers(4000, 2, 4));
    private final PreferenceGames games = PreferenceGames.of(
            List.of("a", "b"),
            Tensor.ofDoubles(new double[] {0.25, 0.75}, 2),
            List.of(two, bucket(0, 4, 0), bucket(3, 5, 500)));

    @Test
    void game_ofEveryNumber_readsItsOwnRow() {
        int n = 0;
        for (var bucket : games.buckets()) {
            for (int g = 0; g < bucket.games(); g++) {
                var game = games.game(n++);
                assertThat(game.item()).isEqualTo(bucket.items().getInt(g));
                assertThat(game.stakeholders()).isEqualTo(S);
                assertThat(game.candidates()).isEqualTo(bucket.candidates());
                for (int s = 0; s < S; s++) {
                    for (int i = 0; i < bucket.candidates(); i++) {
                        for (int j = 0; j < bucket.candidates(); j++) {
                            double p = bucket.p().at(g, s, i, j);
                            assertThat(game.preference(s, i, j)).isEqualTo(p);
                            assertThat(game.preferences().at(s, i, j)).isEqualTo(p);
                            assertThat(game.preferences(s).at(i, j)).isEqualTo(p);
                        }
                    }
                }
            }
        }
        assertThat(n).isEqualTo(games.count()).isEqualTo(5);
    }

    @Test
    void game_itsOtherParts_areThoseOfItsRow() {
        var game = games.game(1);
        assertThat(game.allowed()).containsExactly(1);
        assertThat(IntStream.range(0, 3).mapToObj(game::allowed)).containsExactly(false, true, false);
        assertThat(game.weight(1)).isEqualTo(0.75);
        assertThat(game.preference(1, 2)).isEqualTo(0.25 * game.preference(0, 1, 2) + 0.75 * game.preference(1, 1, 2));
        assertThat(game.logReference().orElseThrow().toDoubles()).containsExactly(1003, 1004, 1005);
        assertThat(game.logReference(2)).isEqualTo(1005);
        assertThat(game.features().orElseThrow().at(2, 1)).isEqualTo(2011);
        assertThat(game.ballots().orElseThrow().at(3, 2)).isEqualTo(3023);
        assertThat(game.ballotWeights().orElseThrow().toDoubles()).containsExactly(4004, 4005, 4006, 4007);
    }

    @Test
    void logReference_noneGiven_isUniformOverTheAllowed() {
        var game = PreferenceGames.of(
                        games.stakeholders(),
                        games.weights(),
                        List.of(bucket(1, 3, 0).withAllowed(Tensor.ofBytes(new byte[] {1, 0, 1}, 1, 3))))
                .game(0);
        assertThat(game.logReference()).isEmpty();
        assertThat(game.logReference(0)).isEqualTo(-Math.log(2));
        assertThat(game.logReference(1)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(game.features()).isEmpty();
        assertThat(game.ballots()).isEmpty();
        assertThat(game.ballotWeights()).isEmpty();
    }

    @Test
    void game_isAView_ofTheSameMemory() {
        two.p().setDouble(0, -1);
        assertThat(games.game(0).preference(0, 0, 0)).isEqualTo(-1);
        assertThat(games.game(0).preferences().at(0, 0, 0)).isEqualTo(-1);
    }

    @Test
    void game_numberOutOfRange_saysHowManyThereAre() {
        for (int wrong : new int[] {5, -1}) {
            assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> games.game(wrong));
        }
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> games.game(5))
                .withMessage("there are 5 games, not one numbered 5");
    }

    @Test
    void solution_ofEveryNumber_readsItsOwnRow() {
        var solution = PolicySolution.of(List.of(
                answers(2, 3, 0).withProfile(numbers(50, 2, S, 3)).withDuals(numbers(70, 2, S, 3)),
                answers(1, 2, 10).withDuals(numbers(90, 1, S, S, 2))));
        assertThat(solution.count()).isEqualTo(3);
        var second = solution.solution(1);
        assertThat(second.candidates()).isEqualTo(3);
        assertThat(second.logPolicy().toDoubles()).containsExactly(3, 4, 5);
        assertThat(second.policy()).containsExactly(Math.exp(3), Math.exp(4), Math.exp(5));
        assertThat(second.hasProfile()).isTrue();
        assertThat(second.logProfile(1).toDoubles()).containsExactly(59, 60, 61);
        assertThat(second.profile(0)).containsExactly(Math.exp(56), Math.exp(57), Math.exp(58));
        assertThat(second.duals(0, 1).orElseThrow().toDoubles()).containsExactly(79, 80, 81);
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> second.duals(1, 1));
        assertThat(second.tau()).isEqualTo(1);
        assertThat(second.iterations()).isEqualTo(1);
        assertThat(second.converged()).isTrue();
        assertThat(second.refused()).isFalse();
        var third = solution.solution(2);
        assertThat(third.hasProfile()).isFalse();
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(() -> third.profile(0));
        assertThat(third.duals(1, 0).orElseThrow().toDoubles()).containsExactly(94, 95);
        assertThat(third.converged()).isFalse();
        assertThat(third.refused()).isTrue();
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> solution.solution(3))
                .withMessage("there are 3 answers, not one numbered 3");
    }

    @Test
    void certificate_ofEveryNumber_readsItsOwnRow() {
        var solution = PolicySolution.of(List.of(answers(1, 2, 0), answers(2, 3, 0)));
        var certified = new CertifiedSolution(
                "population", "test", solution, List.of(certificates(1, 0), certificates(2, 100)));
        var last = certified.certificate(2);
        assertThat(last.gap()).isEqualTo(101);
        assertThat(last.gapTau()).isEqualTo(111);
        assertThat(last.nashConv().toDoubles()).containsExactly(122, 123);
        assertThat(last.unilateralGain().toDoubles()).containsExactly(132, 133);
        assertThat(last.utility().toDoubles()).containsExactly(142, 143);
        assertThat(last.delta()).isEqualTo(151);
        assertThat(last.uniqueGuaranteed()).isTrue();
        assertThat(last.accepted()).isFalse();
        assertThat(certified.certificate(1).accepted()).isTrue();
        assertThat(certified.certificate(0).gap()).isZero();
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> certified.certificate(3));
    }

    private static GameBucket bucket(int b, int k, int item) {
        return GameBucket.of(Tensor.ofInts(IntStream.range(item, item + b).toArray(), b), numbers(item, b, S, k, k));
    }

    private static SolutionBucket answers(int b, int k, int from) {
        var odd = new byte[b];
        var even = new byte[b];
        for (int n = 0; n < b; n++) {
            odd[n] = (byte) (n % 2);
            even[n] = (byte) (1 - n % 2);
        }
        return SolutionBucket.of(
                numbers(from, b, k),
                numbers(0, b),
                Tensor.ofInts(IntStream.range(0, b).toArray(), b),
                Tensor.ofBytes(odd, b),
                Tensor.ofBytes(even, b));
    }

    private static CertificateBucket certificates(int b, int from) {
        var first = answers(b, 1, 0);
        return new CertificateBucket(
                numbers(from, b),
                numbers(from + 10, b),
                new CertificateBucket.Equilibrium(numbers(from + 20, b, S), numbers(from + 50, b), first.converged()),
                new CertificateBucket.Deployment(numbers(from + 30, b, S), numbers(from + 40, b, S)),
                first.refused());
    }

    private static Tensor numbers(int from, int... shape) {
        int size = IntStream.of(shape).reduce(1, (x, y) -> x * y);
        var values = IntStream.range(from, from + size).asDoubleStream().toArray();
        var tensor = Tensor.ofDoubles(values, shape);
        assertThat(tensor.type()).isEqualTo(ElementType.FLOAT64);
        return tensor;
    }
}
