package org.polyphony.plugin.algorithm.nashdpo;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.polyphony.spi.alignment.GameBucket;
import org.polyphony.spi.alignment.PreferenceGames;
import org.polyphony.spi.tensor.Tensor;

/// Games of two stakeholders whose utilities are linear in three features, in buckets of three and five
/// candidates.
final class FeatureGames {

    static final int FEATURES = 3;

    private static final double[][] UTILITY = {{2, 0.5, 0}, {1.5, -0.5, 0}};

    private FeatureGames() {}

    static PreferenceGames of(long seed, int items) {
        return PreferenceGames.of(
                List.of("one", "other"),
                Tensor.ofDoubles(new double[] {0.6, 0.4}, 2),
                List.of(bucket(seed, 0, items, 3), bucket(seed + 1, items, items, 5)));
    }

    static GameBucket bucket(long seed, int first, int b, int k) {
        var random = new SplittableRandom(seed);
        double[] phi = random.doubles((long) b * k * FEATURES, -1, 1).toArray();
        var p = new double[b * 2 * k * k];
        for (int n = 0; n < b; n++) {
            for (int s = 0; s < 2; s++) {
                for (int i = 0; i < k; i++) {
                    for (int j = 0; j < k; j++) {
                        double lead = utility(phi, n * k + i, s) - utility(phi, n * k + j, s);
                        p[((n * 2 + s) * k + i) * k + j] = 1 / (1 + Math.exp(-lead));
                    }
                }
            }
        }
        return GameBucket.of(
                        Tensor.ofInts(IntStream.range(first, first + b).toArray(), b), Tensor.ofDoubles(p, b, 2, k, k))
                .withFeatures(Tensor.ofDoubles(phi, b, k, FEATURES));
    }

    static PreferenceGames withoutFeatures(PreferenceGames games) {
        var buckets = new ArrayList<GameBucket>();
        for (var bucket : games.buckets()) {
            buckets.add(GameBucket.of(bucket.items(), bucket.p()));
        }
        return PreferenceGames.of(games.stakeholders(), games.weights(), buckets);
    }

    private static double utility(double[] phi, int candidate, int stakeholder) {
        double sum = 0;
        for (int d = 0; d < FEATURES; d++) {
            sum += UTILITY[stakeholder][d] * phi[candidate * FEATURES + d];
        }
        return sum;
    }
}
