package org.polyphony.cli;

import java.io.PrintStream;
import java.time.Duration;
import org.polyphony.engine.run.RunListener;
import org.polyphony.spi.error.Issue;

/// Tells a person how far a run is: a bar that redraws itself on a terminal, one line per finished stage
/// elsewhere.
/// Warnings are printed once, whole, when they occur.
final class ProgressLine implements RunListener, AutoCloseable {

    private static final int WIDTH = 28;
    private static final long REDRAW_NANOS = Duration.ofMillis(80).toNanos();

    private final PrintStream err = PluginOutput.err();
    private final boolean quiet;
    private final boolean terminal;
    private long drawn;
    private long started;
    private boolean open;

    @SuppressWarnings("SystemConsoleNull") // on JDK 25 it is null again where nobody sits at a terminal
    ProgressLine(boolean quiet) {
        this.quiet = quiet;
        terminal = System.console() != null && System.console().isTerminal() && System.getenv("NO_COLOR") == null;
    }

    @Override
    public synchronized void stageStarted(String stage, String what) {
        started = System.nanoTime();
        if (terminal && !quiet) {
            draw(stage + "  " + Printable.cell(what), 0, 0);
        }
    }

    @Override
    public synchronized void stageProgress(String stage, long done, long total) {
        if (!terminal || quiet || total <= 0 || System.nanoTime() - drawn < REDRAW_NANOS) {
            return;
        }
        draw(stage, done, total);
    }

    @Override
    public synchronized void stageFinished(String stage, String summary) {
        if (quiet) {
            return;
        }
        clear();
        err.printf("%-12s %s (%.1f s)%n", stage, Printable.message(summary), (System.nanoTime() - started) / 1e9);
    }

    @Override
    public synchronized void issue(Issue issue) {
        if (quiet && issue.severity() == Issue.Severity.NOTE) {
            return;
        }
        clear();
        err.println(issue.severity().name().toLowerCase(java.util.Locale.ROOT) + ": " + Failures.text(issue));
    }

    synchronized void finish() {
        clear();
    }

    @Override
    public void close() {
        finish();
    }

    private void draw(String text, long done, long total) {
        drawn = System.nanoTime();
        open = true;
        var bar = "";
        if (total > 0) {
            int full = (int) Math.min(WIDTH, WIDTH * done / total);
            bar = "  [" + "#".repeat(full) + "-".repeat(WIDTH - full) + "] " + 100 * done / total + " %";
        }
        err.print("\r\u001b[K" + text + bar);
        err.flush();
    }

    private void clear() {
        if (open) {
            err.print("\r\u001b[K");
            err.flush();
            open = false;
        }
    }
}
