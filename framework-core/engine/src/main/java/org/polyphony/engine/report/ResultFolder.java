package org.polyphony.engine.report;

import static org.polyphony.spi.error.StandardErrorCode.IO_FAILED;
import static org.polyphony.spi.error.StandardErrorCode.OUTPUT_NOT_WRITABLE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.polyphony.engine.study.StudyOutcome;
import org.polyphony.engine.tensor.OwnerMemory;
import org.polyphony.spi.error.AlignmentException;

/// The folder a study's results go to. Results appear whole or not at all: everything is written beside,
/// forced to
/// the disk, and only then renamed over what was there.
public final class ResultFolder {

    private final Path folder;

    private ResultFolder(Path folder) {
        this.folder = folder;
    }

    /// Opens a folder, creating it if absent, and makes sure that it can be written before any work is done.
    ///
    /// @throws AlignmentException with code `OUTPUT_NOT_WRITABLE`
    public static ResultFolder open(Path folder) {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new AlignmentException(OUTPUT_NOT_WRITABLE, folder + " is a file; name a folder with --out");
        }
        try {
            Files.createDirectories(folder);
            Files.delete(Files.createTempFile(folder, ".polyphony", ".tmp"));
        } catch (IOException e) {
            throw new AlignmentException(
                    OUTPUT_NOT_WRITABLE,
                    "cannot write to folder " + folder + " (" + e.getClass().getSimpleName()
                            + "); name another with --out or change its permissions",
                    e);
        }
        return new ResultFolder(folder);
    }

    /// Writes a study's results.
    ///
    /// @param reproduce the command that makes the same results again
    /// @param memory who is charged while files are written
    /// @return the files, in the order a reader wants them
    /// @throws AlignmentException with code `IO_FAILED` if the disk is full or fails; what was there stays as
    ///     it was
    public List<Path> write(StudyOutcome outcome, String reproduce, OwnerMemory memory) {
        var document = StudyReport.of(outcome);
        document.put("reproduce", reproduce);
        var json = StudyReport.text(document);
        var files = new LinkedHashMap<String, Content>();
        files.put("report.html", target -> Files.writeString(target, ReportPage.of(document)));
        files.put("report.json", target -> Files.writeString(target, json));
        files.put("policy.arrow", target -> PolicyFile.write(outcome, target, memory));
        return replace(files);
    }

    /// Something that writes itself to a file.
    @FunctionalInterface
    public interface Content {

        /// Creates or overwrites the file at `target`.
        void writeTo(Path target) throws IOException;
    }

    /// Writes these files, name → content, in their order; all of them or none.
    ///
    /// @return the files, in their order
    /// @throws AlignmentException with code `IO_FAILED`; what was there stays as it was
    public List<Path> replace(Map<String, Content> files) {
        var pending = new LinkedHashMap<Path, Path>();
        try {
            for (var file : files.entrySet()) {
                // not createTempFile: a report is for whoever may read the folder, not for its writer alone
                var temporary = folder.resolve(
                        "." + file.getKey() + "." + ProcessHandle.current().pid() + ".tmp");
                pending.put(temporary, folder.resolve(file.getKey()));
                file.getValue().writeTo(temporary);
                force(temporary);
            }
            for (var move : pending.entrySet()) {
                Files.move(
                        move.getKey(),
                        move.getValue(),
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            }
            return List.copyOf(new ArrayList<>(pending.values()));
        } catch (IOException e) {
            throw new AlignmentException(
                    IO_FAILED,
                    "cannot write results to " + folder + ": " + e.getMessage()
                            + "; free space on the disk or name another folder with --out. Earlier results there are"
                            + " unchanged",
                    e);
        } finally {
            for (var temporary : pending.keySet()) {
                try {
                    Files.deleteIfExists(temporary);
                } catch (IOException _) {
                    // a leftover temporary file harms nothing; the failure that matters is thrown above
                }
            }
        }
    }

    private static void force(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }
}
