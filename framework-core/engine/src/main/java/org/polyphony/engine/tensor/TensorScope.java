package org.polyphony.engine.tensor;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;
import org.jspecify.annotations.Nullable;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.tensor.ElementType;
import org.polyphony.spi.tensor.Shape;
import org.polyphony.spi.tensor.Tensor;
import org.polyphony.spi.tensor.TensorAllocator;

/// The memory of one call or one run. It knows which Arrow buffer is behind each of its tensors, by address.
///
/// Closing it frees everything at once, except buffers that another scope or batch has taken a share of. A
/// tensor used after that throws `IllegalStateException`; it never reads freed memory. Safe for use by many
/// threads.
public final class TensorScope implements TensorAllocator, AutoCloseable {

    private final OwnerMemory owner;
    private final String name;
    private final BufferAllocator allocator;
    // costs a thread handshake per scope, and buys that a plugin's stale tensor throws instead of crashing
    private final Arena arena = Arena.ofShared();
    private final TreeMap<Long, ArrowBuf> byAddress = new TreeMap<>();
    private final List<ArrowBuf> held = new ArrayList<>();
    private boolean closed;

    TensorScope(OwnerMemory owner, String name, BufferAllocator allocator) {
        this.owner = owner;
        this.name = name;
        this.allocator = allocator;
    }

    /// Which call this is, as leak reports name it.
    public String name() {
        return name;
    }

    /// Arrow's allocator of this scope.
    public BufferAllocator allocator() {
        return allocator;
    }

    /// Bytes charged to this scope. Shared buffers are charged to one of their holders only.
    public long allocated() {
        return allocator.getAllocatedMemory();
    }

    @Override
    public Tensor allocate(ElementType type, Shape shape) {
        long bytes = Math.multiplyExact(shape.size(), (long) type.byteSize());
        if (bytes == 0) {
            return empty(type, shape);
        }
        var buffer = take(allocator, bytes, owner.name());
        buffer.setZero(0, bytes);
        return Tensor.of(type, shape, hold(buffer, bytes));
    }

    /// Takes a share of `buffer` and shows it as a read-only tensor at the same address.
    ///
    /// @param buffer of any allocator of the same process; the caller's own share stays the caller's
    public Tensor share(ArrowBuf buffer, ElementType type, Shape shape) {
        long bytes = Math.multiplyExact(shape.size(), (long) type.byteSize());
        if (bytes == 0) {
            return empty(type, shape);
        }
        var mine = buffer.getReferenceManager().retain(buffer, allocator);
        return Tensor.of(type, shape, hold(mine, bytes).asReadOnly());
    }

    /// The buffer behind a tensor of this scope, or a part of one: same address, exactly as long, not
    /// retained. Absent if the tensor's memory is not this scope's.
    public synchronized @Nullable ArrowBuf behind(Tensor tensor) {
        long from = tensor.data().address();
        long bytes = tensor.data().byteSize();
        for (var candidate : byAddress.headMap(from, true).descendingMap().entrySet()) {
            long offset = from - candidate.getKey();
            if (offset + bytes <= candidate.getValue().capacity()) {
                return candidate.getValue().slice(offset, bytes);
            }
        }
        return null;
    }

    /// Frees everything. A second call does nothing.
    @Override
    public void close() {
        List<ArrowBuf> buffers;
        synchronized (this) {
            if (closed) {
                return;
            }
            arena.close(); // throws, and nothing is freed, while a native call still reads one of the tensors
            closed = true;
            buffers = List.copyOf(held);
            held.clear();
            byAddress.clear();
        }
        buffers.forEach(ArrowBuf::close);
        OwnerMemory.closeQuietly(allocator, allocator.getAllocatedMemory());
        owner.closed(this);
    }

    /// Bytes of each buffer held.
    synchronized List<Long> sizes() {
        return held.stream().map(ArrowBuf::capacity).toList();
    }

    /// A writable buffer of exactly `bytes`, its content undefined.
    ///
    /// @throws AlignmentException with code `MEMORY_EXHAUSTED`, naming `who`
    public static ArrowBuf take(BufferAllocator allocator, long bytes, String who) {
        try {
            var buffer = allocator.buffer(bytes);
            return buffer.writerIndex(bytes);
        } catch (OutOfMemoryException | OutOfMemoryError e) {
            throw new AlignmentException(
                    StandardErrorCode.MEMORY_EXHAUSTED,
                    who + " asked for " + bytes + " bytes, " + allocator.getHeadroom() + " are left of the "
                            + allocator.getRoot().getLimit()
                            + " that tensors may take; raise POLYPHONY_MAX_TENSORS or give it fewer items at a time",
                    e);
        }
    }

    @SuppressWarnings("restricted") // Arrow's buffers are known by address only
    private MemorySegment hold(ArrowBuf buffer, long bytes) {
        synchronized (this) {
            if (closed) {
                buffer.close();
                throw new IllegalStateException("the call " + name + " of " + owner.name() + " has ended");
            }
            held.add(buffer);
            byAddress.merge(
                    buffer.memoryAddress(), buffer, (old, fresh) -> old.capacity() >= fresh.capacity() ? old : fresh);
            return MemorySegment.ofAddress(buffer.memoryAddress()).reinterpret(bytes, arena, null);
        }
    }

    private static Tensor empty(ElementType type, Shape shape) {
        return Tensor.of(type, shape, MemorySegment.ofArray(new byte[0]).asReadOnly());
    }
}
