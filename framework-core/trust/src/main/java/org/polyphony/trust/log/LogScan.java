package org.polyphony.trust.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.polyphony.trust.digest.Sha256;

/// The bytes of a log, and one pass over them that trusts nothing.
///
/// File: 8 bytes `PLYLOG01`, 16 bytes chosen at random when the log was made, CRC32C of both. Record, all
/// big-endian: length of the payload (4), sequence (8), CRC32C of these 12 bytes (4), payload, chain hash (32),
/// CRC32C of the record so far (4). The chain hash is SHA-256 over the previous one, the 12 bytes and the payload;
/// the first one follows SHA-256 of the file's head. A length is believed only after its own checksum, so that a
/// flipped bit in it is damage and cannot pass for a torn end.
final class LogScan {

    static final byte[] MAGIC = "PLYLOG01".getBytes(StandardCharsets.US_ASCII);
    static final int FILE_HEAD = 28;
    static final int LONGEST_PAYLOAD = 1 << 20;

    private static final int RECORD_HEAD = 16;
    private static final int RECORD_TAIL = 36;
    private static final int HASH = 32;

    private final FileChannel channel;
    private long records;
    private byte[] hash = new byte[0];
    private long end;

    private LogScan(FileChannel channel) {
        this.channel = channel;
    }

    /// Reads every record in order.
    ///
    /// @throws LogDamagedException if a record is not what was written. A last record that is not whole is not
    ///     damage: a write that was cut off, whose caller was never told that it succeeded
    static LogScan of(FileChannel channel, Consumer<LogRecord> reader) throws IOException {
        var scan = new LogScan(channel);
        scan.readHead();
        while (scan.readRecord(reader)) {
            scan.records++;
        }
        return scan;
    }

    static byte[] newHead(byte[] identity) {
        var head = ByteBuffer.allocate(FILE_HEAD).put(MAGIC).put(identity);
        return head.putInt(crc(head.array(), FILE_HEAD - 4)).array();
    }

    static byte[] newRecord(long sequence, byte[] payload, byte[] previousHash) {
        var record = ByteBuffer.allocate(RECORD_HEAD + payload.length + RECORD_TAIL);
        record.putInt(payload.length).putLong(sequence);
        byte[] head = Arrays.copyOf(record.array(), record.position());
        record.putInt(crc(head, head.length)).put(payload).put(Sha256.of(previousHash, head, payload));
        return record.putInt(crc(record.array(), record.position())).array();
    }

    static byte[] hashOf(byte[] record) {
        int from = record.length - RECORD_TAIL;
        return Arrays.copyOfRange(record, from, from + HASH);
    }

    long records() {
        return records;
    }

    byte[] hash() {
        return hash.clone();
    }

    /// Where the last whole record ends, in bytes.
    long end() {
        return end;
    }

    private void readHead() throws IOException {
        byte[] head = read(0, FILE_HEAD);
        if (head.length < FILE_HEAD
                || !Arrays.equals(MAGIC, Arrays.copyOf(head, MAGIC.length))
                || ByteBuffer.wrap(head).getInt(FILE_HEAD - 4) != crc(head, FILE_HEAD - 4)) {
            throw new LogDamagedException("the log's head is damaged or this is no log; restore it from a copy");
        }
        hash = Sha256.of(head);
        end = FILE_HEAD;
    }

    private boolean readRecord(Consumer<LogRecord> reader) throws IOException {
        byte[] head = read(end, RECORD_HEAD);
        if (head.length < RECORD_HEAD) {
            return false;
        }
        int length = ByteBuffer.wrap(head).getInt();
        long sequence = ByteBuffer.wrap(head).getLong(4);
        if (ByteBuffer.wrap(head).getInt(12) != crc(head, 12) || length < 0 || length > LONGEST_PAYLOAD) {
            throw damaged("its length is not what was written");
        }
        if (sequence != records) {
            throw damaged("it carries number " + sequence);
        }
        int size = RECORD_HEAD + length + RECORD_TAIL;
        byte[] record = read(end, size);
        if (record.length < size) {
            return false;
        }
        byte[] payload = Arrays.copyOfRange(record, RECORD_HEAD, RECORD_HEAD + length);
        byte[] chained = Arrays.copyOfRange(record, RECORD_HEAD + length, RECORD_HEAD + length + HASH);
        if (ByteBuffer.wrap(record).getInt(size - 4) != crc(record, size - 4)) {
            throw damaged("its checksum is wrong");
        }
        if (!Arrays.equals(chained, Sha256.of(hash, Arrays.copyOf(record, 12), payload))) {
            throw damaged("it does not follow the record before it");
        }
        hash = chained;
        end += size;
        reader.accept(new LogRecord(
                sequence, HexFormat.of().formatHex(chained), new String(payload, StandardCharsets.UTF_8)));
        return true;
    }

    private LogDamagedException damaged(String how) {
        return new LogDamagedException("record " + records + " at byte " + end + " was changed after it was written: "
                + how + "; restore the log from a copy");
    }

    /// Up to `length` bytes from `position`; fewer where the file ends.
    private byte[] read(long position, int length) throws IOException {
        var buffer = ByteBuffer.allocate((int) Math.max(0, Math.min(length, channel.size() - position)));
        while (buffer.hasRemaining() && channel.read(buffer, position + buffer.position()) > 0) {
            // until full or at the end
        }
        return Arrays.copyOf(buffer.array(), buffer.position());
    }

    private static int crc(byte[] bytes, int length) {
        var crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
