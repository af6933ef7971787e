package org.polyphony.games.loss;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// N judged pairs of responses. Log-probabilities are natural logarithms of whole responses: sums over their
/// tokens, not divided by their length. A loss refuses a batch without what it needs.
///
/// @param policy log-probabilities under the policy that is trained
/// @param reference under the reference policy μ
/// @param history under the policies of earlier rounds, the last one first
/// @param winProbability P(chosen beats rejected), shape (N)
/// @param winRate P(response beats a draw of the last policy)
/// @param unsafe which responses are unsafe
/// @param groups who judged the pair, from 0, shape (N)
public record PairBatch(
        PairValues policy,
        Optional<PairValues> reference,
        List<PairValues> history,
        Optional<double[]> winProbability,
        Optional<PairValues> winRate,
        Optional<UnsafeFlags> unsafe,
        Optional<int[]> groups) {

    public PairBatch {
        history = List.copyOf(history);
        int n = policy.size();
        policy.requireFinite("log-probability under the policy");
        reference.ifPresent(values -> require(values, n, "log-probability under the reference"));
        history.forEach(values -> require(values, n, "log-probability under an earlier policy"));
        winRate.ifPresent(values -> require(values, n, "win rate"));
        winProbability.ifPresent(values -> requireLength(values.length, n, "win probability"));
        unsafe.ifPresent(flags -> requireLength(flags.chosen().length, n, "unsafe flag"));
        groups.ifPresent(labels -> requireLength(labels.length, n, "group"));
    }

    /// Pairs of which only the log-probabilities under the trained policy are known.
    public static PairBatch of(PairValues policy) {
        return new PairBatch(
                policy,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /// The same under another policy.
    public PairBatch withPolicy(PairValues values) {
        return new PairBatch(values, reference, history, winProbability, winRate, unsafe, groups);
    }

    /// The same with a reference.
    public PairBatch withReference(PairValues values) {
        return new PairBatch(policy, Optional.of(values), history, winProbability, winRate, unsafe, groups);
    }

    /// The same with the policies of earlier rounds, the last one first.
    public PairBatch withHistory(PairValues... policies) {
        return new PairBatch(policy, reference, List.of(policies), winProbability, winRate, unsafe, groups);
    }

    /// The same with P(chosen beats rejected).
    public PairBatch withWinProbability(double... values) {
        return new PairBatch(policy, reference, history, Optional.of(values), winRate, unsafe, groups);
    }

    /// The same with the win rates against the last policy.
    public PairBatch withWinRate(PairValues values) {
        return new PairBatch(policy, reference, history, winProbability, Optional.of(values), unsafe, groups);
    }

    /// The same with safety labels.
    public PairBatch withUnsafe(UnsafeFlags flags) {
        return new PairBatch(policy, reference, history, winProbability, winRate, Optional.of(flags), groups);
    }

    /// The same with who judged each pair.
    public PairBatch withGroups(int... labels) {
        return new PairBatch(policy, reference, history, winProbability, winRate, unsafe, Optional.of(labels));
    }

    /// N.
    public int size() {
        return policy.size();
    }

    /// Pair `pairs[n]` in place n, its two responses and all that is known of them exchanged where `swap[n]`.
    PairBatch arranged(int[] pairs, boolean[] swap) {
        var past = new ArrayList<PairValues>();
        history.forEach(values -> past.add(values.arranged(pairs, swap)));
        return new PairBatch(
                policy.arranged(pairs, swap),
                reference.map(values -> values.arranged(pairs, swap)),
                past,
                winProbability.map(values -> arranged(values, pairs, swap)),
                winRate.map(values -> values.arranged(pairs, swap)),
                unsafe.map(flags -> flags.arranged(pairs, swap)),
                groups.map(
                        labels -> Arrays.stream(pairs).map(pair -> labels[pair]).toArray()));
    }

    private static double[] arranged(double[] win, int[] pairs, boolean[] swap) {
        var arranged = new double[pairs.length];
        for (int n = 0; n < pairs.length; n++) {
            arranged[n] = swap[n] ? 1 - win[pairs[n]] : win[pairs[n]];
        }
        return arranged;
    }

    private static void require(PairValues values, int n, String what) {
        requireLength(values.size(), n, what);
        values.requireFinite(what);
    }

    private static void requireLength(int length, int n, String what) {
        if (length != n) {
            throw new IllegalArgumentException(
                    length + " values of " + what + " for " + n + " pairs; give one per pair");
        }
    }
}
