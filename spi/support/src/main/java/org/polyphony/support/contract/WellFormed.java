package org.polyphony.support.contract;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.polyphony.spi.evaluation.EvaluationResult;
import org.polyphony.spi.evaluation.Metric;
import org.polyphony.spi.preference.Candidates;
import org.polyphony.spi.preference.Criterion;
import org.polyphony.spi.preference.JudgmentForm;
import org.polyphony.spi.preference.Judgments;
import org.polyphony.spi.preference.PreferenceData;
import org.polyphony.spi.profile.NextRequest;
import org.polyphony.spi.profile.PreferRequest;
import org.polyphony.spi.profile.PreferenceEstimate;
import org.polyphony.spi.profile.Questions;
import org.polyphony.spi.safety.NormRule;
import org.polyphony.spi.safety.ReviewRequest;
import org.polyphony.spi.safety.ReviewResult;
import org.polyphony.spi.tensor.ElementType;
import org.polyphony.spi.tensor.Tensor;

/// Finds what makes an answer one that nobody may go on with: the first such thing in words that fit after "answered",
/// or nothing. Each looks once at every number.
public final class WellFormed {

    private static final Pattern NAME = Pattern.compile("[a-z0-9]+([.-][a-z0-9]+)*");

    private WellFormed() {}

    /// What is wrong with what a source read: an index out of its range, offsets that do not ascend, a
    /// number that is none, a judgment that is not of its form, a truth that is no preference.
    public static Optional<String> data(PreferenceData data) {
        return first(
                () -> candidates(data.judgments().candidates()),
                () -> judgments(data.judgments()),
                () -> data.truth().flatMap(truth -> WellFormedPreferences.truth(data.judgments(), truth)));
    }

    /// What is wrong with the preferences that profiles predict: others than were asked for, an item twice
    /// or not at all, what is no probability, scores that are not centred, support below zero.
    public static Optional<String> preferences(PreferRequest request, PreferenceEstimate estimate) {
        return WellFormedPreferences.of(request, estimate);
    }

    /// What is wrong with what profiles would ask: no pair of one item, one twice or that may not be asked, more than
    /// were wanted, worth that is no number from 0 or does not descend.
    public static Optional<String> questions(NextRequest request, Questions questions) {
        return WellFormedPreferences.questions(request, questions);
    }

    /// What is wrong with what a safety layer decided: not one decision a candidate, or one without its
    /// reason.
    public static Optional<String> review(ReviewRequest request, ReviewResult result) {
        int m = request.candidates().ids().size();
        if (result.allowed().type() != ElementType.UINT8 || result.allowed().size() != m) {
            return wrong("allowed " + result.allowed(), "one decision for each of " + m + " candidates");
        }
        if (result.rule().type() != ElementType.INT32) {
            return wrong("rule " + result.rule(), "INT32");
        }
        var flags = flags("allowed", result.allowed());
        for (int i = 0; i < m && flags.isEmpty(); i++) {
            boolean allowed = result.allowed().getByte(i) == 1;
            int rule = result.rule().getInt(i);
            if (allowed ? rule != -1 : rule < 0 || rule >= result.rules().size()) {
                return wrong(
                        "rule " + rule + " for " + (allowed ? "allowed" : "refused") + " candidate number " + i,
                        allowed
                                ? "-1"
                                : "a rule of "
                                        + result.rules().stream()
                                                .map(NormRule::id)
                                                .toList());
            }
        }
        return flags;
    }

    /// What is wrong with what an evaluator found: names, intervals, counts, something measured twice, a section
    /// that no report can draw.
    public static Optional<String> evaluation(EvaluationResult result) {
        var seen = new HashSet<Map.Entry<String, Map<String, String>>>();
        for (var metric : result.metrics()) {
            var what = metric.name() + metric.labels();
            var found = metric(metric, what);
            if (found.isPresent()) {
                return found;
            }
            if (!seen.add(Map.entry(metric.name(), metric.labels()))) {
                return wrong(what + " twice", "each metric once");
            }
        }
        return WellFormedSections.of(result.sections());
    }

