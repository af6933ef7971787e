package org.polyphony.preferences.group;

import org.polyphony.preferences.Ties;
import org.polyphony.preferences.model.Logistic;
import org.polyphony.preferences.model.Strengths;
import org.polyphony.preferences.model.StrengthsModel;

/// How likely the population and each group agree with each statement; groups deviate from the population
/// with a ridge.
///
/// ln odds of agreement = θ_s for the population and θ_s + δ_gs for a group: the vote form of Bradley-Terry
/// with shrunk groups.
/// **As a preference game** the statements are the candidates: of two statements of which somebody, judging
/// each on its own, agrees with exactly one, it is i rather than j with odds [p_i(1−p_j)] / [(1−p_i)p_j],
/// so P[g, i, j] = σ(θ_gi − θ_gj).
public final class AgreementModel {
    private static final int MAX_ITERATIONS = 100;

    private final double[] population;
    private final double[][] groups;
    private final double[] populationVariance;
    private final double[][] groupVariance;

    private AgreementModel(
            double[] population, double[][] groups, double[] populationVariance, double[][] groupVariance) {
        this.population = population;
        this.groups = groups;
        this.populationVariance = populationVariance;
        this.groupVariance = groupVariance;
    }

    /// Fits the model to weighted counts of votes.
    ///
    /// @param votes counts of everybody, those without a group included
    /// @param groups counts of each group
    /// @param ridge λ > 0 on θ
    /// @param shrinkage λ_d > 0 on δ; infinite means that groups are the population
    public static AgreementModel fit(AgreementCounts votes, AgreementCounts[] groups, double ridge, double shrinkage) {
        if (!(ridge > 0) || !(shrinkage > 0)) {
            throw new IllegalArgumentException("ridge " + ridge + " and shrinkage " + shrinkage + " must be positive");
        }
        int n = votes.statements();
        double[] population = new double[n];
        double[] populationVariance = new double[n];
        double[][] shifted = new double[groups.length][n];
        double[][] groupVariance = new double[groups.length][n];
        for (int s = 0; s < n; s++) {
            population[s] = logOdds(votes.agree(s), votes.disagree(s), ridge, 0);
            populationVariance[s] = 1 / (information(votes, s, population[s]) + ridge);
            for (int g = 0; g < groups.length; g++) {
                if (shrinkage == Double.POSITIVE_INFINITY) {
                    shifted[g][s] = population[s];
                    groupVariance[g][s] = populationVariance[s];
                    continue;
                }
                shifted[g][s] = logOdds(groups[g].agree(s), groups[g].disagree(s), shrinkage, population[s]);
                // the law of total variance, as for Bradley-Terry: own precision, and what the population's
                // uncertainty leaves
                double own = 1 / (information(groups[g], s, shifted[g][s]) + shrinkage);
                double carried = shrinkage * own;
                groupVariance[g][s] = own + carried * carried * populationVariance[s];
            }
        }
        return new AgreementModel(population, shifted, populationVariance, groupVariance);
    }

    /// Log-odds that a member of the group agrees with the statement; [OpinionGroups#NONE] is the population.
    public double logit(int group, int statement) {
        return group == OpinionGroups.NONE ? population[statement] : groups[group][statement];
    }

    /// Variance of [#logit] in the Laplace approximation.
    public double variance(int group, int statement) {
        return group == OpinionGroups.NONE ? populationVariance[statement] : groupVariance[group][statement];
    }

    /// The preferences among statements that the model implies, the whole conversation being one item.
    public StrengthsModel preferences() {
        Strengths[][] strengths = new Strengths[groups.length][];
        for (int g = 0; g < groups.length; g++) {
            strengths[g] = new Strengths[] {Strengths.of(groups[g].clone())};
        }
        return new StrengthsModel(new Strengths[] {Strengths.of(population.clone())}, strengths);
    }

    private static double information(AgreementCounts counts, int s, double theta) {
        double p = Logistic.sigmoid(theta);
        return (counts.agree(s) + counts.disagree(s)) * p * (1 - p);
    }

    /// Minimises −agree · ln σ(θ) − disagree · ln σ(−θ) + λ/2 (θ − c)², which is strictly convex.
    static double logOdds(double agree, double disagree, double ridge, double centre) {
        double theta = centre;
        for (int iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
            double p = Logistic.sigmoid(theta);
            double gradient = (agree + disagree) * p - agree + ridge * (theta - centre);
            double curvature = (agree + disagree) * p * (1 - p) + ridge;
            // a longer step could leave the region where the quadratic model descends; shorter ones always do
            double step = Math.clamp(gradient / curvature, -1, 1);
            theta -= step;
            if (Math.abs(step) < 1e-10) {
                break;
            }
        }
        return theta;
    }

    /// Weighted agreements and disagreements of every statement.
    public record AgreementCounts(double[] agrees, double[] disagrees) {
        /// No votes on any of `statements` statements.
        public static AgreementCounts none(int statements) {
            return new AgreementCounts(new double[statements], new double[statements]);
        }

        /// Adds a vote; a pass is nothing or half of both.
        public void add(int statement, byte vote, double weight, Ties passes) {
            switch (vote) {
                case VoteMatrix.AGREE -> agrees[statement] += weight;
                case VoteMatrix.DISAGREE -> disagrees[statement] += weight;
                case VoteMatrix.PASS -> {
                    if (passes == Ties.HALF) {
                        agrees[statement] += weight / 2;
                        disagrees[statement] += weight / 2;
                    }
                }
                default -> {}
            }
        }

        int statements() {
            return agrees.length;
        }

        double agree(int statement) {
            return agrees[statement];
        }

        double disagree(int statement) {
            return disagrees[statement];
        }
    }
}
