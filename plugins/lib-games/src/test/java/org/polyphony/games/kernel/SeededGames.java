package org.polyphony.games.kernel;

import java.util.SplittableRandom;

/// Buckets of dense games from a seed.
final class SeededGames {

    private SeededGames() {}

    /// `spread` is how far apart, in nats, the log-probabilities of references and starting policies may be.
    static KernelBatch bucket(long seed, int games, int k, double spread) {
        var random = new SplittableRandom(seed);
        var p = new double[games * k * k];
        for (int game = 0; game < games; game++) {
            for (int i = 0; i < k; i++) {
                for (int j = 0; j <= i; j++) {
                    double win = i == j ? 0.5 : random.nextDouble();
                    p[(game * k + i) * k + j] = win;
                    p[(game * k + j) * k + i] = 1 - win;
                }
            }
        }
        var logReference = random.doubles((long) games * k, -spread, 0.001).toArray();
        var logPolicies = random.doubles((long) games * k, -spread, 0.001).toArray();
        return new KernelBatch(k, p, logReference, logPolicies);
    }

    static KernelBatch copy(KernelBatch bucket) {
        return new KernelBatch(
                bucket.k(),
                bucket.p(),
                bucket.logReference(),
                bucket.logPolicies().clone());
    }

    /// 2 max_i (A π)_i of the worst game, in double precision.
    static double largestGap(KernelBatch bucket) {
        int k = bucket.k();
        double largest = 0;
        for (int row = 0; row < bucket.games() * k; row++) {
            double gain = 0;
            for (int j = 0; j < k; j++) {
                gain += (bucket.p()[row * k + j] - 0.5) * Math.exp(bucket.logPolicies()[row / k * k + j]);
            }
            largest = Math.max(largest, 2 * gain);
        }
        return largest;
    }
}
