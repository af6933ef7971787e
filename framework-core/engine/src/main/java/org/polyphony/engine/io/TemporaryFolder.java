package org.polyphony.engine.io;

import static org.polyphony.spi.error.StandardErrorCode.IO_FAILED;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.polyphony.spi.error.AlignmentException;

/// The folder for temporary files of this process: copies of bundles, native libraries that are unpacked, what is
/// spilled. It is deleted when the process ends; where a process was killed, the next one deletes it.
///
/// The start script makes the folder and gives it to the JVM as `java.io.tmpdir`, because libraries unpack their
/// native code there; without the script the folder is made below `java.io.tmpdir`. Its name holds the process and
/// the second in which it began. A process holds a lock in its folder, which the system takes back when the process
/// dies, however it dies: a folder whose lock is free belongs to nobody.
public final class TemporaryFolder {

    private static final Pattern NAME = Pattern.compile("polyphony-(\\d{1,10})-(\\d{1,12})(-\\d+)?");
    private static final String LOCK = "lock";

    // longer than a JVM takes from the start of the script to its lock
    private static final Duration STARTING = Duration.ofMinutes(10);

    // in all a second, much longer than a sweep holds a folder's lock before it moves the folder
    private static final int ATTEMPTS = 45;
    private static final Duration PAUSE = Duration.ofMillis(1);

    // of a lock's file, which is a hole but for one byte
    private static final long LENGTHS = 1 << 20;

    private static @Nullable TemporaryFolder ofProcess;

    private final Path root;
    private final FileChannel lock;

    private TemporaryFolder(Path root, FileChannel lock) {
        this.root = root;
        this.lock = lock;
    }

    /// The folder of this process, made with the first call, which also deletes what dead processes left.
    ///
    /// @throws AlignmentException with code `IO_FAILED` if none can be made
    public static synchronized TemporaryFolder ofProcess() {
        if (ofProcess == null) {
            var opened = open(Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath());
            Runtime.getRuntime().addShutdownHook(new Thread(opened::end, "polyphony-temporary-exit"));
            ofProcess = opened;
        }
        return ofProcess;
    }

    /// Takes the folder that the start script made for this process, if there is one, so that it is deleted at the
    /// end even if nothing was ever put there.
    public static void takeGiven() {
        var given = Path.of(System.getProperty("java.io.tmpdir"));
        if (given.getFileName() != null
                && NAME.matcher(given.getFileName().toString()).matches()) {
            ofProcess();
        }
    }

    /// Opens a folder at `given`, if it has a process's name, or below it, and deletes the others of dead processes
    /// beside it.
    static TemporaryFolder open(Path given) {
        try {
            boolean own = NAME.matcher(String.valueOf(given.getFileName())).matches();
            var base = own ? Objects.requireNonNull(given.getParent()) : given;
            var root = given;
            FileChannel lock = null;
            // libraries unpack in the given one, so it is made again where a sweep took it
            for (int i = 0; own && lock == null && i < ATTEMPTS; i++) {
                LockSupport.parkNanos(i * PAUSE.toNanos());
                lock = makeAndLock(given);
            }
            while (lock == null) {
                root = base.resolve("polyphony-" + ProcessHandle.current().pid() + "-"
                        + Instant.now().getEpochSecond() + "-" + System.nanoTime());
                lock = lock(Files.createDirectory(root));
            }
            sweep(base, root);
            return new TemporaryFolder(root, lock);
        } catch (IOException e) {
            throw new AlignmentException(
                    IO_FAILED,
                    "cannot make a folder for temporary files in " + given + ": " + e
                            + "; make room there, or name another folder with TMPDIR",
                    e);
        }
    }

    /// Makes a folder of a unique name below, which nobody but this user may open where the system knows users.
    ///
    /// @throws AlignmentException with code `IO_FAILED`
    public Path makeFolder(String prefix) {
        try {
            return Files.createTempDirectory(root, prefix);
        } catch (IOException e) {
            throw new AlignmentException(
                    IO_FAILED,
                    "cannot make a folder in " + root + ": " + e + "; make room there, or name another with TMPDIR",
                    e);
        }
    }

    Path root() {
        return root;
    }

