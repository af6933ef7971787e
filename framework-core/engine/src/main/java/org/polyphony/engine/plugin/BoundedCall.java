package org.polyphony.engine.plugin;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;

/// Runs code of a plugin that is no stage call: its activator, its constructor, what it says about itself. On a
/// platform thread of its own and for a limited time, so that nothing the plugin does there stops the engine.
public final class BoundedCall {

    private BoundedCall() {}

    /// Runs `code` and waits for it.
    ///
    /// @param who the plugin, for messages
    /// @param what is done, for messages
    /// @param limit after which the thread is interrupted and left alone
    /// @throws AlignmentException the code's own; with `PLUGIN_FAILED` for anything else that it throws, with
    ///     `PLUGIN_TIMEOUT` if it does not return in time, with `CANCELLED` if the calling thread is interrupted
    public static <T> T run(String who, String what, Duration limit, Callable<T> code) {
        var call = new Call<>(code);
        var thread = new Thread(call, who + " " + what);
        thread.setDaemon(true);
        thread.start();
        try {
            thread.join(limit);
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            throw new AlignmentException(StandardErrorCode.CANCELLED, who + " was cancelled in " + what, e);
        }
        if (thread.isAlive()) {
            thread.interrupt();
            throw new AlignmentException(
                    StandardErrorCode.PLUGIN_TIMEOUT,
                    who + " did not end " + what + " within " + text(limit) + " and was given up");
        }
        return call.outcome(who, what);
    }

    /// A time as people write it, for example `30 min` or `1.5 s`.
    public static String text(Duration time) {
        double seconds = time.toMillis() / 1e3;
        if (seconds >= 60 && seconds % 60 == 0) {
            return (long) seconds / 60 + " min";
        }
        return (seconds == Math.rint(seconds) ? String.valueOf((long) seconds) : String.valueOf(seconds)) + " s";
    }

    private static final class Call<T> implements Runnable {

        private final Callable<T> code;
        private @Nullable T result;
        private @Nullable Throwable failure;

        Call(Callable<T> code) {
            this.code = code;
        }

        @Override
        public void run() {
            try {
                result = code.call();
            } catch (Throwable e) {
                failure = e;
            }
        }

        // read after the thread has ended
        T outcome(String who, String what) {
            if (failure != null) {
                throw PluginFailure.of(failure, who, what).exception();
            }
            if (result == null) {
                throw new IllegalStateException(what + " of " + who + " has no result");
            }
            return result;
        }
    }
}
