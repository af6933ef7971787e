package org.polyphony.engine.codec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.WriteChannel;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.polyphony.engine.io.ArrowGuard;
import org.polyphony.engine.io.ArrowLimits;
import org.polyphony.engine.tensor.OwnerMemory;
import org.polyphony.engine.tensor.TensorBatch;
import org.polyphony.engine.tensor.TensorScope;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;

/// Batches as Arrow IPC streams of one batch: what any other reader of Arrow sees of the codec.
public final class WireFormat {

    private static final int MAX_METADATA = 64 << 20;

    private WireFormat() {}

    /// Writes a batch, which is claimed.
    public static void write(TensorBatch batch, WritableByteChannel out) throws IOException {
        var schema = batch.schema();
        try (var content = batch.claim()) {
            var channel = new WriteChannel(out);
            MessageSerializer.serialize(channel, schema);
            MessageSerializer.serialize(channel, content);
            channel.writeIntLittleEndian(-1); // continuation, then a length of zero: the end
            channel.writeIntLittleEndian(0);
        }
    }

    /// Reads a batch into aligned memory.
    ///
    /// @param size how many bytes there are
    /// @param into who is charged for the batch
    /// @throws AlignmentException with code `FILE_MALFORMED` if the guard rejects the data
    public static TensorBatch read(ReadableByteChannel in, long size, String name, OwnerMemory into) {
        var copies = new ArrayList<ArrowRecordBatch>();
        var guard = new ArrowGuard(ArrowLimits.standard().withoutFiniteCheck().withMetadataBytes(MAX_METADATA));
        try {
            var schema = guard.read(in, size, name, into, (_, batch) -> copies.add(aligned(batch, into.allocator())));
            if (copies.size() != 1 || copies.getFirst().getLength() != 1) {
                throw new AlignmentException(
                        StandardErrorCode.FILE_MALFORMED,
                        name + " must hold one row, got " + copies.size() + " batches");
            }
            return TensorBatch.of(schema, copies.getFirst());
        } catch (AlignmentException e) {
            copies.forEach(ArrowRecordBatch::close);
            throw e;
        } catch (IOException e) {
            copies.forEach(ArrowRecordBatch::close);
            throw new UncheckedIOException(e);
        }
    }

    // IPC aligns buffers to 8 bytes; tensors are aligned to 64
    private static ArrowRecordBatch aligned(ArrowRecordBatch batch, BufferAllocator allocator) {
        List<ArrowBuf> buffers = new ArrayList<>();
        try {
            for (var buffer : batch.getBuffers()) {
                long bytes = buffer.readableBytes();
                var copy = bytes == 0 ? allocator.getEmpty() : TensorScope.take(allocator, bytes, allocator.getName());
                if (bytes > 0) {
                    copy.setBytes(0, buffer, 0, bytes);
                }
                buffers.add(copy);
            }
            return new ArrowRecordBatch(batch.getLength(), batch.getNodes(), List.copyOf(buffers));
        } finally {
            buffers.forEach(ArrowBuf::close);
        }
    }
}
