package org.polyphony.engine.tensor;

import java.lang.ref.Cleaner;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorLoader;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/// One value on its way between stages: an Arrow record batch of one row, in which each tensor is one
/// `arrow.fixed_shape_tensor` cell, each list of texts one `list<utf8>` cell, and scalars are metadata of the
/// schema.
///
/// A batch has one owner: the first to [#claim] its content gets it and closes it; a second claim fails. A
/// batch that nobody claimed, because the bus dropped the message, is freed when it becomes unreachable.
public final class TensorBatch implements AutoCloseable {

    private static final Cleaner CLEANER = Cleaner.create();
    private static final AtomicLong RESCUED = new AtomicLong();

    private final Schema schema;
    private final Content content;
    private final Cleaner.Cleanable cleanable;

    private TensorBatch(Schema schema, ArrowRecordBatch content) {
        this.schema = schema;
        this.content = new Content(content);
        this.cleanable = CLEANER.register(this, this.content);
    }

    /// A batch that takes over the caller's share of `content`.
    public static TensorBatch of(Schema schema, ArrowRecordBatch content) {
        if (content.getLength() != 1) {
            throw new IllegalArgumentException("a batch has one row, got " + content.getLength());
        }
        return new TensorBatch(schema, content);
    }

    /// How many batches were freed because nobody claimed or closed them, since the process started.
    public static long rescued() {
        return RESCUED.get();
    }

    /// The columns and the scalars. Readable before and after the claim.
    public Schema schema() {
        return schema;
    }

    /// Takes the content, which the caller then closes.
    ///
    /// @throws IllegalStateException if it was claimed or closed before
    public ArrowRecordBatch claim() {
        var taken = content.take();
        if (taken == null) {
            throw new IllegalStateException("this batch was claimed before; a message has one receiver, send it again");
        }
        cleanable.clean(); // only deregisters: the content is gone
        return taken;
    }

    /// Takes the content as Arrow vectors at the same addresses. The caller closes the root.
    ///
    /// @param allocator where the vectors' validity bitmaps are allocated, of the same process
    public VectorSchemaRoot claimVectors(BufferAllocator allocator) {
        try (var taken = claim()) {
            var root = VectorSchemaRoot.create(schema, allocator);
            try {
                new VectorLoader(root).load(taken);
                return root;
            } catch (RuntimeException e) {
                root.close();
                throw e;
            }
        }
    }

    /// Frees the content if nobody claimed it.
    @Override
    public void close() {
        content.free();
        cleanable.clean();
    }

    // must not refer to the batch, which would then never become unreachable
    private static final class Content implements Runnable {

        private final AtomicReference<@Nullable ArrowRecordBatch> batch;

        Content(ArrowRecordBatch batch) {
            this.batch = new AtomicReference<>(batch);
        }

        @Nullable
        ArrowRecordBatch take() {
            return batch.getAndSet(null);
        }

        void free() {
            var left = take();
            if (left != null) {
                left.close();
            }
        }

        @Override
        public void run() {
            if (batch.get() != null) {
                RESCUED.incrementAndGet();
                free();
            }
        }
    }
}
