package org.polyphony.engine.sample.busy;

import java.util.List;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.plugin.Plugin;
import org.polyphony.spi.plugin.SelfTesting;
import org.polyphony.spi.safety.ReviewRequest;
import org.polyphony.spi.safety.ReviewResult;
import org.polyphony.spi.safety.SafetyLayer;

/// Uses memory, workers and thread-locals in every call, and leaves a value of its own class on every thread.
@Plugin(role = SafetyLayer.class, id = "busy", summary = "Uses all it is given, for tests")
public final class BusyLayer implements SafetyLayer, SelfTesting {

    private static final ThreadLocal<Left> LEFT = new ThreadLocal<>();

    // large, so that a generation that stays is seen
    private static final byte[] BALLAST = new byte[1 << 20];

    /// Something of this class loader.
    private record Left(int value) {}

    @Override
    public void selfTest(PluginContext context) {
        int sum = work(context);
        if (sum != 120) {
            throw new IllegalStateException("expected 120, got " + sum);
        }
    }

    @Override
    public ReviewResult review(ReviewRequest request, PluginContext context) {
        int sum = work(context);
        int m = request.candidates().ids().size();
        var allowed = context.allocator().bytes(m);
        var rule = context.allocator().ints(m);
        for (int i = 0; i < m; i++) {
            allowed.setByte(i, (byte) (sum == 120 ? 1 : 0));
            rule.setInt(i, -1);
        }
        return ReviewResult.of(allowed, rule, List.of());
    }

    private static int work(PluginContext context) {
        LEFT.set(new Left(BALLAST.length));
        return context
                .parallel(16, i -> {
                    LEFT.set(new Left(i));
                    return i;
                })
                .stream()
                .mapToInt(Integer::intValue)
                .sum();
    }
}
