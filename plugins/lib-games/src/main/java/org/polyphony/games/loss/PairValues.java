package org.polyphony.games.loss;

/// A number for each response of N pairs.
///
/// @param chosen of the response that was preferred, shape (N)
/// @param rejected of the other, shape (N)
public record PairValues(double[] chosen, double[] rejected) {

    public PairValues {
        if (chosen.length != rejected.length) {
            throw new IllegalArgumentException(chosen.length + " values of chosen responses and " + rejected.length
                    + " of rejected ones; give one each per pair");
        }
    }

    /// Zeros for `n` pairs.
    public static PairValues zeros(int n) {
        return new PairValues(new double[n], new double[n]);
    }

    /// N.
    public int size() {
        return chosen.length;
    }

    /// chosen − rejected of pair `n`.
    public double difference(int n) {
        return chosen[n] - rejected[n];
    }

    PairValues arranged(int[] pairs, boolean[] swap) {
        var arranged = zeros(pairs.length);
        for (int n = 0; n < pairs.length; n++) {
            arranged.chosen[n] = swap[n] ? rejected[pairs[n]] : chosen[pairs[n]];
            arranged.rejected[n] = swap[n] ? chosen[pairs[n]] : rejected[pairs[n]];
        }
        return arranged;
    }

    void requireFinite(String what) {
        for (int n = 0; n < size(); n++) {
            if (!Double.isFinite(chosen[n]) || !Double.isFinite(rejected[n])) {
                throw new IllegalArgumentException(what + " of pair " + n + " is " + chosen[n] + " and " + rejected[n]
                        + "; both must be finite: leave out a pair that a policy cannot produce");
            }
        }
    }
}
