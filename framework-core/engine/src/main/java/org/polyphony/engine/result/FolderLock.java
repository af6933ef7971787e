package org.polyphony.engine.result;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The right to change a folder of results, held by one thread of one process of the machine. The system takes it
/// back when the process dies, however it dies; the file it stands on is gone when it is given back.
final class FolderLock implements AutoCloseable {

    /// The file that is locked.
    static final String NAME = ".polyphony-lock";

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int POLL_MILLIS = 20;

    // a file's lock belongs to the process, not to a thread of it
    private static final ReentrantLock PROCESS = new ReentrantLock();

    private final Path file;
    private final FileChannel channel;

    private FolderLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /// Waits for the right to change `folder`.
    ///
    /// @throws IOException if the folder cannot be written, or another process keeps it for two minutes
    static FolderLock acquire(Path folder) throws IOException {
        var file = folder.resolve(NAME);
        PROCESS.lock();
        try {
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (true) {
                var channel = attempt(file);
                if (channel != null) {
                    return new FolderLock(file, channel);
                }
                if (System.nanoTime() > end) {
                    throw new IOException("another run has been writing there for " + PATIENCE.toSeconds() + " s");
                }
                Thread.sleep(POLL_MILLIS);
            }
        } catch (InterruptedException e) {
            PROCESS.unlock();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for another run that writes there", e);
        } catch (IOException | RuntimeException | Error e) {
            PROCESS.unlock();
            throw e;
        }
    }

    private static @Nullable FileChannel attempt(Path file) throws IOException {
        var channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        boolean held = false;
        try {
            held = channel.tryLock() != null && isStillThere(file, channel);
            return held ? channel : null;
        } finally {
            if (!held) {
                channel.close();
            }
        }
    }

    // Whoever held the lock before may have deleted the file that is locked now: then it guards nothing. The file
    // must not be opened again for that, since closing it would give the lock back: a random size tells.
    private static boolean isStillThere(Path file, FileChannel channel) throws IOException {
        long size = ThreadLocalRandom.current().nextLong(1, 1L << 16);
        channel.truncate(0);
        channel.write(ByteBuffer.allocate(1), size - 1);
        try {
            return Files.size(file) == size;
        } catch (NoSuchFileException _) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            Files.deleteIfExists(file);
        } finally {
            PROCESS.unlock();
        }
    }
}
