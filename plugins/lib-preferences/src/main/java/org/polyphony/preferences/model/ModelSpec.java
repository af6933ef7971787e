package org.polyphony.preferences.model;

import org.polyphony.preferences.Pairs;
import org.polyphony.preferences.Parallel;
import org.polyphony.preferences.Ties;

/// A preference model not yet fitted: its kind and its strengths of regularisation.
@FunctionalInterface
public interface ModelSpec {
    /// The ridge of population models in the reference procedure.
    double POPULATION_RIDGE = 0.3;

    /// Fits the model to all rows, blank groups included; items are fitted in `parallel`.
    PreferenceModel fit(Pairs training, Parallel parallel);

    /// One Bradley-Terry model of everybody.
    ///
    /// @param ridge λ > 0 on the utilities
    record Population(double ridge, Ties ties) implements ModelSpec {
        /// Refuses a ridge that is not positive.
        public Population {
            BradleyTerry.requireRidge(ridge);
        }

        @Override
        public StrengthsModel fit(Pairs training, Parallel parallel) {
            return new StrengthsModel(population(WinCounts.of(training, ties), ridge, parallel), new Strengths[0][]);
        }
    }

    /// A Bradley-Terry model of each group's judgments alone, with a ridge to zero; the population's is fitted
    /// with the same ridge.
    ///
    /// @param ridge λ > 0 on the utilities
    record GroupsAlone(double ridge, Ties ties) implements ModelSpec {
        /// Refuses a ridge that is not positive.
        public GroupsAlone {
            BradleyTerry.requireRidge(ridge);
        }

        @Override
        public StrengthsModel fit(Pairs training, Parallel parallel) {
            WinCounts[][] counts = WinCounts.byGroup(training, ties);
            Strengths[][] groups = new Strengths[counts.length][];
            for (int g = 0; g < counts.length; g++) {
                groups[g] = population(counts[g], ridge, parallel);
            }
            return new StrengthsModel(population(WinCounts.of(training, ties), ridge, parallel), groups);
        }
    }

    /// Groups as deviations from the population: θ_g = θ_pop + δ_g, δ_g with a ridge of its own, θ_pop fixed.
    ///
    /// @param ridge λ > 0 on the population's utilities
    /// @param shrinkage λ_d > 0 on δ; infinite means that groups are the population
    record ShrunkGroups(double ridge, double shrinkage, Ties ties) implements ModelSpec {
        /// Refuses strengths that are not positive.
        public ShrunkGroups {
            BradleyTerry.requireRidge(ridge);
            requireShrinkage(shrinkage);
        }

        @Override
        public StrengthsModel fit(Pairs training, Parallel parallel) {
            Strengths[] everybody = population(WinCounts.of(training, ties), ridge, parallel);
            return new StrengthsModel(
                    everybody, shrunk(everybody, WinCounts.byGroup(training, ties), shrinkage, parallel));
        }
    }

    /// Utilities and planes of circular preference, groups as deviations from the population's utilities and
    /// planes.
    ///
    /// @param planes number of planes, at least 1
    /// @param ridge λ > 0 on the population's utilities
    /// @param planeRidge λ > 0 on the population's planes; the strength that decides whether a cycle is
    ///        believed
    /// @param shrinkage λ_d > 0 on a group's deviations; infinite means that groups are the population
    record SkewBilinear(int planes, double ridge, double planeRidge, double shrinkage, Ties ties) implements ModelSpec {
        /// Refuses strengths that are not positive.
        public SkewBilinear {
            if (planes < 1) {
                throw new IllegalArgumentException("a cycle-capable model needs at least one plane, not " + planes);
            }
            BradleyTerry.requireRidge(ridge);
            BradleyTerry.requireRidge(planeRidge);
            requireShrinkage(shrinkage);
        }

        @Override
        public StrengthsModel fit(Pairs training, Parallel parallel) {
            return SkewBilinearFit.fit(training, this, parallel);
        }
    }

    /// Bradley-Terry strengths of every item from its counts.
    static Strengths[] population(WinCounts[] counts, double ridge, Parallel parallel) {
        return parallel.map(counts.length, item -> Strengths.of(BradleyTerry.fit(counts[item], ridge)))
                .toArray(Strengths[]::new);
    }

    /// Strengths `[group][item]` shrunk towards the population's, from counts `[group][item]`.
    static Strengths[][] shrunk(Strengths[] population, WinCounts[][] counts, double shrinkage, Parallel parallel) {
        int items = population.length;
        java.util.List<Strengths> fitted = parallel.map(counts.length * items, index -> {
            double[] centre = population[index % items].theta();
            return shrinkage == Double.POSITIVE_INFINITY
                    ? population[index % items]
                    : Strengths.of(BradleyTerry.fit(counts[index / items][index % items], shrinkage, centre, centre));
        });
        Strengths[][] groups = new Strengths[counts.length][];
        for (int g = 0; g < groups.length; g++) {
            groups[g] = fitted.subList(g * items, (g + 1) * items).toArray(Strengths[]::new);
        }
        return groups;
    }

    private static void requireShrinkage(double shrinkage) {
        if (!(shrinkage > 0)) {
            throw new IllegalArgumentException("shrinkage " + shrinkage + " is not positive");
        }
    }
}
