package org.polyphony.plugin.source.files.input;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.polyphony.spi.preference.PreferenceData.InputFile;

/// A file of the data folder that was read once and found whole.
///
/// @param path where it is
/// @param name relative to the data folder, with `/`
/// @param sha256 of its bytes, lower-case hexadecimal
/// @param bytes its size
/// @param head the first characters of its text, up to 1 MiB; empty for Parquet
/// @param shape of its text as CSV
public record DataFile(Path path, String name, String sha256, long bytes, String head, RecordScan.Shape shape) {

    /// What a file's name says about its content.
    public enum Kind {
        CSV,
        TSV,
        JSON,
        JSON_LINES,
        PARQUET,
        TEXT;

        /// Whether the first record names the columns.
        boolean headed() {
            return this == CSV || this == TSV || this == TEXT;
        }
    }

    /// The kind that the name says, `.gz` aside; TEXT if it says nothing.
    public Kind kind() {
        return kind(name);
    }

    /// Whether the name ends in `.gz`.
    public boolean compressed() {
        return compressed(name);
    }

    /// What goes into the report.
    public InputFile input() {
        return new InputFile(name, sha256, bytes);
    }

    /// The file's text, decompressed. The caller closes it.
    public BufferedReader lines() throws IOException {
        InputStream bytes = Files.newInputStream(path);
        return new BufferedReader(
                new InputStreamReader(compressed() ? new GZIPInputStream(bytes) : bytes, StandardCharsets.UTF_8));
    }

    static boolean compressed(String name) {
        return name.toLowerCase(Locale.ROOT).endsWith(".gz");
    }

    static Kind kind(String name) {
        String plain = name.toLowerCase(Locale.ROOT);
        plain = plain.endsWith(".gz") ? plain.substring(0, plain.length() - 3) : plain;
        return switch (plain.substring(plain.lastIndexOf('.') + 1)) {
            case "csv" -> Kind.CSV;
            case "tsv", "tab" -> Kind.TSV;
            case "json" -> Kind.JSON;
            case "jsonl", "ndjson" -> Kind.JSON_LINES;
            case "parquet" -> Kind.PARQUET;
            default -> Kind.TEXT;
        };
    }
}
