package org.polyphony.benchmarks.peers;

import java.io.IOException;
import java.nio.file.Path;
import org.polyphony.games.PopulationSolver;

/// Our side of the comparison of exact solutions: population games solved per second of one core.
public final class ExactSolvePeer {

    private static final double GAP = 1e-9;

    private ExactSolvePeer() {}

    /// `write K GAMES FILE` or `time K FILE SECONDS`.
    public static void main(String[] arguments) throws IOException {
        int k = Integer.parseInt(arguments[1]);
        if (arguments[0].equals("write")) {
            GamesFile.write(Path.of(arguments[3]), Integer.parseInt(arguments[2]), k, 1);
            return;
        }
        double[] p = GamesFile.read(Path.of(arguments[2]));
        double seconds = Double.parseDouble(arguments[3]);
        int games = p.length / (k * k);
        var policies = new double[games * k];
        var gaps = new double[games];
        var solver = new PopulationSolver();
        Runnable all = () -> solver.solveEach(p, k, 0, games, policies, gaps);
        Measured.bestNanos(seconds, all); // compiles
        double nanos = Measured.bestNanos(seconds, all);
        double largest = 0;
        for (double gap : gaps) {
            largest = Math.max(largest, gap);
        }
        if (!(largest < GAP)) {
            throw new IllegalStateException("a game has gap " + largest + ", must be below " + GAP);
        }
        Measured.print("exact", "polyphony", "PopulationSolver", k, games, 1e9 * games / nanos, largest);
    }
}
