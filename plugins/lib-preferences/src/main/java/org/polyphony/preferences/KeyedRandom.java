package org.polyphony.preferences;

import java.util.SplittableRandom;

/// Randomness keyed by (seed, stage, index): a draw does not depend on which thread took it, or on how many
/// came before.
public final class KeyedRandom {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private KeyedRandom() {}

    /// The generator of one index of one stage. Equal keys give equal sequences.
    public static SplittableRandom of(long seed, String stage, long index) {
        long key = mix(seed);
        for (int c = 0; c < stage.length(); c++) {
            key = mix(key ^ stage.charAt(c));
        }
        return new SplittableRandom(mix(key ^ mix(index + GOLDEN)));
    }

    /// SplitMix64's finaliser (Steele, Lea, Flood 2014): a bijection that spreads neighbouring keys apart.
    private static long mix(long value) {
        long z = value + GOLDEN;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
