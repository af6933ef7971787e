package org.polyphony.engine.sample.flawed;

import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import org.polyphony.spi.context.CallId;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.error.Issue;
import org.polyphony.spi.plugin.PluginId;
import org.polyphony.spi.tensor.TensorAllocator;

/// A context that does not tell of a cancellation, or does not pass on reports.
record DeafContext(PluginContext context, boolean silent) implements PluginContext {

    @Override
    public TensorAllocator allocator() {
        return context.allocator();
    }

    @Override
    public PluginId plugin() {
        return context.plugin();
    }

    @Override
    public <T extends Record> T settings(Class<T> type) {
        return context.settings(type);
    }

    @Override
    public long seed() {
        return context.seed();
    }

    @Override
    public <T> List<T> parallel(int chunks, IntFunction<T> work) {
        return context.parallel(chunks, work);
    }

    @Override
    public void progress(long done, long total) {
        context.progress(done, total);
    }

    @Override
    public long remainingNanos() {
        return context.remainingNanos();
    }

    @Override
    public System.Logger logger() {
        return context.logger();
    }

    @Override
    public CallId call() {
        return context.call();
    }

    @Override
    public Path cache() {
        return context.cache();
    }

    @Override
    public void checkCancelled() {
        if (silent) {
            context.checkCancelled();
        }
    }

    @Override
    public void report(Issue issue) {
        if (!silent) {
            context.report(issue);
        }
    }
}
