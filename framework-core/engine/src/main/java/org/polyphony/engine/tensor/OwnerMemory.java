package org.polyphony.engine.tensor;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;

/// The account of one owner, for example of one generation of a plugin. Safe for use by many threads.
public final class OwnerMemory implements AutoCloseable {

    private final String name;
    private final BufferAllocator allocator;
    private final Consumer<LeakReport> leaks;
    private final Set<TensorScope> open = new LinkedHashSet<>();
    private boolean closed;

    OwnerMemory(String name, BufferAllocator allocator, Consumer<LeakReport> leaks) {
        this.name = name;
        this.allocator = allocator;
        this.leaks = leaks;
    }

    /// Who owns the memory.
    public String name() {
        return name;
    }

    /// Opens a scope for one call or one run. The caller closes it.
    ///
    /// @param what the call, for leak reports
    public TensorScope openScope(String what) {
        return openScope(what, Long.MAX_VALUE);
    }

    /// Opens a scope that may hold at most `limit` bytes.
    public TensorScope openScope(String what, long limit) {
        synchronized (open) {
            if (closed) {
                throw new AlignmentException(
                        StandardErrorCode.INTERNAL,
                        "the memory of " + name + " is closed, " + what + " cannot start; finish calls before closing");
            }
            var scope = new TensorScope(this, what, allocator.newChildAllocator(name + ": " + what, 0, limit));
            open.add(scope);
            return scope;
        }
    }

    /// Arrow's allocator of this account, for code that reads Arrow data itself.
    public BufferAllocator allocator() {
        return allocator;
    }

    /// Bytes charged to this owner now.
    public long allocated() {
        return allocator.getAllocatedMemory();
    }

    /// Frees the account. Scopes that are still open are reported with their sizes and then freed; tensors of
    /// theirs throw on the next access. A second call does nothing.
    @Override
    public void close() {
        List<TensorScope> stragglers;
        synchronized (open) {
            if (closed) {
                return;
            }
            closed = true;
            stragglers = List.copyOf(open);
        }
        long left = allocator.getAllocatedMemory();
        if (left > 0 || !stragglers.isEmpty()) {
            var sizes = new ArrayList<Long>();
            stragglers.forEach(scope -> sizes.addAll(scope.sizes()));
            leaks.accept(new LeakReport(
                    name,
                    left,
                    sizes,
                    stragglers.stream().map(TensorScope::name).toList()));
        }
        stragglers.forEach(OwnerMemory::closeStraggler);
        closeQuietly(allocator, allocator.getAllocatedMemory());
    }

    void closed(TensorScope scope) {
        synchronized (open) {
            open.remove(scope);
        }
    }

    // what a native call still reads stays allocated, and was reported
    private static void closeStraggler(TensorScope scope) {
        try {
            scope.close();
        } catch (IllegalStateException e) {
            System.getLogger(OwnerMemory.class.getName()).log(Level.WARNING, scope.name() + " is still in use", e);
        }
    }

    // Arrow throws when it closes an account with bytes left; they were reported before
    static void closeQuietly(BufferAllocator allocator, long left) {
        try {
            allocator.close();
        } catch (IllegalStateException e) {
            if (left == 0) {
                throw e;
            }
        }
    }
}
