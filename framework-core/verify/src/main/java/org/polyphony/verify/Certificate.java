package org.polyphony.verify;

import java.util.ArrayList;
import java.util.List;

/// What the verifier found: numbers if the input was valid, otherwise the reasons why it was not.
///
/// All numbers of a rejected certificate are NaN, so that no comparison with them can succeed. Slightly
/// negative residuals (about -1e-16) are rounding; they are reported as they are.
public sealed interface Certificate
        permits PopulationCertificate,
                StakeholderCertificate,
                ConsensusCertificate,
                BargainingCertificate,
                MaxMinCertificate,
                LeximinCertificate,
                GroupRobustCertificate {

    /// Bound on the rounding error of every residual at a temperature of 1 or below; see [#rounding()].
    double ROUNDING = 1e-14;

    /// How far a solver's own residual may lie below the verified one before that contradicts its claim.
    double CLAIM_SLACK = 1e-9;

    /// Why the result is rejected; empty if it is a policy of this game.
    List<Violation> violations();

    /// The one number that is zero exactly at a solution of the game this certificate is about.
    double residual();

    /// What the policy that would be served means to each stakeholder.
    Deployment deployment();

    /// Whether the input was a policy (or profile) of the game at all.
    default boolean valid() {
        return violations().isEmpty();
    }

    /// Bound on the rounding error of [#residual()]; a logarithm's error is multiplied by the temperature.
    default double rounding() {
        return ROUNDING;
    }

    /// Whether the residual is proved to be at most `tolerance`, rounding included.
    ///
    /// A result whose exact residual exceeds the tolerance is never accepted; one within twice
    /// [#rounding()] below it may be turned down. A tolerance below [#rounding()] proves nothing.
    default boolean proves(double tolerance) {
        return valid() && residual() + rounding() <= tolerance;
    }

    /// What in a claim these numbers contradict; the certificate's own violations come first.
    default List<Violation> check(Claim claim) {
        var found = new ArrayList<>(violations());
        if (claim.converged() && !proves(claim.tolerance())) {
            found.add(new Violation(
                    Violation.Kind.CLAIM,
                    "claimed to have converged to " + claim.tolerance() + ", but the verified residual is " + residual()
                            + "; raise the iteration limit, or do not claim convergence"));
        }
        if (claim.residual().isPresent() && !(claim.residual().getAsDouble() >= residual() - CLAIM_SLACK)) {
            found.add(new Violation(
                    Violation.Kind.CLAIM,
                    "claimed a residual of " + claim.residual().getAsDouble() + ", but the verified one is "
                            + residual() + "; check that both speak of the same game, mask and temperature"));
        }
        return List.copyOf(found);
    }
}
