package org.polyphony.benchmarks.verdicts;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.polyphony.preferences.KeyedRandom;
import org.polyphony.preferences.Pairs;
import org.polyphony.preferences.PairsBuilder;
import org.polyphony.preferences.model.Logistic;

/// A kind of study whose truth is known: who is asked what, and what they would answer. A builder of itself; not
/// changed
/// once it is in a list.
///
/// Everybody's utilities are N(0, 0.8²) by item and candidate. A seat may deviate from them, answer more or less
/// decidedly,
/// hold adversaries or people of their own taste, see other items, other pairs or the opposite order.
final class Scenario {
    private static final double SPREAD = 0.8;
    private static final double CYCLE = 1.5;
    private static final double BIAS = 0.6;
    private static final double OWN_PAIRS = 0.9;

    final String name;
    final int[] seats;
    int answers = 30;
    int items = 8;
    int candidates = 5;
    private boolean cyclic;
    private boolean biased;
    private boolean oppositeOrders;
    private boolean differentPairs;
    private boolean disjointItems;
    private boolean heavyJudge;
    private final double[] taste;
    private final double[] slopeSpread;
    private final double[] adversaries;
    private final double[] slope;
    private final double[] deviation;
    private final double[] otherFavourite;
    private final double[] raised;

    /// @param seats judges of every seat
    Scenario(String name, int... seats) {
        this.name = name;
        this.seats = seats;
        this.taste = new double[seats.length];
        this.slopeSpread = new double[seats.length];
        this.adversaries = new double[seats.length];
        this.slope = new double[seats.length];
        Arrays.fill(slope, 1);
        this.deviation = new double[seats.length];
        this.otherFavourite = new double[seats.length];
        this.raised = new double[seats.length];
    }

    Scenario size(int ofItems, int ofCandidates, int ofAnswers) {
        items = ofItems;
        candidates = ofCandidates;
        answers = ofAnswers;
        return this;
    }

    /// More cells than answers: 0.9 answers a cell of 80 judges with 30 answers.
    Scenario thin() {
        return size(30, 10, 30);
    }

    Scenario cyclic() {
        cyclic = true;
        return this;
    }

    Scenario biased() {
        biased = true;
        return this;
    }

    Scenario oppositeOrders() {
        oppositeOrders = true;
        return biased();
    }

    Scenario differentPairs() {
        differentPairs = true;
        return this;
    }

    Scenario disjointItems() {
        disjointItems = true;
        return this;
    }

    /// The first judge gives 40 % of the answers.
    Scenario heavyJudge() {
        heavyJudge = true;
        return this;
    }

    /// Every judge deviates by herself, with this standard deviation in logits.
    Scenario tastes(double sd) {
        Arrays.fill(taste, sd);
        return this;
    }

    /// Judges' slopes spread with this standard deviation of their logarithm.
    Scenario reliabilities(double sd) {
        Arrays.fill(slopeSpread, sd);
        return this;
    }

    /// This share of every seat's judges prefers the opposite.
    Scenario adversaries(double share) {
        Arrays.fill(adversaries, share);
        return this;
    }

    /// This share of one seat's judges prefers the opposite.
    Scenario adversaries(int seat, double share) {
        adversaries[seat] = share;
        return this;
    }

    /// How decidedly the seats answer.
    Scenario slopes(double... ofSeats) {
        System.arraycopy(ofSeats, 0, slope, 0, ofSeats.length);
        return this;
    }

    /// A seat deviates with this standard deviation in logits a candidate.
    Scenario deviates(int seat, double sd) {
        deviation[seat] = sd;
        return this;
    }

    /// In this share of the items a seat's favourite changes places with another candidate.
    Scenario otherFavourite(int seat, double share) {
        otherFavourite[seat] = share;
        return this;
    }

    /// In this share of the items a seat likes another candidate better, by one logit, than everybody's favourite.
    Scenario stronglyDiffers(int seat, double share) {
        raised[seat] = share;
        return this;
    }

