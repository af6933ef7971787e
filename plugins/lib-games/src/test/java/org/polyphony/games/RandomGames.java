package org.polyphony.games;

import java.util.Arrays;
import java.util.SplittableRandom;

/// Seeded preference matrices of every kind that makes a solver's life hard.
public enum RandomGames {
    /// Every probability drawn from \[0, 1\].
    DENSE {
        @Override
        double draw(SplittableRandom random) {
            return random.nextDouble();
        }
    },
    /// Wins, losses and ties only.
    TIES {
        @Override
        double draw(SplittableRandom random) {
            return random.nextInt(3) / 2.0;
        }
    },
    /// Quarters: ties between sums of payoffs as well.
    COARSE {
        @Override
        double draw(SplittableRandom random) {
            return random.nextInt(5) / 4.0;
        }
    },
    /// A tournament: somebody always wins.
    TOURNAMENT {
        @Override
        double draw(SplittableRandom random) {
            return random.nextInt(2);
        }
    },
    /// Dense, but a third of the candidates repeats an earlier one.
    DUPLICATES {
        @Override
        double draw(SplittableRandom random) {
            return random.nextDouble();
        }

        @Override
        public double[] next(SplittableRandom random, int k) {
            return duplicate(super.next(random, k), random, k, 0);
        }
    },
    /// As DUPLICATES, the copies off by about 1e-12: degenerate up to rounding.
    NEAR_DUPLICATES {
        @Override
        double draw(SplittableRandom random) {
            return random.nextDouble();
        }

        @Override
        public double[] next(SplittableRandom random, int k) {
            return duplicate(super.next(random, k), random, k, 1e-12);
        }
    },
    /// Margins of the order of 1e-9: nobody really prefers anything.
    INDIFFERENT {
        @Override
        double draw(SplittableRandom random) {
            return 0.5 + 1e-9 * (random.nextDouble() - 0.5);
        }
    };

    abstract double draw(SplittableRandom random);

    /// A K × K preference matrix.
    public double[] next(SplittableRandom random, int k) {
        var p = new double[k * k];
        for (int i = 0; i < k; i++) {
            p[i * k + i] = 0.5;
            for (int j = i + 1; j < k; j++) {
                double win = draw(random);
                p[i * k + j] = win;
                p[j * k + i] = 1 - win;
            }
        }
        return p;
    }

    public static double[] duplicate(double[] p, SplittableRandom random, int k, double noise) {
        var original = new int[k];
        Arrays.setAll(original, i -> i > 0 && random.nextInt(3) == 0 ? random.nextInt(i) : i);
        var copied = new double[k * k];
        for (int i = 0; i < k; i++) {
            copied[i * k + i] = 0.5;
            for (int j = i + 1; j < k; j++) {
                double same = original[i] == original[j] ? 0.5 : p[original[i] * k + original[j]];
                double win = Math.clamp(same + noise * (random.nextDouble() - 0.5), 0, 1);
                copied[i * k + j] = win;
                copied[j * k + i] = 1 - win;
            }
        }
        return copied;
    }

    /// S tensors one after the other.
    public static double[] stakeholders(RandomGames kind, SplittableRandom random, int stakeholders, int k) {
        var p = new double[stakeholders * k * k];
        for (int s = 0; s < stakeholders; s++) {
            System.arraycopy(kind.next(random, k), 0, p, s * k * k, k * k);
        }
        return p;
    }

    /// The same game with candidate `order[i]` in place i.
    public static double[] permute(double[] p, int k, int[] order) {
        var permuted = new double[k * k];
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                permuted[i * k + j] = p[order[i] * k + order[j]];
            }
        }
        return permuted;
    }

    public static int[] shuffled(SplittableRandom random, int k) {
        var order = new int[k];
        for (int i = 0; i < k; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    /// The gap straight from its definition, 2 max_i (P π)_i − 1.
    public static double gap(double[] p, int k, double[] policy) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < k; i++) {
            double sum = 0;
            for (int j = 0; j < k; j++) {
                sum += (p[i * k + j] - 0.5) * policy[j];
            }
            largest = Math.max(largest, sum);
        }
        return 2 * largest;
    }
}
