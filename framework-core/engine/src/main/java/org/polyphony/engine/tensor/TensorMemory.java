package org.polyphony.engine.tensor;

import java.lang.System.Logger.Level;
import java.util.function.Consumer;
import org.apache.arrow.memory.RootAllocator;

/// All tensor memory of the process: 64-byte aligned, outside the heap, accounted by owner.
///
/// There is one per process, because memory can move only between accounts of one root. Safe for use by many
/// threads. Closed last, after every owner.
public final class TensorMemory implements AutoCloseable {

    private final RootAllocator root;
    private final Consumer<LeakReport> leaks;

    private TensorMemory(long limit, Consumer<LeakReport> leaks) {
        this.root = new RootAllocator(RootAllocator.configBuilder()
                .allocationManagerFactory(AlignedAllocation.factory())
                .roundingPolicy(size -> (size + AlignedAllocation.ALIGNMENT - 1) & -AlignedAllocation.ALIGNMENT)
                .maxAllocation(limit)
                .build());
        this.leaks = leaks;
    }

    /// Memory of at most `limit` bytes; leaks are logged.
    public static TensorMemory withLimit(long limit) {
        return withLimit(limit, TensorMemory::log);
    }

    /// Memory of at most `limit` bytes.
    ///
    /// @param leaks is told, on the thread that closes an owner, what that owner left behind
    public static TensorMemory withLimit(long limit, Consumer<LeakReport> leaks) {
        return new TensorMemory(limit, leaks);
    }

    /// An account of its own, without a limit but the process's.
    ///
    /// @param name who will own the memory; leak reports and failures name it
    public OwnerMemory owner(String name) {
        return owner(name, Long.MAX_VALUE);
    }

    /// An account of its own that may hold at most `limit` bytes.
    public OwnerMemory owner(String name, long limit) {
        return new OwnerMemory(name, root.newChildAllocator(name, 0, limit), leaks);
    }

    /// Bytes allocated now, by all owners.
    public long allocated() {
        return root.getAllocatedMemory();
    }

    /// Bytes allocated at most so far.
    public long peak() {
        return root.getPeakMemoryAllocation();
    }

    /// Closes the account. What owners have not given back is reported as the process's leak.
    @Override
    public void close() {
        long left = root.getAllocatedMemory();
        if (left > 0) {
            leaks.accept(new LeakReport("the process", left, java.util.List.of(), java.util.List.of()));
        }
        OwnerMemory.closeQuietly(root, left);
    }

    private static void log(LeakReport report) {
        System.getLogger(TensorMemory.class.getName()).log(Level.WARNING, "memory leak: {0}", report);
    }
}
