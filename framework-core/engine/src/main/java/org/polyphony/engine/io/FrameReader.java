package org.polyphony.engine.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/// Walks the frames of an Arrow IPC stream and bounds every length by what is left of the input *before* any
/// memory is taken for it. Arrow's own reader allocates what a length field claims.
final class FrameReader {

    private static final int CONTINUATION = -1;
    private static final int CHUNK = 1 << 20;

    private final ReadableByteChannel in;
    private final int maxMetadata;
    private long left;

    /// @param left bytes of the stream
    FrameReader(ReadableByteChannel in, long left, int maxMetadata) {
        this.in = in;
        this.left = left;
        this.maxMetadata = maxMetadata;
    }

    /// The next message, or null at the end. Metadata that are no flatbuffer may throw any `RuntimeException`,
    /// here or when they are looked at.
    @Nullable
    Message next() throws IOException, RejectedData {
        if (left == 0) {
            return null;
        }
        int length = nextInt();
        if (length == CONTINUATION) {
            length = nextInt();
        }
        if (length == 0) {
            if (left > 0) {
                throw new RejectedData(left + " bytes follow the end of the stream");
            }
            return null;
        }
        if (length < 8 || length > maxMetadata || length > left) {
            throw new RejectedData("a message claims " + Integer.toUnsignedString(length) + " bytes of metadata, "
                    + left + " are left and " + maxMetadata + " allowed");
        }
        var metadata = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        fill(metadata);
        var message = Message.getRootAsMessage(metadata.flip());
        if (message.bodyLength() < 0 || message.bodyLength() > left) {
            throw new RejectedData("a message claims a body of " + message.bodyLength() + " bytes, " + left
                    + " are left; the file is cut off or damaged");
        }
        return message;
    }

    /// The body of the message read last. The caller closes it.
    ArrowBuf body(long length, BufferAllocator allocator) throws IOException, RejectedData {
        var body = allocator.buffer(length);
        try {
            for (long at = 0; at < length; ) {
                var part = body.nioBuffer(at, (int) Math.min(CHUNK, length - at));
                at += part.remaining();
                fill(part);
            }
            return body.writerIndex(length);
        } catch (IOException | RejectedData | RuntimeException e) {
            body.close();
            throw e;
        }
    }

    private int nextInt() throws IOException, RejectedData {
        if (left < Integer.BYTES) {
            throw new RejectedData("the stream ends inside a message");
        }
        var word = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        fill(word);
        return word.flip().getInt();
    }

    private void fill(ByteBuffer target) throws IOException, RejectedData {
        left -= target.remaining();
        while (target.hasRemaining()) {
            if (in.read(target) < 0) {
                throw new RejectedData("the stream ends " + target.remaining() + " bytes early");
            }
        }
    }
}
