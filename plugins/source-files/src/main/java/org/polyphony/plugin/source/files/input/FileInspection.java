package org.polyphony.plugin.source.files.input;

import static org.polyphony.spi.error.StandardErrorCode.FILE_MALFORMED;
import static org.polyphony.spi.error.StandardErrorCode.IO_FAILED;
import static org.polyphony.spi.error.StandardErrorCode.MEMORY_EXHAUSTED;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.support.digest.Digests;

/// One pass over a file before anything trusts it: its digest, that its content is what its name says, that
/// gzip data are whole, that text is UTF-8, and that it is not larger than allowed once decompressed.
final class FileInspection {

    private static final int HEAD = 1 << 20;
    private static final int MAGIC = 16;

    private final String name;
    private final long limit;
    private final boolean text;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private final StringBuilder head = new StringBuilder();
    private final CharBuffer characters = CharBuffer.allocate(1 << 16);
    private final RecordScan records;
    private long line = 1;
    private long decompressed;
    private DataFile file;

    private FileInspection(Path path, String name, long limit, char delimiter) {
        this.name = name;
        this.limit = limit;
        this.records = new RecordScan(DataFile.kind(name) == DataFile.Kind.TSV ? '\t' : delimiter);
        this.text = DataFile.kind(name) != DataFile.Kind.PARQUET;
        this.file = new DataFile(path, name, "", 0, "", RecordScan.Shape.NONE);
    }

    /// Inspects the file at `path`.
    ///
    /// @param limit how many decompressed bytes are allowed
    /// @param delimiter between the cells of CSV files
    static FileInspection of(Path path, String name, long limit, char delimiter) {
        var inspection = new FileInspection(path, name, limit, delimiter);
        inspection.run(path);
        return inspection;
    }

    /// The file, found whole.
    DataFile file() {
        return file;
    }

    /// Its size in bytes, decompressed.
    long decompressed() {
        return decompressed;
    }

    private void run(Path path) {
        try (var raw = new DigestInputStream(Files.newInputStream(path), Digests.sha256())) {
            long bytes = Files.size(path);
            try (InputStream content = DataFile.compressed(name) ? new GZIPInputStream(raw, 1 << 16) : raw) {
                var buffered = new BufferedInputStream(content, 1 << 16);
                buffered.mark(MAGIC);
                byte[] first = buffered.readNBytes(MAGIC);
                buffered.reset();
                FileContent.require(name, first);
                scan(buffered);
                raw.transferTo(OutputStream.nullOutputStream());
            }
            String digest = HexFormat.of().formatHex(raw.getMessageDigest().digest());
            if (decompressed == 0) {
                throw new AlignmentException(FILE_MALFORMED, name + " is empty; expected at least a header");
            }
            file = new DataFile(path, name, digest, bytes, head.toString(), records.shape());
        } catch (EOFException e) {
            throw new AlignmentException(
                    FILE_MALFORMED,
                    name + " is truncated: the gzip data end after " + decompressed
                            + " decompressed bytes; fetch the file again",
                    e);
        } catch (ZipException e) {
            throw new AlignmentException(
                    FILE_MALFORMED, name + " is not intact gzip: " + e.getMessage() + "; fetch the file again", e);
        } catch (IOException e) {
            throw new AlignmentException(IO_FAILED, name + " cannot be read: " + e.getMessage(), e);
        }
    }

    private void scan(InputStream content) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
        boolean more = true;
        while (more) {
            int read = content.read(bytes.array(), bytes.position(), bytes.remaining());
            more = read >= 0;
            decompressed += Math.max(0, read);
            if (decompressed > limit) {
                throw new AlignmentException(
                        MEMORY_EXHAUSTED,
                        name + " brings the input to more than the allowed size: " + limit
                                + " bytes were left; raise max-megabytes if the file is meant");
            }
            if (text) {
                bytes.limit(bytes.position() + Math.max(0, read)).position(0);
                decode(bytes, !more);
                bytes.compact();
            }
        }
    }

    private void decode(ByteBuffer bytes, boolean last) {
        while (true) {
            var result = decoder.decode(bytes, characters, last);
            characters.flip();
            for (int i = 0; i < characters.length(); i++) {
                char c = characters.charAt(i);
                records.add(c);
                if (c == '\n') {
                    line++;
                }
            }
            if (head.length() < HEAD) {
                head.append(characters, 0, Math.min(characters.length(), HEAD - head.length()));
            }
            characters.clear();
            if (result.isError()) {
                throw new AlignmentException(
                        FILE_MALFORMED,
                        name + ", line " + line + ": not UTF-8 (byte 0x"
                                + HexFormat.of().toHexDigits(bytes.get(bytes.position()))
                                + "); convert the file to UTF-8");
            }
            if (result.isUnderflow()) {
                return;
            }
        }
    }
}
