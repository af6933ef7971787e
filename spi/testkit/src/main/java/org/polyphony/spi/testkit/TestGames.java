package org.polyphony.spi.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.polyphony.spi.alignment.GameBucket;
import org.polyphony.spi.alignment.PreferenceGames;
import org.polyphony.spi.context.KeyedRandom;
import org.polyphony.spi.tensor.Tensor;

/// Preference games to test with: small ones with known answers, and seeded random ones. All on the heap;
/// pass them through [TestContext#share] to see them as a plugin does.
public final class TestGames {

    private TestGames() {}

    /// The three-candidate cycle of COMAL (arXiv 2410.23223, section 4). Its only equilibrium is (4/11,
    /// 3/11, 4/11).
    public static double[][] comalCycle() {
        return new double[][] {{0.5, 0.1, 0.8}, {0.9, 0.5, 0.1}, {0.2, 0.9, 0.5}};
    }

    /// Preferences in which candidate `winner` beats each of the others with probability 0.8, and the
    /// others form a cycle.
    public static double[][] condorcet(int candidates, int winner) {
        var p = indifferent(candidates);
        for (int i = 0; i < candidates; i++) {
            int next = (i + 1) % candidates;
            if (candidates > 2) {
                set(p, i, next, 0.7);
            }
        }
        for (int i = 0; i < candidates; i++) {
            if (i != winner) {
                set(p, winner, i, 0.8);
            }
        }
        return p;
    }

    /// Preferences of 1/2 everywhere.
    public static double[][] indifferent(int candidates) {
        var p = new double[candidates][candidates];
        for (var row : p) {
            Arrays.fill(row, 0.5);
        }
        return p;
    }

