package org.polyphony.spi.safety;

import org.polyphony.spi.preference.Candidates;

/// Candidates to review in a context.
///
/// @param candidates all candidates
/// @param situation what is verified about who asks and where
public record ReviewRequest(Candidates candidates, VerifiedContext situation) {}
