package org.polyphony.preferences.verdict;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import org.polyphony.preferences.KeyedRandom;
import org.polyphony.preferences.Pairs;
import org.polyphony.preferences.Parallel;
import org.polyphony.preferences.score.SeatUnits;

/// Compares seats on judgments alone and says of each what may be said.
///
/// Seats are peeled: the one that stands out most is tested against the largest of all under relabelling of judges; if
/// it differs, its judges are taken out of the data and the others are compared again. Sizes are against all others.
/// The same judgments, seed and number of relabellings give the same result, whatever the number of threads.
public final class SeatComparison {
    /// The largest false share of a step.
    static final double LEVEL = 0.05;

    /// h from which a difference is one of reliability.
    static final double RELIABILITY_SHARE = 0.40;

    /// The loss below which nothing matters.
    static final double NEGLIGIBLE_LOSS = 0.02;

    private static final double BALANCED = 0.10;
    private static final double EXACT = 1e-12;
    private static final double NEVER = -9;
    private static final int SIZE_DRAWS = 400;
    /// With no more degrees of freedom than this P would take too much.
    private static final int FEW_DEGREES = 4;

    private static final int CHUNK = 16;

    private final ComparedCells cells;
    private final int relabellings;
    private final long seed;
    private final Lottery lottery;
    private final Parallel parallel;
    private final List<SeatResult> results = new ArrayList<>();

    private SeatComparison(ComparedCells cells, int relabellings, long seed, Lottery lottery, Parallel parallel) {
        this.cells = cells;
        this.relabellings = relabellings;
        this.seed = seed;
        this.lottery = lottery;
        this.parallel = parallel;
    }

    /// Compares the groups of `pairs`.
    ///
    /// @param weight weight of a row; judges, not rows, are the units, so a ranking's pairs need no correction
    /// @param ordered whether the first candidate of every row was the one shown first
    /// @param relabellings how many relabellings are drawn, at least 1
    public static SeatComparison of(
            Pairs pairs,
            IntToDoubleFunction weight,
            boolean ordered,
            int relabellings,
            long seed,
            Lottery lottery,
            Parallel parallel) {
        ComparedCells cells = ComparedCells.of(pairs, SeatUnits.of(pairs), weight, ordered);
        SeatComparison comparison = new SeatComparison(cells, relabellings, seed, lottery, parallel);
        comparison.compare();
        return comparison;
    }

    /// One result a seat, in order.
    public List<SeatResult> results() {
        return List.copyOf(results);
    }

    /// The verdict over all seats: that of the seat about which most may be said; negligible only if all are.
    public GroupVerdict overall() {
        return results.stream()
                .map(SeatResult::verdict)
                .min(java.util.Comparator.naturalOrder())
                .orElse(GroupVerdict.CANNOT_TELL);
    }

    /// How many relabellings were drawn at every step.
    public int relabellings() {
        return relabellings;
    }

    /// Whether whole judges were relabelled, not parts of judges about an item.
    public boolean wholeJudges() {
        return cells.units().wholeJudges();
    }

    /// Whether the order in which candidates were shown could be examined.
    public boolean ordered() {
        return cells.ordered();
    }

    /// Whether there are directions enough to tell reliability from preference.
    public boolean tellsReliability() {
        return cells.degrees() > FEW_DEGREES;
    }

    private void compare() {
        int seats = cells.units().groups();
        Found[] found = new Found[seats];
        Round first = new Round(new boolean[seats], 1);
        first.run(true);
        Round round = first;
        boolean more = round.decide(found);
        while (more) {
            Round next = new Round(round.without(), round.number + 1);
            next.run(false);
            round = next;
            more = round.decide(found);
        }
        first.size();
        for (int seat = 0; seat < seats; seat++) {
            results.add(result(first, round, seat, found[seat]));
        }
    }

    /// What a step of the peel said of a seat.
    private record Found(GroupVerdict verdict, SeatResult.Test test) {}

