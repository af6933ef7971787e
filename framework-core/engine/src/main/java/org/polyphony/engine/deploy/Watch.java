package org.polyphony.engine.deploy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.polyphony.engine.slot.CallMeter;
import org.polyphony.engine.slot.Swap;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;

/// Watches a new version of a plugin while the former one is still started: by how many calls fail, how long they take,
/// and what requests measure for a seat. What cannot be judged, because nothing is counted or measured, has not passed.
///
/// A limit that is exceeded ends the watch at once where enough calls were seen, and at its end in any case.
public final class Watch {

    /// A p99 below this is never too slow, in nanoseconds: the first calls of any version load its classes.
    public static final long QUICK_NANOS = 5_000_000;

    private static final double NANOS_PER_MILLI = 1e6;
    private static final long LOOKS = 100;
    private static final Duration LONGEST_LOOK = Duration.ofMillis(250);
    private static final Pattern GUARDRAIL =
            Pattern.compile("([a-z][a-z0-9-]*:\\S.*?)(<=|>=)([-+]?[0-9]*\\.?[0-9]+(?:[eE][-+]?[0-9]+)?)");

    private final Limits limits;
    private final CountDownLatch ended = new CountDownLatch(1);

    /// What a new version must keep to.
    ///
    /// @param window how long it is watched, > 0
    /// @param calls at least this many must be seen, and the former version must have had as many, ≥ 1
    /// @param enough whether the watch ends once so many calls are seen and nothing is exceeded
    /// @param errors the share of calls that may fail more than with the former version, in [0, 1]
    /// @param latency how many times the former version's p99 the new one's may be, ≥ 1
    /// @param guardrails what requests measure for a seat
    public record Limits(
            Duration window, long calls, boolean enough, double errors, double latency, List<Guardrail> guardrails) {

        private static final long CALLS = 100;
        private static final double ERRORS = .01;
        private static final double LATENCY = 2;

        public Limits {
            guardrails = List.copyOf(guardrails);
            if (window.isNegative() || window.isZero()) {
                throw invalid("a watch takes some time, got " + window);
            }
            if (calls < 1) {
                throw invalid("a watch sees at least one call, got " + calls);
            }
            if (!(errors >= 0 && errors <= 1)) {
                throw invalid("the share of calls that may fail is a number from 0 to 1, got " + errors);
            }
            if (!(latency >= 1 && latency < Double.POSITIVE_INFINITY)) {
                throw invalid("the new version's p99 may be 1 or more times the former's, got " + latency);
            }
        }

        /// A watch of this length, in which at least 100 calls must be seen; one more in a hundred may fail, and the
        /// p99 may be twice as long.
        public static Limits of(Duration window) {
            return new Limits(window, CALLS, false, ERRORS, LATENCY, List.of());
        }
    }

    /// A limit on the mean of what requests measure.
    ///
    /// @param metric its name and whose it is, for example `refused:nurses`
    /// @param most whether the mean must stay at or below the limit, rather than at or above it
    public record Guardrail(String metric, boolean most, double limit) {

        /// Reads `refused:nurses<=0.05` or `answered:nurses>=0.9`.
        ///
        /// @throws AlignmentException with code `SETTING_INVALID` if it is none
        public static Guardrail parse(String text) {
            var parts = GUARDRAIL.matcher(text.strip());
            if (!parts.matches()) {
                throw invalid("'" + text + "' is no guardrail; write for example refused:nurses<=0.05");
            }
            return new Guardrail(parts.group(1), parts.group(2).equals("<="), Double.parseDouble(parts.group(3)));
        }

        private boolean kept(double mean) {
            return most ? mean <= limit : mean >= limit;
        }
    }

    /// One thing that was judged.
    ///
    /// @param what with its unit
    /// @param value NaN where nothing was measured
    /// @param kept whether the value keeps to the limit
    public record Figure(String what, double value, double limit, boolean most, boolean kept) {

        @Override
        public String toString() {
            var seen = Double.isNaN(value) ? "nothing was measured" : number(value);
            return what + ": " + seen + ", " + (most ? "at most " : "at least ") + number(limit);
        }

