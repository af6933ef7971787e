package org.polyphony.spi.alignment;

import java.util.List;

/// A solution with the certificates that the engine recomputed for it.
///
/// @param formulation the game that was solved
/// @param algorithm id of the plugin that solved it
/// @param solution the policies
/// @param certificates one per bucket
public record CertifiedSolution(
        String formulation, String algorithm, PolicySolution solution, List<CertificateBucket> certificates) {

    public CertifiedSolution {
        certificates = List.copyOf(certificates);
    }
}
