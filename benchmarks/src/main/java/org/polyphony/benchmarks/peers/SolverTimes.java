package org.polyphony.benchmarks.peers;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.polyphony.games.Equilibrium;
import org.polyphony.games.PopulationSolver;
import org.polyphony.games.PredictiveRegretMatching;
import org.polyphony.games.RegularisedPopulationSolver;
import org.polyphony.games.Skew;

/// Time of PRM⁺, the linear programme and Newton's method to their gap, side by side: dense games, one thread, the
/// median
/// over games of the best of several runs. Newton solves the game with a KL penalty, so its own gap is gap_τ; the gap
/// of
/// the game without the penalty is printed beside it.
public final class SolverTimes {

    private static final int GAMES = 21;
    private static final double SECONDS = 0.08;
    private static final double[] TAUS = {0.1, 0.01};
    private static final double[] TOLERANCES = {1e-2, 1e-3, 1e-4};

    private static volatile int consumed;

    private SolverTimes() {}

    /// Takes the numbers of candidates.
    public static void main(String[] arguments) {
        for (String argument : arguments) {
            int k = Integer.parseInt(argument);
            for (double tolerance : TOLERANCES) {
                var solver = new PredictiveRegretMatching(tolerance, 1_000_000);
                print("PRM+ to " + tolerance, k, p -> solver.solve(p, k));
            }
            var exact = new PopulationSolver();
            print("linear programme", k, p -> exact.solve(p, k));
            for (double tau : TAUS) {
                var solver = new RegularisedPopulationSolver(tau);
                print("Newton at tau " + tau, k, p -> solver.solve(p, k, new double[k]));
            }
        }
    }

    private static void print(String method, int k, Function<double[], Equilibrium> solver) {
        var random = new SplittableRandom(k);
        double[][] games =
                IntStream.range(0, GAMES).mapToObj(n -> dense(random, k)).toArray(double[][]::new);
        for (double[] p : games) { // compiles
            Measured.bestNanos(SECONDS, () -> consumed = solver.apply(p).iterations());
        }
        var micros = new double[GAMES];
        var steps = new double[GAMES];
        var gaps = new double[GAMES];
        var plainGaps = new double[GAMES];
        for (int n = 0; n < GAMES; n++) {
            double[] p = games[n];
            micros[n] =
                    Measured.bestNanos(SECONDS, () -> consumed = solver.apply(p).iterations()) / 1e3;
            var solved = solver.apply(p);
            if (!solved.converged()) {
                throw new IllegalStateException(method + " did not converge on game " + n + " of " + k);
            }
            steps[n] = solved.iterations();
            gaps[n] = solved.gap();
            plainGaps[n] = gap(p, k, solved.policy());
        }
        Measured.print("solver", method, k, median(micros), median(steps), max(gaps), max(plainGaps));
    }

    private static double[] dense(SplittableRandom random, int k) {
        var p = new double[k * k];
        for (int i = 0; i < k; i++) {
            for (int j = 0; j <= i; j++) {
                double win = i == j ? 0.5 : random.nextDouble();
                p[i * k + j] = win;
                p[j * k + i] = 1 - win;
            }
        }
        return p;
    }

    private static double gap(double[] p, int k, double[] policy) {
        var a = new double[k * k];
        var payoffs = new double[k];
        Skew.payoff(p, 0, k, a);
        Skew.multiply(a, k, policy, payoffs);
        return 2 * max(payoffs);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static double max(double[] values) {
        return Arrays.stream(values).max().orElseThrow();
    }
}