    /// What a seat's members would answer, before their own tastes, slopes and the order shown: log-odds.
    ///
    /// @param everybody utilities `[item][candidate]`
    /// @param ofSeat utilities `[seat][item][candidate]`
    record World(double[][] everybody, double[][][] ofSeat, boolean cyclic) {
        double logit(int seat, int item, int i, int k) {
            double[] theta = ofSeat[seat][item];
            int count = theta.length;
            return theta[i] - theta[k] + (cyclic ? CYCLE * Math.sin(2 * Math.PI * (k - i) / count) : 0);
        }
    }

    /// Draws the truth of one study.
    World world(long seed) {
        SplittableRandom random = KeyedRandom.of(seed, "world " + name, 0);
        double[][] everybody = new double[items][];
        Arrays.setAll(everybody, item -> gaussians(random, candidates, SPREAD));
        double[][][] ofSeat = new double[seats.length][items][];
        for (int seat = 0; seat < seats.length; seat++) {
            int changed = (int) Math.round((otherFavourite[seat] + raised[seat]) * items);
            for (int item = 0; item < items; item++) {
                double[] theta = everybody[item].clone();
                double[] away = gaussians(random, candidates, deviation[seat]);
                for (int i = 0; i < candidates; i++) {
                    theta[i] += away[i];
                }
                if (item < changed) {
                    int best = best(theta);
                    int other = (best + 1 + random.nextInt(candidates - 1)) % candidates;
                    double kept = theta[other];
                    theta[other] = theta[best] + (raised[seat] > 0 ? 1 : 0);
                    theta[best] = raised[seat] > 0 ? theta[best] : kept;
                }
                ofSeat[seat][item] = theta;
            }
        }
        return new World(everybody, ofSeat, cyclic);
    }

    private static int best(double[] theta) {
        int best = 0;
        for (int i = 1; i < theta.length; i++) {
            best = theta[i] > theta[best] ? i : best;
        }
        return best;
    }

    /// Draws judges and their answers about a world.
    Pairs study(World world, long seed) {
        SplittableRandom random = KeyedRandom.of(seed, "study " + name, 0);
        int judges = Arrays.stream(seats).sum();
        int[] counts = new int[items];
        Arrays.fill(counts, candidates);
        PairsBuilder builder = Pairs.builder(counts, judges, seats.length);
        boolean[][][] ownPairs = ownPairs(random);
        int judge = 0;
        for (int seat = 0; seat < seats.length; seat++) {
            for (int member = 0; member < seats[seat]; member++, judge++) {
                double decided = slope[seat] * Math.exp(slopeSpread[seat] * random.nextGaussian());
                decided *= random.nextDouble() < adversaries[seat] ? -1 : 1;
                double[][] own = new double[items][];
                Arrays.setAll(own, item -> new double[candidates]);
                if (taste[seat] > 0) {
                    double sd = taste[seat];
                    Arrays.setAll(own, item -> gaussians(random, candidates, sd));
                }
                int given = heavyJudge && judge == 0 ? answers * (judges - 1) * 2 / 3 : answers;
                for (int n = 0; n < given; n++) {
                    answer(builder, world, random, judge, seat, decided, own, ownPairs);
                }
            }
        }
        return builder.build();
    }

    private void answer(
            PairsBuilder builder,
            World world,
            SplittableRandom random,
            int judge,
            int seat,
            double decided,
            double[][] own,
            boolean[][][] ownPairs) {
        int item = disjointItems ? seat + seats.length * random.nextInt(items / seats.length) : random.nextInt(items);
        boolean fromOwn = differentPairs && random.nextDouble() < OWN_PAIRS;
        int i;
        int k;
        do {
            i = random.nextInt(candidates);
            k = random.nextInt(candidates);
        } while (i == k || (fromOwn && ownPairs[item][Math.min(i, k)][Math.max(i, k)] != (seat == 0)));
        if (oppositeOrders && (i < k) != (seat == 0)) {
            int kept = i;
            i = k;
            k = kept;
        }
        double logit = decided * (world.logit(seat, item, i, k) + own[item][i] - own[item][k]) + (biased ? BIAS : 0);
        builder.pair(item, i, k, random.nextDouble() < Logistic.sigmoid(logit) ? 1 : 0, judge, seat, 1);
    }