        private static String number(double value) {
            return value == Math.rint(value) && Math.abs(value) < 1e9
                    ? String.valueOf((long) value)
                    : String.format(Locale.ROOT, "%.4g", value);
        }
    }

    /// How the watch ended.
    ///
    /// @param passed whether the new version may stay
    /// @param why in one sentence
    /// @param figures all that were judged
    public record Verdict(boolean passed, String why, List<Figure> figures) {

        public Verdict {
            figures = List.copyOf(figures);
        }
    }

    /// A watch that has not begun.
    public Watch(Limits limits) {
        this.limits = limits;
    }

    /// Makes sure that there is something to compare with.
    ///
    /// @throws AlignmentException with code `UNSUPPORTED` if the version in use has had too few calls
    void requireBaseline(CallMeter former) {
        if (former.calls() < limits.calls()) {
            throw new AlignmentException(
                    StandardErrorCode.UNSUPPORTED,
                    "the version in use has had " + former.calls() + " calls, and a watch compares with at least "
                            + limits.calls() + "; wait for more, ask for fewer with --watch-calls, or update without a"
                            + " watch");
        }
    }

    /// Watches a version that requests get, until the window has passed, a limit is exceeded or somebody ends it.
    /// Blocking.
    Verdict watch(Swap swap) {
        long end = System.nanoTime() + limits.window().toNanos();
        long look = Math.min(
                LONGEST_LOOK.toNanos(), Math.max(1_000_000, limits.window().toNanos() / LOOKS));
        while (true) {
            boolean over = System.nanoTime() - end >= 0;
            var figures = figures(swap.former(), swap.newer());
            boolean judged = swap.newer().calls() >= limits.calls();
            var exceeded = figures.stream()
                    .filter(figure -> !figure.kept())
                    .filter(figure -> over || (judged && !Double.isNaN(figure.value())))
                    .map(Figure::toString)
                    .toList();
            if (!exceeded.isEmpty()) {
                return new Verdict(false, String.join("; ", exceeded), figures);
            }
            if (over || (judged && limits.enough() && figures.stream().allMatch(Figure::kept))) {
                return new Verdict(true, "nothing was exceeded", figures);
            }
            try {
                if (ended.await(Math.clamp(end - System.nanoTime(), 1, look), TimeUnit.NANOSECONDS)) {
                    return new Verdict(false, "somebody asked to undo it", figures);
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return new Verdict(false, "it was interrupted", figures);
            }
        }
    }

    /// Ends it: the new version has not passed.
    void end() {
        ended.countDown();
    }

    private List<Figure> figures(CallMeter former, CallMeter newer) {
        var figures = new ArrayList<Figure>();
        long calls = newer.calls();
        figures.add(new Figure("calls", calls, limits.calls(), false, calls >= limits.calls()));
        double before = former.calls() == 0 ? 0 : (double) former.failures() / former.calls();
        long slowest = slowest(former);
        long stuck = newer.running(Math.max(slowest, Duration.ofSeconds(1).toNanos()));
        double failed = calls + stuck == 0 ? Double.NaN : (double) (newer.failures() + stuck) / (calls + stuck);
        double most = Math.min(1, before + limits.errors());
        figures.add(new Figure("share of calls that failed", failed, most, true, failed <= most));
        double p99 = calls == 0 ? Double.NaN : newer.quantile(.99) / NANOS_PER_MILLI;
        figures.add(new Figure(
                "p99 of a call in ms", p99, slowest / NANOS_PER_MILLI, true, p99 <= slowest / NANOS_PER_MILLI));
        for (var guardrail : limits.guardrails()) {
            double mean = newer.mean(guardrail.metric());
            figures.add(
                    new Figure(guardrail.metric(), mean, guardrail.limit(), guardrail.most(), guardrail.kept(mean)));
        }
        return figures;
    }

    private long slowest(CallMeter former) {
        return Math.max(QUICK_NANOS, (long) (limits.latency() * former.quantile(.99)));
    }

    private static AlignmentException invalid(String what) {
        return new AlignmentException(StandardErrorCode.SETTING_INVALID, what);
    }
}
