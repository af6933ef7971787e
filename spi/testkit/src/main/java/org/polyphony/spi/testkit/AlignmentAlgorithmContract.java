package org.polyphony.spi.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.polyphony.spi.alignment.AlignmentAlgorithm;
import org.polyphony.spi.alignment.AlignmentRequest;
import org.polyphony.spi.alignment.Formulation;
import org.polyphony.spi.alignment.GameBucket;
import org.polyphony.spi.alignment.PolicySolution;
import org.polyphony.spi.alignment.PreferenceGames;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.plugin.DefinesFormulation;
import org.polyphony.spi.plugin.Determinism;
import org.polyphony.spi.tensor.Tensor;
import org.polyphony.support.ArtefactVersions;

/// What every [AlignmentAlgorithm] must do, under each formulation it offers. Implement [#algorithm] and
/// inherit the tests.
public interface AlignmentAlgorithmContract extends PluginContract {

    /// A fresh instance of the algorithm under test.
    AlignmentAlgorithm algorithm();

    /// How far probabilities and gains may be from the known answer; 1e-6 unless overridden.
    default double tolerance() {
        return 1e-6;
    }

    /// The games as this algorithm wants them; an algorithm that reads ballots overrides this with
    /// [TestGames#withBallots], the games are passed on as they are otherwise.
    default PreferenceGames given(PreferenceGames games) {
        return games;
    }

    @Override
    default Object plugin() {
        return algorithm();
    }

    /// What it declares to solve.
    private Set<String> formulations() {
        var declared = Set.of(declared().formulations());
        assertThat(declared)
                .as("the formulations that @Plugin declares, without which it is never asked")
                .isNotEmpty();
        return declared;
    }

    @Test
    default void formulations_offered_areNamesInLowerCase() {
        assertThat(formulations())
                .allMatch(name -> name.matches("([a-z0-9]+([.-][a-z0-9]+)*/)?[a-z0-9]+(-[a-z0-9]+)*"));
        for (var defined : algorithm().getClass().getAnnotationsByType(DefinesFormulation.class)) {
            assertThat(formulations())
                    .as("what @DefinesFormulation explains is what is offered")
                    .contains(defined.id());
        }
    }

    @Test
    default void align_randomGames_policiesAreDistributionsOverAllowedCandidates() {
        var games = TestGames.random(11, 20, 3);
        forEachFormulation(request(games), (_, _) -> {});
    }

    @Test
    default void align_someCandidatesNotAllowed_theyGetExactlyNoMass() {
        var bucket = TestGames.withAllowed(TestGames.randomBucket(12, 2, 2, 4), 1, 0, 1, 0, 0, 0, 0, 1);
        forEachFormulation(request(TestGames.of(new double[] {0.5, 0.5}, bucket)), (_, solution) -> {
            double only = solution.buckets().getFirst().logPolicy().at(1, 3);
            assertThat(Math.abs(only))
                    .as("the only allowed candidate has all the mass")
                    .isLessThan(1e-9);
        });
    }

    @Test
    default void align_noCandidateAllowed_thatGameAloneIsRefused() {
        var bucket = TestGames.withAllowed(TestGames.randomBucket(13, 2, 2, 4), 0, 0, 0, 0, 1, 1, 1, 1);
        forEachFormulation(request(TestGames.of(new double[] {0.5, 0.5}, bucket)), (_, solution) -> {
            var refused = solution.buckets().getFirst().refused();
            assertThat(refused.toBytes()).containsExactly(1, 0);
        });
    }

    @Test
    default void align_randomCandidatesUnsafe_noneHasMass() {
        var games = TestGames.withRandomMasks(TestGames.random(25, 100, 3), 25);
        forEachFormulation(request(games), (_, _) -> {});
    }

    /// The same on ten thousand games, to be run before a release.
    @Test
    @Tag("slow")
    @Timeout(value = 1, unit = TimeUnit.HOURS)
    default void align_tenThousandGamesWithUnsafeCandidates_noneHasMass() {
        for (int round = 0; round < 10; round++) {
            var games = TestGames.withRandomMasks(TestGames.random(26 + round, 334, 3), round);
            forEachFormulation(request(games), (_, _) -> {});
        }
    }

    @Test
    default void align_oneCandidate_isChosen() {
        forEachFormulation(request(TestGames.of(TestGames.indifferent(1), TestGames.indifferent(1))), (_, solution) -> {
            double only = solution.buckets().getFirst().logPolicy().getDouble(0);
            assertThat(Math.abs(only)).isLessThan(1e-9);
        });
    }

    @Test
    default void align_oneStakeholder_isAnswered() {
        forEachFormulation(request(TestGames.of(TestGames.random(14, 5))), (_, _) -> {});
    }

    @Test
    default void align_noGames_answersNone() {
        forEachFormulation(request(TestGames.of(new double[] {1}, new GameBucket[0])), (_, _) -> {});
    }

    @Test
    default void align_indifferenceEverywhere_isAnswered() {
        var half = TestGames.indifferent(6);
        forEachFormulation(request(TestGames.of(half, half)), (_, _) -> {});
    }

