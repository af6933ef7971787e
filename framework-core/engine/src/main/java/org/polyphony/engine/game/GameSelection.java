package org.polyphony.engine.game;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.polyphony.spi.alignment.GameBucket;
import org.polyphony.spi.alignment.PreferenceGames;
import org.polyphony.spi.tensor.ElementType;
import org.polyphony.spi.tensor.Shape;
import org.polyphony.spi.tensor.Tensor;
import org.polyphony.spi.tensor.TensorAllocator;

/// Some of the games of a study.
public final class GameSelection {

    /// Rows that live as long as somebody holds them: the games of one fold are not kept until the run ends.
    public static final TensorAllocator HEAP = GameSelection::allocate;

    private GameSelection() {}

    /// The games about items that satisfy a condition, in the same order; buckets without any are left out.
    public static PreferenceGames select(PreferenceGames games, IntPredicate items) {
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
    public static int[] rows(GameBucket bucket, IntPredicate items) {
        return IntStream.range(0, bucket.games())
                .filter(g -> items.test(bucket.items().getInt(g)))
                .toArray();
    }

    private static GameBucket select(GameBucket bucket, int[] rows) {
        return new GameBucket(
                HEAP.gather(bucket.items(), rows),
                HEAP.gather(bucket.p(), rows),
                HEAP.gather(bucket.allowed(), rows),
                bucket.reference().map(all -> HEAP.gather(all, rows)),
                bucket.features().map(all -> HEAP.gather(all, rows)),
                bucket.ballots().map(all -> HEAP.gather(all, rows)),
                bucket.ballotWeights().map(all -> HEAP.gather(all, rows)));
    }

    private static Tensor allocate(ElementType type, Shape shape) {
        int size = Math.toIntExact(shape.size());
        return Tensor.of(
                type,
                shape,
                switch (type) {
                    case FLOAT64 -> MemorySegment.ofArray(new double[size]);
                    case FLOAT32 -> MemorySegment.ofArray(new float[size]);
                    case INT64 -> MemorySegment.ofArray(new long[size]);
                    case INT32 -> MemorySegment.ofArray(new int[size]);
                    case UINT8 -> MemorySegment.ofArray(new byte[size]);
                });
    }
}
