package org.polyphony.preferences.score;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.polyphony.preferences.Pairs;

/// How often people who compared the same two candidates said the same: of a judgment drawn at random, the share of
/// the other judges of its pair who gave the same answer (the one, the other, a tie), in whatever order it was shown.
/// A judgment that nobody else made says nothing, and nobody is compared with herself, however often she is drawn.
public final class PairAgreement {

    private static final int ANSWERS = 3;

    private final Pairs pairs;
    /// rows by pair, then by judge and group
    private final int[] rows;

    private PairAgreement(Pairs pairs, int[] rows) {
        this.pairs = pairs;
        this.rows = rows;
    }

    /// The agreement of these comparisons.
    public static PairAgreement of(Pairs pairs) {
        int[] rows = IntStream.range(0, pairs.size())
                .boxed()
                .sorted(Comparator.<Integer>comparingInt(pairs::pair)
                        .thenComparingInt(pairs::judge)
                        .thenComparingInt(pairs::group))
                .mapToInt(Integer::intValue)
                .toArray();
        return new PairAgreement(pairs, rows);
    }

    /// Shares of agreement.
    ///
    /// @param within of each group, among its own judges
    /// @param everyone among all judges, those without a group included
    /// @param between of judges of two different groups
    /// @param pairs how many pairs were compared by two judges or more
    public record Shares(double[] within, double everyone, double between, int pairs) {}

    /// The shares; NaN where nobody can be compared.
    ///
    /// @param weightOfJudge how often each judge counts
    public Shares shares(double[] weightOfJudge) {
        Sums sums = new Sums(pairs.groups());
        int from = 0;
        for (int at = 1; at <= rows.length; at++) {
            if (at == rows.length || pairs.pair(rows[at]) != pairs.pair(rows[from])) {
                sums.add(from, at, weightOfJudge);
                from = at;
            }
        }
        return sums.shares();
    }

    private static int answer(Pairs pairs, int row) {
        double one = pairs.first(row) < pairs.second(row) ? pairs.outcome(row) : 1 - pairs.outcome(row);
        return one > 0.5 ? 0 : one < 0.5 ? 1 : 2;
    }

    private final class Sums {
        // the last group stands for judges without one
        private final double[][] answers;
        private final double[][] own;
        private final double[] agree;
        private final double[] counted;
        private double agreeAll;
        private double countedAll;
        private double agreeBetween;
        private double countedBetween;
        private int compared;

        Sums(int groups) {
            answers = new double[groups + 1][ANSWERS];
            own = new double[groups + 1][2];
            agree = new double[groups];
            counted = new double[groups];
        }

        void add(int from, int to, double[] weightOfJudge) {
            for (int g = 0; g < answers.length; g++) {
                Arrays.fill(answers[g], 0);
                Arrays.fill(own[g], 0);
            }
            double[] judge = new double[ANSWERS];
            for (int at = from; at < to; at++) {
                int row = rows[at];
                int group = pairs.group(row) == Pairs.NO_GROUP ? answers.length - 1 : pairs.group(row);
                double weight = weightOfJudge[pairs.judge(row)] * pairs.weight(row);
                judge[answer(pairs, row)] += weight;
                answers[group][answer(pairs, row)] += weight;
                boolean last = at + 1 == to
                        || pairs.judge(rows[at + 1]) != pairs.judge(row)
                        || pairs.group(rows[at + 1]) != pairs.group(row);
                if (last) {
                    own[group][0] += squares(judge);
                    own[group][1] += square(sum(judge));
                    Arrays.fill(judge, 0);
                }
            }
            close();
        }

        private void close() {
            double[] all = new double[ANSWERS];
            double[] seated = new double[ANSWERS];
            double ownAgree = 0;
            double ownCounted = 0;
            double withinAgree = 0;
            double withinCounted = 0;
            for (int g = 0; g < answers.length; g++) {
                double same = squares(answers[g]) - own[g][0];
                double both = square(sum(answers[g])) - own[g][1];
                ownAgree += own[g][0];
                ownCounted += own[g][1];
                for (int a = 0; a < ANSWERS; a++) {
                    all[a] += answers[g][a];
                    seated[a] += g + 1 < answers.length ? answers[g][a] : 0;
                }
                if (g + 1 < answers.length) {
                    withinAgree += squares(answers[g]);
                    withinCounted += square(sum(answers[g]));
                    if (positive(both, sum(answers[g]))) {
                        agree[g] += sum(answers[g]) * same / both;
                        counted[g] += sum(answers[g]);
                    }
                }
            }
            double both = square(sum(all)) - ownCounted;
            if (positive(both, sum(all))) {
                agreeAll += sum(all) * (squares(all) - ownAgree) / both;
                countedAll += sum(all);
                compared++;
            }
            double between = square(sum(seated)) - withinCounted;
            if (positive(between, sum(seated))) {
                agreeBetween += sum(seated) * (squares(seated) - withinAgree) / between;
                countedBetween += sum(seated);
            }
        }

        Shares shares() {
            double[] within = new double[agree.length];
            Arrays.setAll(within, g -> agree[g] / counted[g]);
            return new Shares(within, agreeAll / countedAll, agreeBetween / countedBetween, compared);
        }
    }

    // differences of squares of sums: what is left by rounding is nothing
    private static boolean positive(double difference, double sum) {
        return difference > 1e-9 * square(sum);
    }

    private static double sum(double[] of) {
        return of[0] + of[1] + of[2];
    }

    private static double squares(double[] of) {
        return square(of[0]) + square(of[1]) + square(of[2]);
    }

    private static double square(double of) {
        return of * of;
    }
}
