package org.polyphony.engine.sample.borrowing;

import org.polyphony.engine.sample.lending.Lender;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.plugin.Plugin;
import org.polyphony.spi.safety.ReviewRequest;
import org.polyphony.spi.safety.ReviewResult;
import org.polyphony.spi.safety.SafetyLayer;

/// Knows how many were constructed before it, whichever copy of its own bundle they came from.
@Plugin(role = SafetyLayer.class, id = "borrowing", summary = "Uses a shared library, for tests")
public final class BorrowingLayer implements SafetyLayer {

    private final int number = Lender.borrow();

    @Override
    public ReviewResult review(ReviewRequest request, PluginContext context) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String toString() {
        return "borrower " + number;
    }
}
