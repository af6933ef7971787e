package org.polyphony.games.kernel;

import org.polyphony.games.LogPolicies;

/// Games of one size, one after the other in plain arrays.
///
/// @param k candidates of every game
/// @param p preferences in \[0, 1\], shape (games, k, k)
/// @param logReference log μ in nats, finite, shape (games, k); need not be normalised
/// @param logPolicies log π in nats, finite, shape (games, k): where to start, and then where the updates led,
///     normalised
public record KernelBatch(int k, double[] p, double[] logReference, double[] logPolicies) {

    /// Validates the shapes and that every number is finite.
    public KernelBatch {
        if (k < 1 || logReference.length % k != 0) {
            throw new IllegalArgumentException(
                    "the references hold " + logReference.length + " entries for games of " + k + " candidates");
        }
        require("P", p, Math.multiplyExact(logReference.length, k));
        require("the log-references", logReference, logReference.length);
        require("the log-policies", logPolicies, logReference.length);
    }

    /// The bucket that starts every game at its reference.
    public static KernelBatch atReference(int k, double[] p, double[] logReference) {
        return new KernelBatch(k, p, logReference, logReference.clone());
    }

    /// How many games there are.
    public int games() {
        return logPolicies.length / k;
    }

    /// Policies read as float32 sum to one only roughly.
    void normalise(int game) {
        LogPolicies.normalise(logPolicies, game * k, k);
    }

    private static void require(String what, double[] values, int length) {
        if (values.length != length) {
            throw new IllegalArgumentException(what + " has " + values.length + " entries, needs " + length);
        }
        for (int i = 0; i < length; i++) {
            if (!Double.isFinite(values[i])) {
                throw new IllegalArgumentException(
                        what + "[" + i + "] is " + values[i] + "; mask a candidate that may not play");
            }
        }
    }
}
