package org.polyphony.engine.result;

import static org.polyphony.spi.error.StandardErrorCode.FILE_MALFORMED;
import static org.polyphony.spi.error.StandardErrorCode.FILE_NOT_FOUND;
import static org.polyphony.spi.error.StandardErrorCode.IO_FAILED;
import static org.polyphony.spi.error.StandardErrorCode.OUTPUT_NOT_WRITABLE;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.polyphony.engine.page.ReportPage;
import org.polyphony.engine.run.StudyOutcome;
import org.polyphony.engine.tensor.OwnerMemory;
import org.polyphony.spi.error.AlignmentException;

/// The folder a study's results go to. Its files are one result: they appear together or not at all, and
/// `result.json` ([ResultManifest]) says which belong together.
///
/// A new result is written into a folder beside, `.polyphony-next`, and forced to the disk. Renaming that folder to
/// `.polyphony-ready` is the one step that decides: before it the earlier result is the result, after it the new
/// one is, and moving its files into place is tidying up that whoever comes next completes, the manifest last. A
/// process killed or a machine that loses power at any time leaves the earlier result or the new one.
public final class ResultFolder {

    private static final String NEXT = ".polyphony-next";
    private static final String READY = ".polyphony-ready";
    private static final List<String> STUDY_FILES = List.of("report.html", "report.json", "policy.arrow");
    private static final int ATTEMPTS = 5;
    private static final int PAUSE_MILLIS = 50;

    private final Path folder;
    private final Disk disk;

    private ResultFolder(Path folder, Disk disk) {
        this.folder = folder;
        this.disk = disk;
    }

    /// Opens a folder for the results of a study, creating it if absent, and makes sure that it can be written
    /// before any work is done. What an earlier run left unfinished is completed or deleted.
    ///
    /// @throws AlignmentException with code `OUTPUT_NOT_WRITABLE`, or `IO_FAILED` if the disk is full or fails
    public static ResultFolder open(Path folder) {
        return open(folder, Disk.real());
    }

