package org.polyphony.benchmarks.solvers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.polyphony.engine.EngineOptions;
import org.polyphony.engine.Polyphony;
import org.polyphony.engine.game.AnswerOutput;
import org.polyphony.engine.game.ExplicitGame;
import org.polyphony.engine.game.SolveRequest;
import org.polyphony.engine.plan.StudyPlan.PluginUse;
import org.polyphony.engine.plugin.Role;
import org.polyphony.engine.trajectory.ConvergenceVerdict;
import org.polyphony.engine.trajectory.TrajectoryPlan;
import org.polyphony.engine.trajectory.TrajectoryPoint;
import org.polyphony.spi.alignment.Formulation;

/// Measures every installed solver of the population game with its default settings, and writes the table of
/// `docs/guide/choosing-an-algorithm.md` between its markers.
///
/// ```
/// java --enable-native-access=ALL-UNNAMED --add-opens=java.base/java.nio=ALL-UNNAMED \
///   -Dpolyphony.home=distribution/target/polyphony -cp 'distribution/target/polyphony/lib/*' \
///   benchmarks/src/main/java/org/polyphony/benchmarks/solvers/SolverTable.java \
///   docs/guide/choosing-an-algorithm.md COMMIT 'MACHINE'
/// ```
public final class SolverTable {

    private static final String BEGIN = "<!-- measured: begin -->";
    private static final String END = "<!-- measured: end -->";
    private static final int GAMES = 10;
    private static final int TIMED = 100;
    private static final int ITERATIONS = 2000;
    private static final List<Integer> SIZES = List.of(3, 8, 32);
    private static final long SEED = 20261123;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Polyphony polyphony;
    private final Path folder;

    private SolverTable(Polyphony polyphony, Path folder) {
        this.polyphony = polyphony;
        this.folder = folder;
    }

