package org.polyphony.engine.certify;

import java.util.concurrent.ThreadLocalRandom;
import org.polyphony.spi.alignment.GameBucket;
import org.polyphony.spi.alignment.PreferenceGames;
import org.polyphony.verify.PreferenceGame;

/// Games together with a checksum of each (P, allowed candidates, reference, weights) from the moment they
/// were assembled. Games are lent to plugins without a copy, and native access can write to what is lent as
/// read-only; the checksum is compared with the copy that the verifier computes on, so that a game which
/// was rewritten, at whatever moment, is never certified. It catches accidents and the plain attack, not a
/// plugin that is determined: plugins run with the rights of the process.
public final class SealedGames {

    // so that no one can write a game of equal checksum without reading this process's memory
    private static final long KEY = ThreadLocalRandom.current().nextLong();

    private final PreferenceGames games;
    private final long[][] checksums;

    private SealedGames(PreferenceGames games) {
        this.games = games;
        checksums = new long[games.buckets().size()][];
        for (int b = 0; b < checksums.length; b++) {
            checksums[b] = new long[games.buckets().get(b).games()];
            for (int g = 0; g < checksums[b].length; g++) {
                checksums[b][g] = checksum(copy(b, g));
            }
        }
    }

    /// Games as they are now, before any plugin was given them.
    public static SealedGames of(PreferenceGames games) {
        return new SealedGames(games);
    }

    /// The games themselves, as they are lent.
    public PreferenceGames games() {
        return games;
    }

    /// Whether a copy of a game is what was sealed.
    boolean holds(PreferenceGame copy, int b, int g) {
        return checksum(copy) == checksums[b][g];
    }

    /// Whether all games still are what was sealed.
    public boolean hold() {
        for (int b = 0; b < checksums.length; b++) {
            for (int g = 0; g < checksums[b].length; g++) {
                if (!holds(copy(b, g), b, g)) {
                    return false;
                }
            }
        }
        return true;
    }

    /// Whether other games are equal to what was sealed, bit for bit.
    public boolean equalTo(SealedGames others) {
        return java.util.Arrays.deepEquals(checksums, others.checksums);
    }

    /// A copy of a game that nobody else can write to.
    PreferenceGame copy(int b, int g) {
        var bucket = games.buckets().get(b);
        int s = bucket.stakeholders();
        int k = bucket.candidates();
        var game = PreferenceGame.of(s, k, bucket.p().toDoubles((long) g * s * k * k, s * k * k))
                .withWeights(games.weights().toDoubles())
                .withAllowed(allowed(bucket, g));
        return bucket.reference().isPresent()
                ? game.withReference(
                        LogPolicies.probabilities(bucket.reference().get(), (long) g * k, k))
                : game;
    }

    private static boolean[] allowed(GameBucket bucket, int g) {
        var allowed = new boolean[bucket.candidates()];
        for (int i = 0; i < allowed.length; i++) {
            allowed[i] = bucket.allowed().getByte((long) g * allowed.length + i) == 1;
        }
        return allowed;
    }

    private static long checksum(PreferenceGame game) {
        long sum = KEY;
        for (int s = 0; s < game.stakeholders(); s++) {
            for (int i = 0; i < game.candidates(); i++) {
                for (int j = 0; j < game.candidates(); j++) {
                    sum = mix(sum, game.preference(s, i, j));
                }
            }
            sum = mix(sum, game.weight(s));
        }
        for (int i = 0; i < game.candidates(); i++) {
            sum = mix(mix(sum, game.reference(i)), game.allowed(i) ? 1 : 0);
        }
        return sum;
    }

    private static long mix(long sum, double value) {
        long mixed = (sum ^ Double.doubleToRawLongBits(value)) * 0x9E3779B97F4A7C15L;
        return mixed ^ (mixed >>> 29);
    }
}
