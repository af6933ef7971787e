package org.polyphony.preferences;

import java.util.stream.IntStream;

/// Parallel loops for tests.
public final class Cores {
    /// All cores of the machine.
    public static final Parallel ALL =
            (count, body) -> IntStream.range(0, count).parallel().forEach(body);

    private Cores() {}
}
