package org.polyphony.games.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.IntConsumer;

/// Games of different sizes, put into one bucket for each size.
///
/// Buckets are cut into chunks of about equal work, whatever the number of threads.
public final class RaggedGames {

    /// Payoffs of a chunk: some milliseconds of a few hundred updates, and small enough to balance two threads.
    private static final int CHUNK = 1 << 16;

    private final List<KernelBatch> buckets;
    private final List<Place> places;

    private RaggedGames(List<KernelBatch> buckets, List<Place> places) {
        this.buckets = buckets;
        this.places = places;
    }

    /// Runs independent chunks of work, on as many threads as it likes, and returns when all are done.
    @FunctionalInterface
    public interface Runner {

        /// Runs them one after the other on the calling thread.
        Runner SEQUENTIAL = (chunks, work) -> {
            for (int chunk = 0; chunk < chunks; chunk++) {
                work.accept(chunk);
            }
        };

        /// Calls `work` once for each of 0 … chunks − 1.
        void run(int chunks, IntConsumer work);
    }

    /// One game.
    ///
    /// @param p shape (K, K)
    /// @param logReference log μ, shape (K)
    /// @param logPolicy where to start, shape (K)
    public record Game(double[] p, double[] logReference, double[] logPolicy) {}

    /// Copies the games into buckets.
    ///
    /// @throws IllegalArgumentException if a game's arrays do not fit together or hold a number that is not finite
    public static RaggedGames of(List<Game> games) {
        SequencedMap<Integer, List<Game>> bySize = new TreeMap<>();
        List<Place> places = new ArrayList<>();
        for (var game : games) {
            List<Game> bucket = bySize.computeIfAbsent(game.logPolicy().length, k -> new ArrayList<>());
            places.add(new Place(game.logPolicy().length, bucket.size()));
            bucket.add(game);
        }
        List<Integer> sizes = List.copyOf(bySize.keySet());
        return new RaggedGames(
                bySize.entrySet().stream()
                        .map(bucket -> bucket(bucket.getKey(), bucket.getValue()))
                        .toList(),
                places.stream()
                        .map(place -> new Place(sizes.indexOf(place.bucket()), place.game()))
                        .toList());
    }

    /// Advances every game.
    public void iterate(MirrorDescentKernel kernel, MirrorDescent updates, Runner runner) {
        List<Chunk> chunks = new ArrayList<>();
        for (var bucket : buckets) {
            int games = Math.max(1, CHUNK / (bucket.k() * bucket.k()));
            for (int from = 0; from < bucket.games(); from += games) {
                chunks.add(new Chunk(bucket, from, Math.min(bucket.games(), from + games)));
            }
        }
        runner.run(chunks.size(), n -> {
            var chunk = chunks.get(n);
            kernel.iterate(updates, chunk.bucket(), chunk.from(), chunk.to());
        });
    }

    /// The policy of each game now, as log-probabilities, in the order in which the games were given.
    public List<double[]> logPolicies() {
        return places.stream()
                .map(place -> {
                    var bucket = buckets.get(place.bucket());
                    var logPolicy = new double[bucket.k()];
                    System.arraycopy(bucket.logPolicies(), place.game() * bucket.k(), logPolicy, 0, bucket.k());
                    return logPolicy;
                })
                .toList();
    }

    private static KernelBatch bucket(int k, List<Game> games) {
        var p = new double[Math.multiplyExact(games.size(), k * k)];
        var logReference = new double[games.size() * k];
        var logPolicies = new double[games.size() * k];
        for (int n = 0; n < games.size(); n++) {
            copy(games.get(n).p(), p, n, k * k);
            copy(games.get(n).logReference(), logReference, n, k);
            copy(games.get(n).logPolicy(), logPolicies, n, k);
        }
        return new KernelBatch(k, p, logReference, logPolicies);
    }

    private static void copy(double[] one, double[] all, int n, int length) {
        if (one.length != length) {
            throw new IllegalArgumentException(
                    "game " + n + " of its size has " + one.length + " entries where " + length + " are needed");
        }
        System.arraycopy(one, 0, all, n * length, length);
    }

    private record Place(int bucket, int game) {}

    private record Chunk(KernelBatch bucket, int from, int to) {}
}
