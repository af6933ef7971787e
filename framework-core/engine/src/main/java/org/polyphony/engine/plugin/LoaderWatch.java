package org.polyphony.engine.plugin;

import java.lang.ref.WeakReference;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Tells whether the class loader of an uninstalled plugin is gone. One that stays is a leak: something still
/// holds a class of the plugin.
public final class LoaderWatch {

    private final WeakReference<@Nullable ClassLoader> loader;

    private LoaderWatch(@Nullable ClassLoader loader) {
        this.loader = new WeakReference<>(loader);
    }

    static LoaderWatch of(@Nullable ClassLoader loader) {
        return new LoaderWatch(loader);
    }

    /// Whether the class loader is gone. Before a collection of garbage it may be reachable still.
    public boolean collected() {
        return loader.get() == null;
    }

    /// Asks for collections of garbage, which stop everything for a while, until the class loader is gone or the
    /// limit has passed; with none of zero asks for nothing.
    public boolean awaitCollected(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        for (long pause = 1; !collected(); pause = Math.min(2 * pause, 500)) {
            if (System.nanoTime() - end >= 0) {
                return false;
            }
            System.gc();
            try {
                Thread.sleep(pause);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return collected();
            }
        }
        return true;
    }
}
