package org.polyphony.preferences.group;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.polyphony.preferences.KeyedRandom;
import org.polyphony.preferences.Parallel;
import org.polyphony.preferences.Ties;
import org.polyphony.preferences.group.AgreementModel.AgreementCounts;
import org.polyphony.preferences.model.Logistic;
import org.polyphony.preferences.score.Interval;

/// How much better the votes of held-out participants are foretold when their group is known.
///
/// Participants are split into folds; the model of a fold is fitted to the others. Only decided votes
/// (agree, disagree) on the statements asked for, by people with a group, are scored. To be a claim about
/// people and not about the votes that the groups were found in, groups must come from other statements.
///
/// @param population log-loss of the population model, nats a vote
/// @param groups log-loss of the group model, nats a vote
/// @param gain the difference with its interval by bootstrap of participants
/// @param votes number of scored votes
public record AgreementGain(double population, double groups, Interval gain, int votes) {
    private static final String BOOTSTRAP = "participant-bootstrap";
    private static final String PLACEBO = "placebo-participants";

    /// How a gain is measured.
    ///
    /// @param ridge λ > 0 of the population's log-odds
    /// @param shrinkage λ_d > 0 of group deviations
    /// @param passes what training does with a pass
    /// @param draws draws of the bootstrap
    /// @param seed key of the bootstrap
    public record Options(double ridge, double shrinkage, Ties passes, int draws, long seed) {}

    /// The gain of one grouping of participants.
    ///
    /// @param statements the statements scored
    /// @param group group of every participant, or [OpinionGroups#NONE]
    /// @param fold fold of every participant, in [0, folds)
    public static AgreementGain of(
            VoteMatrix votes, int[] statements, int[] group, int[] fold, int folds, Options options) {
        double[] saved = new double[votes.participants()];
        double[] scored = new double[votes.participants()];
        double lossOfPopulation = 0;
        double lossOfGroups = 0;
        int count = 0;
        int groups = Math.max(0, Arrays.stream(group).max().orElse(-1) + 1);
        for (int held = 0; held < folds; held++) {
            AgreementCounts all = AgreementCounts.none(statements.length);
            AgreementCounts[] own = new AgreementCounts[groups];
            Arrays.setAll(own, g -> AgreementCounts.none(statements.length));
            for (int person = 0; person < votes.participants(); person++) {
                for (int s = 0; fold[person] != held && s < statements.length; s++) {
                    byte vote = votes.vote(person, statements[s]);
                    all.add(s, vote, 1, options.passes());
                    if (group[person] != OpinionGroups.NONE) {
                        own[group[person]].add(s, vote, 1, options.passes());
                    }
                }
            }
            AgreementModel model = AgreementModel.fit(all, own, options.ridge(), options.shrinkage());
            for (int person = 0; person < votes.participants(); person++) {
                for (int s = 0; fold[person] == held && group[person] >= 0 && s < statements.length; s++) {
                    byte vote = votes.vote(person, statements[s]);
                    if (vote == VoteMatrix.AGREE || vote == VoteMatrix.DISAGREE) {
                        double without = -Logistic.logSigmoid(vote * model.logit(OpinionGroups.NONE, s));
                        double with = -Logistic.logSigmoid(vote * model.logit(group[person], s));
                        lossOfPopulation += without;
                        lossOfGroups += with;
                        saved[person] += without - with;
                        scored[person]++;
                        count++;
                    }
                }
            }
        }
        return new AgreementGain(
                lossOfPopulation / count, lossOfGroups / count, interval(saved, scored, options), count);
    }

    /// The strength of the grid that saves held-out participants most, or infinity where none saves anything.
    public static double chooseShrinkage(
            VoteMatrix votes,
            int[] statements,
            int[] group,
            int[] fold,
            int folds,
            double ridge,
            Ties passes,
            List<Double> grid,
            Parallel parallel) {
        List<Double> gains = parallel.map(
                grid.size(),
                k -> of(votes, statements, group, fold, folds, new Options(ridge, grid.get(k), passes, 1, 0))
                        .gain()
                        .value());
        double best = 0;
        double chosen = Double.POSITIVE_INFINITY;
        for (int k = 0; k < gains.size(); k++) {
            if (gains.get(k) > best) {
                best = gains.get(k);
                chosen = grid.get(k);
            }
        }
        return chosen;
    }

    /// A relabelling of the participants that keeps group sizes: labels change places between people who
    /// gave about as many votes (1, 2, 3-4, 5-8, …) on the statements.
    public static int[] permuted(VoteMatrix votes, int[] statements, int[] group, long seed, long draw) {
        SplittableRandom random = KeyedRandom.of(seed, PLACEBO, draw);
        int[] permuted = group.clone();
        int[] stratum = new int[group.length];
        for (int person = 0; person < group.length; person++) {
            int given = 0;
            for (int statement : statements) {
                given += votes.seen(person, statement) ? 1 : 0;
            }
            stratum[person] = group[person] == OpinionGroups.NONE
                    ? -1
                    : Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(0, given - 1));
        }
        for (int s = 0; s <= Integer.SIZE; s++) {
            int wanted = s;
            int[] people = java.util.stream.IntStream.range(0, group.length)
                    .filter(person -> stratum[person] == wanted)
                    .toArray();
            for (int last = people.length - 1; last > 0; last--) {
                int other = random.nextInt(last + 1);
                int kept = permuted[people[last]];
                permuted[people[last]] = permuted[people[other]];
                permuted[people[other]] = kept;
            }
        }
        return permuted;
    }

    private static Interval interval(double[] saved, double[] scored, Options options) {
        int[] people = java.util.stream.IntStream.range(0, saved.length)
                .filter(person -> scored[person] > 0)
                .toArray();
        double[] drawn = new double[people.length == 0 ? 0 : options.draws()];
        for (int draw = 0; draw < drawn.length; draw++) {
            SplittableRandom random = KeyedRandom.of(options.seed(), BOOTSTRAP, draw);
            double gain = 0;
            double weight = 0;
            for (int k = 0; k < people.length; k++) {
                int person = people[random.nextInt(people.length)];
                gain += saved[person];
                weight += scored[person];
            }
            drawn[draw] = gain / weight;
        }
        return Interval.of95(Arrays.stream(saved).sum() / Arrays.stream(scored).sum(), drawn);
    }
}
