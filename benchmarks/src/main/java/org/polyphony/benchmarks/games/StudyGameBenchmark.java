package org.polyphony.benchmarks.games;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.polyphony.games.ConsensusSolver;
import org.polyphony.games.PopulationSolver;
import org.polyphony.games.Preferences;
import org.polyphony.games.RegularisedPopulationSolver;
import org.polyphony.games.StakeholderSolver;

/// One game of the size a study has (3 stakeholders, up to 35 candidates), one thread, each formulation.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class StudyGameBenchmark {

    private static final int STAKEHOLDERS = 3;
    private static final int DRAWN = 16;
    private static final double TAU = 0.1;

    /// Candidates of a game.
    @Param({"8", "35"})
    public int candidates;

    private double[][] games = new double[0][];
    private double[][] mixtures = new double[0][];
    private double[] logReference = new double[0];
    private final double[] weights = {0.5, 0.3, 0.2};
    private int next;

    /// Draws a few dense games.
    @Setup
    public void draw() {
        var random = new SplittableRandom(1);
        int k = candidates;
        games = new double[DRAWN][STAKEHOLDERS * k * k];
        mixtures = new double[DRAWN][];
        for (int n = 0; n < DRAWN; n++) {
            for (int s = 0; s < STAKEHOLDERS; s++) {
                System.arraycopy(HardGames.dense(random, k, false), 0, games[n], s * k * k, k * k);
            }
            mixtures[n] = Preferences.mix(games[n], STAKEHOLDERS, k, weights);
        }
        logReference = new double[k];
    }

    /// Exact linear programme of the mixture.
    @Benchmark
    public Object population() {
        return new PopulationSolver().solve(mixtures[draw(mixtures.length)], candidates);
    }

    /// Newton's method at τ = 0.1.
    @Benchmark
    public Object populationRegularised() {
        return new RegularisedPopulationSolver(TAU).solve(mixtures[draw(mixtures.length)], candidates, logReference);
    }

    /// Mirror-prox with annealing, down to τ = 0.1.
    @Benchmark
    public Object stakeholder() {
        return StakeholderSolver.of(TAU)
                .solve(games[draw(games.length)], STAKEHOLDERS, candidates, weights, logReference);
    }

    /// Linear programme with duals.
    @Benchmark
    public Object consensus() {
        return new ConsensusSolver().solve(games[draw(games.length)], STAKEHOLDERS, candidates);
    }

    private int draw(int n) {
        next = (next + 1) % n;
        return next;
    }
}