    @Test
    default void align_duplicatedCandidates_areAnswered() {
        var twice = TestGames.withDuplicate(TestGames.comalCycle(), 1);
        var thrice = TestGames.withDuplicate(twice, 0);
        forEachFormulation(request(TestGames.of(thrice, TestGames.indifferent(5))), (_, _) -> {});
    }

    @Test
    default void align_certainPreferences_areAnswered() {
        var certain = new double[][] {{0.5, 1, 1}, {0, 0.5, 1}, {0, 0, 0.5}};
        var reverse = new double[][] {{0.5, 0, 0}, {1, 0.5, 0}, {1, 1, 0.5}};
        forEachFormulation(request(TestGames.of(certain, reverse)), (_, _) -> {});
    }

    @Test
    default void align_stakeholderWithoutWeight_isAnswered() {
        var games = TestGames.of(new double[] {1, 0}, TestGames.random(15, 4), TestGames.random(16, 4));
        forEachFormulation(request(games), (_, _) -> {});
    }

    @Test
    default void align_withReference_isAnswered() {
        var bucket = TestGames.bucket(List.<double[][][]>of(new double[][][] {TestGames.comalCycle()}))
                .withReference(Tensor.ofDoubles(new double[] {Math.log(0.2), Math.log(0.5), Math.log(0.3)}, 1, 3));
        forEachFormulation(request(TestGames.of(new double[] {1}, bucket)).withTau(0.5), (_, _) -> {});
    }

    @Test
    default void align_population_condorcetWinnerIsChosen() {
        var games = TestGames.of(TestGames.condorcet(5, 3), TestGames.condorcet(5, 3));
        assertPopulationEquilibrium(games, 0, 0, 0, 1, 0);
    }

    @Test
    default void align_population_threeCycleHasTheKnownEquilibrium() {
        assertPopulationEquilibrium(TestGames.of(TestGames.comalCycle()), 4 / 11.0, 3 / 11.0, 4 / 11.0);
    }

    @Test
    default void align_population_onlyAllowedCandidatesCount() {
        var bucket = TestGames.withAllowed(
                TestGames.bucket(List.<double[][][]>of(new double[][][] {TestGames.condorcet(4, 0)})), 0, 1, 1, 0);
        // candidate 1 beats candidate 2 once the winner and the last are gone
        assertPopulationEquilibrium(TestGames.of(new double[] {1}, bucket), 0, 1, 0, 0);
    }

    @Test
    default void align_population_nobodyBeatsThePolicy() {
        assumeOffered(Formulation.POPULATION);
        try (var context = context()) {
            var games = context.share(TestGames.random(17, 20, 3));
            var solution = algorithm().align(AlignmentRequest.of(games, Formulation.POPULATION), context);
            PopulationChecks.assertEquilibrium(games, solution, tolerance());
        }
    }

    @Test
    default void align_consensus_largestGainIsNotAboveTheUniformPolicys() {
        assumeOffered(Formulation.CONSENSUS);
        try (var context = context()) {
            var games = context.share(TestGames.random(18, 20, 3));
            var solution = algorithm().align(AlignmentRequest.of(games, Formulation.CONSENSUS), context);
            PopulationChecks.assertGainsAtMostUniform(games, solution, tolerance());
        }
    }

    @Test
    default void align_aGameAlone_asAmongOthers() {
        var games = given(TestGames.random(27, 2, 3));
        for (var formulation : formulations()) {
            var among = solve(AlignmentRequest.of(games, ""), formulation, 2);
            if (among.policy().isPresent()) {
                continue; // fitted to all games together: each changes what the others are answered
            }
            for (int n = 1; n < games.count(); n += 2) { // the second of each bucket
                var alone = solve(AlignmentRequest.of(TestGames.only(games, n), ""), formulation, 1);
                var expected = among.solution(n).policy();
                var actual = alone.solution(0).policy();
                for (int i = 0; i < expected.length; i++) {
                    assertThat(Math.abs(actual[i] - expected[i]))
                            .as(
                                    "%s, game %s: candidate %s has %s alone, %s among others",
                                    formulation, n, i, actual[i], expected[i])
                            .isLessThanOrEqualTo(tolerance());
                }
            }
        }
    }

    @Test
    default void align_policyArtefact_isOfATypeItDeclares() {
        var games = TestGames.random(28, 2, 3);
        var declared = ArtefactVersions.parse(String.join(",", declared().writes()));
        forEachFormulation(
                request(games),
                (formulation, solution) -> solution.policy()
                        .ifPresent(policy -> assertThat(declared)
                                .as(
                                        "@Plugin must say what it writes, or no scorer is found for it: %s version %s (%s)",
                                        policy.type(), policy.version(), formulation)
                                .anyMatch(known -> known.includes(policy))));
    }

