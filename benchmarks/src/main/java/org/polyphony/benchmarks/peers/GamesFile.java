package org.polyphony.benchmarks.peers;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SplittableRandom;

/// Games that all peers read: P of shape (games, K, K), float32, little-endian, nothing else.
final class GamesFile {

    private static final ValueLayout.OfFloat ENTRY =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private GamesFile() {}

    /// Writes dense games from a seed; P + Pᵀ = 1 to the rounding of float32.
    static void write(Path file, int games, int k, long seed) throws IOException {
        var random = new SplittableRandom(seed);
        long bytes = (long) games * k * k * Float.BYTES;
        try (var arena = Arena.ofConfined();
                var channel = FileChannel.open(
                        file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            var p = channel.truncate(0).map(FileChannel.MapMode.READ_WRITE, 0, bytes, arena);
            for (int game = 0; game < games; game++) {
                for (int i = 0; i < k; i++) {
                    for (int j = 0; j <= i; j++) {
                        float win = i == j ? 0.5f : (float) random.nextDouble();
                        p.setAtIndex(ENTRY, ((long) game * k + i) * k + j, win);
                        p.setAtIndex(ENTRY, ((long) game * k + j) * k + i, 1 - win);
                    }
                }
            }
        }
    }

    /// P of every game as doubles.
    static double[] read(Path file) throws IOException {
        try (var arena = Arena.ofConfined();
                var channel = FileChannel.open(file)) {
            MemorySegment p = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
            var values = new double[Math.toIntExact(channel.size() / Float.BYTES)];
            for (int n = 0; n < values.length; n++) {
                values[n] = p.getAtIndex(ENTRY, n);
            }
            return values;
        }
    }
}
