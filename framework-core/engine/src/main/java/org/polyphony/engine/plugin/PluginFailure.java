package org.polyphony.engine.plugin;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.ErrorCode;
import org.polyphony.spi.error.StandardErrorCode;

/// What a plugin threw, as text and stack trace. It refers to no class of the plugin, whose class loader can
/// therefore be collected however long a report keeps the failure.
///
/// It knows what its caller is told: the message, and an error code by value, which is no class of the plugin either.
public final class PluginFailure extends RuntimeException {

    private static final long serialVersionUID = 1;
    private static final int CAUSES = 8;
    private static final Pattern NAME = Pattern.compile("[A-Z][A-Z0-9_]{0,63}");

    private static final int LONGEST_MESSAGE = 4_000;
    private static final int DEEPEST_TRACE = 200;

    private final transient ErrorCode code;
    private final String told;

    private PluginFailure(Throwable thrown, int depth, ErrorCode code, String told) {
        super(describe(thrown), causeOf(thrown, depth), false, true);
        this.code = code;
        this.told = told;
        setStackTrace(traceOf(thrown));
    }

    /// A copy of what was thrown.
    public static PluginFailure of(Throwable thrown) {
        return copy(thrown, 0);
    }

    private static PluginFailure copy(Throwable thrown, int depth) {
        var code = thrown instanceof AlignmentException known ? carried(known) : StandardErrorCode.PLUGIN_FAILED;
        return new PluginFailure(thrown, depth, code, describe(thrown));
    }

    /// A copy of what was thrown in a call to the plugin called `owner`.
    ///
    /// @param what was done, for example the verb that was called
    public static PluginFailure of(Throwable thrown, String owner, String what) {
        var where = owner + " failed in " + what + ": ";
        return switch (thrown) {
            case AlignmentException known -> new PluginFailure(thrown, 0, carried(known), message(known));
            case OutOfMemoryError _ ->
                new PluginFailure(
                        thrown,
                        0,
                        StandardErrorCode.MEMORY_EXHAUSTED,
                        where + "the heap of " + (Runtime.getRuntime().maxMemory() >> 20)
                                + " MB is full; raise POLYPHONY_MAX_HEAP or give it fewer items at a time");
            case StackOverflowError _ ->
                new PluginFailure(
                        thrown,
                        0,
                        StandardErrorCode.PLUGIN_FAILED,
                        where + "it recursed too deep; report it to its author");
            case LinkageError _ ->
                new PluginFailure(
                        thrown,
                        0,
                        StandardErrorCode.PLUGIN_FAILED,
                        where + describe(thrown) + "; it was built against other classes than are here, rebuild it");
            default ->
                new PluginFailure(
                        thrown,
                        0,
                        StandardErrorCode.PLUGIN_FAILED,
                        where + describe(thrown) + "; the trace in the log tells its author where");
        };
    }

    /// What the caller is told, as an exception of its own thread.
    public AlignmentException exception() {
        return new AlignmentException(code, told, this);
    }

    /// What went wrong, as the caller is told.
    public String told() {
        return told;
    }

    /// The error code of what was thrown, by value.
    public ErrorCode code() {
        return code;
    }

    private static ErrorCode carried(AlignmentException thrown) {
        try {
            if (thrown.code() instanceof StandardErrorCode standard) {
                return standard;
            }
            var code = new CarriedCode(thrown.code().name(), thrown.code().fault());
            return NAME.matcher(code.name()).matches() ? code : StandardErrorCode.PLUGIN_FAILED;
        } catch (RuntimeException | Error _) {
            return StandardErrorCode.PLUGIN_FAILED; // the code itself is a plugin's class, or null
        }
    }

    private static @Nullable PluginFailure causeOf(Throwable thrown, int depth) {
        try {
            var cause = thrown.getCause();
            return cause == null || depth >= CAUSES ? null : copy(cause, depth + 1);
        } catch (RuntimeException | Error _) {
            return null; // every method of an exception may be a plugin's code
        }
    }

    private static StackTraceElement[] traceOf(Throwable thrown) {
        try {
            var trace = thrown.getStackTrace();
            return trace.length <= DEEPEST_TRACE ? trace : Arrays.copyOf(trace, DEEPEST_TRACE);
        } catch (RuntimeException | Error _) {
            return new StackTraceElement[0];
        }
    }

    /// What was thrown and what it says, as one line of bounded length.
    public static String describe(Throwable thrown) {
        var type = thrown.getClass().getSimpleName();
        var message = message(thrown);
        return message.equals("null") ? type : type + ": " + message;
    }

    private static String message(Throwable thrown) {
        try {
            return line(String.valueOf(thrown.getMessage()));
        } catch (RuntimeException | Error _) {
            return "it does not say what";
        }
    }

    // control characters could redraw a terminal
    private static String line(String text) {
        var line = new StringBuilder();
        for (int i = 0; i < Math.min(text.length(), LONGEST_MESSAGE); i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                line.append(' ');
            } else if (Character.isISOControl(c)) {
                line.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                line.append(c);
            }
        }
        return text.length() <= LONGEST_MESSAGE ? line.toString() : line + " … (" + text.length() + " characters)";
    }

    /// A plugin's own error code, by value: a report that keeps it does not keep the plugin's classes.
    private record CarriedCode(String name, Fault fault) implements ErrorCode {

        CarriedCode {
            Objects.requireNonNull(fault);
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
