package org.polyphony.spi.safety;

import org.polyphony.spi.preference.Candidates;

/// Candidates to review in a context.
///
/// @param candidates all candidates
/// @param situation what is verified about who asks and where
public record ReviewRequest(Candidates candidates, VerifiedContext situation) {

    /// A request about candidates that nobody in particular asks for.
    public static ReviewRequest of(Candidates candidates) {
        return new ReviewRequest(candidates, VerifiedContext.none());
    }

    /// The same where this is verified.
    public ReviewRequest in(VerifiedContext verified) {
        return new ReviewRequest(candidates, verified);
    }
}