    private static Optional<String> metric(Metric metric, String what) {
        if (!isName(metric.name()) || !metric.labels().keySet().stream().allMatch(WellFormed::isName)) {
            return wrong("the metric " + what, "names in lower case, joined by dots and hyphens");
        }
        if (metric.unit().isBlank()) {
            return wrong(what + " without a unit", "one");
        }
        if (metric.count() < 0) {
            return wrong(what + " of " + metric.count() + " cases", "a count from 0");
        }
        double low = metric.low().orElse(metric.high().isPresent() ? Double.NaN : 0);
        double high = metric.high().orElse(metric.low().isPresent() ? Double.NaN : 0);
        return Double.isFinite(low) && Double.isFinite(high) && low <= high
                ? Optional.empty()
                : wrong(
                        what + " from " + metric.low() + " to " + metric.high(),
                        "an interval of two finite ends, or none");
    }

    private static Optional<String> candidates(Candidates candidates) {
        var columns = first(
                () -> offsets(
                        "offsets of candidates",
                        candidates.offsets(),
                        candidates.ids().size()),
                () -> flags("declaredUnsafe", candidates.declaredUnsafe()));
        if (columns.isPresent()) {
            return columns;
        }
        return first(
                () -> attributes(
                        candidates.attributes().ofItems(), candidates.items().size(), " items"),
                () -> attributes(
                        candidates.attributes().ofCandidates(), candidates.ids().size(), " candidates"));
    }

    private static Optional<String> attributes(List<Candidates.Attribute> attributes, int count, String of) {
        return attributes.stream()
                .filter(attribute -> attribute.values().size() != count)
                .findFirst()
                .flatMap(attribute -> wrong(
                        attribute.values().size() + " values of " + attribute.name(), "one for each of " + count + of));
    }

