package org.polyphony.benchmarks.peers;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.polyphony.games.kernel.MirrorDescent;
import org.polyphony.games.kernel.MirrorDescentKernel;
import org.polyphony.games.kernel.MirrorDescentKernels;
import org.polyphony.games.kernel.Precision;
import org.polyphony.games.kernel.RaggedGames;

/// Our side of the comparison of mirror descent: time per prompt and iteration, everything counted from float64 games
/// on the heap to float64 policies, copying into lanes included.
public final class MirrorDescentPeer {

    /// The update that every peer runs.
    private static final double STEP = 0.5;

    private static final double TAU = 0.05;

    private static final int ITERATIONS = 200;

    /// The peers are checked against this many updates from the uniform policy.
    private static final int CHECKED = 20;

    private MirrorDescentPeer() {}

    /// `write K MIB GAMES ANSWERS` or `time K MIB GAMES THREADS SECONDS`.
    public static void main(String[] arguments) throws IOException {
        int k = Integer.parseInt(arguments[1]);
        double mebibytes = Double.parseDouble(arguments[2]);
        var file = Path.of(arguments[3]);
        if (arguments[0].equals("write")) {
            int games = (int) Math.max(1, mebibytes * (1 << 20) / (k * k * Float.BYTES));
            GamesFile.write(file, games, k, k);
            answers(file, k, Path.of(arguments[4]));
        } else {
            time(file, k, mebibytes, Integer.parseInt(arguments[4]), Double.parseDouble(arguments[5]));
        }
    }

    private static void answers(Path file, int k, Path answers) throws IOException {
        var games = read(file, k);
        games.iterate(
                MirrorDescentKernels.reference(), new MirrorDescent(STEP, TAU, CHECKED), RaggedGames.Runner.SEQUENTIAL);
        var bytes = ByteBuffer.allocate(games.logPolicies().size() * k * Double.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
        games.logPolicies().forEach(policy -> Arrays.stream(policy).forEach(bytes::putDouble));
        Files.write(answers, bytes.array());
    }

    private static void time(Path file, int k, double mebibytes, int threads, double seconds) throws IOException {
        var kernel = MirrorDescentKernels.choose(Precision.SINGLE, MirrorDescentKernels.SINGLE_FLOOR);
        var games = read(file, k);
        var updates = new MirrorDescent(STEP, TAU, ITERATIONS);
        try (var pool = Executors.newFixedThreadPool(threads)) {
            RaggedGames.Runner runner =
                    threads == 1 ? RaggedGames.Runner.SEQUENTIAL : (n, work) -> share(pool, n, work);
            Measured.bestNanos(seconds, () -> games.iterate(kernel, updates, runner)); // compiles
            double nanos = Measured.bestNanos(seconds, () -> games.iterate(kernel, updates, runner));
            int count = games.logPolicies().size();
            print(kernel, k, threads, mebibytes, nanos / ((double) count * ITERATIONS));
        }
    }

    private static void print(MirrorDescentKernel kernel, int k, int threads, double mebibytes, double nanos) {
        Measured.print("mirror-descent", "polyphony", kernel.name(), k, threads, mebibytes, nanos);
    }

    private static void share(ExecutorService pool, int chunks, IntConsumer work) {
        CompletableFuture.allOf(IntStream.range(0, chunks)
                        .mapToObj(chunk -> CompletableFuture.runAsync(() -> work.accept(chunk), pool))
                        .toArray(CompletableFuture<?>[]::new))
                .join();
    }

    private static RaggedGames read(Path file, int k) throws IOException {
        double[] p = GamesFile.read(file);
        List<RaggedGames.Game> games = new ArrayList<>();
        for (int from = 0; from < p.length; from += k * k) {
            games.add(new RaggedGames.Game(Arrays.copyOfRange(p, from, from + k * k), new double[k], new double[k]));
        }
        return RaggedGames.of(games);
    }
}