    // which unordered pairs belong to the first seat, where seats are asked different ones
    private boolean[][][] ownPairs(SplittableRandom random) {
        boolean[][][] own = new boolean[items][candidates][candidates];
        for (int item = 0; item < items; item++) {
            List<int[]> pairs = new ArrayList<>();
            for (int i = 0; i < candidates; i++) {
                for (int k = i + 1; k < candidates; k++) {
                    pairs.add(new int[] {i, k});
                }
            }
            for (int half = pairs.size() / 2; half > 0; half--) {
                int[] pair = pairs.remove(random.nextInt(pairs.size()));
                own[item][pair[0]][pair[1]] = true;
            }
        }
        return own;
    }

    private static double[] gaussians(SplittableRandom random, int count, double sd) {
        double[] drawn = new double[count];
        for (int i = 0; i < count; i++) {
            drawn[i] = sd == 0 ? 0 : sd * random.nextGaussian();
        }
        return drawn;
    }

    /// Scenarios in which no seat differs in preference and none can be told to.
    static List<Scenario> nulls() {
        return List.of(
                new Scenario("same", 40, 40),
                new Scenario("cyclic", 40, 40).cyclic(),
                new Scenario("position bias of all", 40, 40).biased(),
                new Scenario("cyclic, different pairs at 90 %", 40, 40).cyclic().differentPairs(),
                new Scenario("one judge gives 40 %", 40, 40).heavyJudge(),
                new Scenario("12 judges", 6, 6).size(8, 5, 100),
                new Scenario("seats of 9, 2 and 1", 9, 2, 1).size(8, 5, 100),
                new Scenario("20 judges, own tastes", 10, 10).size(8, 5, 100).tastes(0.8),
                new Scenario("20 judges, adversaries", 10, 10).size(8, 5, 100).adversaries(0.2),
                new Scenario("20 judges, reliabilities", 10, 10).size(8, 5, 100).reliabilities(0.8),
                new Scenario("three seats", 27, 27, 26),
                new Scenario("8 of 80, all with own tastes", 72, 8).tastes(0.8),
                new Scenario("thin cells, cyclic", 40, 40).thin().cyclic());
    }

    /// Scenarios in which order or pairs explain everything, or nothing was judged in common.
    static List<Scenario> confounded() {
        return List.of(
                new Scenario("opposite orders, position bias", 40, 40).oppositeOrders(),
                new Scenario("thin cells, cyclic, different pairs", 40, 40)
                        .thin()
                        .cyclic()
                        .differentPairs(),
                new Scenario("disjoint items, same", 40, 40).disjointItems(),
                new Scenario("disjoint items, different", 40, 40)
                        .disjointItems()
                        .deviates(1, 1.5));
    }

    /// Scenarios in which a seat differs in preference; the last seat does.
    static List<Scenario> differences() {
        return List.of(
                new Scenario("8 of 80 strongly different", 72, 8).stronglyDiffers(1, 0.5),
                new Scenario("4 of 80, deviation 1.2 logit", 76, 4).deviates(1, 1.2),
                new Scenario("one of three", 27, 27, 26).otherFavourite(2, 0.42),
                new Scenario("thin cells, different", 40, 40).thin().deviates(1, 1.2));
    }

    /// Scenarios in which seats differ in reliability alone.
    static List<Scenario> reliabilities() {
        return List.of(
                new Scenario("slope 1 : .3", 40, 40).slopes(1, 0.3),
                new Scenario("slope 1.5 : .1", 40, 40).slopes(1.5, 0.1),
                new Scenario("40 % adversaries in one seat", 40, 40).adversaries(1, 0.4));
    }
}
