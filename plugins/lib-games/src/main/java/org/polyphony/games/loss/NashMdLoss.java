package org.polyphony.games.loss;

/// The policy-gradient surrogate of Nash-MD as trained by TRL: for each response drawn from the policy and
/// judged against one drawn from the geometric mixture with the reference, Σ_t τ ⌊log π_t − log μ_t⌋ log π_t
/// − (P − 1/2) Σ_t log π_t, where ⌊·⌋ is held constant and t runs over tokens.
///
/// Its expected gradient for responses of one token is that of τ KL(π ‖ μ) − P(π beats the opponent). The
/// penalty of longer responses multiplies each token's log-ratio with its own log-probability only, as the
/// source does.
///
/// @param tau τ, called β there
public record NashMdLoss(double tau) {

    public NashMdLoss {
        LossInputs.positive(tau, "tau");
    }

    /// The surrogate of every response.
    ///
    /// @param policy log-probabilities of its tokens under the policy, N rows
    /// @param reference the same under the reference
    /// @param winProbability P(response beats its opponent), shape (N)
    public TokenLosses evaluate(double[][] policy, double[][] reference, double[] winProbability) {
        if (reference.length != policy.length || winProbability.length != policy.length) {
            throw new IllegalArgumentException(policy.length + " responses under the policy, " + reference.length
                    + " under the reference, " + winProbability.length + " win probabilities; give one each");
        }
        var loss = new double[policy.length];
        var gradient = new double[policy.length][];
        for (int n = 0; n < policy.length; n++) {
            if (reference[n].length != policy[n].length) {
                throw new IllegalArgumentException("response " + n + " has " + policy[n].length
                        + " tokens under the policy and " + reference[n].length + " under the reference");
            }
            gradient[n] = new double[policy[n].length];
            for (int t = 0; t < policy[n].length; t++) {
                double coefficient = tau * (policy[n][t] - reference[n][t]) - (winProbability[n] - 0.5);
                gradient[n][t] = coefficient;
                loss[n] += coefficient * policy[n][t];
            }
        }
        return new TokenLosses(loss, gradient);
    }

    /// A surrogate loss on N responses. What is minimised is its mean.
    ///
    /// @param loss shape (N)
    /// @param gradient with respect to the log-probability of every token under the policy, N rows
    public record TokenLosses(double[] loss, double[][] gradient) {}
}