    private static Optional<String> judgments(Judgments judgments) {
        int n = judgments.count();
        var columns = judgments.columns();
        var entries = judgments.entries();
        var found = first(
                () -> forms(columns.form()),
                () -> indices(
                        "criterion",
                        columns.criterion(),
                        0,
                        judgments.criteria().size()),
                () -> indices(
                        "item",
                        columns.item(),
                        0,
                        judgments.candidates().items().size()),
                () -> indices("judge", columns.judge(), 0, judgments.judges().count()),
                () -> offsets(
                        "offsets of entries",
                        entries.offsets(),
                        Math.toIntExact(entries.candidate().size())),
                () -> indices("candidate", entries.candidate(), 0, Integer.MAX_VALUE),
                () -> numbers("value", entries.value(), -Double.MAX_VALUE),
                () -> numbers("weight", columns.weight(), Double.MIN_VALUE),
                () -> levels(judgments),
                () -> columns.time()
                        .filter(times -> times.type() != ElementType.INT64 || times.size() != n)
                        .flatMap(times -> wrong("times " + times, "INT64[" + n + "]")));
        if (found.isPresent()) {
            return found;
        }
        var judged = new int[largest(judgments.candidates())];
        for (int i = 0; i < n; i++) {
            found = judgment(judgments, i, judged);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    // judged[k] − 1 is the last judgment that named candidate k of its item
    private static Optional<String> judgment(Judgments judgments, int n, int[] judged) {
        int from = judgments.entries().first(n);
        int to = judgments.entries().end(n);
        int count = judgments.candidates().count(judgments.item(n));
        double sum = 0;
        var form = judgments.form(n);
        boolean shares = switch (form) {
            case PAIR, APPROVAL -> true;
            case RANKING, RATING, LABEL -> false;
        };
        for (int e = from; e < to; e++) {
            int candidate = judgments.entries().candidate(e);
            if (candidate >= count || judged[candidate] == n + 1) {
                return wrong(
                        "candidate " + candidate + " in judgment " + n,
                        "each of " + count + " candidates of its item at most once");
            }
            judged[candidate] = n + 1;
            double value = judgments.entries().value(e);
            sum += value;
            if (shares && value != 0 && value != 0.5 && value != 1) {
                return wrong("the value " + value + " in judgment " + n, "0, 0.5 or 1");
            }
        }
        boolean fits = switch (form) {
            case PAIR -> to - from == 2 && sum == 1;
            case RANKING -> to - from > 1;
            case RATING, APPROVAL -> to - from > 0;
            case LABEL ->
                to - from == 1
                        && isOn(judgments.criteria().get(judgments.criterion(n)).scale(), sum);
        };
        return fits
                ? Optional.empty()
                : wrong("judgment " + n + " of " + (to - from) + " entries whose values sum to " + sum, "a " + form);
    }

    private static boolean isOn(Criterion.Scale scale, double value) {
        int levels = scale.levels().size();
        return levels == 0 || (value == Math.rint(value) && value >= 0 && value < levels);
    }

    private static int largest(Candidates candidates) {
        int largest = 0;
        for (int b = 0; b < candidates.items().size(); b++) {
            largest = Math.max(largest, candidates.count(b));
        }
        return largest;
    }

    private static Optional<String> forms(Tensor forms) {
        int known = JudgmentForm.values().length;
        for (long n = 0; n < forms.size(); n++) {
            if (forms.getByte(n) < 0 || forms.getByte(n) >= known) {
                return wrong("form " + forms.getByte(n) + " of judgment " + n, "0 to " + (known - 1));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> levels(Judgments judgments) {
        int width = judgments.judges().attributes().size();
        if (judgments.columns().levels().type() != ElementType.INT32) {
            return wrong("levels " + judgments.columns().levels(), "INT32");
        }
        for (int g = 0; g < width; g++) {
            int known = judgments.judges().levels(g).size();
            for (int n = 0; n < judgments.count(); n++) {
                int level = judgments.level(n, g);
                if (level < -1 || level >= known) {
                    return wrong(
                            "level " + level + " of "
                                    + judgments.judges().attributes().get(g).name() + " in judgment " + n,
                            "-1 to " + (known - 1));
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> offsets(String what, Tensor offsets, int end) {
        if (offsets.type() != ElementType.INT32) {
            return wrong(what + " " + offsets, "INT32");
        }
        int before = 0;
        for (long i = 0; i < offsets.size(); i++) {
            int offset = offsets.getInt(i);
            if (offset < before || (i == 0 && offset != 0) || (i == offsets.size() - 1 && offset != end)) {
                return wrong(what + " of which number " + i + " is " + offset, "ascending ones from 0 to " + end);
            }
            before = offset;
        }
        return Optional.empty();
    }

    private static Optional<String> indices(String what, Tensor indices, int from, int end) {
        if (indices.type() != ElementType.INT32) {
            return wrong(what + " " + indices, "INT32");
        }
        for (long i = 0; i < indices.size(); i++) {
            int index = indices.getInt(i);
            if (index < from || index >= end) {
                return wrong(what + " of which number " + i + " is " + index, from + " to " + (end - 1));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> numbers(String what, Tensor numbers, double least) {
        if (numbers.type() != ElementType.FLOAT64) {
            return wrong(what + " " + numbers, "FLOAT64");
        }
        for (long i = 0; i < numbers.size(); i++) {
            double number = numbers.getDouble(i);
            if (!(number >= least && number <= Double.MAX_VALUE)) {
                return wrong(
                        what + " of which number " + i + " is " + number, least > 0 ? "positive ones" : "finite ones");
            }
        }
        return Optional.empty();
    }

    private static Optional<String> flags(String what, Tensor flags) {
        if (flags.type() != ElementType.UINT8) {
            return wrong(what + " " + flags, "UINT8");
        }
        for (long i = 0; i < flags.size(); i++) {
            byte flag = flags.getByte(i);
            if (flag != 0 && flag != 1) {
                return wrong(what + " of which number " + i + " is " + flag, "0 or 1");
            }
        }
        return Optional.empty();
    }

    @SafeVarargs
    static Optional<String> first(Supplier<Optional<String>>... checks) {
        for (var check : checks) {
            var found = check.get();
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    static Optional<String> wrong(String got, String wanted) {
        return Optional.of(got + " where " + wanted + " is needed");
    }
}
