package org.polyphony.plugin.profile.groups;

import java.util.Map;
import java.util.Optional;
import org.polyphony.preferences.Pairs;
import org.polyphony.preferences.TrainingJudgments;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.preference.Candidates;

/// Counts ballots: P = 1/2 + (wins − losses) / (2 · weight of the seat's ballots about the item). Nothing
/// is estimated, so the deviation is zero. A seat without ballots about an item is indifferent, and how
/// sure of that is unknown.
final class BallotCount {
    private BallotCount() {}

    static SeatPreferences count(TrainingJudgments training, PluginContext context) {
        Candidates candidates = training.judgments().candidates();
        int items = candidates.items().size();
        int seats = training.seats().size();
        double[][][] lead = new double[items][seats][];
        double[][][] counts = new double[items][seats][];
        double[][][] deviation = new double[items][seats][];
        double[][] ballots = new double[items][seats];
        for (int item = 0; item < items; item++) {
            int k = candidates.count(item);
            for (int s = 0; s < seats; s++) {
                lead[item][s] = new double[k * k];
                counts[item][s] = new double[k * k];
                deviation[item][s] = new double[k * k];
            }
        }
        for (int row = 0; row < training.count(); row++) {
            context.checkCancelled();
            int seat = training.seat()[row];
            if (seat != Pairs.NO_GROUP) {
                int item = training.item(row);
                int k = candidates.count(item);
                int[] of = training.entries(row);
                double[] values = training.values(row);
                double weight = training.weight(row);
                ballots[item][seat] += weight;
                for (int a = 0; a < of.length; a++) {
                    for (int b = 0; b < of.length; b++) {
                        if (a != b) {
                            lead[item][seat][of[a] * k + of[b]] += weight * Math.signum(values[a] - values[b]);
                            counts[item][seat][of[a] * k + of[b]] += weight;
                        }
                    }
                }
            }
        }
        for (int item = 0; item < items; item++) {
            for (int s = 0; s < seats; s++) {
                int k = candidates.count(item);
                share(lead[item][s], ballots[item][s], k);
                for (int n = 0; n < k * k && ballots[item][s] == 0; n++) {
                    deviation[item][s][n] = n / k == n % k ? 0 : Double.NaN;
                }
            }
        }
        return new SeatPreferences(lead, deviation, counts, Optional.empty(), Map.of("model", "ballots"));
    }

    private static void share(double[] lead, double ballots, int k) {
        for (int i = 0; i < k; i++) {
            lead[i * k + i] = 0.5;
            for (int j = i + 1; j < k; j++) {
                double p = ballots == 0 ? 0.5 : 0.5 + lead[i * k + j] / (2 * ballots);
                lead[i * k + j] = p;
                lead[j * k + i] = 1 - p;
            }
        }
    }
}
