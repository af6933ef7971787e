package org.polyphony.engine.study;

import java.util.ArrayList;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.polyphony.spi.alignment.GameBucket;
import org.polyphony.spi.alignment.PreferenceGames;
import org.polyphony.spi.tensor.Tensor;

/// Some of the games of a study.
final class GameSelection {

    private GameSelection() {}

    /// The games about items that satisfy a condition, in the same order; buckets without any are left out.
    static PreferenceGames select(PreferenceGames games, IntPredicate items) {
        var buckets = new ArrayList<GameBucket>();
        for (var bucket : games.buckets()) {
            int[] rows = rows(bucket, items);
            if (rows.length > 0) {
                buckets.add(select(bucket, rows));
            }
        }
        return new PreferenceGames(games.stakeholders(), games.weights(), games.regime(), buckets);
    }

    /// The rows of a bucket whose items satisfy a condition.
    static int[] rows(GameBucket bucket, IntPredicate items) {
        return IntStream.range(0, bucket.games())
                .filter(g -> items.test(bucket.items().getInt(g)))
                .toArray();
    }

    private static GameBucket select(GameBucket bucket, int[] rows) {
        return new GameBucket(
                Tensor.ofInts(
                        IntStream.of(rows).map(g -> bucket.items().getInt(g)).toArray(), rows.length),
                doubles(bucket.p(), rows),
                bytes(bucket.allowed(), rows),
                doubles(bucket.reference(), rows),
                doubles(bucket.features(), rows),
                doubles(bucket.ballots(), rows),
                doubles(bucket.ballotWeights(), rows));
    }

    /// Rows of a FLOAT64 tensor's first dimension.
    static Tensor doubles(Tensor tensor, int[] rows) {
        int size = Math.toIntExact(tensor.size() / tensor.dimension(0));
        var values = new double[rows.length * size];
        for (int r = 0; r < rows.length; r++) {
            System.arraycopy(tensor.toDoubles((long) rows[r] * size, size), 0, values, r * size, size);
        }
        return Tensor.ofDoubles(values, shape(tensor, rows.length));
    }

    /// Rows of a UINT8 tensor's first dimension.
    static Tensor bytes(Tensor tensor, int[] rows) {
        int size = Math.toIntExact(tensor.size() / tensor.dimension(0));
        var values = new byte[rows.length * size];
        for (int i = 0; i < values.length; i++) {
            values[i] = tensor.getByte((long) rows[i / size] * size + i % size);
        }
        return Tensor.ofBytes(values, shape(tensor, rows.length));
    }

    private static Optional<Tensor> doubles(Optional<Tensor> tensor, int[] rows) {
        return tensor.map(present -> doubles(present, rows));
    }

    private static int[] shape(Tensor tensor, int rows) {
        var shape = new int[tensor.shape().rank()];
        shape[0] = rows;
        for (int d = 1; d < shape.length; d++) {
            shape[d] = tensor.dimension(d);
        }
        return shape;
    }
}
