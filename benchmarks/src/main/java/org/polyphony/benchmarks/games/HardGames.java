package org.polyphony.benchmarks.games;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;

/// Seeded preference matrices of which every second one is degenerate.
///
/// Of four games in a row two are dense (every probability drawn from \[0, 1\]), one consists of wins,
/// losses and ties, and in one a third of the candidates repeats an earlier candidate.
final class HardGames {

    private HardGames() {}

    /// Fills `p`, doubles of shape (games, k, k).
    static void fill(MemorySegment p, int games, int k, long seed) {
        var random = new SplittableRandom(seed);
        for (int game = 0; game < games; game++) {
            double[] one = game(random, game, k);
            MemorySegment.copy(one, 0, p, ValueLayout.JAVA_DOUBLE, (long) game * k * k * Double.BYTES, one.length);
        }
    }

    /// The next matrix, shape (k, k); `number` says of which kind.
    static double[] game(SplittableRandom random, int number, int k) {
        return switch (number % 4) {
            case 1 -> dense(random, k, true);
            case 3 -> duplicated(dense(random, k, false), random, k);
            default -> dense(random, k, false);
        };
    }

    static double[] dense(SplittableRandom random, int k, boolean tied) {
        var p = new double[k * k];
        for (int i = 0; i < k; i++) {
            p[i * k + i] = 0.5;
            for (int j = i + 1; j < k; j++) {
                double win = tied ? random.nextInt(3) / 2.0 : random.nextDouble();
                p[i * k + j] = win;
                p[j * k + i] = 1 - win;
            }
        }
        return p;
    }

    private static double[] duplicated(double[] p, SplittableRandom random, int k) {
        var original = new int[k];
        for (int i = 0; i < k; i++) {
            original[i] = i > 0 && random.nextInt(3) == 0 ? original[random.nextInt(i)] : i;
        }
        var copied = new double[k * k];
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                copied[i * k + j] = original[i] == original[j] ? 0.5 : p[original[i] * k + original[j]];
            }
        }
        return copied;
    }

    /// The largest gap 2 max_i ((P − 1/2) π)_i of all games, from its definition; NaN counts as infinite.
    static double largestGap(MemorySegment p, MemorySegment policies, int games, int k) {
        double largest = 0;
        for (int game = 0; game < games; game++) {
            for (int i = 0; i < k; i++) {
                double gain = 0;
                for (int j = 0; j < k; j++) {
                    double win = p.getAtIndex(ValueLayout.JAVA_DOUBLE, ((long) game * k + i) * k + j);
                    gain += (win - 0.5) * policies.getAtIndex(ValueLayout.JAVA_DOUBLE, (long) game * k + j);
                }
                largest = Double.isNaN(gain) ? Double.POSITIVE_INFINITY : Math.max(largest, 2 * gain);
            }
        }
        return largest;
    }
}
