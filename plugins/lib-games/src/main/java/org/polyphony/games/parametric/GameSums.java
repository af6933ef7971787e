package org.polyphony.games.parametric;

import java.util.List;
import java.util.function.BiConsumer;

/// Sums vectors over games in parallel. Chunks depend on the number of games alone and are added in order,
/// so the sum has the same bytes on any number of threads.
///
/// @param run where the chunks run
record GameSums(FitRun run) {

    private static final int SMALLEST_CHUNK = 8;

    /// Each holds a vector until all are added.
    private static final int MOST_CHUNKS = 16;

    /// Σ over games of what `add` adds to a vector of this length.
    double[] sum(List<FittedGame> games, int length, BiConsumer<FittedGame, double[]> add) {
        int size = Math.max(SMALLEST_CHUNK, Math.ceilDiv(games.size(), MOST_CHUNKS));
        var parts = run.parallel(Math.ceilDiv(games.size(), size), chunk -> {
            var part = new double[length];
            for (var game : games.subList(chunk * size, Math.min(games.size(), (chunk + 1) * size))) {
                add.accept(game, part);
            }
            return part;
        });
        var total = new double[length];
        for (double[] part : parts) {
            for (int i = 0; i < length; i++) {
                total[i] += part[i];
            }
        }
        return total;
    }
}
