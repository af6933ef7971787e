package org.polyphony.spi.alignment;

import java.util.List;
import java.util.Optional;
import org.polyphony.spi.artefact.Artefact;

/// Policies for the games of a request, bucket by bucket in the request's order.
///
/// @param buckets the policies
/// @param policy an artefact that answers candidates not seen here, where the algorithm fitted one
public record PolicySolution(List<SolutionBucket> buckets, Optional<Artefact> policy) {

    public PolicySolution {
        buckets = List.copyOf(buckets);
    }

    /// Tabular policies.
    public static PolicySolution of(List<SolutionBucket> buckets) {
        return new PolicySolution(buckets, Optional.empty());
    }

    /// How many answers there are in all buckets.
    public int count() {
        return buckets.stream()
                .mapToInt(bucket -> bucket.logPolicy().dimension(0))
                .sum();
    }

    /// The answer to game `n`, counted through all buckets.
    ///
    /// @throws IndexOutOfBoundsException if there are not that many
    public Solution solution(int n) {
        return Solution.of(this, n);
    }

    /// The same with a policy artefact.
    public PolicySolution withPolicy(Artefact artefact) {
        return new PolicySolution(buckets, Optional.of(artefact));
    }
}
