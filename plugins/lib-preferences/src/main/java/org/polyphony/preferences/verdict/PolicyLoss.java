package org.polyphony.preferences.verdict;

import java.util.SplittableRandom;
import org.polyphony.preferences.KeyedRandom;
import org.polyphony.preferences.Parallel;
import org.polyphony.preferences.model.Logistic;

/// What a deviation of a seat costs a member: the advantage of its best reply against the maximal lottery of everybody,
/// mean over drawn deviations and over the items on which something was compared. In probability.
final class PolicyLoss {
    private static final String STAGE = "verdict-loss";
    private static final int DRAWS = 64;
    private static final double SUPPORT = 1e-12;

    private final int[] items;
    /// log-odds of everybody [K, K], by item
    private final double[][] logits;
    private final double[][] policies;
    private final long seed;
    private final Parallel parallel;

    private PolicyLoss(int[] items, double[][] logits, double[][] policies, long seed, Parallel parallel) {
        this.items = items;
        this.logits = logits;
        this.policies = policies;
        this.seed = seed;
        this.parallel = parallel;
    }

    /// Solves everybody's game of every item.
    static PolicyLoss of(ComparedCells cells, Population population, Lottery lottery, long seed, Parallel parallel) {
        int[] items = java.util.stream.IntStream.range(0, cells.cells())
                .map(cells::item)
                .distinct()
                .toArray();
        int[] place = new int[cells.items()];
        double[][] logits = new double[items.length][];
        for (int at = 0; at < items.length; at++) {
            place[items[at]] = at;
            logits[at] = fitted(cells, population, items[at]);
        }
        for (int c = 0; c < cells.cells(); c++) {
            int item = cells.item(c);
            int from = cells.coordinate(item);
            int k = cells.coordinate(item + 1) - from;
            int ik = (cells.first(c) - from) * k + cells.second(c) - from;
            int ki = (cells.second(c) - from) * k + cells.first(c) - from;
            // ½(logit μ_ik − logit μ_ki), one cell at a time: what the fit says of a cell gives way to its μ
            double more = cells.ordered()
                    ? (population.logit(c) - population.eta()[c]) / 2
                    : population.logit(c) - population.eta()[c];
            logits[place[item]][ik] += more;
            logits[place[item]][ki] -= more;
        }
        double[][] policies = new double[items.length][];
        parallel.forEach(items.length, at -> {
            double[] p = new double[logits[at].length];
            for (int e = 0; e < p.length; e++) {
                p[e] = Logistic.sigmoid(logits[at][e]);
            }
            policies[at] = lottery.solve(p, (int) Math.round(Math.sqrt(p.length)));
        });
        return new PolicyLoss(items, logits, policies, seed, parallel);
    }

    private static double[] fitted(ComparedCells cells, Population population, int item) {
        int from = cells.coordinate(item);
        int k = cells.coordinate(item + 1) - from;
        double[] theta = population.fit().theta();
        double[] logits = new double[k * k];
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                logits[i * k + j] = theta[from + i] - theta[from + j];
            }
        }
        return logits;
    }

    /// The loss at a standard deviation in logits.
    SeatResult.Deviation at(double sigma) {
        double[] losses = new double[items.length];
        parallel.forEach(items.length, at -> losses[at] = item(at, sigma));
        double sum = 0;
        int largest = 0;
        for (int at = 0; at < losses.length; at++) {
            sum += losses[at];
            largest = losses[at] > losses[largest] ? at : largest;
        }
        return new SeatResult.Deviation(sigma, sum / losses.length, items[largest], losses[largest]);
    }

    private double item(int at, double sigma) {
        double[] policy = policies[at];
        int k = policy.length;
        SplittableRandom random = KeyedRandom.of(seed, STAGE, items[at]);
        double[] z = new double[k];
        double sum = 0;
        for (int draw = 0; draw < DRAWS; draw++) {
            for (int i = 0; i < k; i++) {
                z[i] = random.nextGaussian();
            }
            double best = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < k; i++) {
                double advantage = 0;
                for (int j = 0; j < k; j++) {
                    if (policy[j] > SUPPORT) {
                        double logit = logits[at][i * k + j] + sigma * (z[i] - z[j]);
                        advantage += (Logistic.sigmoid(logit) - 0.5) * policy[j];
                    }
                }
                best = Math.max(best, advantage);
            }
            sum += best;
        }
        return sum / DRAWS;
    }
}
