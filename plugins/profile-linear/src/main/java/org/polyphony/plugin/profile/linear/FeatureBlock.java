package org.polyphony.plugin.profile.linear;

import org.polyphony.spi.plugin.Setting;

/// The columns that one encoder gave, and how they enter the model.
///
/// @param columns how many columns it gave
/// @param scale whether columns are measured in units of their own
/// @param keep how many of their principal components are kept, at most
public record FeatureBlock(
        @Setting(description = "How many columns the encoder gives, such as 32 of surface and 384 of minilm")
        int columns,

        @Setting(
                description = "column: every column is scaled to a standard deviation of 1, for counts and shares;"
                        + " block: one scale for all, for embeddings",
                defaultValue = "column")
        Scale scale,

        @Setting(description = "How many of their principal components are kept", defaultValue = "24")
        int keep) {

    /// In which units columns are measured.
    public enum Scale {
        /// Each by its own standard deviation.
        COLUMN,
        /// All by one.
        BLOCK
    }

    /// Checks that there is something to keep.
    public FeatureBlock {
        if (columns < 1) {
            throw new IllegalArgumentException("columns must be at least 1, got " + columns);
        }
        if (keep < 1) {
            throw new IllegalArgumentException("keep must be at least 1, got " + keep);
        }
    }
}
