package org.polyphony.plugin.source.files.mapping;

import org.polyphony.spi.plugin.Setting;

/// How files are opened.
public record FileReading(
        @Setting(description = "What separates the cells of CSV files, one character", defaultValue = ",")
        String delimiter,

        @Setting(description = "How large all files together may be, decompressed, in megabytes", defaultValue = "1024")
        int maxMegabytes) {

    public FileReading {
        if (delimiter.length() != 1) {
            throw new IllegalArgumentException("delimiter must be one character, got '" + delimiter + "'");
        }
        if (maxMegabytes < 1) {
            throw new IllegalArgumentException("max-megabytes must be at least 1, got " + maxMegabytes);
        }
    }
}
