package org.polyphony.engine.certify;

import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import org.polyphony.spi.alignment.PreferenceGames;
import org.polyphony.spi.tensor.Tensor;
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
    private final long[] checksums;

    private SealedGames(PreferenceGames games) {
        this.games = games;
        checksums = new long[games.count()];
        for (int n = 0; n < checksums.length; n++) {
            checksums[n] = checksum(copy(n));
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
    boolean holds(PreferenceGame copy, int n) {
        return checksum(copy) == checksums[n];
    }

    /// Whether all games still are what was sealed.
    public boolean hold() {
        for (int n = 0; n < checksums.length; n++) {
            if (!holds(copy(n), n)) {
                return false;
            }
        }
        return true;
    }

    /// Whether other games are equal to what was sealed, bit for bit.
    public boolean equalTo(SealedGames others) {
        return Arrays.equals(checksums, others.checksums);
    }

    /// A copy of a game that nobody else can write to.
    PreferenceGame copy(int n) {
        var game = games.game(n);
        var allowed = new boolean[game.candidates()];
        for (int i = 0; i < allowed.length; i++) {
            allowed[i] = game.allowed(i);
        }
        var copy = PreferenceGame.of(
                        game.stakeholders(),
                        game.candidates(),
                        game.preferences().toDoubles())
                .withWeights(games.weights().toDoubles())
                .withAllowed(allowed);
        return game.logReference()
                .map(reference -> copy.withReference(probabilities(reference)))
                .orElse(copy);
    }

    private static double[] probabilities(Tensor logs) {
        return Arrays.stream(logs.toDoubles()).map(Math::exp).toArray();
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
