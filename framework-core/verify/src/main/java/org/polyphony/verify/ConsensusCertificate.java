package org.polyphony.verify;

import java.util.List;

/// The certificate of the `consensus` game: one policy that leaves every stakeholder as little to gain as possible.
///
/// @param epsilon ε = max_s max_i (A_s π)_i over the allowed candidates
/// @param dualBound min_j Σ_{s,i} ν_{s,i} A_s[i,j] over the allowed candidates: no policy reaches a smaller ε. Without
///     duals it is 0, which always holds
/// @param gap ε - `dualBound`: how far the policy may be from the best one; zero proves the optimum
/// @param deployment what the policy means to each stakeholder
/// @param violations why the result is rejected
public record ConsensusCertificate(
        double epsilon, double dualBound, double gap, Deployment deployment, List<Violation> violations)
        implements Certificate {

    public ConsensusCertificate {
        violations = List.copyOf(violations);
    }

    /// The gap between primal and dual.
    @Override
    public double residual() {
        return gap;
    }
}
