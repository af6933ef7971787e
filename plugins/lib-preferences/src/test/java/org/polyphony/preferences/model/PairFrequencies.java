package org.polyphony.preferences.model;

import java.util.HashMap;
import java.util.Map;
import org.polyphony.preferences.Pairs;
import org.polyphony.preferences.Ties;

/// Smoothed share of a pair's judgments, (wins + α)/(n + 2α): the model that knows every pair and generalises
/// to none. 1/2 for a pair that nobody compared; with α = 0 and ties as halves, the majority matrix of ballots.
public final class PairFrequencies {
    private PairFrequencies() {}

    /// The model with α ≥ 0 added to both sides.
    public static ModelSpec of(double alpha, Ties ties) {
        return (training, parallel) -> fit(training, alpha, ties);
    }

    private static PreferenceModel fit(Pairs training, double alpha, Ties ties) {
        WinCounts[] counts = WinCounts.of(training, ties);
        Map<Long, Double> low = new HashMap<>();
        for (int item = 0; item < counts.length; item++) {
            for (int e = 0; e < counts[item].size(); e++) {
                double lowWins = counts[item].lowWins(e);
                double all = lowWins + counts[item].highWins(e);
                low.put(key(item, counts[item].low(e), counts[item].high(e)), (lowWins + alpha) / (all + 2 * alpha));
            }
        }
        return (item, group, first, second) -> {
            double share = low.getOrDefault(key(item, Math.min(first, second), Math.max(first, second)), 0.5);
            return first < second ? share : 1 - share;
        };
    }

    private static long key(int item, int low, int high) {
        return ((long) item << 40) | ((long) low << 20) | high;
    }
}
