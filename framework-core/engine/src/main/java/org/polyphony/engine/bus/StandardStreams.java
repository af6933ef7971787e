package org.polyphony.engine.bus;

import java.io.InputStream;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/// Standard streams as they were before any plugin ran. A plugin that exchanges them must not keep results from
/// being printed.
final class StandardStreams {

    private static volatile @Nullable StandardStreams remembered;

    private final InputStream in = System.in;
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;

    private StandardStreams() {}

    static void remember() {
        remembered = new StandardStreams();
    }

    /// Undoes what a plugin has exchanged.
    static void restore() {
        var streams = remembered;
        if (streams == null) {
            return;
        }
        System.setIn(streams.in);
        System.setOut(streams.out);
        System.setErr(streams.err);
    }
}
