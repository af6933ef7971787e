package org.polyphony.games.parametric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;

/// Runs a fit in one thread or in chunks out of order, records notes, and stops after some rounds.
final class TestRun implements FitRun {

    final List<String> notes = new ArrayList<>();
    int rounds;
    private final long seed;
    private final boolean backwards;
    private final int stopAfter;

    private TestRun(long seed, boolean backwards, int stopAfter) {
        this.seed = seed;
        this.backwards = backwards;
        this.stopAfter = stopAfter;
    }

    static TestRun of(long seed) {
        return new TestRun(seed, false, Integer.MAX_VALUE);
    }

    /// Chunks are worked on from the last to the first, as threads may.
    TestRun backwards() {
        return new TestRun(seed, true, stopAfter);
    }

    TestRun stoppedAfter(int roundsDone) {
        return new TestRun(seed, backwards, roundsDone);
    }

    @Override
    public <T> List<T> parallel(int chunks, IntFunction<T> work) {
        var results = new ArrayList<T>(Collections.nCopies(chunks, null));
        for (int n = 0; n < chunks; n++) {
            int chunk = backwards ? chunks - 1 - n : n;
            results.set(chunk, work.apply(chunk));
        }
        return results;
    }

    @Override
    public long seed() {
        return seed;
    }

    @Override
    public RandomGenerator random(String stage, long index) {
        return new SplittableRandom(Arrays.hashCode(new long[] {seed, stage.hashCode(), index}));
    }

    @Override
    public void checkCancelled() {
        if (rounds >= stopAfter) {
            throw new IllegalStateException("stopped after " + rounds + " rounds");
        }
    }

    @Override
    public void progress(int round, int most) {
        rounds++;
    }

    @Override
    public void note(String message) {
        notes.add(message);
    }
}
