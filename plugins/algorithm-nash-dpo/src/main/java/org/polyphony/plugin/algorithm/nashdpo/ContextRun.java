package org.polyphony.plugin.algorithm.nashdpo;

import java.util.List;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import org.polyphony.games.parametric.FitRun;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.error.Issue;

/// A fit in a plugin call.
record ContextRun(PluginContext context) implements FitRun {

    @Override
    public <T> List<T> parallel(int chunks, IntFunction<T> work) {
        return context.parallel(chunks, work);
    }

    @Override
    public long seed() {
        return context.seed();
    }

    @Override
    public RandomGenerator random(String stage, long index) {
        return context.random(stage, index);
    }

    @Override
    public void checkCancelled() {
        context.checkCancelled();
    }

    @Override
    public void progress(int round, int rounds) {
        context.progress(round, rounds);
    }

    @Override
    public void note(String message) {
        context.report(Issue.warning("CHECKPOINT_NOT_USED", message, "fit.checkpoint"));
    }
}
