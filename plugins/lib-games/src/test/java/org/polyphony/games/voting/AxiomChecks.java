package org.polyphony.games.voting;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.SplittableRandom;

/// Every axiom as a question about a rule and a random electorate. Written from the axioms' statements;
/// shares no code with the rules but the lotteries they answer.
final class AxiomChecks {

    private static final double TOLERANCE = 1e-7;

    private static final Set<VotingRule> LOTTERIES =
            EnumSet.of(VotingRule.MAXIMAL_LOTTERY, VotingRule.MAXIMAL_LOTTERY_C1, VotingRule.RANDOM_DICTATOR);

    // maximal lotteries are unique where no margins are equal; in instant runoff candidates may tie on the
    // way out
    private static final Set<VotingRule> NO_TIES =
            EnumSet.of(VotingRule.MAXIMAL_LOTTERY, VotingRule.MAXIMAL_LOTTERY_C1, VotingRule.IRV);

    private AxiomChecks() {}

    enum Verdict {
        /// The electorate is one the axiom says nothing about.
        SILENT,
        HOLDS,
        VIOLATED
    }

    /// @param electorate what the verdict is about
    record Finding(Verdict verdict, Electorate electorate) {}

    static Finding check(VotingRule rule, Axiom axiom, SplittableRandom random) {
        boolean even = !NO_TIES.contains(rule) && random.nextInt(4) == 0;
        var one = Electorate.random(random, even);
        return new Finding(verdict(rule, axiom, one, random), one);
    }

    private static Verdict verdict(VotingRule rule, Axiom axiom, Electorate one, SplittableRandom random) {
        return switch (axiom) {
            case ANONYMITY -> holds(same(one.lottery(rule), one.shuffled(random).lottery(rule)));
            case NEUTRALITY -> {
                int[] names = Electorate.ranking(random, one.candidates());
                double[] before = one.lottery(rule);
                double[] after = one.renamed(names).lottery(rule);
                boolean same = true;
                for (int i = 0; i < names.length; i++) {
                    same &= Math.abs(before[i] - after[names[i]]) <= TOLERANCE;
                }
                yield holds(same);
            }
            case HOMOGENEITY ->
                holds(same(one.lottery(rule), one.plus(one).plus(one).lottery(rule)));
            case PARETO -> pareto(rule, one);
            case MAJORITY -> majority(rule, one);
            case CONDORCET -> elected(rule, one, beatsAll(one, 1));
            case CONDORCET_LOSER -> {
                int loser = beatsAll(one, -1);
                double[] lottery = one.lottery(rule);
                yield loser < 0 || !decided(rule, lottery) ? Verdict.SILENT : holds(lottery[loser] <= TOLERANCE);
            }
            case SMITH -> smith(rule, one);
            case MONOTONICITY -> monotonicity(rule, one, random);
            case CLONES -> clones(rule, one, random);
            case PARTICIPATION -> participation(rule, one, random);
            case REVERSAL -> {
                int before = winner(one.lottery(rule));
                yield before < 0 ? Verdict.SILENT : holds(winner(one.reversed().lottery(rule)) != before);
            }
            case CONSISTENCY -> consistency(rule, one, random);
            case STRATEGYPROOFNESS -> strategyproofness(rule, one, random);
        };
    }

    private static Verdict pareto(VotingRule rule, Electorate one) {
        double[] lottery = one.lottery(rule);
        var verdict = Verdict.SILENT;
        for (int i = 0; i < one.candidates(); i++) {
            for (int j = 0; j < one.candidates(); j++) {
                int better = i;
                int worse = j;
                boolean dominated = i != j
                        && one.rankings().stream()
                                .allMatch(ballot -> Electorate.place(ballot, better) < Electorate.place(ballot, worse));
                if (dominated && lottery[worse] > TOLERANCE) {
                    return Verdict.VIOLATED;
                }
                verdict = dominated ? Verdict.HOLDS : verdict;
            }
        }
        return verdict;
    }

    private static Verdict majority(VotingRule rule, Electorate one) {
        double total = one.weights().stream().mapToDouble(Double::doubleValue).sum();
        var first = new double[one.candidates()];
        for (int v = 0; v < one.rankings().size(); v++) {
            first[one.rankings().get(v)[0]] += one.weights().get(v);
        }
        for (int i = 0; i < first.length; i++) {
            if (first[i] > total / 2 + TOLERANCE) {
                return elected(rule, one, i);
            }
        }
        return Verdict.SILENT;
    }

    private static Verdict smith(VotingRule rule, Electorate one) {
        int k = one.candidates();
        // the smallest set, as bits, whose members all beat everybody outside
        for (int size = 1; size < k; size++) {
            for (int set = 1; set < 1 << k; set++) {
                if (Integer.bitCount(set) == size && dominates(one, set)) {
                    double outside = 0;
                    double[] lottery = one.lottery(rule);
                    for (int i = 0; i < k; i++) {
                        outside += (set & 1 << i) == 0 ? lottery[i] : 0;
                    }
                    return holds(outside <= TOLERANCE);
                }
            }
        }
        return Verdict.SILENT;
    }

    private static boolean dominates(Electorate one, int set) {
        for (int i = 0; i < one.candidates(); i++) {
            for (int j = 0; j < one.candidates(); j++) {
                if ((set & 1 << i) != 0 && (set & 1 << j) == 0 && lead(one, i, j) <= TOLERANCE) {
                    return false;
                }
            }
        }
        return true;
    }

