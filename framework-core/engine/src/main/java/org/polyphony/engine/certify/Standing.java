package org.polyphony.engine.certify;

import org.polyphony.spi.alignment.CertifiedSolution;
import org.polyphony.verify.Certifiers;

/// What is known of one policy of one item. Decided by the engine alone; what an algorithm says of itself
/// (`converged`) stands beside it.
public enum Standing {
    /// The verifier proved that it solves its formulation's game, within [Certificate#tolerance(double)] at
    /// the solution's tau.
    CERTIFIED,
    /// A policy that respects the mask, and nothing more is proved: voting rules, baselines, formulations
    /// without a certifier, policies fitted as a function of features, policies about items their fit has not
    /// seen, and runs that say themselves that they stopped early.
    VALID,
    /// There is no policy: no candidate may be played, or the plugin broke its contract here.
    REFUSED,
    /// There is no policy, because what the algorithm answered was not what it claimed: it said that it had
    /// converged and the verifier found otherwise, or it refused an item that has candidates to play.
    REJECTED;

    /// The standing of game `n`, counted through all buckets.
    ///
    /// @param solution as [Certification] returned it: what it held back is marked as refused there, and
    ///     `accepted` tells a refusal that is right from a result that was rejected
    public static Standing of(CertifiedSolution solution, int n) {
        boolean accepted = solution.certificate(n).accepted();
        if (solution.solution().solution(n).refused()) {
            return accepted ? REFUSED : REJECTED;
        }
        boolean provable = Certifiers.of(solution.formulation()).isPresent()
                && solution.leftOut().isEmpty();
        return provable && accepted ? CERTIFIED : VALID;
    }

    /// How many items have this standing.
    public int count(CertifiedSolution solution) {
        int count = 0;
        for (int n = 0; n < solution.solution().count(); n++) {
            count += of(solution, n) == this ? 1 : 0;
        }
        return count;
    }

    /// Whether there is a policy that may be shown.
    public boolean published() {
        return this == CERTIFIED || this == VALID;
    }
}
