package org.polyphony.preferences.model;

import org.polyphony.preferences.Pairs;

/// Strengths of the population and of every group about every item.
///
/// A group that was never seen about an item has the population's strengths there.
public final class StrengthsModel implements PreferenceModel {
    private final Strengths[] population;
    private final Strengths[][] groups;

    /// @param population strengths of every item
    /// @param groups `[group][item]`; empty when only the population is modelled, which then answers for
    ///        every group
    public StrengthsModel(Strengths[] population, Strengths[][] groups) {
        for (Strengths[] group : groups) {
            if (group.length != population.length) {
                throw new IllegalArgumentException(
                        "a group has strengths of " + group.length + " items, the population of " + population.length);
            }
        }
        this.population = population.clone();
        this.groups = new Strengths[groups.length][];
        for (int g = 0; g < groups.length; g++) {
            this.groups[g] = groups[g].clone();
        }
    }

    @Override
    public double probability(int item, int group, int first, int second) {
        return Logistic.sigmoid(strengths(item, group).logit(first, second));
    }

    /// The strengths of a group about an item; [Pairs#NO_GROUP] is the population.
    public Strengths strengths(int item, int group) {
        return group == Pairs.NO_GROUP || groups.length == 0 ? population[item] : groups[group][item];
    }

    /// Number of items.
    public int items() {
        return population.length;
    }

    /// Number of groups with strengths of their own.
    public int groups() {
        return groups.length;
    }

    /// P [S, K, K] of an item, one matrix a group in group order; only the population's where there are no
    /// groups.
    public double[] tensor(int item) {
        int seats = Math.max(groups.length, 1);
        int k = population[item].candidates();
        double[] tensor = new double[seats * k * k];
        for (int s = 0; s < seats; s++) {
            int group = groups.length == 0 ? Pairs.NO_GROUP : s;
            System.arraycopy(strengths(item, group).matrix(), 0, tensor, s * k * k, k * k);
        }
        return tensor;
    }
}
