package org.polyphony.spi.alignment;

import java.util.Optional;
import org.polyphony.spi.tensor.Tensor;

/// Games whose items have the same number K of candidates.
///
/// @param items INT32, shape (B): which item each game is about
/// @param p FLOAT64, shape (B, S, K, K): probability that stakeholder s prefers candidate i to j; P + Pᵀ = 1
/// @param allowed UINT8, shape (B, K): 1 where the candidate may be played
/// @param reference FLOAT64, shape (B, K): log-probabilities of the reference policy; absent means uniform
///     over the allowed candidates
/// @param features FLOAT64, shape (B, K, D), for parametric policies
/// @param ballots FLOAT64, shape (B, V, K): ranks given by voters, NaN where unranked; for rules that need
///     ballots
/// @param ballotWeights FLOAT64, shape (B, V), not negative: how much each ballot counts, 0 for rows that
///     fill up games with fewer voters; absent means one each
public record GameBucket(
        Tensor items,
        Tensor p,
        Tensor allowed,
        Optional<Tensor> reference,
        Optional<Tensor> features,
        Optional<Tensor> ballots,
        Optional<Tensor> ballotWeights) {

    public GameBucket {
        var shape = p.shape();
        if (shape.rank() != 4 || shape.dimension(2) != shape.dimension(3)) {
            throw new IllegalArgumentException("p must have shape (B, S, K, K), got " + p);
        }
        if (items.size() != shape.dimension(0) || allowed.size() != (long) shape.dimension(0) * shape.dimension(3)) {
            throw new IllegalArgumentException("items and allowed must fit p " + p + ", got " + items + ", " + allowed);
        }
    }

    /// Games whose ballots, where there are any, count one each.
    public GameBucket(
            Tensor items,
            Tensor p,
            Tensor allowed,
            Optional<Tensor> reference,
            Optional<Tensor> features,
            Optional<Tensor> ballots) {
        this(items, p, allowed, reference, features, ballots, Optional.empty());
    }

    /// Games in which every candidate may be played and the reference is uniform.
    public static GameBucket of(Tensor items, Tensor p) {
        int b = p.dimension(0);
        int k = p.dimension(3);
        var all = new byte[b * k];
        java.util.Arrays.fill(all, (byte) 1);
        return new GameBucket(
                items, p, Tensor.ofBytes(all, b, k), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /// The same with only these candidates allowed.
    public GameBucket withAllowed(Tensor mask) {
        return new GameBucket(items, p, mask, reference, features, ballots, ballotWeights);
    }

    /// The same with this reference policy, log-probabilities of shape (B, K).
    public GameBucket withReference(Tensor logProbabilities) {
        return new GameBucket(items, p, allowed, Optional.of(logProbabilities), features, ballots, ballotWeights);
    }

    /// The same with these features of candidates, shape (B, K, D).
    public GameBucket withFeatures(Tensor vectors) {
        var shape = vectors.shape();
        if (shape.rank() != 3 || shape.dimension(0) != games() || shape.dimension(1) != candidates()) {
            throw new IllegalArgumentException("features must have shape (B, K, D) of p " + p + ", got " + vectors);
        }
        return new GameBucket(items, p, allowed, reference, Optional.of(vectors), ballots, ballotWeights);
    }

    /// The same with these ballots, shape (B, V, K), which count one each.
    public GameBucket withBallots(Tensor ranks) {
        var shape = ranks.shape();
        if (shape.rank() != 3 || shape.dimension(0) != games() || shape.dimension(2) != candidates()) {
            throw new IllegalArgumentException("ballots must have shape (B, V, K) of p " + p + ", got " + ranks);
        }
        return new GameBucket(items, p, allowed, reference, features, Optional.of(ranks));
    }

    /// The same with ballots that count this much each, shape (B, V).
    public GameBucket withBallots(Tensor ranks, Tensor weights) {
        var shape = ranks.shape();
        if (weights.size() != (long) shape.dimension(0) * shape.dimension(1)) {
            throw new IllegalArgumentException("one weight per ballot of " + ranks + ", got " + weights);
        }
        var counted = withBallots(ranks);
        return new GameBucket(items, p, allowed, reference, features, counted.ballots, Optional.of(weights));
    }

    /// How many games there are.
    public int games() {
        return p.dimension(0);
    }

    /// How many stakeholders play.
    public int stakeholders() {
        return p.dimension(1);
    }

    /// How many candidates each game has.
    public int candidates() {
        return p.dimension(3);
    }
}