    private SeatResult result(Round first, Round last, int seat, Found found) {
        SeatResult.Design design = first.designs[seat];
        Optional<SeatResult.Size> size = Optional.ofNullable(first.sizes[seat]);
        if (!design.comparable()) {
            // a seat may still be what is left when others were peeled off
            Optional<SeatResult.Test> test = found == null ? Optional.empty() : Optional.of(found.test);
            GroupVerdict.Reason reason = missing(design);
            boolean separable = reason != GroupVerdict.Reason.ORDER && reason != GroupVerdict.Reason.PAIRS;
            GroupVerdict verdict =
                    found != null ? found.verdict : separable ? GroupVerdict.CANNOT_TELL : GroupVerdict.NOT_SEPARABLE;
            return new SeatResult(
                    seat, verdict, found == null ? reason : reason(found), design, test, size, Optional.empty());
        }
        // those left by a peel may be too few to be compared with each other: then the first step speaks
        Round speaks = last.designs[seat] != null && last.designs[seat].comparable() ? last : first;
        SeatResult.Test test = found == null ? speaks.test(seat) : found.test;
        GroupVerdict verdict = found == null ? GroupVerdict.NOT_SHOWN : found.verdict;
        if (size.isPresent() && size.get().upper().loss() < NEGLIGIBLE_LOSS) {
            verdict = GroupVerdict.NEGLIGIBLE;
        }
        GroupVerdict.Reason reason =
                verdict == GroupVerdict.NOT_SEPARABLE ? GroupVerdict.Reason.RELIABILITY : GroupVerdict.Reason.NONE;
        Optional<SeatResult.Gain> gain = HeldOutGain.of(
                cells,
                seat,
                first.population,
                size.map(of -> of.estimate().logits()).orElse(0.0),
                seed);
        return new SeatResult(seat, verdict, reason, design, Optional.of(test), size, gain);
    }

    private static GroupVerdict.Reason reason(Found found) {
        return found.verdict == GroupVerdict.NOT_SEPARABLE ? GroupVerdict.Reason.RELIABILITY : GroupVerdict.Reason.NONE;
    }

    private GroupVerdict.Reason missing(SeatResult.Design design) {
        if (cells.cells() == 0) {
            return GroupVerdict.Reason.COMPARISONS;
        }
        if (!design.people()) {
            return GroupVerdict.Reason.PEOPLE;
        }
        if (design.enough(design.pairs())) {
            return GroupVerdict.Reason.ORDER;
        }
        return design.enough(design.items()) ? GroupVerdict.Reason.PAIRS : GroupVerdict.Reason.OVERLAP;
    }

    /// One step of the peel: the seats that are left, against each other.
    private final class Round {
        private final boolean[] leftOut;
        private final int number;
        private final int[] seats;
        private final SeatUnits.Relabelling relabelling;
        private final Population population;
        private final int[] observed;
        private final SeatResult.Design[] designs;
        private final SeatResult.Size[] sizes;
        private final EffectSize[] effects;
        /// by seat and labelling, the observed one first: t, standardised t, and R; NEVER where not compared
        private final double[][] statistic;
        private final double[][] standard;
        private final double[][] reliability;
        private final double[] reliabilityShare;
        private int standsOut = -1;

        Round(boolean[] leftOut, int number) {
            int all = cells.units().groups();
            this.leftOut = leftOut;
            this.number = number;
            this.seats = java.util.stream.IntStream.range(0, all)
                    .filter(seat -> !leftOut[seat])
                    .toArray();
            this.relabelling = cells.units().relabelling(leftOut);
            this.population = Population.of(cells, leftOut);
            this.observed = new int[cells.units().size()];
            Arrays.setAll(observed, cells.units()::label);
            this.designs = new SeatResult.Design[all];
            this.sizes = new SeatResult.Size[all];
            this.effects = new EffectSize[all];
            this.statistic = new double[all][];
            this.standard = new double[all][];
            this.reliability = new double[all][];
            this.reliabilityShare = new double[all];
        }

        boolean[] without() {
            boolean[] less = leftOut.clone();
            less[standsOut] = true;
            return less;
        }

