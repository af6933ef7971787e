package org.polyphony.benchmarks.peers;

import java.util.Locale;
import java.util.StringJoiner;

/// Best-of-many timing, and the line that a measurement is printed as.
final class Measured {

    private static final double NANOS = 1e9;

    private Measured() {}

    /// The shortest of as many runs as fit into `seconds`, at least five, in nanoseconds. Other work on the machine
    /// only
    /// ever lengthens a run.
    static double bestNanos(double seconds, Runnable run) {
        long end = System.nanoTime() + (long) (seconds * NANOS);
        double best = Double.POSITIVE_INFINITY;
        for (int n = 0; n < 5 || System.nanoTime() < end; n++) {
            long begin = System.nanoTime();
            run.run();
            best = Math.min(best, (double) (System.nanoTime() - begin));
        }
        return best;
    }

    static void print(Object... columns) {
        var line = new StringJoiner("\t");
        for (var column : columns) {
            line.add(column instanceof Double value ? String.format(Locale.ROOT, "%.6g", value) : column.toString());
        }
        System.out.println(line);
    }
}
