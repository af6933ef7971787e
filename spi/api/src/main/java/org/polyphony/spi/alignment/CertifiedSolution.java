package org.polyphony.spi.alignment;

import java.util.List;
import java.util.Optional;

/// A solution with the certificates that the engine recomputed for it.
///
/// @param formulation the game that was solved
/// @param algorithm id of the plugin that solved it
/// @param solution the policies
/// @param certificates one per bucket
/// @param label what the study calls these policies; no two solutions of a study share one
/// @param leftOut the item attribute whose values were left out in turn, so that each item's policy comes
///     from a fit that has not seen it; absent where policies were made from the items they are about
public record CertifiedSolution(
        String formulation,
        String algorithm,
        PolicySolution solution,
        List<CertificateBucket> certificates,
        String label,
        Optional<String> leftOut) {

    public CertifiedSolution {
        certificates = List.copyOf(certificates);
    }

    /// A solution called by its formulation, of policies made from the items they are about.
    public CertifiedSolution(
            String formulation, String algorithm, PolicySolution solution, List<CertificateBucket> certificates) {
        this(formulation, algorithm, solution, certificates, formulation, Optional.empty());
    }

    /// The certificate of answer `n`, counted through all buckets.
    ///
    /// @throws IndexOutOfBoundsException if there are not that many
    public CertificateRow certificate(int n) {
        return CertificateRow.of(this, n);
    }

    /// The same under this label.
    public CertifiedSolution withLabel(String name) {
        return new CertifiedSolution(formulation, algorithm, solution, certificates, name, leftOut);
    }

    /// The same, of policies about items that their fits have not seen.
    public CertifiedSolution withLeftOut(String attribute) {
        return new CertifiedSolution(formulation, algorithm, solution, certificates, label, Optional.of(attribute));
    }
}
