package org.polyphony.engine.result;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// The few operations by which results reach a disk, in one place, so that a test can stop at any of them or lose
/// what was not forced.
interface Disk {

    /// Makes one folder.
    void makeFolder(Path folder) throws IOException;

    /// Makes a file of this content.
    void write(Path file, ResultFolder.Content content) throws IOException;

    /// Returns once a file's content, or a folder's list of entries, survives a loss of power.
    void force(Path fileOrFolder) throws IOException;

    /// Gives a file or a folder another name in one step; a file that has this name is replaced.
    void rename(Path from, Path to) throws IOException;

    /// Deletes a file, a link or an empty folder, if it exists.
    void delete(Path fileOrFolder) throws IOException;

    /// The machine's own.
    static Disk real() {
        return Real.INSTANCE;
    }

    /// The machine's own file system.
    enum Real implements Disk {
        INSTANCE;

        @Override
        public void makeFolder(Path folder) throws IOException {
            Files.createDirectory(folder);
        }

        @Override
        public void write(Path file, ResultFolder.Content content) throws IOException {
            content.writeTo(file);
        }

        @Override
        public void force(Path fileOrFolder) throws IOException {
            try (var channel = FileChannel.open(
                    fileOrFolder,
                    Files.isDirectory(fileOrFolder) ? StandardOpenOption.READ : StandardOpenOption.WRITE)) {
                channel.force(true);
            }
        }

        @Override
        public void rename(Path from, Path to) throws IOException {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }

        @Override
        public void delete(Path fileOrFolder) throws IOException {
            Files.deleteIfExists(fileOrFolder);
        }
    }
}
