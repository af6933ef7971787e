package org.polyphony.games.voting;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// Strict rankings, best first, with weights; what the axioms speak about.
record Electorate(List<int[]> rankings, List<Double> weights, int candidates) {

    /// One to eight rankings of two to eight candidates. Weights are drawn from a continuum, so that rules
    /// which break ties meet none except those of Copeland; `even` gives every ballot the weight 1.
    static Electorate random(SplittableRandom random, boolean even) {
        return random(random, 2 + random.nextInt(7), even);
    }

    static Electorate random(SplittableRandom random, int candidates, boolean even) {
        int voters = 1 + random.nextInt(8);
        var rankings = new ArrayList<int[]>();
        var weights = new ArrayList<Double>();
        for (int v = 0; v < voters; v++) {
            rankings.add(ranking(random, candidates));
            weights.add(even ? 1.0 : random.nextDouble(0.1, 1));
        }
        return new Electorate(rankings, weights, candidates);
    }

    static int[] ranking(SplittableRandom random, int candidates) {
        var order = new int[candidates];
        for (int i = 0; i < candidates; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    double[] lottery(VotingRule rule) {
        return rule.lottery(election());
    }

    Election election() {
        var ranks = new double[rankings.size() * candidates];
        for (int v = 0; v < rankings.size(); v++) {
            for (int rank = 0; rank < candidates; rank++) {
                ranks[v * candidates + rankings.get(v)[rank]] = rank;
            }
        }
        return Election.of(new Ballots(
                ranks, weights.stream().mapToDouble(Double::doubleValue).toArray(), candidates));
    }

    Electorate plus(Electorate other) {
        var more = new ArrayList<>(rankings);
        more.addAll(other.rankings);
        var heavier = new ArrayList<>(weights);
        heavier.addAll(other.weights);
        return new Electorate(more, heavier, candidates);
    }

    Electorate plus(int[] ranking, double weight) {
        return plus(new Electorate(List.of(ranking), List.of(weight), candidates));
    }

    Electorate with(int voter, int[] ranking) {
        var changed = new ArrayList<>(rankings);
        changed.set(voter, ranking);
        return new Electorate(changed, weights, candidates);
    }

    Electorate reversed() {
        return new Electorate(rankings.stream().map(Electorate::reversed).toList(), weights, candidates);
    }

    static int[] reversed(int[] ranking) {
        return IntStream.range(0, ranking.length)
                .map(i -> ranking[ranking.length - 1 - i])
                .toArray();
    }

    Electorate shuffled(SplittableRandom random) {
        int[] order = ranking(random, rankings.size());
        return new Electorate(
                Arrays.stream(order).mapToObj(rankings::get).toList(),
                Arrays.stream(order).mapToObj(weights::get).toList(),
                candidates);
    }

    /// Candidate i is called `names[i]`.
    Electorate renamed(int[] names) {
        return new Electorate(
                rankings.stream()
                        .map(ranking ->
                                Arrays.stream(ranking).map(i -> names[i]).toArray())
                        .toList(),
                weights,
                candidates);
    }

    /// A copy of candidate `original`, called `candidates`, just above or just below it on every ballot.
    Electorate withClone(int original, SplittableRandom random) {
        var wider = new ArrayList<int[]>();
        for (int[] ranking : rankings) {
            var order = new ArrayList<>(Arrays.stream(ranking).boxed().toList());
            order.add(order.indexOf(original) + random.nextInt(2), candidates);
            wider.add(order.stream().mapToInt(Integer::intValue).toArray());
        }
        return new Electorate(wider, weights, candidates + 1);
    }

    /// `ranking` with `candidate` moved up by at least one place; the same array where it is first already.
    static int[] raised(int[] ranking, int candidate, SplittableRandom random) {
        var order = new ArrayList<>(Arrays.stream(ranking).boxed().toList());
        int at = order.indexOf(candidate);
        if (at == 0) {
            return ranking;
        }
        order.remove(Integer.valueOf(candidate));
        order.add(random.nextInt(at), candidate);
        return order.stream().mapToInt(Integer::intValue).toArray();
    }

    /// The same first choices, everything below in another order.
    Electorate withSameFirstChoices(SplittableRandom random) {
        return new Electorate(
                rankings.stream()
                        .map(ranking -> {
                            var rest = new ArrayList<>(
                                    Arrays.stream(ranking).skip(1).boxed().toList());
                            Collections.shuffle(rest, new Random(random.nextLong()));
                            rest.addFirst(ranking[0]);
                            return rest.stream().mapToInt(Integer::intValue).toArray();
                        })
                        .toList(),
                weights,
                candidates);
    }

    static int place(int[] ranking, int candidate) {
        for (int rank = 0; rank < ranking.length; rank++) {
            if (ranking[rank] == candidate) {
                return rank;
            }
        }
        throw new IllegalArgumentException(candidate + " is not ranked");
    }

    @Override
    public String toString() {
        return IntStream.range(0, rankings.size())
                .mapToObj(v -> weights.get(v) + " x " + Arrays.toString(rankings.get(v)))
                .toList()
                .toString();
    }
}
