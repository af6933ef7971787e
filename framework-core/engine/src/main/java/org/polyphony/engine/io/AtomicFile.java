package org.polyphony.engine.io;

import static org.polyphony.spi.error.StandardErrorCode.IO_FAILED;
import static org.polyphony.spi.error.StandardErrorCode.OUTPUT_NOT_WRITABLE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.polyphony.spi.error.AlignmentException;

/// Writes files whole or not at all: into a temporary file beside the target, forced to the disk, then renamed.
/// What was there before stays untouched until the new file is complete.
public final class AtomicFile {

    private AtomicFile() {}

    /// Writes the content into an open channel.
    @FunctionalInterface
    public interface Content {

        /// Writes everything; the channel is forced and closed by the caller.
        void writeTo(FileChannel channel) throws IOException;
    }

    /// Produces a whole file at a path, where a library writes it by itself.
    @FunctionalInterface
    public interface Producer {

        /// Creates or overwrites the file at `temporary`.
        void produce(Path temporary) throws IOException;
    }

    /// Writes `target`, replacing it if it exists.
    ///
    /// @throws AlignmentException with code `OUTPUT_NOT_WRITABLE` if the place cannot be written,
    ///     `IO_FAILED` if writing fails, for example because the disk is full
    public static void write(Path target, Content content) {
        produce(target, temporary -> {
            try (var channel = FileChannel.open(
                    temporary,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                content.writeTo(channel);
            }
        });
    }

    /// The same for a library that opens the file itself.
    public static void produce(Path target, Producer producer) {
        var folder = target.toAbsolutePath().getParent();
        if (folder == null || Files.isDirectory(target)) {
            throw new AlignmentException(OUTPUT_NOT_WRITABLE, target + " is a folder; name a file");
        }
        var temporary = folder.resolve(
                "." + target.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
        try {
            producer.produce(temporary);
            force(temporary, StandardOpenOption.WRITE);
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            force(folder, StandardOpenOption.READ);
        } catch (AccessDeniedException | NoSuchFileException | NotDirectoryException | ReadOnlyFileSystemException e) {
            throw new AlignmentException(
                    OUTPUT_NOT_WRITABLE,
                    "cannot write " + target + ": " + e + "; choose a folder that exists and may be written",
                    e);
        } catch (IOException e) {
            throw new AlignmentException(
                    IO_FAILED, "writing " + target + " failed: " + e.getMessage() + "; is the disk full?", e);
        } finally {
            delete(temporary);
        }
    }

    private static void force(Path path, StandardOpenOption option) throws IOException {
        try (var channel = FileChannel.open(path, option)) {
            channel.force(true);
        }
    }

    private static void delete(Path temporary) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException _) {
            // the failure that left it is on its way to the user
        }
    }
}