    @Test
    default void align_unknownFormulation_unsupportedNamingTheKnownOnes() {
        try (var context = context()) {
            var request = AlignmentRequest.of(context.share(TestGames.random(19, 1, 2)), "no-such-game");
            assertThatExceptionOfType(AlignmentException.class)
                    .isThrownBy(() -> algorithm().align(request, context))
                    .satisfies(failure -> assertThat(failure.code()).isEqualTo(StandardErrorCode.UNSUPPORTED))
                    .withMessageContaining("no-such-game")
                    .satisfies(failure -> assertThat(failure.getMessage())
                            .as("the message names every known formulation")
                            .contains(formulations()));
        }
    }

    @Test
    default void align_sameSeed_givesTheSameBytes() {
        assumePromised(Determinism.SEEDED);
        var request = request(TestGames.random(20, 10, 3));
        for (var formulation : formulations()) {
            PluginContract.assertSame(solve(request, formulation, 2), solve(request, formulation, 2), formulation);
        }
    }

    @Test
    default void align_moreThreads_givesTheSameBytes() {
        assumePromised(Determinism.EXACT);
        var request = request(TestGames.random(21, 40, 3));
        for (var formulation : formulations()) {
            PluginContract.assertSame(solve(request, formulation, 5), solve(request, formulation, 1), formulation);
        }
    }

    @Test
    default void align_calledAtOnce_answersAsAlone() {
        assumePromised(Determinism.SEEDED);
        var request = request(TestGames.random(22, 10, 3));
        var algorithm = algorithm();
        for (var formulation : formulations()) {
            var alone = solve(algorithm, request, formulation, 1);
            for (var answer : PluginContract.atOnce(() -> solve(algorithm, request, formulation, 1))) {
                PluginContract.assertSame(answer, alone, formulation);
            }
        }
    }

    @Test
    default void align_inputs_areLeftAlone() {
        var original = request(TestGames.random(23, 10, 3));
        for (var formulation : formulations()) {
            try (var context = context()) {
                var request = context.share(of(original, formulation));
                algorithm().align(request, context);
                PluginContract.assertSame(request.games(), original.games(), "inputs are read-only");
            }
        }
    }

    @Test
    default void align_littleMemory_isToldAsSuch() {
        var request = request(TestGames.random(28, 4, 3));
        var algorithm = algorithm();
        for (var formulation : formulations()) {
            PluginContract.assertBearsLittleMemory(
                    this::context, context -> algorithm.align(context.share(of(request, formulation)), context));
        }
    }

    @Test
    default void align_cancelled_stops() {
        var request = request(TestGames.random(24, 500, 3));
        for (var formulation : formulations()) {
            try (var context = context().cancel()) {
                assertThatExceptionOfType(AlignmentException.class)
                        .as("%s: align must call checkCancelled now and then", formulation)
                        .isThrownBy(() -> algorithm().align(context.share(of(request, formulation)), context))
                        .satisfies(failure -> assertThat(failure.code()).isEqualTo(StandardErrorCode.CANCELLED));
            }
        }
    }

    /// Solves under every formulation, checks that the answer is well formed, and lets `check` look closer.
    private void forEachFormulation(AlignmentRequest request, SolutionCheck check) {
        for (var formulation : formulations()) {
            try (var context = context()) {
                var shared = context.share(of(request, formulation));
                var solution = algorithm().align(shared, context);
                PluginContract.assertSame(shared.games(), request.games(), "inputs are read-only");
                PolicyChecks.assertWellFormed(of(request, formulation), solution);
                check.check(formulation, solution);
            }
        }
    }

    private void assertPopulationEquilibrium(PreferenceGames original, double... expected) {
        assumeOffered(Formulation.POPULATION);
        try (var context = context()) {
            var games = context.share(original);
            var solution = algorithm().align(AlignmentRequest.of(games, Formulation.POPULATION), context);
            PopulationChecks.assertEquilibrium(games, solution, tolerance());
            var first = solution.solution(0);
            for (int i = 0; i < expected.length && first.tau() == 0; i++) {
                double probability = first.policy()[i];
                assertThat(Math.abs(probability - expected[i]))
                        .as("candidate %s has probability %s, must be %s", i, probability, expected[i])
                        .isLessThanOrEqualTo(tolerance());
            }
        }
    }

    private void assumeOffered(String formulation) {
        Assumptions.assumeTrue(formulations().contains(formulation), () -> formulation + " is not offered");
    }

    private PolicySolution solve(AlignmentRequest request, String formulation, int threads) {
        return solve(algorithm(), request, formulation, threads);
    }

    private PolicySolution solve(
            AlignmentAlgorithm algorithm, AlignmentRequest request, String formulation, int threads) {
        try (var context = context().withThreads(threads)) {
            return PluginContract.taken(algorithm.align(context.share(of(request, formulation)), context));
        }
    }

    // the formulation is filled in by forEachFormulation
    private AlignmentRequest request(PreferenceGames games) {
        return AlignmentRequest.of(given(games), "");
    }

    private static AlignmentRequest of(AlignmentRequest request, String formulation) {
        return new AlignmentRequest(request.games(), formulation, request.tau());
    }

    /// Looks closer at a well-formed answer.
    interface SolutionCheck {

        /// Fails if `solution` is wrong.
        void check(String formulation, PolicySolution solution);
    }
}
