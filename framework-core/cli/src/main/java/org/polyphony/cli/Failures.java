package org.polyphony.cli;

import java.io.PrintWriter;
import java.util.Optional;
import java.util.Set;
import org.polyphony.engine.certify.HeldBack;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.ErrorCode;
import org.polyphony.spi.error.Issue;
import org.polyphony.spi.error.StandardErrorCode;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// Turns failures into one message and an exit code that says who can fix it.
final class Failures implements IExecutionExceptionHandler {

    static final int USAGE = 2;
    static final int USER = 3;
    static final int SAFETY = 4;
    static final int PLUGIN = 5;
    static final int RESOURCES = 6;
    static final int REJECTED = 7;
    static final int FRAMEWORK = 70;
    /// What a shell says of a command that the signal of a broken pipe has ended.
    static final int PIPE = 141;

    private static final Set<String> FAILED =
            Set.of(StandardErrorCode.PLUGIN_FAILED.name(), StandardErrorCode.PLUGIN_TIMEOUT.name());

    /// A failure whose issues were collected: all of them are printed, each on a line of its own.
    static final class ManyIssues extends RuntimeException {

        private static final long serialVersionUID = 1;

        private final transient java.util.List<Issue> issues;

        ManyIssues(java.util.List<Issue> issues) {
            super(issues.size() + " problems");
            this.issues = issues;
        }
    }

    /// Throws if any of these is an error, so that a person sees all of them.
    @SafeVarargs
    static void refuse(java.util.List<Issue>... issues) {
        var all = new java.util.ArrayList<Issue>();
        for (var part : issues) {
            all.addAll(part);
        }
        if (all.stream().anyMatch(issue -> issue.severity() == Issue.Severity.ERROR)) {
            throw new ManyIssues(all);
        }
    }

    /// The exit code of a run that came to its end, by what was said on the way: 5 if a plugin failed, else
    /// 7 if the verifier rejected a result, else 0.
    static int outcome(java.util.List<Issue> issues) {
        if (issues.stream().anyMatch(issue -> FAILED.contains(issue.code()))) {
            return PLUGIN;
        }
        return issues.stream().anyMatch(issue -> issue.code().equals(HeldBack.REJECTED)) ? REJECTED : 0;
    }

    static void print(java.util.List<Issue> issues) {
        for (var issue : issues) {
            System.err.println("polyphony: " + issue.severity().name().toLowerCase(java.util.Locale.ROOT) + ": "
                    + issue.code() + ": " + text(issue));
        }
    }

    static int usage(ParameterException e, String[] args) {
        var err = e.getCommandLine().getErr();
        var planned = e instanceof UnmatchedArgumentException unmatched
                        && !unmatched.getUnmatched().isEmpty()
                ? PlannedCommands.message(
                        e.getCommandLine().getCommandSpec().qualifiedName(),
                        unmatched.getUnmatched().getFirst())
                : Optional.<String>empty();
        err.println("polyphony: " + Printable.message(planned.orElse(String.valueOf(e.getMessage()))));
        if (planned.isPresent()) {
            err.flush();
            return USAGE;
        }
        if (!UnmatchedArgumentException.printSuggestions(e, err)) {
            err.println("Try '" + e.getCommandLine().getCommandSpec().qualifiedName() + " --help'.");
        }
        err.flush();
        return USAGE;
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine line, ParseResult parsed) {
        return report(e, line.getErr());
    }

    static int report(Throwable failure, PrintWriter err) {
        if (failure instanceof ManyIssues many) {
            var errors = many.issues.stream()
                    .filter(issue -> issue.severity() == Issue.Severity.ERROR)
                    .toList();
            errors.forEach(issue -> err.println("polyphony: " + issue.code() + ": " + text(issue)));
            err.flush();
            return errors.stream().allMatch(issue -> FAILED.contains(issue.code())) ? PLUGIN : USER;
        }
        if (failure instanceof AlignmentException known) {
            err.println(
                    "polyphony: " + known.code().name() + ": " + Printable.message(String.valueOf(known.getMessage())));
            trace(failure, err);
            return exitCode(known.code().fault());
        }
        if (failure instanceof OutOfMemoryError) {
            err.println("polyphony: MEMORY_EXHAUSTED: the heap of "
                    + (Runtime.getRuntime().maxMemory() >> 20) + " MB is full ("
                    + Printable.message(String.valueOf(failure.getMessage()))
                    + "); raise POLYPHONY_MAX_HEAP, for example to 8g, or ask for less");
            trace(failure, err);
            return RESOURCES;
        }
        err.println("polyphony: INTERNAL: " + Printable.message(failure.toString())
                + "; this is our fault. Run again with POLYPHONY_DEBUG=1 and"
                + " report what it prints together with 'polyphony env'");
        trace(failure, err);
        return FRAMEWORK;
    }

    static int exitCode(ErrorCode.Fault fault) {
        return switch (fault) {
            case USER -> USER;
            case SAFETY -> SAFETY;
            case PLUGIN -> PLUGIN;
            case RESOURCES -> RESOURCES;
            case FRAMEWORK -> FRAMEWORK;
        };
    }

    /// What an issue says and where, for a terminal.
    static String text(Issue issue) {
        return Printable.message(
                issue.location().isEmpty() ? issue.message() : issue.message() + " (" + issue.location() + ")");
    }

    private static void trace(Throwable failure, PrintWriter err) {
        if (System.getenv("POLYPHONY_DEBUG") != null) {
            failure.printStackTrace(err);
        } else if (!(failure instanceof AlignmentException known)
                || exitCode(known.code().fault()) >= PLUGIN) {
            ProcessLog.get().trace(failure);
        }
        err.flush();
    }
}