    private static Verdict monotonicity(VotingRule rule, Electorate one, SplittableRandom random) {
        double[] before = one.lottery(rule);
        int raised = draw(before, random);
        if (!decided(rule, before)) {
            return Verdict.SILENT;
        }
        var after = one;
        for (int v = 0; v < one.rankings().size(); v++) {
            if (random.nextBoolean()) {
                after = after.with(v, Electorate.raised(one.rankings().get(v), raised, random));
            }
        }
        return holds(after.lottery(rule)[raised] >= before[raised] - TOLERANCE);
    }

    private static Verdict clones(VotingRule rule, Electorate one, SplittableRandom random) {
        double[] before = one.lottery(rule);
        int original = random.nextInt(one.candidates());
        if (!decided(rule, before)) {
            return Verdict.SILENT;
        }
        double[] after = one.withClone(original, random).lottery(rule);
        boolean same = true;
        for (int i = 0; i < before.length; i++) {
            double mass = i == original ? after[i] + after[before.length] : after[i];
            same &= Math.abs(mass - before[i]) <= TOLERANCE;
        }
        return holds(same);
    }

    private static Verdict participation(VotingRule rule, Electorate one, SplittableRandom random) {
        int[] ballot = Electorate.ranking(random, one.candidates());
        double[] without = one.lottery(rule);
        double[] with = one.plus(ballot, random.nextDouble(0.1, 1)).lottery(rule);
        if (!decided(rule, without) || !decided(rule, with)) {
            return Verdict.SILENT;
        }
        double gain = 0;
        for (int i = 0; i < with.length; i++) {
            for (int j = 0; j < with.length; j++) {
                gain += with[i]
                        * without[j]
                        * Integer.signum(Electorate.place(ballot, j) - Electorate.place(ballot, i));
            }
        }
        return holds(gain >= -TOLERANCE);
    }

    private static Verdict consistency(VotingRule rule, Electorate one, SplittableRandom random) {
        var two = switch (random.nextInt(3)) {
            case 0 -> Electorate.random(random, one.candidates(), false);
            case 1 -> one.withSameFirstChoices(random);
            default -> {
                int[] ballot = Electorate.ranking(random, one.candidates());
                yield one.plus(ballot, 0.5).plus(Electorate.reversed(ballot), 0.5);
            }
        };
        double[] first = one.lottery(rule);
        if (!decided(rule, first) || !same(first, two.lottery(rule))) {
            return Verdict.SILENT;
        }
        return holds(same(first, one.plus(two).lottery(rule)));
    }

    private static Verdict strategyproofness(VotingRule rule, Electorate one, SplittableRandom random) {
        int liar = random.nextInt(one.rankings().size());
        int[] truth = one.rankings().get(liar);
        double[] honest = one.lottery(rule);
        double[] strategic =
                one.with(liar, Electorate.ranking(random, one.candidates())).lottery(rule);
        if (!decided(rule, honest) || !decided(rule, strategic)) {
            return Verdict.SILENT;
        }
        double gain = 0;
        for (int candidate : truth) {
            gain += strategic[candidate] - honest[candidate];
            if (gain > TOLERANCE) {
                return Verdict.VIOLATED;
            }
        }
        return Verdict.HOLDS;
    }

    private static Verdict elected(VotingRule rule, Electorate one, int candidate) {
        return candidate < 0 ? Verdict.SILENT : holds(one.lottery(rule)[candidate] >= 1 - TOLERANCE);
    }

    // who beats (sign 1) or is beaten by (sign -1) every other, or -1
    private static int beatsAll(Electorate one, int sign) {
        for (int i = 0; i < one.candidates(); i++) {
            boolean all = true;
            for (int j = 0; j < one.candidates(); j++) {
                all &= i == j || sign * lead(one, i, j) > TOLERANCE;
            }
            if (all) {
                return i;
            }
        }
        return -1;
    }

    private static double lead(Electorate one, int i, int j) {
        double lead = 0;
        for (int v = 0; v < one.rankings().size(); v++) {
            int[] ballot = one.rankings().get(v);
            lead += one.weights().get(v) * (Electorate.place(ballot, i) < Electorate.place(ballot, j) ? 1 : -1);
        }
        return lead;
    }

    // rules that elect are asked where they elect one candidate
    private static boolean decided(VotingRule rule, double[] lottery) {
        return LOTTERIES.contains(rule) || winner(lottery) >= 0;
    }

    private static int winner(double[] lottery) {
        for (int i = 0; i < lottery.length; i++) {
            if (lottery[i] >= 1 - TOLERANCE) {
                return i;
            }
        }
        return -1;
    }

    private static int draw(double[] lottery, SplittableRandom random) {
        double left = random.nextDouble();
        for (int i = 0; i < lottery.length; i++) {
            left -= lottery[i];
            if (left < 0) {
                return i;
            }
        }
        return lottery.length - 1;
    }

    private static boolean same(double[] one, double[] other) {
        return Arrays.equals(one, other) || distance(one, other) <= TOLERANCE;
    }

    private static double distance(double[] one, double[] other) {
        double largest = 0;
        for (int i = 0; i < one.length; i++) {
            largest = Math.max(largest, Math.abs(one[i] - other[i]));
        }
        return largest;
    }

    private static Verdict holds(boolean holds) {
        return holds ? Verdict.HOLDS : Verdict.VIOLATED;
    }
}
