package org.polyphony.games.voting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.polyphony.games.PopulationSolver;

/// Rules against the same rules in whole numbers. Every ballot weighs a whole number of tenths or sevenths,
/// which doubles cannot hold, so that what is exactly tied is tied in them only up to rounding.
class ExactTiesTest {

    private static final int ELECTORATES = 400;

    /// @param counts weight of each ranking, times `parts`
    private record Whole(List<int[]> rankings, List<Integer> counts, int parts, int candidates) {

        static Whole random(SplittableRandom random) {
            int k = 2 + random.nextInt(6);
            int voters = 2 + random.nextInt(12);
            var rankings = new ArrayList<int[]>();
            var counts = new ArrayList<Integer>();
            for (int v = 0; v < voters; v++) {
                rankings.add(Electorate.ranking(random, k));
                counts.add(1 + random.nextInt(3));
            }
            return new Whole(rankings, counts, random.nextBoolean() ? 10 : 7, k);
        }

        Election rounded() {
            var weights = counts.stream().map(count -> (double) count / parts).toList();
            return new Electorate(rankings, weights, candidates).election();
        }

        /// Weight that prefers i to j, less weight that prefers j to i; shape (K, K).
        BigInteger[] leads() {
            var leads = new BigInteger[candidates * candidates];
            Arrays.fill(leads, BigInteger.ZERO);
            for (int v = 0; v < rankings.size(); v++) {
                var count = BigInteger.valueOf(counts.get(v));
                for (int i = 0; i < candidates; i++) {
                    for (int j = 0; j < candidates; j++) {
                        int better = Electorate.place(rankings.get(v), j) - Electorate.place(rankings.get(v), i);
                        leads[i * candidates + j] = leads[i * candidates + j].add(
                                count.multiply(BigInteger.valueOf(Integer.signum(better))));
                    }
                }
            }
            return leads;
        }

        BigInteger[] firstChoices(boolean[] remaining) {
            var first = new BigInteger[candidates];
            Arrays.fill(first, BigInteger.ZERO);
            for (int v = 0; v < rankings.size(); v++) {
                int top = Arrays.stream(rankings.get(v))
                        .filter(i -> remaining[i])
                        .findFirst()
                        .orElseThrow();
                first[top] = first[top].add(BigInteger.valueOf(counts.get(v)));
            }
            return first;
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = VotingRule.class,
            names = {"BORDA", "COPELAND", "PLURALITY", "SCHULZE", "IRV"})
    void lottery_electoratesOfTenthsAndSevenths_winnersAreThoseOfWholeNumbers(VotingRule rule) {
        var random = new SplittableRandom(20261201);
        int tied = 0;
        for (int n = 0; n < ELECTORATES; n++) {
            var whole = Whole.random(random);
            boolean[] winners = winners(rule, whole);

            double[] lottery = rule.lottery(whole.rounded());

            assertThat(lottery).as("%s %s", n, whole).containsExactly(Winners.evenly(winners), within(1e-15));
            tied += IntStream.range(0, winners.length).filter(i -> winners[i]).count() > 1 ? 1 : 0;
        }
        assertThat(tied).as("electorates with an exact tie").isGreaterThan(ELECTORATES / 20);
    }

    @Test
    void schulzeRanks_electoratesOfTenthsAndSevenths_areThoseOfWholeNumbers() {
        var random = new SplittableRandom(20261202);
        for (int n = 0; n < ELECTORATES; n++) {
            var whole = Whole.random(random);

            assertThat(Schulze.ranks(whole.rounded()))
                    .as("%s %s", n, whole)
                    .containsExactly(schulzeRanks(whole.leads(), whole.candidates()));
        }
    }

    // where it is not unique, the lottery of the same margins without rounding
    @ParameterizedTest
    @EnumSource(
            value = VotingRule.class,
            names = {"MAXIMAL_LOTTERY", "MAXIMAL_LOTTERY_C1"})
    void lottery_electoratesOfTenthsAndSevenths_isThatOfWholeNumbers(VotingRule rule) {
        var random = new SplittableRandom(20261203);
        for (int n = 0; n < ELECTORATES; n++) {
            var whole = Whole.random(random);
            int k = whole.candidates();
            double voters = whole.counts().stream().mapToInt(Integer::intValue).sum();
            double[] margins = Arrays.stream(whole.leads())
                    .mapToDouble(
                            lead -> rule == VotingRule.MAXIMAL_LOTTERY ? lead.doubleValue() / voters : lead.signum())
                    .toArray();
            double[] p = Arrays.stream(margins).map(lead -> 0.5 + lead / 2).toArray();

            assertThat(rule.lottery(whole.rounded()))
                    .as("%s %s", n, whole)
                    .containsExactly(new PopulationSolver().solve(p, k).policy(), within(1e-9));
        }
    }

