package org.polyphony.games.loss;

/// Which responses of N pairs are unsafe.
///
/// @param chosen of the response that was preferred, shape (N)
/// @param rejected of the other, shape (N)
public record UnsafeFlags(boolean[] chosen, boolean[] rejected) {

    public UnsafeFlags {
        if (chosen.length != rejected.length) {
            throw new IllegalArgumentException(chosen.length + " flags of chosen responses and " + rejected.length
                    + " of rejected ones; give one each per pair");
        }
    }

    UnsafeFlags arranged(int[] pairs, boolean[] swap) {
        var arranged = new UnsafeFlags(new boolean[pairs.length], new boolean[pairs.length]);
        for (int n = 0; n < pairs.length; n++) {
            arranged.chosen[n] = swap[n] ? rejected[pairs[n]] : chosen[pairs[n]];
            arranged.rejected[n] = swap[n] ? chosen[pairs[n]] : rejected[pairs[n]];
        }
        return arranged;
    }
}
