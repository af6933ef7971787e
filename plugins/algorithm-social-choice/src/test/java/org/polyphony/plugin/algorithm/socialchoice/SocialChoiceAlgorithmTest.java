package org.polyphony.plugin.algorithm.socialchoice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.polyphony.games.voting.Axiom;
import org.polyphony.games.voting.VotingRule;
import org.polyphony.spi.alignment.AlignmentRequest;
import org.polyphony.spi.alignment.PreferenceGames;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.plugin.Plugin;
import org.polyphony.spi.tensor.Tensor;
import org.polyphony.spi.testkit.TestContext;
import org.polyphony.spi.testkit.TestGames;
import org.polyphony.verify.Certifiers;
import org.polyphony.verify.Claim;
import org.polyphony.verify.PreferenceGame;

class SocialChoiceAlgorithmTest {

    private static final Path PAGE = Path.of("../../docs/reference/social-choice.md");

    private static final double[][] FIRST = {{0.5, 1, 1}, {0, 0.5, 1}, {0, 0, 0.5}};
    private static final double[][] SECOND = {{0.5, 0, 0}, {1, 0.5, 1}, {1, 0, 0.5}};

    private final SocialChoiceAlgorithm algorithm = new SocialChoiceAlgorithm();

    @ParameterizedTest
    @ValueSource(strings = {"plurality", "random-dictator", "irv"})
    void align_pairsOnly_rulesThatReadBallotsRefuse(String rule) {
        var games = TestGames.of(TestGames.comalCycle());

        assertThatExceptionOfType(AlignmentException.class)
                .isThrownBy(() -> solve(games, rule))
                .satisfies(failure -> assertThat(failure.code()).isEqualTo(StandardErrorCode.GAME_INVALID))
                .withMessageContaining("the game of item 0: " + rule + " counts ballots, and there are none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"plurality", "random-dictator", "irv"})
    void align_aStakeholderWithoutOpinionOnAPair_isNoBallot(String rule) {
        double[][] open = {{0.5, 0.5, 1}, {0.5, 0.5, 1}, {0, 0, 0.5}};
        double[][] cycle = {{0.5, 1, 0}, {0, 0.5, 1}, {1, 0, 0.5}};

        for (var p : List.of(open, cycle)) {
            assertThatExceptionOfType(AlignmentException.class).isThrownBy(() -> solve(TestGames.of(FIRST, p), rule));
            // nobody counts what it says
            assertThat(solve(TestGames.of(new double[] {1, 0}, FIRST, p), rule)).containsExactly(1, 0, 0);
        }
    }

    @Test
    void align_certainStakeholders_areBallotsOfTheirWeight() {
        var games = TestGames.of(new double[] {0.55, 0.45}, FIRST, SECOND);

        assertThat(solve(games, "random-dictator")).containsExactly(new double[] {0.55, 0.45, 0}, within(1e-12));
        assertThat(solve(games, "plurality")).containsExactly(1, 0, 0);
        assertThat(solve(games, "irv")).containsExactly(1, 0, 0);
        assertThat(solve(games, "borda")).containsExactly(0, 1, 0);
        assertThat(solve(games, "schulze")).containsExactly(1, 0, 0);
    }

    @Test
    void align_favouriteNotAllowed_itsBallotsPassOn() {
        var bucket = TestGames.withAllowed(
                TestGames.bucket(List.<double[][][]>of(new double[][][] {FIRST, SECOND})), 0, 1, 1);

        var rules = SocialChoiceAlgorithm.class.getAnnotation(Plugin.class).formulations();
        assertThat(rules)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(VotingRule.values())
                        .map(VotingRule::toString)
                        .toList());
        for (var rule : rules) {
            assertThat(solve(TestGames.of(new double[] {0.55, 0.45}, bucket), rule))
                    .as(rule)
                    .containsExactly(0, 1, 0);
        }
    }

    @Test
    void align_ballots_comeBeforeCertainStakeholdersAndKeepTheirWeights() {
        var bucket = TestGames.bucket(List.<double[][][]>of(new double[][][] {FIRST}))
                .withBallots(
                        Tensor.ofDoubles(new double[] {2, 1, 0, 0, 1, 2, Double.NaN, Double.NaN, Double.NaN}, 1, 3, 3),
                        Tensor.ofDoubles(new double[] {3, 1, 9}, 1, 3));

        assertThat(solve(TestGames.of(new double[] {1}, bucket), "random-dictator"))
                .containsExactly(new double[] {0.25, 0, 0.75}, within(1e-12));
    }

    @Test
    void align_maximalLottery_isThePopulationEquilibrium() {
        var games = TestGames.random(4, 50, 3);
        try (var context = TestContext.forPlugin(algorithm)) {
            var solution = algorithm.align(AlignmentRequest.of(context.share(games), "maximal-lottery"), context);
            for (int b = 0; b < games.buckets().size(); b++) {
                var bucket = games.buckets().get(b);
                int k = bucket.candidates();
                for (int n = 0; n < bucket.games(); n++) {
                    var game = PreferenceGame.of(3, k, bucket.p().toDoubles(3L * n * k * k, 3 * k * k))
                            .withWeights(games.weights().toDoubles());
                    double[] policy = exp(solution.buckets().get(b).logPolicy().toDoubles((long) n * k, k));
                    assertThat(Certifiers.POPULATION
                                    .certify(game, Claim.of(policy))
                                    .gap())
                            .isBetween(-1e-12, 1e-12);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(VotingRule.class)
    void align_randomMasks_decidesTheElectionOfTheAllowed(VotingRule rule) {
        var games = TestGames.withBallots(TestGames.withRandomMasks(TestGames.random(8, 40, 2), 8), 8, 9);
        try (var context = TestContext.forPlugin(algorithm)) {
            var solution = algorithm.align(AlignmentRequest.of(context.share(games), rule.toString()), context);
            for (int b = 0; b < games.buckets().size(); b++) {
                var bucket = games.buckets().get(b);
                double[] policy = exp(solution.buckets().get(b).logPolicy().toDoubles());
                for (int i = 0; i < policy.length; i++) {
                    assertThat(policy[i] > 0 && bucket.allowed().getByte(i) == 0)
                            .as("mass %s of candidate %s", policy[i], i)
                            .isFalse();
                }
            }
        }
    }

    @Test
    void page_listsEveryRuleAndAxiomAsDeclared() throws IOException {
        assertThat(Files.readString(PAGE))
                .as("docs/reference/social-choice.md must hold these two tables")
                .contains(axioms(), rules());
    }

    private static String axioms() {
        return Arrays.stream(Axiom.values())
                .map(axiom -> "| " + name(axiom) + " | " + axiom.statement() + " |\n")
                .collect(Collectors.joining("", "| axiom | says |\n|---|---|\n", ""));
    }

    private static String rules() {
        var rules = VotingRule.values();
        var head = new StringBuilder("| |");
        var line = new StringBuilder("|---|");
        for (var rule : rules) {
            head.append(" `").append(rule).append("` |");
            line.append("---|");
        }
        var table = new StringBuilder(head).append('\n').append(line).append('\n');
        row(table, "reads", rule -> rule.reads() == VotingRule.Reads.BALLOTS ? "ballots" : "P");
        for (var axiom : Axiom.values()) {
            row(table, name(axiom), rule -> rule.axioms().contains(axiom) ? "yes" : "");
        }
        row(table, "ties", VotingRule::ties);
        return table.toString();
    }

    private static void row(StringBuilder table, String name, Function<VotingRule, String> cell) {
        table.append("| ").append(name).append(" |");
        for (var rule : VotingRule.values()) {
            table.append(' ').append(cell.apply(rule)).append(" |");
        }
        table.append('\n');
    }

    private static String name(Axiom axiom) {
        return axiom.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    @Test
    void selfTest_passes() {
        try (var context = TestContext.forPlugin(algorithm)) {
            algorithm.selfTest(context);
        }
    }

    private double[] solve(PreferenceGames games, String rule) {
        try (var context = TestContext.forPlugin(algorithm)) {
            return exp(algorithm
                    .align(AlignmentRequest.of(context.share(games), rule), context)
                    .buckets()
                    .getFirst()
                    .logPolicy()
                    .toDoubles());
        }
    }

    private static double[] exp(double[] logarithms) {
        return Arrays.stream(logarithms).map(Math::exp).toArray();
    }
}
