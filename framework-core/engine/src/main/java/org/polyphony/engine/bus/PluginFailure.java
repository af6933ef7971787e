package org.polyphony.engine.bus;

import org.jspecify.annotations.Nullable;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.ErrorCode;
import org.polyphony.spi.error.StandardErrorCode;

/// What a plugin threw, as text and stack trace. It refers to no class of the plugin, whose class loader can
/// therefore be collected however long a report keeps the failure.
public final class PluginFailure extends RuntimeException {

    private static final long serialVersionUID = 1;
    private static final int CAUSES = 8;

    private PluginFailure(Throwable thrown, int depth) {
        super(describe(thrown), causeOf(thrown, depth), false, true);
        setStackTrace(thrown.getStackTrace());
    }

    /// A copy of what was thrown.
    public static PluginFailure of(Throwable thrown) {
        return new PluginFailure(thrown, 0);
    }

    /// The reply for what was thrown in a call to the plugin called `owner`.
    ///
    /// @param what the verb that was called
    static StageReply.Failure reply(Throwable thrown, String owner, String what) {
        var cause = of(thrown);
        var where = owner + " failed in " + what + ": ";
        return switch (thrown) {
            case AlignmentException known -> {
                var code = carried(known);
                yield new StageReply.Failure(code, String.valueOf(known.getMessage()), cause);
            }
            case OutOfMemoryError _ ->
                new StageReply.Failure(
                        StandardErrorCode.MEMORY_EXHAUSTED,
                        where + "the heap is full; give it fewer items at a time or start with a larger -Xmx",
                        cause);
            case StackOverflowError _ ->
                new StageReply.Failure(
                        StandardErrorCode.PLUGIN_FAILED,
                        where + "it recursed too deep; report it to its author",
                        cause);
            case LinkageError _ ->
                new StageReply.Failure(
                        StandardErrorCode.PLUGIN_FAILED,
                        where + describe(thrown) + "; it was built against other classes than are here, rebuild it",
                        cause);
            default ->
                new StageReply.Failure(
                        StandardErrorCode.PLUGIN_FAILED,
                        where + describe(thrown) + "; the trace in the log tells its author where",
                        cause);
        };
    }

    static ErrorCode carried(AlignmentException thrown) {
        if (thrown.code() instanceof StandardErrorCode standard) {
            return standard;
        }
        try {
            return new CarriedErrorCode(thrown.code().name(), thrown.code().fault());
        } catch (RuntimeException _) {
            return StandardErrorCode.PLUGIN_FAILED; // the code itself is a plugin's class, or null
        }
    }

    private static @Nullable PluginFailure causeOf(Throwable thrown, int depth) {
        var cause = thrown.getCause();
        return cause == null || depth >= CAUSES ? null : new PluginFailure(cause, depth + 1);
    }

    private static String describe(Throwable thrown) {
        try {
            return thrown.getMessage() == null
                    ? thrown.getClass().getSimpleName()
                    : thrown.getClass().getSimpleName() + ": " + thrown.getMessage();
        } catch (RuntimeException _) {
            return thrown.getClass().getName(); // getMessage is a plugin's code too
        }
    }
}
