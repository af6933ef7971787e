package org.polyphony.support.contract;

import static org.polyphony.support.contract.WellFormed.first;
import static org.polyphony.support.contract.WellFormed.wrong;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.polyphony.spi.preference.Candidates;
import org.polyphony.spi.preference.GroundTruth;
import org.polyphony.spi.preference.Judgments;
import org.polyphony.spi.profile.Blend;
import org.polyphony.spi.profile.NextRequest;
import org.polyphony.spi.profile.PreferRequest;
import org.polyphony.spi.profile.PreferRequest.Form;
import org.polyphony.spi.profile.PreferenceBucket;
import org.polyphony.spi.profile.PreferenceEstimate;
import org.polyphony.spi.profile.Questions;
import org.polyphony.spi.profile.ScoreBucket;
import org.polyphony.spi.profile.Viewpoint;
import org.polyphony.spi.profile.Whose;
import org.polyphony.spi.tensor.ElementType;
import org.polyphony.spi.tensor.Tensor;

/// Finds what makes preferences none that anybody may go on with.
final class WellFormedPreferences {

    // of P + Pᵀ, of shares and of the mean of scores; what the verifier bears
    private static final double ROUNDING = 1e-12;
    private static final double SHARES = 1e-9;

    private WellFormedPreferences() {}

    static Optional<String> of(PreferRequest request, PreferenceEstimate estimate) {
        boolean pairs = request.form() == Form.PAIRS;
        var asked = request.viewpoints().stream().map(Viewpoint::id).toList();
        if (!estimate.viewpoints().equals(asked)) {
            return wrong("the viewpoints " + estimate.viewpoints(), String.valueOf(asked));
        }
        if (pairs ? !estimate.scores().isEmpty() : !estimate.pairs().isEmpty()) {
            return wrong(pairs ? "scores" : "pairs", pairs ? "pairs" : "scores");
        }
        var seen = new BitSet();
        return first(
                () -> blends(request.viewpoints(), estimate.blends()),
                () -> pairs(estimate.pairs(), request.candidates(), asked.size(), seen),
                () -> scores(estimate.scores(), request.candidates(), asked.size(), seen),
                () -> untold(estimate),
                () -> all(seen, request.candidates().items().size()));
    }

    static Optional<String> questions(NextRequest request, Questions questions) {
        int[] numbers = questions.pairs().toInts();
        double[] worth = questions.worth().toDoubles();
        if (worth.length > request.most()) {
            return wrong(worth.length + " questions", request.most() + " at most");
        }
        int[] item = new int[request.candidates().ids().size()];
        for (int b = 0; b < request.candidates().items().size(); b++) {
            int first = request.candidates().first(b);
            Arrays.fill(item, first, first + request.candidates().count(b), b);
        }
        var seen = new HashSet<List<Integer>>();
        for (int q = 0; q < worth.length; q++) {
            int i = Math.min(numbers[2 * q], numbers[2 * q + 1]);
            int k = Math.max(numbers[2 * q], numbers[2 * q + 1]);
            boolean asked = i >= 0
                    && i < k
                    && k < item.length
                    && item[i] == item[k]
                    && request.askable().getByte(i) == 1
                    && request.askable().getByte(k) == 1;
            if (!asked || !seen.add(List.of(i, k))) {
                return wrong(
                        "the question of candidates " + i + " and " + k,
                        "two candidates of one item that may be asked, each pair once");
            }
            if (!(worth[q] >= 0 && worth[q] <= (q == 0 ? Double.MAX_VALUE : worth[q - 1]))) {
                return wrong("a question worth " + worth[q] + " as number " + q, "finite worth from 0, descending");
            }
        }
        return Optional.empty();
    }

    /// What is wrong with a truth, which need not be about every item.
    static Optional<String> truth(Judgments judgments, GroundTruth truth) {
        if (!truth.preferences().viewpoints().equals(truth.groups())) {
            return wrong(
                    "a truth of " + truth.preferences().viewpoints(),
                    truth.groups().toString());
        }
        int attribute = judgments.judges().attribute(truth.attribute());
        if (attribute < 0 || !judgments.judges().levels(attribute).containsAll(truth.groups())) {
            return wrong(
                    "a truth about " + truth.groups() + " of " + truth.attribute(), "levels that the judgments know");
        }
        return pairs(
                truth.preferences().pairs(),
                judgments.candidates(),
                truth.groups().size(),
                new BitSet());
    }

    private static Optional<String> blends(List<Viewpoint> viewpoints, List<Blend> blends) {
        for (int v = 0; v < blends.size(); v++) {
            var blend = blends.get(v);
            double sum = 0;
            for (double share : blend.seats().values()) {
                sum += share;
                if (!(share >= 0)) {
                    return wrong("the share " + share + " in " + blend, "shares from 0");
                }
            }
            boolean person = viewpoints.get(v).whose() instanceof Whose.Person
                    && blend.seats().isEmpty();
            if (!person && !(Math.abs(sum - 1) <= SHARES)) {
                return wrong("shares that sum to " + sum + " in " + blend, "1");
            }
            if (!(blend.judgments() >= 0 && blend.judgments() < Double.POSITIVE_INFINITY) || blend.people() < 0) {
                return wrong("the support of " + blend, "judgments and people from 0");
            }
        }
        return Optional.empty();
    }

