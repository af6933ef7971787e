package org.polyphony.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import org.jspecify.annotations.Nullable;

/// The log of this process: a file that is made when something is first logged, and never larger than 8 MB. What
/// libraries and the engine log, what plugins print, and the traces of failures go there. The newest files stay.
///
/// It lies in the folder POLYPHONY_LOG, else in `polyphony` of the user's folder for state. Where it cannot be written
/// nothing is logged: a log is no reason to fail. Safe for use by many threads.
final class ProcessLog extends Handler {

    private static final long LARGEST = 8L << 20;
    private static final int KEPT = 20;
    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

    private static final ProcessLog PROCESS = new ProcessLog(folder());

    private final Path folder;
    private @Nullable Path file;
    private @Nullable OutputStream stream;
    private long written;
    private boolean full;
    private boolean newLine = true;

    ProcessLog(Path folder) {
        this.folder = folder;
        setFormatter(new SimpleFormatter());
    }

    /// Makes this the only place where loggers of the process write.
    static ProcessLog install() {
        var root = LogManager.getLogManager().getLogger("");
        for (var handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        root.addHandler(PROCESS);
        PROCESS.setLevel(Level.ALL);
        return PROCESS;
    }

    /// The process's log.
    static ProcessLog get() {
        return PROCESS;
    }

    private static Path folder() {
        var given = System.getenv("POLYPHONY_LOG");
        if (given != null && !given.isBlank()) {
            return Path.of(given);
        }
        var state = System.getenv("XDG_STATE_HOME");
        return (state == null || state.isBlank()
                        ? Path.of(System.getProperty("user.home", "."), ".local", "state")
                        : Path.of(state))
                .resolve("polyphony");
    }

    /// The file, if anything was logged.
    synchronized Optional<Path> file() {
        return Optional.ofNullable(file);
    }

    @Override
    public void publish(LogRecord entry) {
        if (isLoggable(entry)) {
            write("", getFormatter().format(entry));
        }
    }

    /// Writes a trace.
    void trace(Throwable failure) {
        var text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text, true));
        write("", text + "\n");
    }

    /// Writes a text as somebody's; the name stands before each part of it that begins a line.
    synchronized void write(String who, String text) {
        if (full || text.isEmpty()) {
            return;
        }
        try {
            var bytes = ((newLine && !who.isEmpty() ? "[" + who + "] " : "") + text).getBytes(StandardCharsets.UTF_8);
            var to = stream();
            full = written + bytes.length > LARGEST;
            if (full) {
                to.write("\n… the log is full; the rest is left out\n".getBytes(StandardCharsets.UTF_8));
            } else {
                to.write(bytes);
            }
            written += bytes.length;
            newLine = text.endsWith("\n");
        } catch (IOException | UncheckedIOException _) {
            full = true;
        }
    }

    private OutputStream stream() throws IOException {
        if (stream == null) {
            Files.createDirectories(folder);
            clear();
            var name = "polyphony-" + LocalDateTime.now(ZoneOffset.UTC).format(NAME) + "-"
                    + ProcessHandle.current().pid() + ".log";
            var made = folder.resolve(name).toAbsolutePath();
            stream = Files.newOutputStream(made);
            file = made;
        }
        return stream;
    }

    // names sort by time
    private void clear() throws IOException {
        try (var files = Files.list(folder)) {
            var old = files.filter(path -> path.getFileName().toString().matches("polyphony-[0-9-]+\\.log"))
                    .sorted(Comparator.reverseOrder())
                    .skip(KEPT - 1)
                    .toList();
            for (var path : old) {
                Files.deleteIfExists(path);
            }
        }
    }

    @Override
    public void flush() {
        // nothing is held back
    }

    @Override
    public void close() {
        // the process's end closes it; a plugin that resets logging must not
    }
}
