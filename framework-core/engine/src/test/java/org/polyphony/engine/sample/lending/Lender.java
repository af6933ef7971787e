package org.polyphony.engine.sample.lending;

import java.util.concurrent.atomic.AtomicInteger;

/// Counts how often it was borrowed; each copy of the library counts for itself.
public final class Lender {

    private static final AtomicInteger LOANS = new AtomicInteger();

    private Lender() {}

    /// One more loan.
    public static int borrow() {
        return LOANS.incrementAndGet();
    }
}