        void run(boolean withSizes) {
            SeatScorer shared = new SeatScorer(cells, population, leftOut, tellsReliability());
            design(shared);
            for (int seat : seats) {
                statistic[seat] = new double[relabellings + 1];
                reliability[seat] = new double[relabellings + 1];
                SeatScorer scorer = shared.another();
                var score = scorer.score(observed, seat, designs[seat].strata());
                statistic[seat][0] = score.ratio();
                reliability[seat][0] = score.reliability();
                reliabilityShare[seat] = score.plainT() > 0 ? (score.plainT() - score.t()) / score.plainT() : 0;
                if (withSizes && designs[seat].comparable()) {
                    effects[seat] =
                            new EffectSize(cells, observed, seat, scorer, score, relabellings, SIZE_DRAWS, seed);
                }
            }
            boolean twins = twins();
            eachRelabelling(shared, (scorer, draw, labels) -> {
                for (int seat : seats) {
                    if (!designs[seat].comparable() || (twins && seat == seats[1])) {
                        continue;
                    }
                    var score = scorer.score(labels, seat, designs[seat].strata());
                    statistic[seat][draw] = score.ratio();
                    reliability[seat][draw] = score.reliability();
                    if (effects[seat] != null) {
                        effects[seat].add(draw - 1, scorer, score);
                    }
                }
            });
            if (twins) {
                statistic[seats[1]] = statistic[seats[0]];
                reliability[seats[1]] = reliability[seats[0]];
            }
            standardise();
        }

        // within cells, two seats deviate from each other: one test, one size
        private boolean twins() {
            return seats.length == 2
                    && designs[seats[0]].strata() == Strata.CELLS
                    && designs[seats[1]].strata() == Strata.CELLS;
        }

        private void standardise() {
            for (int seat : seats) {
                standard[seat] = new double[relabellings + 1];
                if (!designs[seat].comparable()) {
                    Arrays.fill(standard[seat], NEVER);
                    reliability[seat] = standard[seat];
                    continue;
                }
                double mean = Arrays.stream(statistic[seat]).average().orElseThrow();
                double squares = 0;
                for (double t : statistic[seat]) {
                    squares += (t - mean) * (t - mean);
                }
                double deviation = Math.max(Math.sqrt(squares / (relabellings + 1)), EXACT);
                double[] of = statistic[seat];
                Arrays.setAll(standard[seat], draw -> (of[draw] - mean) / deviation);
                double[] signed = reliability[seat];
                reliability[seat] = new double[relabellings + 1];
                double[] size = reliability[seat];
                Arrays.setAll(size, draw -> Math.abs(signed[draw]));
            }
        }

        private interface Scored {
            void accept(SeatScorer scorer, int draw, int[] labels);
        }

        private void eachRelabelling(SeatScorer shared, Scored body) {
            int chunks = (relabellings + CHUNK - 1) / CHUNK;
            parallel.forEach(chunks, chunk -> {
                SeatScorer scorer = shared.another();
                int to = Math.min(relabellings, (chunk + 1) * CHUNK);
                for (int draw = chunk * CHUNK + 1; draw <= to; draw++) {
                    body.accept(scorer, draw, relabelling.draw(KeyedRandom.of(seed, "verdict-labels." + number, draw)));
                }
            });
        }

        /// Chooses the strata by who was asked what.
        private void design(SeatScorer scorer) {
            double[][] imbalance = new double[leftOut.length][];
            double[] within = new double[leftOut.length];
            boolean thin = false;
            for (int seat : seats) {
                within[seat] = scorer.effective(observed, seat, Strata.CELLS);
                if (within[seat] < 0.5 * scorer.full(observed, seat)) {
                    imbalance[seat] = new double[relabellings + 1];
                    imbalance[seat][0] = scorer.imbalance(observed, seat);
                    thin = true;
                }
            }
            if (thin) {
                eachRelabelling(scorer, (own, draw, labels) -> {
                    for (int seat : seats) {
                        if (imbalance[seat] != null) {
                            imbalance[seat][draw] = own.imbalance(labels, seat);
                        }
                    }
                });
            }
            for (int seat : seats) {
                boolean coarse = imbalance[seat] != null && atLeast(imbalance[seat], imbalance[seat][0]) > BALANCED;
                double items = scorer.effective(observed, seat, Strata.ITEMS);
                designs[seat] = new SeatResult.Design(
                        judges(seat, true),
                        judges(seat, false),
                        coarse ? items : within[seat],
                        scorer.full(observed, seat),
                        scorer.effective(observed, seat, Strata.PAIRS),
                        items,
                        coarse ? Strata.ITEMS : Strata.CELLS);
            }
        }

