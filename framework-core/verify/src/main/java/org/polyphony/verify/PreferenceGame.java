package org.polyphony.verify;

import java.util.Arrays;

/// The game a certificate speaks of: who prefers what, whose voice counts how much, and which candidates play.
///
/// Values are copied in and never change. Only the *shapes* are checked here (a wrong length is a programming error);
/// bad *values* are the verifier's business, which reports them as [Violation]s.
public final class PreferenceGame {

    private final int stakeholders;
    private final int candidates;
    private final double[] preferences;
    private final double[] weights;
    private final double[] reference;
    private final boolean[] allowed;

    private PreferenceGame(
            int stakeholders,
            int candidates,
            double[] preferences,
            double[] weights,
            double[] reference,
            boolean[] allowed) {
        this.stakeholders = stakeholders;
        this.candidates = candidates;
        this.preferences = preferences;
        this.weights = weights;
        this.reference = reference;
        this.allowed = allowed;
    }

    /// A game of equal weights, uniform reference and every candidate allowed.
    ///
    /// @param stakeholders S, at least 1
    /// @param candidates K, at least 1
    /// @param preferences P, shape (S, K, K), row-major: the probability that s prefers candidate i to j
    public static PreferenceGame of(int stakeholders, int candidates, double[] preferences) {
        if (stakeholders < 1 || candidates < 1) {
            throw new IllegalArgumentException(
                    "a game needs at least 1 stakeholder and 1 candidate, got " + stakeholders + " and " + candidates);
        }
        requireLength("preferences", preferences.length, (long) stakeholders * candidates * candidates);
        var allowed = new boolean[candidates];
        Arrays.fill(allowed, true);
        return new PreferenceGame(
                stakeholders, candidates, preferences.clone(), uniform(stakeholders), uniform(candidates), allowed);
    }

    /// The same from nested arrays, shape (S, K, K).
    public static PreferenceGame of(double[][][] preferences) {
        int s = preferences.length;
        int k = s == 0 ? 0 : preferences[0].length;
        var flat = new double[s * k * k];
        int at = 0;
        for (double[][] matrix : preferences) {
            requireLength("rows of a stakeholder", matrix.length, k);
            for (double[] row : matrix) {
                requireLength("a row", row.length, k);
                System.arraycopy(row, 0, flat, at, k);
                at += k;
            }
        }
        return of(s, k, flat);
    }

    /// The same game with other stakeholder weights, shape (S): non-negative, summing to 1.
    public PreferenceGame withWeights(double... newWeights) {
        requireLength("weights", newWeights.length, stakeholders);
        return new PreferenceGame(stakeholders, candidates, preferences, newWeights.clone(), reference, allowed);
    }

    /// The same game with another reference policy μ, shape (K).
    ///
    /// The masses need not sum to 1: the reference is what they are proportional to *among the allowed candidates*.
    public PreferenceGame withReference(double... newReference) {
        requireLength("reference", newReference.length, candidates);
        return new PreferenceGame(stakeholders, candidates, preferences, weights, newReference.clone(), allowed);
    }

    /// The same game with only these candidates playing, shape (K).
    public PreferenceGame withAllowed(boolean... newAllowed) {
        requireLength("allowed", newAllowed.length, candidates);
        return new PreferenceGame(stakeholders, candidates, preferences, weights, reference, newAllowed.clone());
    }

    /// S, the number of stakeholders.
    public int stakeholders() {
        return stakeholders;
    }

    /// K, the number of candidates, allowed or not.
    public int candidates() {
        return candidates;
    }

    /// The probability that a stakeholder prefers candidate i to candidate j.
    public double preference(int stakeholder, int i, int j) {
        return preferences[(stakeholder * candidates + i) * candidates + j];
    }

    /// The weight of a stakeholder in the population.
    public double weight(int stakeholder) {
        return weights[stakeholder];
    }

    /// The mass of a candidate under the reference, as given.
    public double reference(int candidate) {
        return reference[candidate];
    }

    /// Whether a candidate may be answered with.
    public boolean allowed(int candidate) {
        return allowed[candidate];
    }

    private static void requireLength(String what, long got, long wanted) {
        if (got != wanted) {
            throw new IllegalArgumentException("length of " + what + " is " + got + ", expected " + wanted);
        }
    }

    private static double[] uniform(int n) {
        var values = new double[n];
        Arrays.fill(values, 1.0 / n);
        return values;
    }
}