    // a process that was killed just before this one began may have been dying still
    private void end() {
        delete();
        try {
            sweep(Objects.requireNonNull(root.getParent()), root);
        } catch (IOException _) {
            // the next process tries again
        }
    }

    /// Deletes the folder and all in it; a library that is loaded from it stays loaded.
    void delete() {
        try {
            deleteTree(moveAside(root));
        } catch (IOException e) {
            warn(root, e);
        }
        try {
            lock.close();
        } catch (IOException _) {
            // the process ends, and with it the lock
        }
    }

    // null: as below, or a sweep took the folder between the attempt to make it and the look whether it is one
    private static @Nullable FileChannel makeAndLock(Path folder) throws IOException {
        try {
            return lock(Files.createDirectories(folder));
        } catch (FileAlreadyExistsException e) {
            if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(folder)) {
                throw e;
            }
            return null;
        }
    }

    // null: another process holds it, or took the folder away between the opening of the file and its lock
    private static @Nullable FileChannel lock(Path folder) throws IOException {
        var file = folder.resolve(LOCK);
        FileChannel channel;
        try {
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException _) {
            return null;
        }
        boolean held = false;
        try {
            held = channel.tryLock() != null && stands(channel, file);
            return held ? channel : null;
        } catch (OverlappingFileLockException _) {
            return null; // another folder of this process
        } finally {
            if (!held) {
                channel.close();
            }
        }
    }

    // Whether the file of this name is the one that was opened: where two sweeps meet, the folder's process may have
    // made it again meanwhile, with a lock of its own. A length chosen here is asked for by name, because to open the
    // file of that name once more and close it would give up the lock.
    private static boolean stands(FileChannel channel, Path file) throws IOException {
        long length = ThreadLocalRandom.current().nextLong(1, LENGTHS);
        channel.truncate(0).write(ByteBuffer.allocate(1), length - 1);
        try {
            return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                            .size()
                    == length;
        } catch (NoSuchFileException _) {
            return false;
        }
    }

    private static void sweep(Path base, Path own) throws IOException {
        try (var beside = Files.newDirectoryStream(base, "polyphony-*")) {
            for (var folder : beside) {
                if (!folder.equals(own)
                        && NAME.matcher(folder.getFileName().toString()).matches()
                        && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                    sweep(folder);
                }
            }
        }
    }

    private static void sweep(Path folder) {
        try {
            if (!Files.exists(folder.resolve(LOCK), LinkOption.NOFOLLOW_LINKS) && mayBeStarting(folder)) {
                return;
            }
            try (var channel = lock(folder)) {
                if (channel != null) {
                    deleteTree(moveAside(folder));
                }
            }
        } catch (IOException _) {
            // somebody else's, or just being deleted
        }
    }

    // in one step, so that a process which waits for the lock finds no folder rather than half of one
    private static Path moveAside(Path folder) throws IOException {
        var name = NAME.matcher(folder.getFileName().toString());
        if (!name.matches()) {
            throw new IllegalArgumentException("the folder of no process: " + folder);
        }
        return Files.move(
                folder,
                folder.resolveSibling("polyphony-" + name.group(1) + "-" + name.group(2) + "-" + System.nanoTime()),
                StandardCopyOption.ATOMIC_MOVE);
    }

    private static boolean mayBeStarting(Path folder) {
        var name = NAME.matcher(folder.getFileName().toString());
        return name.matches()
                && ProcessHandle.of(Long.parseLong(name.group(1))).isPresent()
                && Instant.ofEpochSecond(Long.parseLong(name.group(2)))
                        .plus(STARTING)
                        .isAfter(Instant.now());
    }

    /// Deletes a folder and all in it; what cannot be deleted is left to the end of the process.
    public static void deleteTree(Path folder) {
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) {
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e) throws IOException {
                    Files.deleteIfExists(visited);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (DirectoryNotEmptyException _) {
            // another process deletes it too, and holds its lock there
        } catch (IOException e) {
            warn(folder, e);
        }
    }

    private static void warn(Path folder, IOException e) {
        System.getLogger(TemporaryFolder.class.getName())
                .log(System.Logger.Level.WARNING, "cannot delete " + folder + ": " + e);
    }
}
