package org.polyphony.games.parametric;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.polyphony.games.AllowedCandidates;

/// Seeded games whose preferences follow from the candidates' features.
final class FeatureGames {

    /// Features of a candidate: two carry the utility, two a rotation, two nothing.
    static final int FEATURES = 6;

    private static final double[] UTILITY = {2, -1.5};

    private FeatureGames() {}

    /// Items `from` to `to`: P = σ(u_i − u_j + cycles (x_i y_j − x_j y_i)), u linear in the first two
    /// features, (x, y) the next two; the second stakeholder's utility is `division` away.
    static List<TrainingGame> items(int from, int to, int stakeholders, double cycles, double division) {
        var games = new ArrayList<TrainingGame>();
        for (int item = from; item < to; item++) {
            var random = new SplittableRandom(7919L * item + 3);
            int k = 4 + random.nextInt(5);
            var phi = new double[k * FEATURES];
            for (int n = 0; n < phi.length; n++) {
                // scales and offsets differ, as real features' do
                phi[n] = 3 * (n % FEATURES) + (1 + n % FEATURES) * random.nextGaussian();
            }
            var p = new double[stakeholders * k * k];
            for (int s = 0; s < stakeholders; s++) {
                for (int i = 0; i < k; i++) {
                    for (int j = 0; j < k; j++) {
                        double lead = utility(phi, i, s * division) - utility(phi, j, s * division);
                        double turn = unit(phi, i, 2) * unit(phi, j, 3) - unit(phi, j, 2) * unit(phi, i, 3);
                        p[(s * k + i) * k + j] = 1 / (1 + Math.exp(-lead - cycles * turn));
                    }
                }
            }
            games.add(game(item, p, stakeholders, phi));
        }
        return games;
    }

    /// A game among all its candidates, equal weights, uniform reference.
    static TrainingGame game(long item, double[] p, int stakeholders, double[] phi) {
        int k = (int) Math.round(Math.sqrt(p.length / (double) stakeholders));
        return TrainingGame.of(
                item, p, weights(stakeholders), AllowedCandidates.all(k), new double[k], phi, OptionalDouble.empty());
    }

    static double[] weights(int stakeholders) {
        var weights = new double[stakeholders];
        java.util.Arrays.fill(weights, 1.0 / stakeholders);
        return weights;
    }

    /// One feature per candidate: every policy can be expressed.
    static double[] identity(int k) {
        var phi = new double[k * k];
        for (int i = 0; i < k; i++) {
            phi[i * k + i] = 1;
        }
        return phi;
    }

    private static double utility(double[] phi, int i, double away) {
        return (UTILITY[0] - away) * unit(phi, i, 0) + (UTILITY[1] + away) * unit(phi, i, 1);
    }

    private static double unit(double[] phi, int i, int feature) {
        return (phi[i * FEATURES + feature] - 3 * feature) / (1 + feature);
    }
}
