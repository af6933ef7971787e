package org.polyphony.games.parametric;

import java.util.ArrayList;
import java.util.List;
import org.polyphony.games.AllowedCandidates;
import org.polyphony.games.LogPolicies;

/// A fitted policy π_θ(y) ∝ μ(y) exp(f_θ(z(y)) / temperature), or the weighted mixture of several, one per
/// stakeholder. It answers any candidates with the features it was fitted on. Immutable; the arrays are
/// its own.
///
/// @param function f
/// @param standardisation from features to z
/// @param heads θ of each policy: one, or one per stakeholder
/// @param weights share of each head in the mixture, summing to one, shape (heads)
/// @param temperature what f is divided by: 1 is the policy as fitted, below 1 it sharpens; the reference
///     is not divided
public record ParametricPolicy(
        ScoreFunction function,
        Standardisation standardisation,
        List<double[]> heads,
        double[] weights,
        double temperature) {

    /// Refuses parts that do not fit each other.
    public ParametricPolicy {
        heads = List.copyOf(heads);
        if (standardisation.features() != function.features()) {
            throw new IllegalArgumentException("f takes " + function.features() + " features, "
                    + standardisation.features() + " are standardised");
        }
        if (heads.isEmpty() || heads.size() != weights.length) {
            throw new IllegalArgumentException(
                    heads.size() + " heads and " + weights.length + " weights; at least one, and as many of each");
        }
        for (double[] theta : heads) {
            if (theta.length != function.parameters()) {
                throw new IllegalArgumentException(
                        "a head has " + theta.length + " parameters, f needs " + function.parameters());
            }
            for (double value : theta) {
                require(Double.isFinite(value), "a parameter", value);
            }
        }
        for (double weight : weights) {
            require(weight >= 0 && Double.isFinite(weight), "a weight", weight);
        }
        require(temperature > 0 && Double.isFinite(temperature), "the temperature", temperature);
    }

    /// The policy that is deployed: log-probabilities, −∞ for candidates that are not allowed, all −∞
    /// where none is.
    ///
    /// @param phi features of all K candidates, those not allowed included, shape (K, D)
    /// @param logReference log μ up to a constant, shape (K); finite where allowed
    public double[] logPolicy(double[] phi, AllowedCandidates allowed, double[] logReference) {
        var each = logPolicies(phi, allowed, logReference);
        if (each.size() == 1 || allowed.isEmpty()) {
            return each.getFirst();
        }
        var mixed = new double[allowed.size()];
        var terms = new double[each.size()];
        for (int i = 0; i < mixed.length; i++) {
            boolean some = false;
            for (int s = 0; s < terms.length; s++) {
                terms[s] = Math.log(weights[s]) + each.get(s)[i];
                some |= terms[s] > Double.NEGATIVE_INFINITY;
            }
            mixed[i] = some ? LogPolicies.logSumExp(terms, 0, terms.length) : Double.NEGATIVE_INFINITY;
        }
        return mixed;
    }

    /// The policy of each head, as [#logPolicy].
    public List<double[]> logPolicies(double[] phi, AllowedCandidates allowed, double[] logReference) {
        int d = function.features();
        int n = allowed.count();
        var playing = new double[n * d];
        for (int i = 0; i < n; i++) {
            System.arraycopy(phi, allowed.index(i) * d, playing, i * d, d);
        }
        double[] z = standardisation.apply(playing);
        double[] reference = allowed.restrict(logReference);
        var policies = new ArrayList<double[]>();
        for (double[] theta : heads) {
            double[] logits = function.scores(theta, z);
            for (int i = 0; i < n; i++) {
                logits[i] = reference[i] + logits[i] / temperature;
            }
            if (n > 0) {
                LogPolicies.normalise(logits, 0, n);
            }
            policies.add(allowed.expand(logits, Double.NEGATIVE_INFINITY));
        }
        return policies;
    }

    private static void require(boolean holds, String what, double value) {
        if (!holds) {
            throw new IllegalArgumentException(what + " is " + value);
        }
    }
}
