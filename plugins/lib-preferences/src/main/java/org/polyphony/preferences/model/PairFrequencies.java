package org.polyphony.preferences.model;

import java.util.HashMap;
import java.util.Map;
import org.polyphony.preferences.Pairs;

/// Smoothed pair shares, the model that knows every pair and generalises to none.
final class PairFrequencies implements PreferenceModel {
    private final double alpha;
    private final boolean byGroup;
    /// `[group + 1][item]`: key low * K + high, value (wins of low, wins of high)
    private final Map<Long, double[]>[] wins;

    private PairFrequencies(double alpha, boolean byGroup, Map<Long, double[]>[] wins) {
        this.alpha = alpha;
        this.byGroup = byGroup;
        this.wins = wins;
    }

    static PairFrequencies fit(Pairs training, ModelSpec.PairFrequency spec) {
        int tables = spec.byGroup() ? training.groups() + 1 : 1;
        @SuppressWarnings({"unchecked", "rawtypes"}) // Java has no generic arrays
        Map<Long, double[]>[] wins = new Map[tables];
        for (int t = 0; t < tables; t++) {
            int group = t - 1;
            WinCounts[] counts = WinCounts.of(training, spec.ties(), row -> group < 0 || training.group(row) == group);
            wins[t] = new HashMap<>();
            for (int item = 0; item < counts.length; item++) {
                for (int e = 0; e < counts[item].size(); e++) {
                    wins[t].put(
                            key(item, counts[item].low(e), counts[item].high(e)),
                            new double[] {counts[item].lowWins(e), counts[item].highWins(e)});
                }
            }
        }
        return new PairFrequencies(spec.alpha(), spec.byGroup(), wins);
    }

    @Override
    public double probability(int item, int group, int first, int second) {
        int table = byGroup ? group + 1 : 0;
        double[] pair = wins[table].get(key(item, Math.min(first, second), Math.max(first, second)));
        if (pair == null || first == second) {
            return 0.5;
        }
        double low = (pair[0] + alpha) / (pair[0] + pair[1] + 2 * alpha);
        return first < second ? low : 1 - low;
    }

    private static long key(int item, int low, int high) {
        return ((long) item << 40) | ((long) low << 20) | high;
    }
}