    /// Measures and writes.
    ///
    /// @param arguments the guide, the commit and the machine
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 3) {
            throw new IllegalArgumentException("arguments: GUIDE COMMIT MACHINE, got " + Arrays.toString(arguments));
        }
        var home = Path.of(System.getProperty("polyphony.home", "distribution/target/polyphony"));
        try (var polyphony = Polyphony.start(EngineOptions.of(List.of(home.resolve("plugins"))))) {
            var folder = Files.createTempDirectory("solver-table-");
            var table = new SolverTable(polyphony, folder).table(arguments[1], arguments[2]);
            var guide = Path.of(arguments[0]);
            var text = Files.readString(guide);
            int begin = text.indexOf(BEGIN) + BEGIN.length();
            Files.writeString(guide, text.substring(0, begin) + "\n" + table + text.substring(text.indexOf(END)));
        }
        System.exit(0); // the bus leaves threads
    }

    private String table(String commit, String machine) {
        var out = new StringBuilder();
        out.append("| solver | aims at | K = 3: 1e-3 / 1e-6 | K = 8: 1e-3 / 1e-6 | K = 32: 1e-3 / 1e-6 |")
                .append(" time a game, K = 3 / 8 / 32 | gap then, K = 32 | three-cycle | clones | unsafe |\n")
                .append("|---|---|---|---|---|---|---|---|---|---|\n");
        for (var plugin : polyphony.plugins()) {
            if (plugin.role() == Role.ALGORITHM && plugin.formulations().contains(Formulation.POPULATION)) {
                System.err.println(plugin.id());
                out.append(row(plugin.id()));
            }
        }
        return out.append(String.format(
                        Locale.ROOT,
                        "%n%s, commit %s, %s. %d random dense games each (seed %d), default settings, at most %,d iterations"
                                + " (%,d for iter-dpo). Iterations: median to a duality gap of the game aimed at; – where"
                                + " half of the games or more did not reach it. Time: processor time of one call with %d games, after one"
                                + " to warm up, files, bus and certificates included, to the solver's own default"
                                + " tolerance; the certified gap beside it is the median there.%n",
                        LocalDate.now(ZoneOffset.UTC),
                        commit,
                        machine,
                        GAMES,
                        SEED,
                        ITERATIONS,
                        ITERATIONS / 10,
                        TIMED))
                .toString();
    }

    private String row(String id) {
        var cells = new ArrayList<String>();
        cells.add("`" + id + "`");
        var cycle = watch(id, List.of(cycle())).getFirst();
        boolean regularised = cycle.getLast().tau() > 0;
        cells.add(regularised ? "τ = " + cycle.getLast().tau() : "the game");
        for (int k : SIZES) {
            var paths = watch(id, games(k, GAMES));
            cells.add(iterations(paths, 1e-3, regularised) + " / " + iterations(paths, 1e-6, regularised));
        }
        var times = new ArrayList<String>();
        var gaps = new double[TIMED];
        for (int k : SIZES) {
            times.add(time(id, games(k, TIMED), gaps, regularised));
        }
        cells.add(String.join(" / ", times) + " ms");
        cells.add(String.format(Locale.ROOT, "%.0e", median(gaps)));
        cells.add(ConvergenceVerdict.of(cycle).words());
        cells.add(clones(id));
        cells.add(String.format(Locale.ROOT, "%.0f", unsafe(id)));
        return "| " + String.join(" | ", cells) + " |\n";
    }

    private List<List<TrajectoryPoint>> watch(String id, List<ExplicitGame> games) {
        int iterations = id.equals("iter-dpo") ? ITERATIONS / 10 : ITERATIONS;
        var run = new TrajectoryPlan.Run(
                id, new PluginUse(id, Map.of(), "algorithm"), OptionalDouble.empty(), iterations);
        var plan = new TrajectoryPlan(Formulation.POPULATION, List.of(run));
        return polyphony.watch(plan, games, SEED).games().stream()
                .map(game -> game.paths().getFirst())
                .toList();
    }

    private static String iterations(List<List<TrajectoryPoint>> paths, double gap, boolean regularised) {
        var reached = new double[paths.size()];
        for (int g = 0; g < reached.length; g++) {
            reached[g] = Double.POSITIVE_INFINITY;
            for (var point : paths.get(g)) {
                if ((regularised ? point.gapTau() : point.gap()) <= gap) {
                    reached[g] = Math.min(reached[g], point.iterations());
                }
            }
        }
        double median = median(reached);
        return Double.isInfinite(median) ? "–" : String.format(Locale.ROOT, "%,.0f", median);
    }

    private String time(String id, List<ExplicitGame> games, double[] gaps, boolean regularised) {
        solve(id, games.subList(0, 10));
        var file = write(games);
        long before = processorTime();
        var answers = solve(id, file);
        double millis = (processorTime() - before) / 1e6 / games.size();
        for (int g = 0; g < gaps.length; g++) {
            gaps[g] = answers.get(g)
                    .path("certificate")
                    .path(regularised ? "gapTau" : "gap")
                    .asDouble(Double.NaN);
        }
        return String.format(Locale.ROOT, millis < 1 ? "%.2f" : "%.1f", millis);
    }

    private static long processorTime() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    // a copy of the first candidate of the three-cycle: does the pair get what the one had?
    private String clones(String id) {
        var p = cycle().p()[0];
        var copied = new double[4][4];
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 4; j++) {
                copied[i][j] = i % 3 == j % 3 ? 0.5 : p[i % 3][j % 3];
            }
        }
        var alone = solve(id, List.of(cycle())).getFirst().path("policy");
        var cloned = solve(id, List.of(game(copied, new boolean[4]))).getFirst().path("policy");
        return String.format(
                Locale.ROOT,
                "%.3f → %.3f",
                alone.path(0).doubleValue(),
                cloned.path(0).doubleValue() + cloned.path(3).doubleValue());
    }

    // the largest mass on the unsafe one of every random game
    private double unsafe(String id) {
        double most = 0;
        var games = new ArrayList<ExplicitGame>();
        for (var game : games(8, TIMED)) {
            var unsafe = new boolean[8];
            unsafe[3] = true;
            games.add(game(game.p()[0], unsafe));
        }
        for (var answer : solve(id, games)) {
            most = Math.max(most, answer.path("policy").path(3).doubleValue());
        }
        return most;
    }

    private List<JsonNode> solve(String id, List<ExplicitGame> games) {
        return solve(id, write(games));
    }

    private List<JsonNode> solve(String id, Path games) {
        var request = new SolveRequest(Formulation.POPULATION, id, OptionalDouble.empty(), SEED);
        var out = folder.resolve("answers.json");
        polyphony.solve(games, request, AnswerOutput.to(out));
        try {
            var answers = new ArrayList<JsonNode>();
            JSON.readTree(out.toFile()).path("results").forEach(answers::add);
            return answers;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path write(List<ExplicitGame> games) {
        var document = Map.of(
                "games",
                games.stream()
                        .map(game -> Map.of("P", game.p(), "unsafe", unsafe(game)))
                        .toList());
        try {
            var file = folder.resolve("games.json");
            JSON.writeValue(file.toFile(), document);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Boolean> unsafe(ExplicitGame game) {
        return IntStream.range(0, game.candidates())
                .mapToObj(i -> !game.allowed()[i])
                .toList();
    }

    private static ExplicitGame cycle() {
        return game(new double[][] {{.5, .1, .8}, {.9, .5, .1}, {.2, .9, .5}}, new boolean[3]);
    }

    private static ExplicitGame game(double[][] p, boolean[] unsafe) {
        return ExplicitGame.of(new double[][][] {p}, new double[0], new double[0], unsafe);
    }

    private static List<ExplicitGame> games(int k, int count) {
        var random = new SplittableRandom(SEED + k);
        var games = new ArrayList<ExplicitGame>();
        for (int g = 0; g < count; g++) {
            var p = new double[k][k];
            for (int i = 0; i < k; i++) {
                p[i][i] = 0.5;
                for (int j = 0; j < i; j++) {
                    p[i][j] = random.nextDouble();
                    p[j][i] = 1 - p[i][j];
                }
            }
            games.add(game(p, new boolean[k]));
        }
        return games;
    }

    private static double median(double[] values) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
