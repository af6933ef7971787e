package org.polyphony.engine.trajectory;

import java.util.List;
import org.polyphony.verify.Certificate;

/// What became of a run, decided from certified gaps alone, whatever the algorithm is called.
public enum ConvergenceVerdict {
    /// The gap of the game is within the tolerance of certificates.
    REACHES("reaches the equilibrium"),
    /// The gap of the regularised game is, that of the game is not.
    PLATEAUS("plateaus at the regularised equilibrium"),
    /// The gap ends no smaller than it began, and the leading candidate keeps changing.
    CYCLES("cycles"),
    /// The gap ends no smaller than it began.
    DIVERGES("moves away"),
    /// The gap has stopped falling elsewhere.
    STANDS("stops short of any equilibrium"),
    /// The gap still moves.
    MOVES("has not arrived yet"),
    /// The engine cannot prove solutions of the formulation.
    UNPROVED("is a policy of which nothing can be proved");

    private static final int CHANGES = 3;
    private static final double FLAT = 0.01;

    private final String words;

    ConvergenceVerdict(String words) {
        this.words = words;
    }

    /// The verdict in words.
    public String words() {
        return words;
    }

    /// The verdict on a path of at least one point, in the order of budgets.
    public static ConvergenceVerdict of(List<TrajectoryPoint> path) {
        var last = path.getLast();
        if (Double.isNaN(last.gap())) {
            return UNPROVED;
        }
        if (last.gap() <= Certificate.TOLERANCE) {
            return REACHES;
        }
        if (last.tau() > 0 && last.gapTau() <= Certificate.tolerance(last.tau())) {
            return PLATEAUS;
        }
        if (path.size() > 1 && last.gap() >= path.getFirst().gap()) {
            return leaderChanges(path) >= CHANGES ? CYCLES : DIVERGES;
        }
        double low = Double.POSITIVE_INFINITY;
        double high = 0;
        int late = 0;
        for (var point : path) {
            if (2L * point.iterations() >= last.iterations()) {
                low = Math.min(low, point.gap());
                high = Math.max(high, point.gap());
                late++;
            }
        }
        return late > 1 && high - low <= FLAT * high ? STANDS : MOVES;
    }

    /// How often another candidate takes the lead on the way.
    public static int leaderChanges(List<TrajectoryPoint> path) {
        int changes = 0;
        for (int n = 1; n < path.size(); n++) {
            changes += path.get(n).leader() == path.get(n - 1).leader() ? 0 : 1;
        }
        return changes;
    }
}
