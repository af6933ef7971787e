package org.polyphony.plugin.source.files.input;

import static org.polyphony.spi.error.StandardErrorCode.FILE_NOT_FOUND;
import static org.polyphony.spi.error.StandardErrorCode.IO_FAILED;
import static org.polyphony.spi.error.StandardErrorCode.SETTING_INVALID;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.polyphony.plugin.source.naming.ByteOrder;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.support.settings.NearestName;

/// The folder that a study's data lie in. Names in settings are relative to it and cannot lead out of it,
/// links included.
public final class DataFolder {

    // a pattern that matches more is a mistake, not a data set
    private static final int MOST_FILES = 10_000;

    private final Path root;
    private final long limit;
    private final char delimiter;
    private final List<DataFile> opened = new ArrayList<>();
    private long bytes;

    private DataFolder(Path root, long limit, char delimiter) {
        this.root = root;
        this.limit = limit;
        this.delimiter = delimiter;
    }

    /// The folder `root`.
    ///
    /// @param limit how many bytes all its files together may have, decompressed
    /// @param delimiter between the cells of CSV files; `.tsv` files have tabs
    public static DataFolder of(String root, long limit, char delimiter) {
        try {
            Path folder = Path.of(root);
            if (!Files.exists(folder)) {
                throw new AlignmentException(
                        FILE_NOT_FOUND, "the data folder does not exist: " + root + "; check --data");
            }
            if (!Files.isDirectory(folder)) {
                throw new AlignmentException(
                        FILE_NOT_FOUND, "the data folder is a file: " + root + "; give the folder that holds it");
            }
            return new DataFolder(folder.toRealPath(), limit, delimiter);
        } catch (IOException | InvalidPathException e) {
            throw new AlignmentException(FILE_NOT_FOUND, "the data folder cannot be opened: " + root, e);
        }
    }

    /// The real path of the folder.
    public Path root() {
        return root;
    }

    /// The files read so far, in the order of their first reading.
    public List<DataFile> opened() {
        return List.copyOf(opened);
    }

    /// The file called `name`, inspected.
    public DataFile file(String name) {
        Path path = resolve(name);
        if (!Files.exists(path)) {
            throw missing(name);
        }
        if (Files.isDirectory(path)) {
            throw new AlignmentException(
                    FILE_NOT_FOUND, name + " is a folder, not a file; name a file, or several as " + name + "/*");
        }
        return inspect(path);
    }

    /// The names of the files in a folder that `wanted` accepts by their last part, in byte order.
    public List<String> in(String folder, Predicate<String> wanted) {
        Path path = resolve(folder);
        return children(path).stream()
                .filter(wanted)
                .filter(child -> Files.isRegularFile(path.resolve(child)))
                .map(child -> name(path.resolve(child)))
                .toList();
    }

    /// The files that `pattern` matches, in byte order of their names, inspected. A pattern without `*`,
    /// `?`, `[` or `{` is a name.
    public List<DataFile> files(String pattern) {
        return isPattern(pattern)
                ? match(pattern, Files::isRegularFile, "file").stream()
                        .map(this::inspect)
                        .toList()
                : List.of(file(pattern));
    }

    /// The names of the folders that `pattern` matches, in byte order; the data folder itself is `.`.
    public List<String> folders(String pattern) {
        if (isPattern(pattern)) {
            return match(pattern, Files::isDirectory, "folder").stream()
                    .map(this::name)
                    .toList();
        }
        Path path = resolve(pattern);
        if (!Files.exists(path)) {
            throw missing(pattern);
        }
        if (!Files.isDirectory(path)) {
            throw new AlignmentException(
                    FILE_NOT_FOUND, pattern + " is a file, not a folder; name the folder it is in");
        }
        return List.of(pattern);
    }

    private static boolean isPattern(String name) {
        return name.chars().anyMatch(c -> "*?[{".indexOf(c) >= 0);
    }

    private List<Path> match(String pattern, Predicate<Path> wanted, String what) {
        try (Stream<Path> paths = Files.walk(root, pattern.contains("**") ? 32 : pattern.split("/", -1).length)) {
            var matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
            List<Path> matches = paths.filter(path -> !path.equals(root) && matcher.matches(root.relativize(path)))
                    .filter(wanted)
                    .limit(MOST_FILES + 1L)
                    .sorted((a, b) -> ByteOrder.compare(name(a), name(b)))
                    .toList();
            if (matches.isEmpty()) {
                throw new AlignmentException(
                        FILE_NOT_FOUND,
                        "no " + what + " matches " + pattern + "; the data folder holds "
                                + NearestName.list(children(root)));
            }
            if (matches.size() > MOST_FILES) {
                throw new AlignmentException(
                        SETTING_INVALID, pattern + " matches more than " + MOST_FILES + " files; narrow it");
            }
            matches.forEach(path -> within(path, pattern));
            return matches;
        } catch (PatternSyntaxException e) {
            throw new AlignmentException(SETTING_INVALID, pattern + " is not a file pattern: " + e.getDescription(), e);
        } catch (IOException e) {
            throw new AlignmentException(IO_FAILED, "cannot list the data folder for " + pattern + ": " + e, e);
        }
    }

    private Path resolve(String name) {
        try {
            Path path = root.resolve(name).normalize();
            if (!path.startsWith(root)) {
                throw outside(name);
            }
            return Files.exists(path) ? within(path, name) : path;
        } catch (InvalidPathException e) {
            throw new AlignmentException(SETTING_INVALID, "not a file name: " + name, e);
        }
    }

    // a link inside the folder may point out of it
    private Path within(Path path, String name) {
        try {
            if (!path.toRealPath().startsWith(root)) {
                throw outside(name);
            }
            return path;
        } catch (IOException e) {
            throw new AlignmentException(FILE_NOT_FOUND, name + " cannot be opened: " + e.getMessage(), e);
        }
    }

    private static AlignmentException outside(String name) {
        return new AlignmentException(
                SETTING_INVALID, name + " lies outside of the data folder; only files below it are read");
    }

    private AlignmentException missing(String name) {
        Path folder = root.resolve(name).normalize().getParent();
        List<String> present = folder == null ? List.of() : children(folder);
        String last = name.substring(name.lastIndexOf('/') + 1);
        String beside = present.isEmpty() ? "" : "; its folder holds " + NearestName.list(present);
        String nearest = NearestName.hint(last, present);
        return new AlignmentException(
                FILE_NOT_FOUND,
                name + " does not exist in the data folder" + beside + (nearest.isEmpty() ? "." : nearest)
                        + " Check the setting and --data.");
    }

    private static List<String> children(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.map(Path::getFileName)
                    .map(Path::toString)
                    .sorted(ByteOrder::compare)
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private DataFile inspect(Path path) {
        String name = name(path);
        for (DataFile file : opened) {
            if (file.name().equals(name)) {
                return file;
            }
        }
        if (!Files.isReadable(path) || !Files.isRegularFile(path, new LinkOption[0])) {
            throw new AlignmentException(FILE_NOT_FOUND, name + " cannot be read; check its permissions");
        }
        var inspection = FileInspection.of(path, name, limit - bytes, delimiter);
        bytes += inspection.decompressed();
        opened.add(inspection.file());
        return inspection.file();
    }

    private String name(Path path) {
        return root.relativize(path).toString().replace('\\', '/');
    }
}