    /// The same preferences with a copy of candidate `original` appended; the two tie.
    public static double[][] withDuplicate(double[][] p, int original) {
        int k = p.length;
        var wider = indifferent(k + 1);
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                wider[i][j] = p[i][j];
            }
            set(wider, k, i, p[original][i]);
        }
        return wider;
    }

    /// Seeded preferences with P + Pᵀ = 1 exactly. About one entry in eight is a tie, one in eight certain;
    /// cycles are common.
    public static double[][] random(long seed, int candidates) {
        var random = KeyedRandom.of(seed, "testkit.games", candidates);
        var p = indifferent(candidates);
        for (int i = 0; i < candidates; i++) {
            for (int j = i + 1; j < candidates; j++) {
                // multiples of 2⁻²⁰, so that 1 − p is exact
                double value = switch (random.nextInt(8)) {
                    case 0 -> 0.5;
                    case 1 -> random.nextBoolean() ? 1 : 0;
                    default -> Math.scalb((double) random.nextInt(1 << 20), -20);
                };
                set(p, i, j, value);
            }
        }
        return p;
    }

    /// One game of stakeholders with equal weights and the preferences `p[s]`.
    public static PreferenceGames of(double[][]... p) {
        return of(weights(p.length), bucket(List.<double[][][]>of(p)));
    }

    /// One game of stakeholders with these weights and the preferences `p[s]`.
    public static PreferenceGames of(double[] weights, double[][]... p) {
        return of(weights, bucket(List.<double[][][]>of(p)));
    }

    /// Games in these buckets.
    public static PreferenceGames of(double[] weights, GameBucket... buckets) {
        var names = IntStream.range(0, weights.length).mapToObj(s -> "s" + s).toList();
        return PreferenceGames.of(names, Tensor.ofDoubles(weights, weights.length), List.of(buckets));
    }

    /// Seeded games: three buckets of 2, 3 and 8 candidates, `games` each, among `stakeholders` with
    /// different weights.
    public static PreferenceGames random(long seed, int games, int stakeholders) {
        var weights = IntStream.range(0, stakeholders)
                .mapToDouble(s -> 2.0 * (s + 1) / (stakeholders * (stakeholders + 1.0)))
                .toArray();
        return of(
                weights,
                randomBucket(seed, games, stakeholders, 2),
                randomBucket(seed, games, stakeholders, 3),
                randomBucket(seed, games, stakeholders, 8));
    }

    /// A bucket of seeded games.
    public static GameBucket randomBucket(long seed, int games, int stakeholders, int candidates) {
        return bucket(IntStream.range(0, games)
                .mapToObj(b -> IntStream.range(0, stakeholders)
                        .mapToObj(s -> random(seed + 31L * b + 7919L * s, candidates))
                        .toArray(double[][][]::new))
                .toList());
    }

    /// Seeded games that are hard on floating point: one bucket, 1 to 5 stakeholders of different weights
    /// and 2 to 10 candidates of whom one in five is not allowed. Preferences are spread out, or in tenths,
    /// or weak, or ties and certainties; one reference probability in three is tiny, down to 1e-300.
    public static PreferenceGames extreme(long seed, int games) {
        var random = KeyedRandom.of(seed, "testkit.extreme", games);
        int s = 1 + random.nextInt(5);
        int k = 2 + random.nextInt(9);
        var weights = random.doubles(s, 0.05, 1).toArray();
        double total = Arrays.stream(weights).sum();
        var logs = new double[games * k];
        var flags = new byte[games * k];
        List<double[][][]> p = new ArrayList<>();
        for (int b = 0; b < games; b++) {
            int form = random.nextInt(4);
            var each = new double[s][][];
            for (int r = 0; r < s; r++) {
                each[r] = indifferent(k);
                for (int i = 0; i < k; i++) {
                    for (int j = i + 1; j < k; j++) {
                        set(each[r], i, j, extremePreference(random, form));
                    }
                }
            }
            p.add(each);
            int only = random.nextInt(k);
            for (int i = 0; i < k; i++) {
                flags[b * k + i] = (byte) (i == only || random.nextInt(5) > 0 ? 1 : 0);
                double digits = random.nextDouble() * (random.nextInt(4) == 0 ? 300 : 12);
                logs[b * k + i] = random.nextInt(3) == 0 ? -digits * Math.log(10) : Math.log(random.nextDouble());
            }
        }
        return of(
                Arrays.stream(weights).map(weight -> weight / total).toArray(),
                bucket(p).withAllowed(Tensor.ofBytes(flags, games, k)).withReference(Tensor.ofDoubles(logs, games, k)));
    }

    private static double extremePreference(RandomGenerator random, int form) {
        return switch (form) {
            case 0 -> random.nextDouble();
            case 1 -> random.nextInt(11) / 10.0;
            case 2 -> 0.5 + 0.01 * (random.nextDouble() - 0.5);
            default -> random.nextInt(3) / 2.0;
        };
    }

    /// Game `n` of these, counted through all buckets, without the others.
    public static PreferenceGames only(PreferenceGames games, int n) {
        int row = n;
        for (var bucket : games.buckets()) {
            if (row < bucket.games()) {
                int from = row;
                // every tensor of a bucket has a row for each game
                var alone = SpiValues.map(bucket, tensor -> tensor.slice(from, 1));
                return new PreferenceGames(games.stakeholders(), games.weights(), games.regime(), List.of(alone));
            }
            row -= bucket.games();
        }
        throw new IndexOutOfBoundsException("game " + n + " of " + games.count());
    }

    /// A bucket of games; element b holds the preferences of its stakeholders.
    public static GameBucket bucket(List<double[][][]> games) {
        int b = games.size();
        int s = games.getFirst().length;
        int k = games.getFirst()[0].length;
        var flat = new double[b * s * k * k];
        int at = 0;
        for (var game : games) {
            for (var p : game) {
                for (var row : p) {
                    System.arraycopy(row, 0, flat, at, k);
                    at += k;
                }
            }
        }
        return GameBucket.of(Tensor.ofInts(IntStream.range(0, b).toArray(), b), Tensor.ofDoubles(flat, b, s, k, k));
    }

    /// The same games with only these candidates allowed, 1 or 0 in row-major order of (B, K).
    public static GameBucket withAllowed(GameBucket bucket, int... flags) {
        var bytes = new byte[flags.length];
        for (int i = 0; i < flags.length; i++) {
            bytes[i] = (byte) flags[i];
        }
        return bucket.withAllowed(Tensor.ofBytes(bytes, bucket.games(), bucket.candidates()));
    }

    /// The same games with seeded masks: in every fourth no candidate is allowed, in every fourth one is, in
    /// the others each with probability 1/2.
    public static PreferenceGames withRandomMasks(PreferenceGames games, long seed) {
        var buckets = games.buckets().stream()
                .map(bucket -> bucket.withAllowed(masks(bucket, seed)))
                .toList();
        return new PreferenceGames(games.stakeholders(), games.weights(), games.regime(), buckets);
    }

    private static Tensor masks(GameBucket bucket, long seed) {
        int k = bucket.candidates();
        var random = KeyedRandom.of(seed, "testkit.masks", k);
        var flags = new byte[bucket.games() * k];
        for (int b = 0; b < bucket.games(); b++) {
            int only = random.nextInt(k);
            for (int i = 0; i < k; i++) {
                boolean allowed = random.nextBoolean();
                flags[b * k + i] = (byte) (b % 4 == 0 ? 0 : b % 4 == 1 ? (i == only ? 1 : 0) : (allowed ? 1 : 0));
            }
        }
        return Tensor.ofBytes(flags, bucket.games(), k);
    }

    /// The same games with seeded ballots, `voters` for each: strict rankings of all candidates. They have
    /// nothing to do with P.
    public static PreferenceGames withBallots(PreferenceGames games, long seed, int voters) {
        var buckets = games.buckets().stream()
                .map(bucket -> bucket.withBallots(ballots(bucket, seed, voters)))
                .toList();
        return new PreferenceGames(games.stakeholders(), games.weights(), games.regime(), buckets);
    }

    private static Tensor ballots(GameBucket bucket, long seed, int voters) {
        int k = bucket.candidates();
        int n = bucket.games() * voters;
        var random = KeyedRandom.of(seed, "testkit.ballots", k);
        var ranks = new double[n * k];
        for (int v = 0; v < n; v++) {
            for (int i = 0; i < k; i++) {
                int j = random.nextInt(i + 1);
                ranks[v * k + i] = ranks[v * k + j];
                ranks[v * k + j] = i;
            }
        }
        return Tensor.ofDoubles(ranks, bucket.games(), voters, k);
    }

    private static double[] weights(int stakeholders) {
        return IntStream.range(0, stakeholders)
                .mapToDouble(_ -> 1.0 / stakeholders)
                .toArray();
    }

    private static void set(double[][] p, int i, int j, double value) {
        if (i != j) {
            p[i][j] = value;
            p[j][i] = 1 - value;
        }
    }
}
