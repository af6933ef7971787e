package org.polyphony.games.loss;

import java.util.SplittableRandom;

/// Seeded batches that hold everything any loss asks for.
final class RandomPairs {

    private RandomPairs() {}

    static PairBatch next(SplittableRandom random, int n) {
        var batch = PairBatch.of(values(random, n, -4, 0))
                .withReference(values(random, n, -4, 0))
                .withHistory(values(random, n, -4, 0), values(random, n, -4, 0))
                .withWinProbability(values(random, n, 0, 1).chosen())
                .withWinRate(values(random, n, 0, 1))
                .withUnsafe(new UnsafeFlags(flags(random, n), flags(random, n)));
        var groups = new int[n];
        for (int i = 0; i < n; i++) {
            groups[i] = random.nextInt(3);
        }
        return batch.withGroups(groups);
    }

    static PairValues values(SplittableRandom random, int n, double from, double to) {
        var values = PairValues.zeros(n);
        for (int i = 0; i < n; i++) {
            values.chosen()[i] = random.nextDouble(from, to);
            values.rejected()[i] = random.nextDouble(from, to);
        }
        return values;
    }

    private static boolean[] flags(SplittableRandom random, int n) {
        var flags = new boolean[n];
        for (int i = 0; i < n; i++) {
            flags[i] = random.nextInt(3) == 0;
        }
        return flags;
    }
}