    static ResultFolder open(Path folder, Disk disk) {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new AlignmentException(OUTPUT_NOT_WRITABLE, folder + " is a file; name a folder with --out");
        }
        var opened = new ResultFolder(folder, disk);
        try {
            opened.create();
            opened.requirePlaces(STUDY_FILES);
            try (var _ = FolderLock.acquire(folder)) {
                opened.settle();
            }
        } catch (IOException e) {
            if (isFull(e)) {
                throw opened.failed(e);
            }
            throw new AlignmentException(
                    OUTPUT_NOT_WRITABLE,
                    "cannot write to folder " + folder + " (" + e.getClass().getSimpleName()
                            + "); name another with --out or change its permissions",
                    e);
        }
        return opened;
    }

    private void create() throws IOException {
        var made = new ArrayDeque<Path>();
        for (var at = folder.toAbsolutePath(); at != null && !Files.exists(at); at = at.getParent()) {
            made.push(at);
        }
        Files.createDirectories(folder);
        for (var at : made) {
            disk.force(Objects.requireNonNull(at.getParent())); // a folder is an entry of the one above
        }
    }

    /// Completes or deletes what an earlier run left unfinished in a folder, if there is one.
    public static void settle(Path folder) {
        if (Files.isDirectory(folder)
                && (Files.exists(folder.resolve(NEXT), LinkOption.NOFOLLOW_LINKS)
                        || Files.exists(folder.resolve(READY), LinkOption.NOFOLLOW_LINKS)
                        || Files.exists(folder.resolve(FolderLock.NAME), LinkOption.NOFOLLOW_LINKS))) {
            open(folder);
        }
    }

    /// A result as its readers see it.
    ///
    /// @param manifest what belongs to it
    /// @param files where each of its files is now, by name, in the order of the manifest
    public record Result(ResultManifest manifest, Map<String, Path> files) {

        public Result {
            files = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(files));
        }
    }

    /// Reads which result a folder holds and checks every file against it. Changes nothing.
    ///
    /// @throws AlignmentException with code `FILE_NOT_FOUND` if it holds none, `FILE_MALFORMED` if its files are
    ///     not of one result
    public static Result read(Path folder) {
        for (int attempt = 1; ; attempt++) {
            try {
                return whole(folder);
            } catch (IOException e) {
                if (attempt == ATTEMPTS) {
                    throw new AlignmentException(
                            FILE_MALFORMED,
                            "the files in " + folder + " are not one result: " + e.getMessage()
                                    + "; run the command that made them again",
                            e);
                }
                pause(); // a run may be moving its files into place just now
            }
        }
    }

    private static Result whole(Path folder) throws IOException {
        var ready = folder.resolve(READY);
        var manifestFile = present(ready, folder, ResultManifest.FILE);
        if (manifestFile == null) {
            throw new AlignmentException(
                    FILE_NOT_FOUND,
                    folder + " holds no " + ResultManifest.FILE + "; name a folder that 'polyphony study run' wrote");
        }
        var manifest = ResultManifest.read(manifestFile);
        var files = new LinkedHashMap<String, Path>();
        for (var file : manifest.files()) {
            var path = present(ready, folder, file.name());
            if (path == null || !file.isAt(path)) {
                throw new IOException(file.name() + (path == null ? " is missing" : " is not the one") + " that "
                        + ResultManifest.FILE + " of result " + manifest.id() + " names");
            }
            files.put(file.name(), path);
        }
        return new Result(manifest, files);
    }

    private static @Nullable Path present(Path first, Path second, String name) {
        return Files.exists(first.resolve(name))
                ? first.resolve(name)
                : Files.exists(second.resolve(name)) ? second.resolve(name) : null;
    }

    /// Writes a study's results; `policy.arrow` is one of them where the study names an algorithm.
    ///
    /// @param reproduce the command that makes the same results again
    /// @return the files, in the order a reader wants them
    /// @throws AlignmentException with code `IO_FAILED` if the disk is full or fails; what was there stays as
    ///     it was
    public List<Path> write(StudyOutcome outcome, String reproduce, OwnerMemory memory) {
        var document = StudyReport.of(outcome);
        document.put("reproduce", reproduce);
        var id = id(document);
        document.put("result", id);
        var json = StudyReport.text(document);
        var files = new LinkedHashMap<String, Content>();
        files.put("report.html", target -> Files.writeString(target, ReportPage.of(document)));
        files.put("report.json", target -> Files.writeString(target, json));
        if (outcome.plan().solves()) {
            files.put("policy.arrow", target -> PolicyFile.write(outcome, id, target, memory));
        }
        return replace(id, "polyphony.study", outcome.plan().identity().name(), files);
    }

    /// The id of the result that a report without it describes: the same report has the same id.
    public static String id(ObjectNode document) {
        return ResultManifest.id(StudyReport.text(document));
    }

    /// Something that writes itself to a file.
    @FunctionalInterface
    public interface Content {

        /// Creates or overwrites the file at `target`.
        void writeTo(Path target) throws IOException;
    }

    /// Replaces the result of this folder by these files, name → content, all of them or none. They are written in
    /// their order; a file of the earlier result that the new one does not have is deleted.
    ///
    /// @param id the new result's name, see [ResultManifest]; empty: made of its files
    /// @return the files, in their order
    /// @throws AlignmentException with code `IO_FAILED`; what was there stays as it was
    public List<Path> replace(String id, String kind, String name, Map<String, Content> files) {
        requirePlaces(files.keySet());
        try (var _ = FolderLock.acquire(folder)) {
            settle();
            try {
                prepare(id, kind, name, files);
                disk.rename(folder.resolve(NEXT), folder.resolve(READY));
            } catch (IOException | RuntimeException | Error e) {
                abandon(e);
                throw e;
            }
            complete();
        } catch (IOException e) {
            throw failed(e);
        }
        return files.keySet().stream().map(folder::resolve).toList();
    }

    private void prepare(String id, String kind, String name, Map<String, Content> contents) throws IOException {
        var next = folder.resolve(NEXT);
        disk.makeFolder(next);
        var files = new ArrayList<ResultManifest.File>();
        for (var content : contents.entrySet()) {
            var target = next.resolve(content.getKey());
            disk.write(target, content.getValue());
            disk.force(target);
            files.add(ResultManifest.File.of(content.getKey(), target));
        }
        var manifest = new ResultManifest(id.isEmpty() ? ResultManifest.id(files.toString()) : id, kind, name, files);
        var target = next.resolve(ResultManifest.FILE);
        disk.write(target, file -> Files.writeString(file, manifest.text()));
        disk.force(target);
        disk.force(next);
    }

    // the new result counts from here on: everything can be done again, by whoever comes next
    private void complete() throws IOException {
        disk.force(folder);
        var ready = folder.resolve(READY);
        var target = folder.resolve(ResultManifest.FILE);
        var source = ready.resolve(ResultManifest.FILE);
        if (Files.exists(source)) {
            var manifest = ResultManifest.read(source);
            for (var file : manifest.files()) {
                if (Files.exists(ready.resolve(file.name()), LinkOption.NOFOLLOW_LINKS)) {
                    disk.rename(ready.resolve(file.name()), folder.resolve(file.name()));
                }
            }
            for (var left : earlierOnly(target, manifest)) {
                disk.delete(left);
            }
            // the manifest stays behind until all it names is in place for good
            disk.force(folder);
            disk.rename(source, target);
            disk.force(folder);
        }
        discard(ready);
    }

    private List<Path> earlierOnly(Path earlier, ResultManifest now) {
        try {
            if (!Files.exists(earlier)) {
                return List.of();
            }
            var kept = now.files().stream().map(ResultManifest.File::name).toList();
            var left = new ArrayList<Path>();
            for (var file : ResultManifest.read(earlier).files()) {
                // one that was changed since is somebody's own
                if (!kept.contains(file.name()) && file.isAt(folder.resolve(file.name()))) {
                    left.add(folder.resolve(file.name()));
                }
            }
            return left;
        } catch (IOException _) {
            return List.of(); // no manifest of ours: nothing is known to be of a result
        }
    }

    // what a run before this one left, killed or without power
    private void settle() throws IOException {
        discard(folder.resolve(NEXT));
        if (Files.exists(folder.resolve(READY), LinkOption.NOFOLLOW_LINKS)) {
            complete();
        }
    }

    private void discard(Path unfinished) throws IOException {
        if (Files.isDirectory(unfinished, LinkOption.NOFOLLOW_LINKS)) {
            List<Path> entries;
            try (var list = Files.list(unfinished)) {
                entries = list.toList();
            }
            for (var entry : entries) {
                disk.delete(entry);
            }
        }
        disk.delete(unfinished);
    }

    private void abandon(Throwable failure) {
        try {
            discard(folder.resolve(NEXT));
        } catch (IOException | RuntimeException e) {
            failure.addSuppressed(e); // the next run deletes what is left
        }
    }

    private void requirePlaces(Iterable<String> names) {
        var places = new ArrayList<>(List.of(ResultManifest.FILE));
        names.forEach(places::add);
        for (var name : places) {
            var place = folder.resolve(name);
            if (Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
                throw new AlignmentException(
                        OUTPUT_NOT_WRITABLE,
                        place + " is a folder where the result has a file; move it away or name another folder with"
                                + " --out. Earlier results there are unchanged");
            }
        }
    }

    private AlignmentException failed(IOException e) {
        boolean decided = Files.exists(folder.resolve(READY), LinkOption.NOFOLLOW_LINKS);
        return new AlignmentException(
                IO_FAILED,
                "cannot write results to " + folder + ": " + e.getMessage()
                        + "; free space on the disk or name another folder with --out. "
                        + (decided
                                ? "The new result is complete, and the next run puts its files into place"
                                : "Earlier results there are unchanged"),
                e);
    }

    private static boolean isFull(IOException e) {
        var message = String.valueOf(e.getMessage());
        return message.contains("No space left") || message.contains("quota") || message.contains("another run");
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
