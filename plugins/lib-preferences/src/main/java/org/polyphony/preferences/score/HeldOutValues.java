package org.polyphony.preferences.score;

import org.polyphony.preferences.Pairs;

/// What held-out judges think of every candidate, and so of every policy, each group on its own.
///
/// With S, N the score sum and number of comparisons of a candidate: b_all = (S_all + 1/2)/(N_all + 1) over
/// all judges, blank groups included; b_g = (S_g + 2 b_all)/(N_g + 2), then shifted by 1/2 − mean of b_g
/// over the item's candidates, so that the uniform policy is worth exactly one half to every group. A group
/// that said nothing agrees with everybody.
public final class HeldOutValues {
    private final double[][] everybody;
    private final double[][][] groups;

    private HeldOutValues(double[][] everybody, double[][][] groups) {
        this.everybody = everybody;
        this.groups = groups;
    }

    /// Values from the judgments of the judges held out; reweight the rows for a bootstrap of judges.
    public static HeldOutValues of(Pairs heldOut) {
        CandidateScores all = CandidateScores.of(heldOut, row -> true);
        double[][] everybody = new double[heldOut.items()][];
        for (int item = 0; item < everybody.length; item++) {
            everybody[item] = new double[heldOut.candidates(item)];
            for (int i = 0; i < everybody[item].length; i++) {
                everybody[item][i] = (all.score(item, i) + 0.5) / (all.comparisons(item, i) + 1);
            }
        }
        double[][][] groups = new double[heldOut.groups()][heldOut.items()][];
        for (int group = 0; group < groups.length; group++) {
            int wanted = group;
            CandidateScores own = CandidateScores.of(heldOut, row -> heldOut.group(row) == wanted);
            for (int item = 0; item < everybody.length; item++) {
                double[] values = new double[everybody[item].length];
                for (int i = 0; i < values.length; i++) {
                    values[i] = (own.score(item, i) + 2 * everybody[item][i]) / (own.comparisons(item, i) + 2);
                }
                groups[group][item] = centred(values);
            }
        }
        return new HeldOutValues(everybody, groups);
    }

    /// Value of each candidate to everybody, b_all, not centred.
    public double[] everybody(int item) {
        return everybody[item].clone();
    }

    /// Value of each candidate to a group, b_g, with mean one half.
    public double[] group(int group, int item) {
        return groups[group][item].clone();
    }

    /// U_g: mean over items of the policy's value to the group.
    ///
    /// @param policies `[item][candidate]`, each item's entries adding up to 1
    public double utility(int group, double[][] policies) {
        double sum = 0;
        for (int item = 0; item < everybody.length; item++) {
            double value = 0;
            for (int i = 0; i < policies[item].length; i++) {
                value += policies[item][i] * groups[group][item][i];
            }
            sum += value;
        }
        return sum / everybody.length;
    }

    /// U_g of every group.
    public double[] utilities(double[][] policies) {
        double[] utilities = new double[groups.length];
        for (int group = 0; group < utilities.length; group++) {
            utilities[group] = utility(group, policies);
        }
        return utilities;
    }

    /// The minimum over groups of the mean over items; never the mean of minima, which noise alone pushes
    /// down.
    public double worstOfMeans(double[][] policies) {
        return java.util.Arrays.stream(utilities(policies)).min().orElse(Double.NaN);
    }

    private static double[] centred(double[] values) {
        double shift = 0.5 - java.util.Arrays.stream(values).average().orElse(0.5);
        for (int i = 0; i < values.length; i++) {
            values[i] += shift;
        }
        return values;
    }
}