    @Test
    void lottery_weightsOfAnySize_isTheSame() {
        var random = new SplittableRandom(20261204);
        for (int n = 0; n < 50; n++) {
            var electorate = Electorate.random(random, false);
            for (var rule : VotingRule.values()) {
                for (double size : new double[] {1e-15, 1e15}) {
                    var scaled = new Electorate(
                            electorate.rankings(),
                            electorate.weights().stream()
                                    .map(weight -> size * weight)
                                    .toList(),
                            electorate.candidates());
                    assertThat(scaled.lottery(rule))
                            .as("%s %s", rule, electorate)
                            .containsExactly(electorate.lottery(rule), within(1e-9));
                }
            }
        }
    }

    @Test
    void copeland_lossesCountAgainstACandidate() {
        // 0 beats 1 and loses to 2 and 3, which tie; 2 and 3 beat 0 and lose to nobody but tie with 1
        double[] p = {
            0.5, 0.9, 0.2, 0.2,
            0.1, 0.5, 0.5, 0.5,
            0.8, 0.5, 0.5, 0.5,
            0.8, 0.5, 0.5, 0.5
        };

        assertThat(Scores.copeland(Election.of(p, 4))).containsExactly(-1, -1, 1, 1);
        assertThat(VotingRule.COPELAND.lottery(Election.of(p, 4))).containsExactly(0, 0, 0.5, 0.5);
    }

    private static boolean[] winners(VotingRule rule, Whole whole) {
        int k = whole.candidates();
        var leads = whole.leads();
        return switch (rule) {
            case BORDA ->
                best(IntStream.range(0, k)
                        .mapToObj(i -> IntStream.range(0, k)
                                .mapToObj(j -> leads[i * k + j])
                                .reduce(BigInteger.ZERO, BigInteger::add))
                        .toList());
            case COPELAND ->
                best(IntStream.range(0, k)
                        .mapToObj(i -> BigInteger.valueOf(IntStream.range(0, k)
                                .map(j -> leads[i * k + j].signum())
                                .sum()))
                        .toList());
            case PLURALITY -> {
                var all = new boolean[k];
                Arrays.fill(all, true);
                yield best(List.of(whole.firstChoices(all)));
            }
            case IRV -> irv(whole);
            default -> {
                int[] ranks = schulzeRanks(leads, k);
                var wins = new boolean[k];
                for (int i = 0; i < k; i++) {
                    wins[i] = ranks[i] == 0;
                }
                yield wins;
            }
        };
    }

    private static boolean[] best(List<BigInteger> scores) {
        var most = scores.stream().reduce(BigInteger::max).orElseThrow();
        var wins = new boolean[scores.size()];
        for (int i = 0; i < wins.length; i++) {
            wins[i] = scores.get(i).equals(most);
        }
        return wins;
    }

    private static boolean[] irv(Whole whole) {
        var remaining = new boolean[whole.candidates()];
        Arrays.fill(remaining, true);
        while (true) {
            var first = whole.firstChoices(remaining);
            var counts = IntStream.range(0, first.length)
                    .filter(i -> remaining[i])
                    .mapToObj(i -> first[i])
                    .toList();
            var fewest = counts.stream().reduce(BigInteger::min).orElseThrow();
            if (counts.stream().allMatch(fewest::equals)) {
                return remaining;
            }
            for (int i = 0; i < first.length; i++) {
                remaining[i] &= first[i].compareTo(fewest) > 0;
            }
        }
    }

    private static int[] schulzeRanks(BigInteger[] leads, int k) {
        var strength =
                Arrays.stream(leads).map(lead -> lead.max(BigInteger.ZERO)).toArray(BigInteger[]::new);
        for (int via = 0; via < k; via++) {
            for (int i = 0; i < k; i++) {
                for (int j = 0; j < k; j++) {
                    var through = strength[i * k + via].min(strength[via * k + j]);
                    strength[i * k + j] = strength[i * k + j].max(i == j ? BigInteger.ZERO : through);
                }
            }
        }
        var ranks = new int[k];
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                ranks[i] += strength[j * k + i].compareTo(strength[i * k + j]) > 0 ? 1 : 0;
            }
        }
        return ranks;
    }
}