        private int judges(int seat, boolean inside) {
            return (int) java.util.stream.IntStream.range(0, observed.length)
                    .filter(unit -> !leftOut[observed[unit]]
                            && (observed[unit] == seat) == inside
                            && cells.start(unit + 1) > cells.start(unit))
                    .map(cells.units()::judge)
                    .distinct()
                    .count();
        }

        private double atLeast(double[] values, double observedValue) {
            int count = 0;
            for (int draw = 1; draw <= relabellings; draw++) {
                count += values[draw] >= observedValue - EXACT ? 1 : 0;
            }
            return (1.0 + count) / (relabellings + 1);
        }

        /// Probability that the largest of all seats is as large as this seat's.
        private double probability(double[][] values, int seat) {
            double[] largest = new double[relabellings + 1];
            Arrays.fill(largest, Double.NEGATIVE_INFINITY);
            for (int other : seats) {
                for (int draw = 0; draw <= relabellings; draw++) {
                    largest[draw] = Math.max(largest[draw], values[other][draw]);
                }
            }
            return atLeast(largest, values[seat][0]);
        }

        private int largest(double[][] values) {
            int top = seats[0];
            for (int seat : seats) {
                top = values[seat][0] > values[top][0] ? seat : top;
            }
            return top;
        }

        SeatResult.Test test(int seat) {
            return new SeatResult.Test(
                    statistic[seat][0],
                    probability(standard, seat),
                    reliability[seat][0],
                    atLeast(reliability[seat], reliability[seat][0]),
                    reliabilityShare[seat],
                    number);
        }

        /// Says of the seats what this step shows; whether another step follows.
        boolean decide(Found[] found) {
            if (seats.length < 2) {
                return false;
            }
            standsOut = largest(standard);
            if (!designs[standsOut].comparable()) {
                return false;
            }
            SeatResult.Test test = test(standsOut);
            if (test.p() > LEVEL) {
                int odd = largest(reliability);
                if (probability(reliability, odd) <= LEVEL) {
                    for (int seat : seats) {
                        if (seat == odd || seats.length == 2) {
                            found[seat] = new Found(GroupVerdict.NOT_SEPARABLE, test(seat));
                        }
                    }
                }
                return false;
            }
            boolean reliable = test.pReliability() <= LEVEL && test.reliabilityShare() >= RELIABILITY_SHARE;
            GroupVerdict verdict = reliable ? GroupVerdict.NOT_SEPARABLE : GroupVerdict.DIFFERS;
            for (int seat : seats) {
                if (seat == standsOut || seats.length == 2) {
                    found[seat] = new Found(verdict, test(seat));
                }
            }
            return seats.length > 2;
        }

        /// Sizes of all seats that can be compared, against all others.
        void size() {
            if (Arrays.stream(effects).allMatch(effect -> effect == null)) {
                return;
            }
            PolicyLoss loss = PolicyLoss.of(cells, population, lottery, seed, parallel);
            for (int seat : seats) {
                boolean same = twins() && seat == seats[1];
                if (same && designs[seat].comparable()) {
                    sizes[seat] = sizes[seats[0]];
                } else if (effects[seat] != null) {
                    double[] relabelled = Arrays.copyOfRange(statistic[seat], 1, relabellings + 1);
                    double[] of = effects[seat].sizes(relabelled);
                    sizes[seat] = new SeatResult.Size(loss.at(of[0]), loss.at(of[1]), loss.at(of[2]));
                }
            }
        }
    }
}
