package org.polyphony.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.polyphony.engine.io.TemporaryFolder;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The entry point of the command line.
@Command(
        name = "polyphony",
        description = "Aligns language-model answers with many people instead of their average.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "2:wrong usage of a command",
            "3:the data or settings given are wrong",
            "4:refused for safety",
            "5:a plugin failed",
            "6:memory, disk or time ran out",
            "7:a result was rejected by the verifier",
            "70:our fault; please report it",
            "141:whoever read the output had read enough and went"
        },
        footer = {"", "First steps: polyphony study run samples/clinic/study.yaml"})
public final class Main implements Runnable {

    // libraries that tell everybody how they start; held, because loggers are collected with their level
    private static final List<Logger> QUIET = Stream.of("org.apache.arrow", "io.vertx", "io.netty")
            .map(Logger::getLogger)
            .toList();

    private static final String READER_GONE = "Broken pipe";

    // in the order of the help
    private static final List<String> COMMANDS =
            List.of("study", "ask", "solve", "algo", "plugin", "host", "data", "env", "help");

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    /// Runs a command and ends the process with its exit code.
    public static void main(String[] args) {
        ProcessEnd.watch();
        QUIET.forEach(logger -> logger.setLevel(Level.WARNING));
        var output = StandardOutput.install();
        PluginOutput.capture(ProcessLog.install());
        int code = delivered(run(args), output, System.err);
        System.err.flush();
        ProcessEnd.end(code);
    }

    /// Runs a command in this process; every failure, an error of the machine included, becomes a message and an exit
    /// code.
    public static int run(String... args) {
        try {
            TemporaryFolder.takeGiven();
            return commandLine(args).execute(args);
        } catch (Throwable failure) {
            // picocli hands over exceptions only; this is the last frame that can tell
            return Failures.report(failure, new PrintWriter(System.err, true, System.err.charset()));
        }
    }

    /// The exit code, once standard output has arrived: what nobody got is no success. A reader that has read enough
    /// and gone, as `head` does, is told nothing; the code says that the rest did not arrive.
    static int delivered(int code, StandardOutput output, PrintStream err) {
        System.out.flush();
        var failure = output.failure();
        if (failure == null) {
            return code;
        }
        // the system's words for EPIPE; where it speaks another language the message below is told, which is true too
        if (READER_GONE.equals(failure.getMessage())) {
            return code == 0 ? Failures.PIPE : code;
        }
        err.println("polyphony: IO_FAILED: cannot write to standard output: "
                + Printable.message(String.valueOf(failure.getMessage()))
                + "; free space on its disk, or give a file or a program that takes it");
        return code == 0 ? Failures.RESOURCES : code;
    }

    /// What understands these arguments. Where they begin with a command it knows that command only, because reading
    /// the options of all takes half of a short command's time.
    static CommandLine commandLine(String... args) {
        var line = new CommandLine(new Main());
        boolean one = args.length > 0 && !args[0].equals("help") && COMMANDS.contains(args[0]);
        for (var name : one ? List.of(args[0]) : COMMANDS) {
            line.addSubcommand(name, command(name));
        }
        // '@' begins no file of arguments: an item or a folder may be called so
        line.setExpandAtFiles(false);
        line.setExecutionExceptionHandler(new Failures());
        line.setParameterExceptionHandler(Failures::usage);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpAutoWidth(true);
        return line;
    }

    // no map of constructors: JDK 25.0.3 crashes when it writes the start-up cache with one
    private static Object command(String name) {
        return switch (name) {
            case "study" -> new StudyCommand();
            case "ask" -> new AskCommand();
            case "solve" -> new SolveCommand();
            case "algo" -> new AlgoCommand();
            case "plugin" -> new PluginCommand();
            case "host" -> new HostCommand();
            case "data" -> new DataCommand();
            case "env" -> new EnvCommand();
            default -> new HelpCommand();
        };
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name a command");
    }
}
