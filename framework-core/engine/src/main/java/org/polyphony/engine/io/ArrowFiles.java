package org.polyphony.engine.io;

import static org.polyphony.spi.error.StandardErrorCode.FILE_MALFORMED;
import static org.polyphony.spi.error.StandardErrorCode.FILE_NOT_FOUND;
import static org.polyphony.spi.error.StandardErrorCode.IO_FAILED;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.arrow.vector.types.pojo.Schema;
import org.polyphony.engine.tensor.OwnerMemory;
import org.polyphony.spi.error.AlignmentException;

/// Opens Arrow IPC files and streams on disk, through the guard.
public final class ArrowFiles {

    private static final byte[] MAGIC = "ARROW1".getBytes(StandardCharsets.US_ASCII);
    private static final int HEAD = 8;
    private static final int TAIL = Integer.BYTES + MAGIC.length;

    private ArrowFiles() {}

    /// Reads all batches of a file in the IPC file format or the IPC stream format.
    ///
    /// @param memory who is charged while the file is read
    /// @return the schema
    /// @throws AlignmentException with code `FILE_NOT_FOUND` or `FILE_MALFORMED`
    public static Schema read(Path file, ArrowGuard guard, OwnerMemory memory, ArrowGuard.BatchConsumer consumer) {
        if (!Files.isRegularFile(file)) {
            throw new AlignmentException(
                    FILE_NOT_FOUND,
                    file + (Files.isDirectory(file) ? " is a folder" : " does not exist") + "; name an Arrow file");
        }
        try (var channel = FileChannel.open(file)) {
            long size = channel.size();
            if (!startsWithMagic(channel, size)) {
                return guard.read(channel.position(0), size, file.toString(), memory, consumer);
            }
            long end = endOfStream(file, channel, size);
            return guard.read(channel.position(HEAD), end - HEAD, file.toString(), memory, consumer);
        } catch (IOException e) {
            throw new AlignmentException(IO_FAILED, "reading " + file + " failed: " + e.getMessage(), e);
        }
    }

    private static boolean startsWithMagic(FileChannel channel, long size) throws IOException {
        return size >= HEAD + TAIL && Arrays.equals(bytes(channel, 0, MAGIC.length), MAGIC);
    }

    // The file format is a stream between a magic word and a footer. The footer only repeats where the batches
    // are; it is not read, so that there is one thing to check instead of two.
    private static long endOfStream(Path file, FileChannel channel, long size) throws IOException {
        var tail = bytes(channel, size - TAIL, TAIL);
        int footer = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN).getInt();
        if (!Arrays.equals(Arrays.copyOfRange(tail, Integer.BYTES, TAIL), MAGIC)
                || footer < 0
                || footer > size - TAIL - HEAD) {
            throw new AlignmentException(
                    FILE_MALFORMED, file + " does not end as an Arrow file does; it is cut off, write it again");
        }
        return size - TAIL - footer;
    }

    private static byte[] bytes(FileChannel channel, long from, int count) throws IOException {
        var bytes = ByteBuffer.allocate(count);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, from + bytes.position()) < 0) {
                throw new IOException("the file became shorter while it was read");
            }
        }
        return bytes.array();
    }
}
