package org.polyphony.engine.io;

/// How much an Arrow stream from outside may hold before it is rejected.
///
/// @param metadataBytes size of one message's metadata, and of all names and texts in a schema together
/// @param columns fields of a schema, nested ones included
/// @param depth nesting of lists and structs
/// @param rows of one batch
/// @param cells values of one batch, in all columns and nested lists together
/// @param finite whether NaN and infinities are rejected
public record ArrowLimits(int metadataBytes, int columns, int depth, long rows, long cells, boolean finite) {

    public ArrowLimits {
        if (metadataBytes < 8 || columns < 1 || depth < 1 || rows < 1 || cells < 1) {
            throw new IllegalArgumentException("limits must be positive, got " + metadataBytes + " bytes, " + columns
                    + " columns, depth " + depth + ", " + rows + " rows, " + cells + " cells");
        }
    }

    /// What data from outside need: 1 MiB of metadata, 4096 columns, depth 4, 10 million rows and 200 million
    /// cells a batch, finite numbers only.
    public static ArrowLimits standard() {
        return new ArrowLimits(1 << 20, 4096, 4, 10_000_000, 200_000_000, true);
    }

    /// The same, with NaN and infinities left to the reader.
    public ArrowLimits withoutFiniteCheck() {
        return new ArrowLimits(metadataBytes, columns, depth, rows, cells, false);
    }

    /// The same with this much metadata and as many columns as fit.
    public ArrowLimits withMetadataBytes(int bytes) {
        return new ArrowLimits(bytes, Math.max(columns, bytes / 64), depth, rows, cells, finite);
    }
}
