package org.polyphony.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.polyphony.engine.Polyphony;
import org.polyphony.engine.game.GameResults;
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
            "game was refused because no candidate is safe.",
            "",
            "Example: polyphony solve samples/games/comal.json --formulation population"
        })
final class SolveCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Parameters(
            paramLabel = "GAMES",
            description = "A JSON or Arrow file with games; - reads JSON from standard input.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path games;

    @Option(
            names = {"-f", "--formulation"},
            paramLabel = "F",
            defaultValue = Formulation.POPULATION,
            description =
                    "What is solved, a formulation that the algorithm offers: population, stakeholder or consensus;"
                            + " bargaining, leximin, maxmin or group-robust with --algorithm welfare."
                            + " Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String formulation;

    @Option(
            names = {"-a", "--algorithm"},
            paramLabel = "ID",
            defaultValue = "nash-dpo",
            description = "The algorithm plugin; see 'polyphony algo list'. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String algorithm;

    @Option(
            names = "--tau",
            paramLabel = "T",
            description =
                    "Weight of the divergence from the reference, > 0, for regularised games. Default: the algorithm's.")
    private @Nullable Double tau;

    @Option(names = "--seed", defaultValue = "1", description = "Seed of all randomness. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Override
    public Integer call() {
        if (tau != null && !(tau > 0 && tau < Double.POSITIVE_INFINITY)) {
            throw new ParameterException(spec.commandLine(), "--tau must be a number > 0, got " + tau);
        }
        var request = new SolveRequest(
                formulation, algorithm, tau == null ? OptionalDouble.empty() : OptionalDouble.of(tau), seed);
        GameResults results;
        try (var polyphony = Polyphony.start(common.engine())) {
            results = polyphony.solve(polyphony.games(games), request);
        }
        var out = new PrintWriter(System.out, false, java.nio.charset.StandardCharsets.UTF_8);
        results.write(out);
        out.flush();
        if (results.count() > 0 && results.refused() == results.count()) {
            System.err.println("polyphony: ALL_REFUSED: none of " + results.count()
                    + " games has a candidate that may be played; mark at least one as safe");
            return Failures.SAFETY;
        }
        if (results.failed() > 0) {
            System.err.println("polyphony: GAME_INVALID: " + results.failed() + " of " + results.count()
                    + " games could not be solved; see their \"error\"");
            return Failures.USER;
        }
        return 0;
    }
}
