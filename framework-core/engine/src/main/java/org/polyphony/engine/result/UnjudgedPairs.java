package org.polyphony.engine.result;

import java.util.HashMap;
import java.util.Objects;
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
    /// @param games made of the estimate
    static Optional<UnjudgedPairs> of(PreferenceEstimate estimate, PreferenceGames games, CertifiedSolution solution) {
        var countsOfItem = new HashMap<Integer, double[]>();
        for (var bucket : estimate.pairs()) {
            for (int b = 0; b < bucket.items().size(); b++) {
                countsOfItem.put(
                        bucket.items().getInt(b), bucket.counts().slice(b, 1).toDoubles());
            }
        }
        double sum = 0;
        double largest = 0;
        int items = 0;
        for (int n = 0; n < games.count(); n++) {
            var game = games.game(n);
            var allowed = game.allowed();
            if (allowed.length < 2 || !Standing.of(solution, n).published()) {
                continue;
            }
            var counts = Objects.requireNonNull(countsOfItem.get(game.item()));
            var policy = solution.solution().solution(n).policy();
            double mass = 0;
            for (int i : allowed) {
                mass += policy[i] * unjudged(counts, i, allowed, game.candidates()) / (allowed.length - 1);
            }
            sum += mass;
            largest = Math.max(largest, mass);
            items++;
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
