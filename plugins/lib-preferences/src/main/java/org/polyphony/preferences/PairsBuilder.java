package org.polyphony.preferences;

import java.util.Arrays;

/// Collects judgments of every form into [Pairs]; confined to one thread.
///
/// **Weight of many-candidate judgments.** A ranking, rating or approval of m candidates expands to m(m-1)/2
/// pairs.
/// Each gets
/// weight w * 2/m, so that the judgment counts m - 1 in all: as many as the comparisons it takes to order m
/// candidates.
/// A
/// pair (m = 2) counts once. Without this a person who ranks ten candidates would count 45 times one who
/// compares two.
public final class PairsBuilder {
    /// More candidates of one item than this are refused: pair numbers are packed into 20 bits a side.
    public static final int MAX_CANDIDATES = 1 << 20;

    private final int[] candidates;
    private final int judges;
    private final int groups;
    private int size;
    private int[] item = new int[1024];
    private int[] first = new int[1024];
    private int[] second = new int[1024];
    private double[] outcome = new double[1024];
    private int[] judge = new int[1024];
    private int[] group = new int[1024];
    private double[] weight = new double[1024];

    PairsBuilder(int[] candidates, int judges, int groups) {
        for (int i = 0; i < candidates.length; i++) {
            if (candidates[i] < 1 || candidates[i] > MAX_CANDIDATES) {
                throw new IllegalArgumentException("item " + i + " has " + candidates[i]
                        + " candidates, which must be in [1, " + MAX_CANDIDATES + "]");
            }
        }
        if (judges < 0 || groups < 0) {
            throw new IllegalArgumentException("judges and groups cannot be negative: " + judges + ", " + groups);
        }
        this.candidates = candidates.clone();
        this.judges = judges;
        this.groups = groups;
    }

    /// Adds one comparison.
    ///
    /// @param ofItem item index
    /// @param a first candidate, an index within the item
    /// @param b second candidate, another index within the item
    /// @param y 1 if `a` is preferred, 0 if `b`, 1/2 if they are equal
    /// @param byJudge judge index
    /// @param inGroup group index, or [Pairs#NO_GROUP]
    /// @param w weight, finite and at least 0
    public PairsBuilder pair(int ofItem, int a, int b, double y, int byJudge, int inGroup, double w) {
        checkSpeaker(ofItem, byJudge, inGroup, w);
        checkCandidate(ofItem, a);
        checkCandidate(ofItem, b);
        if (a == b) {
            throw new IllegalArgumentException("candidate " + a + " of item " + ofItem + " is compared with itself");
        }
        requireOutcome(y);
        append(ofItem, a, b, y, byJudge, inGroup, w);
        return this;
    }

    /// Adds a judgment that gives each of m candidates a value: a rating, a ranking (value = minus the rank)
    /// or an approval (1 approved, 0 not). A higher value is preferred; equal values are ties. Values of one
    /// judgment are compared with each other only. Fewer than two candidates add nothing.
    ///
    /// @param of the m different candidates
    /// @param values the m values, not NaN
    public PairsBuilder values(int ofItem, int[] of, double[] values, int byJudge, int inGroup, double w) {
        checkSpeaker(ofItem, byJudge, inGroup, w);
        if (of.length != values.length) {
            throw new IllegalArgumentException(of.length + " candidates but " + values.length + " values");
        }
        int m = of.length;
        for (int x = 0; x < m; x++) {
            checkCandidate(ofItem, of[x]);
            if (Double.isNaN(values[x])) {
                throw new IllegalArgumentException("candidate " + of[x] + " of item " + ofItem + " has the value NaN");
            }
        }
        for (int x = 0; x < m; x++) {
            for (int y = x + 1; y < m; y++) {
                if (of[x] == of[y]) {
                    throw new IllegalArgumentException(
                            "candidate " + of[x] + " of item " + ofItem + " appears twice in one judgment");
                }
                int order = Double.compare(values[x] + 0.0, values[y] + 0.0);
                append(ofItem, of[x], of[y], order > 0 ? 1 : order < 0 ? 0 : 0.5, byJudge, inGroup, w * 2 / m);
            }
        }
        return this;
    }

    /// The collected judgments, in the order in which they were added.
    public Pairs build() {
        return Pairs.of(
                candidates,
                judges,
                groups,
                Arrays.copyOf(item, size),
                Arrays.copyOf(first, size),
                Arrays.copyOf(second, size),
                Arrays.copyOf(outcome, size),
                Arrays.copyOf(judge, size),
                Arrays.copyOf(group, size),
                Arrays.copyOf(weight, size));
    }

    static void requireOutcome(double y) {
        if (y != 0 && y != 0.5 && y != 1) {
            throw new IllegalArgumentException("outcome " + y + " is not 0, 1/2 or 1");
        }
    }

    private void checkSpeaker(int ofItem, int byJudge, int inGroup, double w) {
        if (ofItem < 0 || ofItem >= candidates.length) {
            throw new IllegalArgumentException("item " + ofItem + " is outside [0, " + candidates.length + ")");
        }
        if (byJudge < 0 || byJudge >= judges) {
            throw new IllegalArgumentException("judge " + byJudge + " is outside [0, " + judges + ")");
        }
        if (inGroup < Pairs.NO_GROUP || inGroup >= groups) {
            throw new IllegalArgumentException("group " + inGroup + " is outside [-1, " + groups + ")");
        }
        if (!(w >= 0) || w == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("weight " + w + " is not finite and at least 0");
        }
    }

    private void checkCandidate(int ofItem, int candidate) {
        if (candidate < 0 || candidate >= candidates[ofItem]) {
            throw new IllegalArgumentException(
                    "candidate " + candidate + " of item " + ofItem + " is outside [0, " + candidates[ofItem] + ")");
        }
    }

    private void append(int ofItem, int a, int b, double y, int byJudge, int inGroup, double w) {
        if (size == item.length) {
            int room = size * 2;
            item = Arrays.copyOf(item, room);
            first = Arrays.copyOf(first, room);
            second = Arrays.copyOf(second, room);
            outcome = Arrays.copyOf(outcome, room);
            judge = Arrays.copyOf(judge, room);
            group = Arrays.copyOf(group, room);
            weight = Arrays.copyOf(weight, room);
        }
        item[size] = ofItem;
        first[size] = a;
        second[size] = b;
        outcome[size] = y;
        judge[size] = byJudge;
        group[size] = inGroup;
        weight[size] = w;
        size++;
    }
}
