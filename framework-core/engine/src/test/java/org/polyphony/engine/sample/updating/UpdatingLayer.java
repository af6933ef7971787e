package org.polyphony.engine.sample.updating;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.plugin.Plugin;
import org.polyphony.spi.plugin.SelfTesting;
import org.polyphony.spi.safety.NormRule;
import org.polyphony.spi.safety.ReviewRequest;
import org.polyphony.spi.safety.ReviewResult;
import org.polyphony.spi.safety.SafetyLayer;
import org.polyphony.spi.tensor.Tensor;

/// Allows everything, and says which version it is and how often it was called. How this version behaves is in
/// `behaviour.properties` of its jar: `start` and `self-test` say why these fail, `every` which of its calls fail,
/// `millis` how long each takes.
@Plugin(
        role = SafetyLayer.class,
        id = "updating",
        claims = "role",
        settings = UpdatingSettings.class,
        summary = "Says which version it is, for tests")
public final class UpdatingLayer implements SafetyLayer, SelfTesting {

    private final Properties behaviour = new Properties();
    private final AtomicInteger calls = new AtomicInteger();

    public UpdatingLayer() {
        try (var in = UpdatingLayer.class.getResourceAsStream("/behaviour.properties")) {
            if (in != null) {
                behaviour.load(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        failAs("start");
    }

    private void failAs(String step) {
        var why = behaviour.getProperty(step);
        if (why != null) {
            throw new IllegalStateException(why);
        }
    }

    @Override
    public void selfTest(PluginContext context) {
        failAs("self-test");
    }

    @Override
    public ReviewResult review(ReviewRequest request, PluginContext context) {
        int m = request.candidates().ids().size();
        int call = m == 2 ? 0 : calls.incrementAndGet(); // the golden call has two candidates
        int every = Integer.parseInt(behaviour.getProperty("every", "0"));
        if (every > 0 && call % every == every - 1) {
            throw new IllegalStateException("one of " + every + " calls fails");
        }
        pause(Long.parseLong(behaviour.getProperty("millis", "0")), call);
        var allowed = new byte[m];
        Arrays.fill(allowed, (byte) 1);
        var rule = new int[m];
        Arrays.fill(rule, -1);
        var version = NormRule.of("version", context.plugin().version(), "call " + call);
        return ReviewResult.of(Tensor.ofBytes(allowed, m), Tensor.ofInts(rule, m), List.of(version));
    }

    private static void pause(long millis, int call) {
        if (millis > 0 && call > 0) {
            try {
                Thread.sleep(millis);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
