package org.polyphony.verify;

import java.util.List;

/// What an algorithm says solves a game, with the evidence it gives.
///
/// @param policy π, shape (K): what is deployed
/// @param tau temperature τ, in units of preference probability per nat; 0 where the game is not regularised
/// @param profile π_s, shape (S, K); empty without one
/// @param duals ν, shape (S, K) a level; empty without any
public record Claim(double[] policy, double tau, double[][] profile, List<double[][]> duals) {

    public Claim {
        duals = List.copyOf(duals);
    }

    /// A policy of the game without regularisation.
    public static Claim of(double... policy) {
        return new Claim(policy, 0, new double[0][], List.of());
    }

    /// The same in the game regularised at this temperature.
    public Claim atTau(double temperature) {
        return new Claim(policy, temperature, profile, duals);
    }

    /// The same with one policy per stakeholder.
    public Claim withProfile(double[]... policies) {
        return new Claim(policy, tau, policies, duals);
    }

    /// The same with duals, level by level.
    public Claim withDuals(List<double[][]> levels) {
        return new Claim(policy, tau, profile, levels);
    }

    /// ν where there is one level; no rows without duals, which is no distribution.
    double[][] nu() {
        return duals.isEmpty() ? new double[0][] : duals.getFirst();
    }
}
