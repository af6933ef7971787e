package org.polyphony.verify;

import java.util.OptionalDouble;

/// What a solver says about its own result.
///
/// @param converged whether it says that it reached its tolerance
/// @param tolerance the largest residual it calls converged; ignored unless `converged`
/// @param residual the residual it reports, if it reports one (see [Certificate#residual()])
public record Claim(boolean converged, double tolerance, OptionalDouble residual) {

    /// A claim to have converged to a tolerance.
    public static Claim converged(double tolerance) {
        return new Claim(true, tolerance, OptionalDouble.empty());
    }

    /// No claim at all: a result stopped before it converged.
    public static Claim unfinished() {
        return new Claim(false, Double.NaN, OptionalDouble.empty());
    }

    /// The same claim, with the residual the solver computed itself.
    public Claim withResidual(double newResidual) {
        return new Claim(converged, tolerance, OptionalDouble.of(newResidual));
    }
}
