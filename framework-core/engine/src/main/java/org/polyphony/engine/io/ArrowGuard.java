package org.polyphony.engine.io;

import static org.polyphony.spi.error.StandardErrorCode.FILE_MALFORMED;
import static org.polyphony.spi.error.StandardErrorCode.SETTING_INVALID;

import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorLoader;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;
import org.polyphony.engine.tensor.FixedShapeTensorType;
import org.polyphony.engine.tensor.OwnerMemory;
import org.polyphony.engine.tensor.VariableShapeTensorType;
import org.polyphony.spi.error.AlignmentException;

/// Lets Arrow data from outside in, after checking everything that Arrow itself believes. Memory taken is
/// bounded by twice the size of the input. Safe for use by many threads.
public final class ArrowGuard {

    private static final String UNSAFE_PROPERTY = "arrow.enable_unsafe_memory_access";
    private static final String UNSAFE_VARIABLE = "ARROW_ENABLE_UNSAFE_MEMORY_ACCESS";
    // bitmaps and roundings that a small input needs beyond twice its size
    private static final long SLACK = 1 << 20;

    private final ArrowLimits limits;
    private final AtomicLong rejected = new AtomicLong();
    private final AtomicLong leaked = new AtomicLong();

    /// A guard with these limits.
    ///
    /// @throws AlignmentException if the process reads Arrow memory unchecked: a bad offset would then read
    ///     foreign memory or end the process
    public ArrowGuard(ArrowLimits limits) {
        refuseUnsafe(System.getProperty(UNSAFE_PROPERTY), System.getenv(UNSAFE_VARIABLE));
        this.limits = limits;
        FixedShapeTensorType.register();
        VariableShapeTensorType.register();
    }

    /// What is done with a batch that passed. The arguments are closed when it returns; it may take shares.
    @FunctionalInterface
    public interface BatchConsumer {

        /// @param root the batch as vectors
        /// @param batch the same as buffers
        void accept(VectorSchemaRoot root, ArrowRecordBatch batch);
    }

    /// Reads a stream to its end.
    ///
    /// @param in at the stream's first byte; the caller closes it
    /// @param size how many bytes there are; a claim beyond them is rejected
    /// @param name of the file, for messages
    /// @param memory who is charged while the stream is read
    /// @return the schema
    /// @throws AlignmentException with code `FILE_MALFORMED` if anything is wrong with the data
    public Schema read(ReadableByteChannel in, long size, String name, OwnerMemory memory, BatchConsumer consumer)
            throws IOException {
        var allocator = memory.allocator().newChildAllocator("guard: " + name, 0, 2 * size + SLACK);
        try {
            return read(new FrameReader(in, size, limits.metadataBytes()), allocator, consumer);
        } catch (ConsumerFailure e) {
            throw e.thrown;
        } catch (RejectedData e) {
            throw rejected(name, String.valueOf(e.getMessage()), e);
        } catch (RuntimeException | AssertionError | StackOverflowError e) {
            // metadata that are no flatbuffer, and what Arrow throws at data it does not understand
            throw rejected(name, "the data are not those their schema promises (" + e + ")", e);
        } finally {
            close(allocator);
        }
    }

    /// How many streams were rejected.
    public long rejections() {
        return rejected.get();
    }

    /// Bytes that rejected streams left allocated in spite of everything. Whoever serves a peer cuts it off
    /// when this grows.
    public long leakedBytes() {
        return leaked.get();
    }

    private Schema read(FrameReader frames, BufferAllocator allocator, BatchConsumer consumer)
            throws IOException, RejectedData {
        var first = frames.next();
        if (first == null || first.headerType() != MessageHeader.Schema || first.bodyLength() != 0) {
            throw new RejectedData("it does not begin with a schema");
        }
        var header = (org.apache.arrow.flatbuf.Schema) first.header(new org.apache.arrow.flatbuf.Schema());
        var forms = SchemaCheck.formsOf(header, limits);
        var schema = MessageSerializer.deserializeSchema(first);
        for (var message = frames.next(); message != null; message = frames.next()) {
            batch(frames, message, schema, forms, allocator, consumer);
        }
        return schema;
    }

    private void batch(
            FrameReader frames,
            Message message,
            Schema schema,
            List<ColumnForm> forms,
            BufferAllocator allocator,
            BatchConsumer consumer)
            throws IOException, RejectedData {
        if (message.headerType() != MessageHeader.RecordBatch) {
            throw new RejectedData("it has a message that is neither schema nor batch");
        }
        BatchCheck.check((RecordBatch) message.header(new RecordBatch()), forms, message.bodyLength(), limits);
        try (var batch = batch(message, frames.body(message.bodyLength(), allocator));
                var root = VectorSchemaRoot.create(schema, allocator)) {
            new VectorLoader(root).load(batch);
            VectorCheck.check(root, limits.finite());
            try {
                consumer.accept(root, batch);
            } catch (RuntimeException e) {
                throw new ConsumerFailure(e);
            }
        }
    }

    // takes over the share of the body
    private static ArrowRecordBatch batch(Message message, ArrowBuf body) throws IOException {
        try {
            return MessageSerializer.deserializeRecordBatch(message, body);
        } catch (RuntimeException e) {
            body.close();
            throw e;
        }
    }

    private AlignmentException rejected(String name, String reason, Throwable cause) {
        rejected.incrementAndGet();
        return new AlignmentException(
                FILE_MALFORMED,
                name + " is not Arrow data that can be read: " + reason + "; write it again as uncompressed Arrow IPC",
                cause);
    }

    private void close(BufferAllocator allocator) {
        long left = allocator.getAllocatedMemory();
        leaked.addAndGet(left);
        try {
            allocator.close();
        } catch (IllegalStateException e) {
            if (left == 0) {
                throw e;
            }
        }
    }

    static void refuseUnsafe(@Nullable String property, @Nullable String variable) {
        if (Boolean.parseBoolean(property) || Boolean.parseBoolean(variable)) {
            throw new AlignmentException(
                    SETTING_INVALID,
                    UNSAFE_PROPERTY + "=" + property + ", " + UNSAFE_VARIABLE + "=" + variable
                            + ": Arrow would read memory unchecked; unset both");
        }
    }

    // tells a consumer's own failure from one of the data
    private static final class ConsumerFailure extends RuntimeException {

        private static final long serialVersionUID = 1;
        private final RuntimeException thrown;

        ConsumerFailure(RuntimeException thrown) {
            super(thrown);
            this.thrown = thrown;
        }
    }
}
