package org.polyphony.spi.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Standard output and error that pass on what is written, and tell the contract's test whose thread wrote it.
final class WatchedStreams extends OutputStream {

    private static final int SHOWN = 120;

    // loggers and the JVM's own warnings end on standard error where the host wants them, not where a plugin does
    private static final Set<String> NOT_THE_PLUGIN =
            Set.of("java.util.logging", "jdk.internal.logger", "java.lang.Module");

    private static @Nullable PrintStream out;
    private static @Nullable PrintStream err;

    private final String name;
    private final PrintStream target;

    private WatchedStreams(String name, PrintStream target) {
        this.name = name;
        this.target = target;
    }

    /// Watches standard output and error, if they are not watched yet.
    static synchronized void install() {
        if (!System.out.equals(out)) {
            out = watched("standard output", System.out);
            System.setOut(out);
        }
        if (!System.err.equals(err)) {
            err = watched("standard error", System.err);
            System.setErr(err);
        }
    }

    /// Undoes what was exchanged since, and says so.
    static synchronized Optional<String> restore() {
        if (System.out.equals(out) && System.err.equals(err)) {
            return Optional.empty();
        }
        System.setOut(out);
        System.setErr(err);
        return Optional.of("it exchanged standard output or error, which belong to the process");
    }

    private static PrintStream watched(String name, PrintStream target) {
        return new PrintStream(new WatchedStreams(name, target), true, target.charset());
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) {
        var wrongs = ContractWatch.current();
        if (wrongs != null && byThePlugin()) {
            var text = new String(bytes, from, Math.min(count, SHOWN), target.charset());
            if (!text.isBlank()) {
                wrongs.tell("it wrote to " + name + ": '" + text.strip() + "'; tell the user by context.report");
            }
        }
        target.write(bytes, from, count);
    }

    @Override
    public void flush() throws IOException {
        target.flush();
    }

    private static boolean byThePlugin() {
        return StackWalker.getInstance()
                .walk(frames -> frames.map(StackWalker.StackFrame::getClassName)
                        .flatMap(frame -> NOT_THE_PLUGIN.stream().filter(frame::startsWith))
                        .limit(1)
                        .findAny())
                .isEmpty();
    }
}
