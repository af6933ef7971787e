package org.polyphony.cli;

import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.polyphony.engine.Polyphony;
import org.polyphony.engine.game.AnswerOutput;
import org.polyphony.engine.game.GameStream;
import org.polyphony.engine.game.SolveRequest;
import org.polyphony.spi.alignment.Formulation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Solves explicit games.
@Command(
        name = "solve",
        mixinStandardHelpOptions = true,
        description = "Solves explicit games and certifies every answer.",
        footer = {
            "",
            "Input: {\"games\":[{\"P\":[S][K][K],\"weights\":[S],\"ref\":[K],\"unsafe\":[K]}]}; all but P is optional.",
            "P[s][i][j] is the probability that stakeholder s prefers candidate i to j.",
            "A game that cannot be solved has \"error\" in its place; the exit code is then 3, or 4 when every",
            "game was refused because no candidate is safe; 5 where the algorithm's answer is no policy, 7 where",
            "the verifier rejects what it says it has solved.",
            "",
            "Examples:",
            "  polyphony solve samples/games/comal.json --formulation population",
            "  polyphony solve games.arrow --out answers.arrow",
            "  polyphony solve games.json --sweep 20",
            "  polyphony solve samples/three-cycle/games.json --runs samples/three-cycle/runs.yaml --out out/three-cycle"
        })
final class SolveCommand implements Callable<Integer> {

    private static final String PREFERRED = "nash-dpo";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Mixin
    private final OutsideAccess access = new OutsideAccess();

    @Parameters(
            paramLabel = "GAMES",
            description = "A JSON or Arrow file with games; - reads JSON from standard input.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path games;

    @Option(
            names = {"-f", "--formulation"},
            paramLabel = "F",
            description = "What is solved: a formulation that 'polyphony algo list' shows. Default: population.")
    private @Nullable String formulation;

    @Option(
            names = {"-a", "--algorithm"},
            paramLabel = "ID",
            description = "The algorithm plugin; see 'polyphony algo list'. Default: one that offers the formulation,"
                    + " nash-dpo if it does.")
    private @Nullable String algorithm;

    @Option(
            names = "--tau",
            paramLabel = "T",
            description =
                    "Weight of the divergence from the reference, > 0, for regularised games. Default: the algorithm's.")
    private @Nullable Double tau;

    @Option(
            names = "--sweep",
            paramLabel = "N",
            description = "Solve the population game for every way to weigh the stakeholders in steps of 1/N.")
    private @Nullable Integer sweep;

    @Option(
            names = "--runs",
            paramLabel = "RUNS",
            description = "Watch the algorithms of a YAML file move, and write report.html and report.json to --out.")
    private @Nullable Path runs;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "OUT",
            description = "A file for the answers, written whole or not at all: an Arrow table where its name ends in"
                    + " .arrow, else JSON. Default: JSON on standard output. With --runs a folder, created if absent.")
    private @Nullable Path out;

    @Option(names = "--seed", defaultValue = "1", description = "Seed of all randomness. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Override
    public Integer call() {
        check();
        try (var polyphony = common.start(access)) {
            if (runs != null && out != null) {
                var entries = polyphony.games(games);
                return TrajectorySolving.run(polyphony, entries, games, runs, out, seed, access, common.json);
            }
            // what is wrong with the command is told before a large file is read
            var request = request(polyphony);
            if (sweep != null) {
                return SweepSolving.run(polyphony, polyphony.games(games), sweep, request, common.json);
            }
            return answer(
                    polyphony.solve(games, request, out == null ? AnswerOutput.to(System.out) : AnswerOutput.to(out)));
        }
    }

    private void check() {
        if (tau != null && !(tau > 0 && tau < Double.POSITIVE_INFINITY)) {
            throw usage("--tau must be a number > 0, got " + tau);
        }
        if (sweep != null && sweep < 1) {
            throw usage("--sweep must be a whole number >= 1, got " + sweep);
        }
        if (sweep != null && formulation != null && !formulation.equals(Formulation.POPULATION)) {
            throw usage("--sweep solves the population game, not --formulation " + formulation);
        }
        if (runs != null && out == null) {
            throw usage("--runs and --out belong together: RUNS says what is watched, DIR where the report goes");
        }
        if (sweep != null && out != null) {
            throw usage("--sweep prints its table; give it without --out, and with --json for a document");
        }
        if (runs == null
                && out != null
                && out.toAbsolutePath()
                        .normalize()
                        .equals(games.toAbsolutePath().normalize())) {
            throw usage("--out is " + out + ", the file with the games; name another");
        }
        if (runs != null && (formulation != null || algorithm != null || tau != null || sweep != null)) {
            throw usage("--runs says formulation, algorithms and tau in its file; give it without"
                    + " --formulation, --algorithm, --tau and --sweep");
        }
    }

    private SolveRequest request(Polyphony polyphony) {
        var game = formulation == null ? Formulation.POPULATION : formulation;
        // no formulation asked for: nobody needs to be asked who offers it
        var solver = algorithm != null
                ? algorithm
                : formulation == null ? PREFERRED : polyphony.algorithm(formulation, PREFERRED);
        polyphony.requireOffered(solver, formulation);
        return new SolveRequest(game, solver, tau == null ? OptionalDouble.empty() : OptionalDouble.of(tau), seed);
    }

    private static int answer(GameStream.Outcome answered) {
        Failures.print(answered.issues());
        int outcome = Failures.outcome(answered.issues());
        if (outcome != 0) {
            return outcome;
        }
        if (answered.count() > 0 && answered.refused() == answered.count()) {
            System.err.println("polyphony: ALL_REFUSED: none of " + answered.count()
                    + " games has a candidate that may be played; mark at least one as safe");
            return Failures.SAFETY;
        }
        if (answered.failed() > 0) {
            System.err.println("polyphony: GAME_INVALID: " + answered.failed() + " of " + answered.count()
                    + " games could not be solved; see their \"error\"");
            return Failures.USER;
        }
        return 0;
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
