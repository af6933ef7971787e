package org.polyphony.spi.context;

import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import org.osgi.annotation.versioning.ProviderType;
import org.polyphony.spi.error.Issue;
import org.polyphony.spi.plugin.PluginId;
import org.polyphony.spi.tensor.TensorAllocator;

/// What the framework gives to one plugin call. Valid until the call returns; safe for use by many threads.
///
/// A call that is cancelled, or whose time is up, has its thread interrupted, once: what waits there ends, and
/// what computes asks [#checkCancelled].
@ProviderType
public interface PluginContext {

    /// Memory of this call.
    TensorAllocator allocator();

    /// As which plugin this call is made: its name, which a class that is several plugins tells them apart by, and the
    /// vendor and version of its bundle.
    PluginId plugin();

    /// The plugin's settings, validated before the run started: the record named by its
    /// [org.polyphony.spi.plugin.Plugin] annotation.
    <T extends Record> T settings(Class<T> type);

    /// The run's seed.
    long seed();

    /// Randomness keyed by (seed, stage, index): the same key gives the same numbers, whatever the order of
    /// calls and the number of cores.
    default RandomGenerator random(String stage, long index) {
        return KeyedRandom.of(seed(), stage, index);
    }

    /// Runs `work` for chunks `0 … chunks-1` on platform threads of this plugin and returns the results in
    /// chunk order. Cut work into chunks that do not depend on the number of cores and reduce in order, so
    /// that the same seed gives the same bytes everywhere.
    ///
    /// @throws RuntimeException the first failure in chunk order; the remaining chunks are cancelled
    <T> List<T> parallel(int chunks, IntFunction<T> work);

    /// Tells how far the call is, for progress bars. Cheap: call it as often as is convenient.
    ///
    /// @param done how many steps are done, 0 … total
    /// @param total how many steps there are
    void progress(long done, long total);

    /// How long the caller still waits, in nanoseconds: what waits for others waits no longer. Zero or less when the
    /// time is up; `Long.MAX_VALUE` where there is no limit.
    long remainingNanos();

    /// Throws if the run was cancelled; long loops call it now and then.
    ///
    /// @throws org.polyphony.spi.error.AlignmentException with code `CANCELLED`
    void checkCancelled();

    /// Records something the user should know that does not stop the run.
    void report(Issue issue);

    /// Where the plugin's author is told what the user need not know. Called `polyphony.plugin.` and the plugin's
    /// id; it may be used after the call.
    System.Logger logger();

    /// Which call this is, for logs and traces. Nothing of it belongs into an answer.
    CallId call();

    /// A folder of this plugin alone, for files that save work: no other plugin, version or user of the machine is
    /// given it. Made when first asked for and deleted when the plugin is stopped, so that an answer depends on
    /// nothing in it.
    ///
    /// @throws org.polyphony.spi.error.AlignmentException with code `IO_FAILED` if it cannot be made
    Path cache();
}
