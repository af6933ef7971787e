package org.polyphony.spi.context;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// Random generators keyed by (seed, stage, index).
public final class KeyedRandom {

    private KeyedRandom() {}

    /// The generator of this key.
    public static RandomGenerator of(long seed, String stage, long index) {
        long key = mix(seed + 0x9E3779B97F4A7C15L);
        for (int i = 0; i < stage.length(); i++) {
            key = mix(key ^ stage.charAt(i));
        }
        return new SplittableRandom(mix(key ^ index));
    }

    // the finaliser of SplitMix64 (Steele, Lea, Flood 2014): adjacent keys give unrelated states
    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
