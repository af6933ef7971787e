package org.polyphony.plugin.source.files.input;

import static org.polyphony.spi.error.StandardErrorCode.FILE_MALFORMED;

import java.util.Arrays;
import java.util.HexFormat;
import org.polyphony.spi.error.AlignmentException;

/// What the first bytes of a file say that it is, whatever its name.
enum FileContent {
    PARQUET("50415231", "is Parquet; give it a name that ends in .parquet"),
    ARROW("4152524f5731", "is an Arrow file, which is not read; save the table as Parquet"),
    GZIP("1f8b", "is compressed with gzip; give it a name that ends in .gz"),
    ZIP("504b0304", "is a zip archive or a spreadsheet; take the table out of it and save it as CSV"),
    OLD_SPREADSHEET("d0cf11e0", "is a spreadsheet; save the table as CSV"),
    SQLITE("53514c69746520666f726d6174", "is an SQLite database; save the table as CSV"),
    ZSTD("28b52ffd", "is compressed with zstd; decompress it, or use gzip"),
    XZ("fd377a585a00", "is compressed with xz; decompress it, or use gzip"),
    BZIP("425a68", "is compressed with bzip2; decompress it, or use gzip"),
    UTF16_LITTLE("fffe", "is UTF-16 text; save it as UTF-8"),
    UTF16_BIG("feff", "is UTF-16 text; save it as UTF-8");

    private final byte[] magic;
    private final String advice;

    FileContent(String magic, String advice) {
        this.magic = HexFormat.of().parseHex(magic);
        this.advice = advice;
    }

    /// Makes sure that content is not something else than its name says.
    ///
    /// @param first the first bytes, decompressed if the name ends in `.gz`
    static void require(String name, byte[] first) {
        boolean parquet = DataFile.kind(name) == DataFile.Kind.PARQUET;
        for (var content : values()) {
            boolean is = first.length >= content.magic.length
                    && Arrays.equals(first, 0, content.magic.length, content.magic, 0, content.magic.length);
            if (is && !(parquet && content == PARQUET)) {
                throw new AlignmentException(FILE_MALFORMED, name + " " + content.advice);
            }
        }
        // without a byte order mark: ASCII has a zero beside every character
        if (!parquet && first.length >= 4 && (first[0] == 0) != (first[1] == 0) && (first[2] == 0) != (first[3] == 0)) {
            throw new AlignmentException(FILE_MALFORMED, name + " " + UTF16_LITTLE.advice);
        }
    }
}
