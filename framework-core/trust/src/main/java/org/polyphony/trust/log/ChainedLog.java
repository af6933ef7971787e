package org.polyphony.trust.log;

import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// An append-only file of records, each bound to all before it by a hash chain. For charters, constraints and
/// decisions.
///
/// A record is on the disk when [#append(String)] returns. Opening a log reads all of it: a last write that was
/// cut off is removed, anything else that is not what was written refuses to open ([LogDamagedException]). Nothing
/// here changes or removes a record. **Threads.** Any; appends happen one after the other. One process at a time
/// holds a log open.
public final class ChainedLog implements AutoCloseable {

    private static final SecureRandom IDENTITIES = new SecureRandom();

    private final Path file;
    private final FileChannel channel;
    private long records;
    private byte[] hash;
    private long end;
    private boolean failed;

    private ChainedLog(Path file, FileChannel channel, LogScan scan) {
        this.file = file;
        this.channel = channel;
        this.records = scan.records();
        this.hash = scan.hash();
        this.end = scan.end();
    }

    /// Opens a log, or makes an empty one.
    public static ChainedLog open(Path file) throws IOException {
        return open(file, null);
    }

    /// Opens a log that is known to have had certain records.
    ///
    /// @param witnessed a head kept elsewhere
    /// @throws LogDamagedException if the log no longer holds the records of that head
    public static ChainedLog open(Path file, @Nullable LogHead witnessed) throws IOException {
        if (witnessed == null && !Files.exists(file)) {
            create(file);
        }
        var channel = FileChannel.open(file, READ, WRITE);
        try {
            lock(file, channel);
            var scan = scan(channel, witnessed, record -> {});
            if (scan.end() < channel.size()) {
                channel.truncate(scan.end());
                channel.force(true);
            }
            return new ChainedLog(file, channel, scan);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /// Reads a log without opening it for writing, and checks every record.
    ///
    /// @param witnessed a head kept elsewhere, or null
    /// @param reader gets every record in order
    /// @return where the log ends
    /// @throws LogDamagedException if it is not what was written, or no longer holds the witnessed records
    public static LogHead verify(Path file, @Nullable LogHead witnessed, Consumer<LogRecord> reader)
            throws IOException {
        try (var channel = FileChannel.open(file, READ)) {
            var scan = scan(channel, witnessed, reader);
            return LogHead.of(scan.records(), scan.hash());
        }
    }

    /// Appends a record and waits until the disk has it.
    ///
    /// @param text at most 1 MiB in UTF-8
    /// @return where the log ends now
    /// @throws IOException if it could not be written. Then it counts as not recorded, and the log takes no more:
    ///     after a failed write nobody knows what the disk holds. Open it again to find out
    public synchronized LogHead append(String text) throws IOException {
        if (failed) {
            throw new IOException(file + " failed before and takes no more records; open it again");
        }
        byte[] payload = LogRecord.bytes(text);
        if (payload.length > LogScan.LONGEST_PAYLOAD) {
            throw new IllegalArgumentException("a record of " + payload.length + " bytes is too long; at most "
                    + LogScan.LONGEST_PAYLOAD + " fit");
        }
        byte[] record = LogScan.newRecord(records, payload, hash);
        failed = true;
        for (var rest = ByteBuffer.wrap(record); rest.hasRemaining(); ) {
            channel.write(rest, end + rest.position());
        }
        channel.force(true);
        failed = false;
        records++;
        hash = LogScan.hashOf(record);
        end += record.length;
        return LogHead.of(records, hash);
    }

    /// Where the log ends: give this to a witness now and then.
    public synchronized LogHead head() {
        return LogHead.of(records, hash);
    }

    @Override
    public synchronized void close() throws IOException {
        channel.close();
    }

    private static LogScan scan(FileChannel channel, @Nullable LogHead witnessed, Consumer<LogRecord> reader)
            throws IOException {
        var seen = new boolean[1];
        var scan = LogScan.of(channel, record -> {
            seen[0] |= witnessed != null && new LogHead(record.sequence() + 1, record.hash()).equals(witnessed);
            reader.accept(record);
        });
        if (witnessed != null && witnessed.records() > 0 && !seen[0]) {
            throw new LogDamagedException(
                    "the log has " + scan.records() + " records and not the one witnessed as number "
                            + witnessed.records() + "; records were removed or replaced, restore the log from a copy");
        }
        return scan;
    }

    private static void lock(Path file, FileChannel channel) throws IOException {
        try {
            if (channel.tryLock() != null) {
                return;
            }
        } catch (OverlappingFileLockException e) {
            throw new IOException(file + " is open in this process already; close it first", e);
        }
        throw new IOException(file + " is open in another process; stop that first");
    }

    /// A log appears whole or not at all: it is written beside its place and then renamed.
    private static void create(Path file) throws IOException {
        var identity = new byte[16];
        IDENTITIES.nextBytes(identity);
        Path folder = file.toAbsolutePath().getParent();
        Path made = Files.createTempFile(folder, "log", ".new");
        try {
            try (var channel = FileChannel.open(made, WRITE)) {
                channel.write(ByteBuffer.wrap(LogScan.newHead(identity)));
                channel.force(true);
            }
            Files.move(made, file);
        } finally {
            Files.deleteIfExists(made);
        }
        try (var entry = FileChannel.open(folder, READ)) {
            entry.force(true);
        }
    }
}
