package org.polyphony.games.voting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.polyphony.games.ReferenceNumbers.flat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.polyphony.games.AllowedCandidates;
import org.polyphony.games.ReferenceNumbers;

class VotingRuleTest {

    private static final double NAN = Double.NaN;

    static Stream<Named<JsonNode>> profiles() {
        return ReferenceNumbers.read("social_choice.json")
                .map(profile -> Named.of(profile.get("name").asText(), profile));
    }

    @ParameterizedTest(name = "A8, public (pref_voting): {0}")
    @MethodSource("profiles")
    void lottery_prefVotingProfile_isTheSame(JsonNode profile) {
        var election = election(profile);
        var expected = profile.get("pref_voting");

        assertThat(election.p()).containsExactly(flat(profile.get("mixture_P")), within(1e-15));
        assertThat(VotingRule.MAXIMAL_LOTTERY.lottery(election))
                .containsExactly(flat(expected.get("maximal_lottery_C2")), within(1e-9));
        assertThat(VotingRule.MAXIMAL_LOTTERY_C1.lottery(election))
                .containsExactly(flat(expected.get("c1_maximal_lottery")), within(1e-9));
        assertThat(VotingRule.RANDOM_DICTATOR.lottery(election))
                .containsExactly(flat(expected.get("random_dictator")), within(1e-9));
        assertThat(winners(VotingRule.BORDA, election)).isEqualTo(set(expected.get("borda_winners")));
        assertThat(winners(VotingRule.PLURALITY, election)).isEqualTo(set(expected.get("plurality_winners")));
        assertThat(winners(VotingRule.COPELAND, election)).isEqualTo(set(expected.get("copeland_winners")));
        if (expected.get("condorcet").size() == 1) {
            assertThat(winners(VotingRule.SCHULZE, election)).isEqualTo(set(expected.get("condorcet")));
        }
    }

    @ParameterizedTest(name = "A8, public and self-computed: Borda scores of {0}")
    @MethodSource("profiles")
    void borda_prefVotingProfile_hasItsScores(JsonNode profile) {
        var election = election(profile);
        double voters = Arrays.stream(flat(profile.get("counts"))).sum();

        double[] scores = Scores.borda(election);

        assertThat(scores).containsExactly(flat(profile.get("borda_from_P")), within(1e-9));
        assertThat(Arrays.stream(scores).map(score -> score * voters).toArray())
                .containsExactly(flat(profile.at("/pref_voting/borda_scores")), within(1e-9));
    }

    private static Election election(JsonNode profile) {
        var rankings = StreamSupport.stream(profile.get("rankings").spliterator(), false)
                .map(ranking ->
                        Arrays.stream(flat(ranking)).mapToInt(i -> (int) i).toArray())
                .toList();
        var counts = Arrays.stream(flat(profile.get("counts"))).boxed().toList();
        return new Electorate(rankings, counts, rankings.getFirst().length).election();
    }

    static Stream<Named<JsonNode>> schulze() {
        return StreamSupport.stream(
                        ReferenceNumbers.tree("schulze_expected.json")
                                .get("expected")
                                .spliterator(),
                        false)
                .map(file -> Named.of(file.get("file").asText(), file));
    }

    @ParameterizedTest(name = "public (habermas_machine): {0}")
    @MethodSource("schulze")
    void schulze_prefLibBallots_isTheSocialRank(JsonNode expected) throws IOException {
        // "datasets/00001 - irish/00001-00000003.soi" is preflib/00001-irish/00001-00000003.soi.gz here
        String name = expected.get("file").asText().replace("datasets/", "").replace(" - ", "-");
        var file = data().map(folder -> folder.resolve("preflib").resolve(name + ".gz"))
                .filter(Files::exists)
                .findFirst();
        Assumptions.assumeTrue(
                file.isPresent(),
                () -> "the ballots of " + name + " are not here: set POLYPHONY_DATA or"
                        + " -Dpolyphony.data to a folder that holds preflib/" + name + ".gz");
        int k = expected.get("alternatives").asInt();

        var ballots = read(file.orElseThrow(), k);

        assertThat(Arrays.stream(ballots.weights()).sum())
                .isEqualTo(expected.get("ballots").asDouble());
        assertThat(Arrays.stream(Schulze.ranks(Election.of(ballots)))
                        .asDoubleStream()
                        .toArray())
                .isEqualTo(flat(expected.get("social_rank")));
    }

