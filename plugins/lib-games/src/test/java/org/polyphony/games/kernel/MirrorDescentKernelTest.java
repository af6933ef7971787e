package org.polyphony.games.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.polyphony.games.RegularisedPopulationSolver;

class MirrorDescentKernelTest {

    private static final MirrorDescentKernel REFERENCE = MirrorDescentKernels.reference();
    private static final MirrorDescentKernel VECTOR = new VectorMirrorDescent();

    static IntStream sizes() {
        return IntStream.concat(IntStream.rangeClosed(1, 70), IntStream.of(127, 128, 129, 256));
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void vector_everySize_agreesWithTheReference(int k) {
        // no multiple of a vector, of a block or of several blocks
        int games = k <= 32 ? 37 : 3;
        for (var updates : List.of(new MirrorDescent(0.5, 0.1, 30), new MirrorDescent(0.5, 0, 30))) {
            var expected = SeededGames.bucket(k, games, k, 3);
            var actual = SeededGames.copy(expected);

            REFERENCE.iterate(updates, expected, 0, games);
            VECTOR.iterate(updates, actual, 0, games);

            assertThat(actual.logPolicies()).as("%s", updates).containsExactly(expected.logPolicies(), within(2e-5));
            assertThat(policies(actual)).containsExactly(policies(expected), within(2e-6));
            assertThat(masses(actual)).allSatisfy(mass -> assertThat(mass).isCloseTo(1, within(1e-14)));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 7, 8, 32, 33, 64})
    void vector_logitsFarApart_agreesWithTheReference(int k) {
        // e^−600 is zero in float32, and must come back from there as a logit
        var expected = SeededGames.bucket(k, 20, k, 600);
        var actual = SeededGames.copy(expected);
        var updates = new MirrorDescent(0.5, 0.2, 25);

        REFERENCE.iterate(updates, expected, 0, 20);
        VECTOR.iterate(updates, actual, 0, 20);

        assertThat(policies(actual)).containsExactly(policies(expected), within(1e-4));
        for (int i = 0; i < expected.logPolicies().length; i++) {
            assertThat(actual.logPolicies()[i]).isCloseTo(expected.logPolicies()[i], within(2e-3));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 31, 40})
    void vector_logitsBeyondTheRangeOfTheExponent_staysADistribution(int k) {
        var bucket = SeededGames.bucket(k, 11, k, 1e12);

        VECTOR.iterate(new MirrorDescent(1, 0.5, 3), bucket, 0, 11);

        assertThat(masses(bucket)).allSatisfy(mass -> assertThat(mass).isCloseTo(1, within(1e-14)));
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 8, 33, 64})
    void iterate_longEnough_isTheRegularisedEquilibrium(int k) {
        double tau = 0.2;
        for (var kernel : List.of(REFERENCE, VECTOR)) {
            var bucket = SeededGames.bucket(5, 3, k, 1);

            kernel.iterate(new MirrorDescent(0.3, tau, 1000), bucket, 0, 3);

            for (int game = 0; game < 3; game++) {
                var solved = new RegularisedPopulationSolver(tau)
                        .solve(
                                Arrays.copyOfRange(bucket.p(), game * k * k, (game + 1) * k * k),
                                k,
                                Arrays.copyOfRange(bucket.logReference(), game * k, (game + 1) * k));
                assertThat(Arrays.copyOfRange(policies(bucket), game * k, (game + 1) * k))
                        .as(kernel.name())
                        .containsExactly(solved.policy(), within(kernel.name().equals("reference") ? 1e-9 : 2e-6));
            }
        }
    }

    @Test
    void reference_oneUpdateOfTheFormula_isThatUpdate() {
        // P = [[1/2, 3/4], [1/4, 1/2]], uniform policy: P π = (5/8, 3/8)
        var p = new double[] {0.5, 0.75, 0.25, 0.5};
        var bucket = new KernelBatch(2, p, new double[] {Math.log(0.9), Math.log(0.1)}, new double[2]);

        REFERENCE.iterate(new MirrorDescent(2, 0.25, 1), bucket, 0, 1);

        double odds = Math.sqrt(9) * Math.exp(2 * (5.0 - 3) / 8);
        assertThat(policies(bucket)).containsExactly(new double[] {odds / (1 + odds), 1 / (1 + odds)}, within(1e-15));
    }

    @Test
    void iterate_partOfABucket_leavesTheRestAlone() {
        for (int k : new int[] {5, 50}) {
            var bucket = SeededGames.bucket(9, 20, k, 1);
            var before = bucket.logPolicies().clone();
            var whole = SeededGames.copy(bucket);
            VECTOR.iterate(new MirrorDescent(0.5, 0, 7), whole, 0, 20);

            VECTOR.iterate(new MirrorDescent(0.5, 0, 7), bucket, 3, 14);

            System.arraycopy(whole.logPolicies(), 3 * k, before, 3 * k, 11 * k);
            assertThat(bucket.logPolicies()).containsExactly(before);
        }
    }

    @Test
    void ragged_anyNumberOfThreads_givesTheSameBytesInTheOrderOfTheGames() {
        List<RaggedGames.Game> games = new ArrayList<>();
        for (int n = 0; n < 900; n++) {
            int k = 1 + n * 7 % 40;
            var bucket = SeededGames.bucket(n, 1, k, 1);
            games.add(new RaggedGames.Game(bucket.p(), bucket.logReference(), bucket.logPolicies()));
        }
        var updates = new MirrorDescent(0.5, 0.05, 20);
        var one = RaggedGames.of(games);
        one.iterate(VECTOR, updates, RaggedGames.Runner.SEQUENTIAL);
        try (var pool = Executors.newFixedThreadPool(3)) {
            var three = RaggedGames.of(games);
            three.iterate(VECTOR, updates, (chunks, work) -> {
                List<Integer> order =
                        new ArrayList<>(IntStream.range(0, chunks).boxed().toList());
                Collections.shuffle(order, new Random(1));
                assertThat(order).hasSizeGreaterThan(20);
                CompletableFuture.allOf(order.stream()
                                .map(chunk -> CompletableFuture.runAsync(() -> work.accept(chunk), pool))
                                .toArray(CompletableFuture<?>[]::new))
                        .join();
            });
            for (int n = 0; n < games.size(); n++) {
                assertThat(three.logPolicies().get(n))
                        .containsExactly(one.logPolicies().get(n));
            }
        }
        var game = games.get(17);
        var alone = new KernelBatch(
                game.logPolicy().length,
                game.p(),
                game.logReference(),
                game.logPolicy().clone());
        VECTOR.iterate(updates, alone, 0, 1);
        assertThat(one.logPolicies().get(17)).containsExactly(alone.logPolicies());
    }

    @Test
    void bucket_arraysThatDoNotFit_areRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new KernelBatch(2, new double[5], new double[2], new double[2]))
                .withMessageContaining("P has 5 entries, needs 4");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new KernelBatch(1, new double[1], new double[] {Double.NaN}, new double[1]))
                .withMessageContaining("NaN");
        assertThatIllegalArgumentException().isThrownBy(() -> new MirrorDescent(2, 0.6, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new MirrorDescent(-1, 0, 1));
    }

    private static double[] policies(KernelBatch bucket) {
        return Arrays.stream(bucket.logPolicies()).map(Math::exp).toArray();
    }

    private static List<Double> masses(KernelBatch bucket) {
        double[] policies = policies(bucket);
        return IntStream.range(0, bucket.games())
                .mapToObj(game -> Arrays.stream(policies, game * bucket.k(), (game + 1) * bucket.k())
                        .sum())
                .toList();
    }
}
