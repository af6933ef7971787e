package org.polyphony.spi.alignment;

import java.util.Objects;
import java.util.Optional;
import org.polyphony.spi.tensor.Tensor;

/// The answer to one game: a view of a [PolicySolution], nothing is copied but what is returned as an array.
public final class Solution {

    private final SolutionBucket bucket;
    private final int row;

    private Solution(SolutionBucket bucket, int row) {
        this.bucket = bucket;
        this.row = row;
    }

    /// Answer `n` of these, counted through all buckets.
    static Solution of(PolicySolution solution, int n) {
        return Views.find(solution.buckets(), bucket -> bucket.logPolicy().dimension(0), n, "answers", Solution::new);
    }

    /// K.
    public int candidates() {
        return bucket.logPolicy().dimension(1);
    }

    /// Probabilities of the deployed policy, shape (K).
    public double[] policy() {
        return Views.probabilities(logPolicy());
    }

    /// Log-probabilities of the deployed policy, FLOAT64, shape (K); −∞ where the mass is zero.
    public Tensor logPolicy() {
        return Views.row(bucket.logPolicy(), row);
    }

    /// Whether each stakeholder has a policy of its own.
    public boolean hasProfile() {
        return bucket.profile().isPresent();
    }

    /// Probabilities of stakeholder `s`'s own policy, shape (K).
    ///
    /// @throws java.util.NoSuchElementException if there is none
    public double[] profile(int s) {
        return Views.probabilities(logProfile(s));
    }

    /// Log-probabilities of stakeholder `s`'s own policy, FLOAT64, shape (K).
    ///
    /// @throws java.util.NoSuchElementException if there is none
    public Tensor logProfile(int s) {
        return Views.row(Views.row(bucket.profile().orElseThrow(), row), s);
    }

    /// The adversary's mixture over stakeholder `s`'s candidates, FLOAT64, shape (K).
    ///
    /// @param level 0, or which of leximin's levels
    /// @return empty where the formulation has none
    public Optional<Tensor> duals(int level, int s) {
        return bucket.duals().map(all -> {
            var ofGame = Views.row(all, row);
            if (ofGame.shape().dimensions().size() == 3) {
                return Views.row(Views.row(ofGame, level), s);
            }
            Objects.checkIndex(level, 1);
            return Views.row(ofGame, s);
        });
    }

    /// The regularisation at which it was reached; 0 where unregularised.
    public double tau() {
        return bucket.tau().getDouble(row);
    }

    /// Steps or pivots taken.
    public int iterations() {
        return bucket.iterations().getInt(row);
    }

    /// Whether the algorithm claims to have reached its tolerance.
    public boolean converged() {
        return bucket.converged().getByte(row) == 1;
    }

    /// Whether there is no policy, because no candidate was allowed.
    public boolean refused() {
        return bucket.refused().getByte(row) == 1;
    }
}
