package org.polyphony.engine.result;

import java.util.Optional;
import java.util.stream.IntStream;
import org.polyphony.engine.certify.Standing;
import org.polyphony.spi.alignment.CertifiedSolution;
import org.polyphony.spi.alignment.PreferenceGames;
import org.polyphony.spi.profile.PreferenceEstimate;

/// How much of a policy rests on pairs that nobody judged: the probability that nobody with a seat compared its
/// answer with another allowed candidate drawn by lot. There P is the model's word alone.
///
/// @param mean over the items that have a policy and a choice
/// @param largest of these items
record UnjudgedPairs(double mean, double largest) {

    /// Of one policy; empty if it is nowhere published or nowhere has a choice.
    ///
    /// @param games made of the estimate, bucket by bucket
    static Optional<UnjudgedPairs> of(PreferenceEstimate estimate, PreferenceGames games, CertifiedSolution solution) {
        double sum = 0;
        double largest = 0;
        int items = 0;
        int n = 0;
        for (var bucket : estimate.pairs()) {
            int k = bucket.candidates();
            for (int b = 0; b < bucket.items().size(); b++, n++) {
                var allowed = games.game(n).allowed();
                if (allowed.length < 2 || !Standing.of(solution, n).published()) {
                    continue;
                }
                var counts = bucket.counts().slice(b, 1).toDoubles();
                var policy = solution.solution().solution(n).policy();
                double mass = 0;
                for (int i : allowed) {
                    mass += policy[i] * unjudged(counts, i, allowed, k) / (allowed.length - 1);
                }
                sum += mass;
                largest = Math.max(largest, mass);
                items++;
            }
        }
        return items == 0 ? Optional.empty() : Optional.of(new UnjudgedPairs(sum / items, largest));
    }

    // with how many of the others nobody compared it
    private static long unjudged(double[] counts, int i, int[] allowed, int k) {
        return IntStream.of(allowed)
                .filter(j -> j != i)
                .filter(j -> IntStream.range(0, counts.length / (k * k))
                        .allMatch(seat -> counts[(seat * k + i) * k + j] == 0))
                .count();
    }
}