    /// Where there was too little to tell deviations, none is told: those of a candidate with itself aside.
    private static Optional<String> untold(PreferenceEstimate estimate) {
        int viewpoints = estimate.blends().size();
        for (int v = 0; v < viewpoints; v++) {
            for (var bucket :
                    estimate.blends().get(v).tooFew().isEmpty() ? List.<PreferenceBucket>of() : estimate.pairs()) {
                int k = bucket.candidates();
                for (long row = v; row < bucket.deviation().size() / ((long) k * k); row += viewpoints) {
                    var told = bucket.deviation().toDoubles(row * k * k, k * k);
                    for (int at = 0; at < told.length; at++) {
                        if (at / k != at % k && !Double.isNaN(told[at])) {
                            return wrong(
                                    "the deviation " + told[at] + " of "
                                            + estimate.blends().get(v),
                                    "NaN");
                        }
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> pairs(
            List<PreferenceBucket> buckets, Candidates candidates, int viewpoints, BitSet seen) {
        return ascending(buckets, PreferenceBucket::candidates, bucket -> {
            int k = bucket.candidates();
            var p = bucket.p();
            if (p.type() != ElementType.FLOAT64 || p.dimension(2) != k || p.dimension(1) != viewpoints) {
                return wrong(String.valueOf(p), "FLOAT64[B, " + viewpoints + ", K, K]");
            }
            return first(
                    () -> items(bucket.items(), p.dimension(0), k, candidates, seen),
                    () -> deviations(bucket.deviation()),
                    () -> matrices(bucket));
        });
    }

    private static Optional<String> scores(
            List<ScoreBucket> buckets, Candidates candidates, int viewpoints, BitSet seen) {
        return ascending(buckets, ScoreBucket::candidates, bucket -> {
            int k = bucket.candidates();
            var scores = bucket.scores();
            if (scores.type() != ElementType.FLOAT64 || scores.dimension(1) != viewpoints) {
                return wrong(String.valueOf(scores), "FLOAT64[B, " + viewpoints + ", K]");
            }
            return first(
                    () -> items(bucket.items(), scores.dimension(0), k, candidates, seen),
                    () -> deviations(bucket.deviation()),
                    () -> centred(scores, k));
        });
    }

    private static <B> Optional<String> ascending(
            List<B> buckets, ToIntFunction<B> candidates, Function<B, Optional<String>> check) {
        int before = 0;
        for (var bucket : buckets) {
            int k = candidates.applyAsInt(bucket);
            if (k <= before) {
                return wrong("a bucket of " + k + " candidates after one of " + before, "ascending buckets");
            }
            before = k;
            var found = check.apply(bucket);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> items(Tensor items, int n, int k, Candidates candidates, BitSet seen) {
        if (items.type() != ElementType.INT32 || items.size() != n) {
            return wrong("items " + items, "INT32[" + n + "]");
        }
        int previous = -1;
        for (int item : items.toInts()) {
            if (item <= previous || item >= candidates.items().size() || seen.get(item)) {
                return wrong("item number " + item, "each item once, in ascending order");
            }
            if (candidates.count(item) != k) {
                return wrong(k + " candidates", String.valueOf(candidates.count(item)));
            }
            seen.set(item);
            previous = item;
        }
        return Optional.empty();
    }

    private static Optional<String> all(BitSet seen, int items) {
        return seen.cardinality() == items ? Optional.empty() : wrong(seen.cardinality() + " items", items + " items");
    }

    private static Optional<String> deviations(Tensor deviation) {
        if (deviation.type() != ElementType.FLOAT64) {
            return wrong("deviation " + deviation, "FLOAT64");
        }
        for (long at = 0; at < deviation.size(); at++) {
            double of = deviation.getDouble(at);
            if (of < 0 || of == Double.POSITIVE_INFINITY) {
                return wrong("the deviation " + of, "one from 0, which means exact, or NaN, which means unknown");
            }
        }
        return Optional.empty();
    }

    private static Optional<String> matrices(PreferenceBucket bucket) {
        int k = bucket.candidates();
        int n = bucket.p().dimension(0) * bucket.p().dimension(1);
        if (bucket.counts().type() != ElementType.FLOAT64) {
            return wrong("counts " + bucket.counts(), "FLOAT64");
        }
        var preferences = bucket.p().reshape(n, k, k);
        var compared = bucket.counts().reshape(n, k, k);
        for (int m = 0; m < n; m++) {
            var p = preferences.slice(m, 1).toDoubles();
            var counts = compared.slice(m, 1).toDoubles();
            for (int i = 0; i < k; i++) {
                for (int j = 0; j <= i; j++) {
                    double there = p[i * k + j];
                    double back = p[j * k + i];
                    boolean fits = there >= 0 && there <= 1 && back >= 0 && back <= 1;
                    if (!fits || Math.abs(there + back - 1) > ROUNDING || (i == j && there != 0.5)) {
                        return wrong(
                                "the preferences " + there + " and " + back + " of candidates " + i + " and " + j,
                                "probabilities that add up to 1");
                    }
                    double count = counts[i * k + j];
                    if (!(count >= 0 && count < Double.POSITIVE_INFINITY) || count != counts[j * k + i]) {
                        return wrong(
                                "the counts " + count + " and " + counts[j * k + i] + " of candidates " + i + " and "
                                        + j,
                                "the same weight from 0");
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> centred(Tensor scores, int k) {
        for (long at = 0; at < scores.size(); at += k) {
            double sum = 0;
            double largest = 1;
            for (double score : scores.toDoubles(at, k)) {
                sum += score;
                largest = Math.max(largest, Math.abs(score));
            }
            if (!(Math.abs(sum) <= ROUNDING * largest * k)) {
                return wrong("scores that sum to " + sum, "finite ones whose mean is 0");
            }
        }
        return Optional.empty();
    }
}
