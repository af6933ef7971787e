package org.polyphony.engine.io;

import static org.polyphony.spi.error.StandardErrorCode.FILE_NOT_FOUND;

import java.nio.file.Files;
import java.nio.file.Path;
import org.polyphony.spi.error.AlignmentException;

/// What every file that a person names must be.
public final class InputFiles {

    private InputFiles() {}

    /// Refuses what is absent, a folder, or no file at all: a pipe or a device may have no end, or never begin.
    ///
    /// @param kind what the file is, for messages, for example `study`
    /// @throws AlignmentException with code `FILE_NOT_FOUND`
    public static void requireFile(Path file, String kind) {
        if (Files.isRegularFile(file)) {
            return;
        }
        throw new AlignmentException(
                FILE_NOT_FOUND,
                !Files.exists(file)
                        ? "no file " + file + "; name an existing " + kind + " file"
                        : Files.isDirectory(file)
                                ? file + " is a folder; name the " + kind + " file in it"
                                : file + " is a pipe or a device; name a " + kind + " file");
    }
}