    @Test
    @DisplayName("public (habermas_machine): the example of two ballots")
    void schulze_twoBallots_isTheSocialRank() {
        var ballots = Ballots.of(
                flat(ReferenceNumbers.tree("schulze_expected.json").at("/inline_example/ballots_rank_matrix")), 2);

        assertThat(Schulze.ranks(Election.of(ballots))).containsExactly(1, 0);
    }

    private static Stream<Path> data() {
        String named = System.getProperty("polyphony.data", System.getenv().getOrDefault("POLYPHONY_DATA", ""));
        var above = Stream.iterate(Path.of("").toAbsolutePath(), Objects::nonNull, Path::getParent)
                .map(at -> at.resolve("../shared/data").normalize());
        return named.isEmpty() ? above : Stream.of(Path.of(named));
    }

    // lines "count: 2,{1,3}" after a header of lines "#"
    private static Ballots read(Path file, int k) throws IOException {
        var ranks = new ArrayList<double[]>();
        var weights = new ArrayList<Double>();
        try (var lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("#") || line.isBlank()) {
                    continue;
                }
                var ballot = new double[k];
                Arrays.fill(ballot, NAN);
                int rank = 0;
                boolean tied = false;
                for (String part : line.substring(line.indexOf(':') + 1).split(",", -1)) {
                    tied |= part.contains("{");
                    ballot[Integer.parseInt(part.replaceAll("[{} ]", "")) - 1] = rank;
                    tied &= !part.contains("}");
                    rank += tied ? 0 : 1;
                }
                ranks.add(ballot);
                weights.add(Double.valueOf(line.substring(0, line.indexOf(':')).strip()));
            }
        }
        return new Ballots(
                ranks.stream().flatMapToDouble(Arrays::stream).toArray(),
                weights.stream().mapToDouble(Double::doubleValue).toArray(),
                k);
    }

    @ParameterizedTest
    @EnumSource(
            value = VotingRule.class,
            names = {"PLURALITY", "RANDOM_DICTATOR", "IRV"})
    void lottery_readsBallotsAndThereAreNone_refuses(VotingRule rule) {
        assertThat(rule.reads()).isEqualTo(VotingRule.Reads.BALLOTS);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rule.lottery(Election.of(new double[] {0.5, 1, 0, 0.5}, 2)))
                .withMessageStartingWith(rule + " counts ballots, and there are none")
                .withMessageContaining("maximal-lottery");
    }

    @ParameterizedTest
    @EnumSource(
            value = VotingRule.class,
            names = {"PLURALITY", "RANDOM_DICTATOR", "IRV"})
    void lottery_everybodyAbstains_refuses(VotingRule rule) {
        var silent = Election.of(Ballots.of(new double[] {NAN, NAN}, 2));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> rule.lottery(silent))
                .withMessageContaining("no ballot ranks any of the 2 candidates");
    }

    @ParameterizedTest
    @EnumSource(VotingRule.class)
    void lottery_everythingTied_isADistribution(VotingRule rule) {
        var tied = Election.of(Ballots.of(new double[] {0, 0, 0, 1, 1, 1}, 3));

        double[] lottery = rule.lottery(tied);

        assertThat(Arrays.stream(lottery).sum()).isCloseTo(1, within(1e-15));
        if (rule != VotingRule.MAXIMAL_LOTTERY && rule != VotingRule.MAXIMAL_LOTTERY_C1) {
            assertThat(lottery).containsExactly(new double[] {1 / 3.0, 1 / 3.0, 1 / 3.0}, within(1e-15));
        }
    }

    @ParameterizedTest
    @EnumSource(VotingRule.class)
    void lottery_oneCandidate_isElected(VotingRule rule) {
        assertThat(rule.lottery(Election.of(Ballots.of(new double[] {0, 0}, 1))))
                .containsExactly(1);
    }

    @Test
    void irv_ballotsThatRunOut_stopCounting() {
        // 3 vote only for 0, 2 for 1 then 2, 2 for 2 only: 1 and 2 leave together
        var tied = new Ballots(new double[] {0, NAN, NAN, NAN, 0, 1, NAN, NAN, 0}, new double[] {3, 2, 2}, 3);
        // with one more ballot for 2, candidate 1 leaves alone and hands over two ballots
        var handed = new Ballots(tied.ranks(), new double[] {4, 2, 3}, 3);

        assertThat(VotingRule.IRV.lottery(Election.of(tied))).containsExactly(1, 0, 0);
        assertThat(VotingRule.IRV.lottery(Election.of(handed))).containsExactly(0, 0, 1);
    }

    @Test
    void restrict_masked_ballotsPassToTheNextAllowed() {
        var election = Election.of(Ballots.of(new double[] {0, 1, 2, 0, 2, 1, 1, 0, 2}, 3));

        double[] lottery = VotingRule.RANDOM_DICTATOR.lottery(
                election.restrict(AllowedCandidates.of(new boolean[] {false, true, true})));

        assertThat(lottery).containsExactly(new double[] {2 / 3.0, 1 / 3.0}, within(1e-15));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> election.restrict(AllowedCandidates.of(new boolean[3])))
                .withMessageContaining("none of the 3 candidates is allowed");
    }

    @Test
    void preferences_unranked_areBelowAndTied() {
        var ballots = Ballots.of(new double[] {1, NAN, NAN, NAN, NAN, NAN}, 3);

        assertThat(ballots.preferences()).containsExactly(0.5, 1, 1, 0, 0.5, 0.5, 0, 0.5, 0.5);
    }

    /// Candidate 0 beats two and loses to two, 1 beats one and ties with the rest: wins alone would prefer 0.
    @Test
    void copeland_losses_countAgainstWins() {
        double[] p = new double[25];
        Arrays.fill(p, 0.5);
        for (int[] beats : new int[][] {{0, 3}, {0, 4}, {2, 0}, {1, 0}}) {
            p[5 * beats[0] + beats[1]] = 0.9;
            p[5 * beats[1] + beats[0]] = 0.1;
        }
        var election = Election.of(p, 5);

        assertThat(Scores.copeland(election)).containsExactly(0, 1, 1, -1, -1);
        assertThat(winners(VotingRule.COPELAND, election)).containsExactly(1, 2);
    }

    @Test
    void copeland_marginsOfRounding_areTies() {
        // 0.1 + 0.2 against 0.3: the mixture is off 1/2 by rounding
        double off = 0.1 + 0.2 - 0.3;
        var election = Election.of(new double[] {0.5, 0.5 + off, 0.5 - off, 0.5}, 2);

        assertThat(VotingRule.COPELAND.lottery(election)).containsExactly(0.5, 0.5);
        assertThat(VotingRule.SCHULZE.lottery(election)).containsExactly(0.5, 0.5);
        assertThat(VotingRule.BORDA.lottery(election)).containsExactly(0.5, 0.5);
    }

    private static List<Integer> winners(VotingRule rule, Election election) {
        double[] lottery = rule.lottery(election);
        return IntStream.range(0, lottery.length)
                .filter(i -> lottery[i] > 0)
                .boxed()
                .toList();
    }

    private static List<Integer> set(JsonNode node) {
        return Arrays.stream(flat(node)).mapToObj(i -> (int) i).toList();
    }
}
