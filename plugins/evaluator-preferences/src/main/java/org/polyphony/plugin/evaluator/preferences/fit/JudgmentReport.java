package org.polyphony.plugin.evaluator.preferences.fit;

import static org.polyphony.plugin.evaluator.preferences.report.MetricSheet.with;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.polyphony.plugin.evaluator.preferences.report.MetricSheet;
import org.polyphony.plugin.evaluator.preferences.report.Wording;
import org.polyphony.plugin.evaluator.preferences.study.EvaluatedStudy;
import org.polyphony.preferences.Pairs;
import org.polyphony.preferences.score.Interval;
import org.polyphony.preferences.score.JudgeBootstrap;
import org.polyphony.preferences.score.KrippendorffAlpha;
import org.polyphony.preferences.score.PairAgreement;
import org.polyphony.preferences.score.ShownFirst;
import org.polyphony.spi.preference.Criterion;
import org.polyphony.spi.preference.JudgmentForm;
import org.polyphony.spi.preference.Judgments;
import org.polyphony.spi.profile.Seating;
import org.polyphony.spi.tensor.Tensor;

/// What judgments say by themselves, whatever a study makes of them: who judged how much of what there is, how far
/// people
/// agree, whether the order shown mattered, and how alike the candidates were.
public final class JudgmentReport {
    private final ScopeJudgments judgments;
    private final SeatVerdicts verdicts;
    private final MetricSheet sheet;
    private final EvaluatedStudy study;
    private final Map<String, String> labels;
    // one seat that everyone shares is everyone
    private final List<String> seats;

    private JudgmentReport(ScopeJudgments judgments, SeatVerdicts verdicts, MetricSheet sheet) {
        this.judgments = judgments;
        this.verdicts = verdicts;
        this.sheet = sheet;
        this.study = judgments.study();
        this.labels = judgments.labels();
        this.seats = study.seats().equals(List.of(HeldOutFit.EVERYONE)) ? List.of() : study.seats();
    }

    /// Reports `coverage.*`, `agreement.*`, `order.*` and `candidates.*` of a scope, each where there is anything to
    /// tell.
    ///
    /// @param byItem whether to report single items too
    public static void report(ScopeJudgments judgments, SeatVerdicts verdicts, MetricSheet sheet, boolean byItem) {
        JudgmentReport report = new JudgmentReport(judgments, verdicts, sheet);
        report.coverage();
        report.pairs();
        report.values();
        report.order();
        report.study.features().ifPresent(features -> report.similarity(features, byItem));
    }

    // seats, then everyone
    private Map<String, String> of(int seat) {
        return with(labels, "stakeholder", seat < seats.size() ? seats.get(seat) : HeldOutFit.EVERYONE);
    }

    private boolean inScope(int judgment) {
        return judgments.scope().contains()[study.judgments().item(judgment)];
    }

    private void coverage() {
        Judgments all = study.judgments();
        BitSet[] judges = sets();
        BitSet[] candidates = sets();
        BitSet[] compared = sets();
        for (int n = 0; n < all.count(); n++) {
            if (inScope(n)) {
                int first = all.candidates().first(all.item(n));
                for (int set : setsOf(study.seat(n))) {
                    judges[set].set(all.judge(n));
                    for (int of : all.entries().candidates(n)) {
                        candidates[set].set(first + of);
                    }
                }
            }
        }
        Pairs pairs = judgments.pairs();
        for (int row = 0; row < pairs.size(); row++) {
            for (int set : setsOf(pairs.group(row) == Pairs.NO_GROUP ? Seating.NONE : pairs.group(row))) {
                compared[set].set(pairs.pair(row));
            }
        }
        long allCandidates = 0;
        long allPairs = 0;
        for (int item : judgments.scope().items()) {
            long k = all.candidates().count(item);
            allCandidates += k;
            allPairs += k * (k - 1) / 2;
        }
        for (int set = 0; set < judges.length; set++) {
            long people = judges[set].cardinality();
            sheet.add("coverage.judges", of(set), (double) people, people, "judges");
            sheet.add(
                    "coverage.candidates",
                    of(set),
                    candidates[set].cardinality() / (double) allCandidates,
                    allCandidates,
                    "probability");
            sheet.add(
                    "coverage.pairs",
                    of(set),
                    compared[set].cardinality() / (double) allPairs,
                    allPairs,
                    "probability");
        }
    }

    private BitSet[] sets() {
        BitSet[] sets = new BitSet[seats.size() + 1];
        Arrays.setAll(sets, set -> new BitSet());
        return sets;
    }

    private int[] setsOf(int seat) {
        return seat == Seating.NONE || seats.isEmpty() ? new int[] {seats.size()} : new int[] {seat, seats.size()};
    }

    private void pairs() {
        PairAgreement agreement = PairAgreement.of(judgments.pairs());
        JudgeBootstrap draws = judgments.resampling().draws();
        PairAgreement.Shares observed = agreement.shares(draws.once());
        if (observed.pairs() == 0) {
            return;
        }
        List<Interval> found = intervals(draws, weights -> {
            PairAgreement.Shares shares = agreement.shares(weights);
            return row(shares.within(), shares.everyone(), shares.between());
        });
        bySeat("agreement.pairs", found);
        Interval between = found.getLast();
        sheet.add("agreement.between-seats", labels, between, judgments.judges(judgments::seated), "probability");
        if (judgments.scope().isAll()) {
            String bySeat = IntStream.range(0, seats.size())
                    .filter(seat -> Double.isFinite(found.get(seat).value()))
                    .mapToObj(seat -> seats.get(seat) + " " + Wording.plain(found.get(seat)))
                    .collect(Collectors.joining(", "));
            sheet.find(
                    "agreement.pairs",
                    labels,
                    "Two people who compared the same two candidates agree in "
                            + Wording.plain(found.get(seats.size())) + " of cases (" + observed.pairs()
                            + " pairs that two people or more compared; where nobody ties, answers by lot agree in half)."
                            + (bySeat.isEmpty() ? "" : " Within seats: " + bySeat)
                            + (Double.isFinite(between.value())
                                    ? "; people of different seats " + Wording.plain(between) + "."
                                    : bySeat.isEmpty() ? "" : "."));
        }
    }

    // of every seat, then of everyone
    private void bySeat(String metric, List<Interval> found) {
        for (int set = 0; set <= seats.size(); set++) {
            int seat = set;
            int judges = judgments.judges(
                    row -> seat == seats.size() || judgments.pairs().group(row) == seat);
            sheet.add(metric, of(set), found.get(set), judges, "probability");
        }
    }

    // with one seat that everyone shares, its own share is everyone's
    private double[] row(double[] within, double everyone, double between) {
        double[] row = Arrays.copyOf(within, seats.size() + 2);
        row[seats.size()] = everyone;
        row[seats.size() + 1] = seats.isEmpty() ? Double.NaN : between;
        return row;
    }

    private List<Interval> intervals(JudgeBootstrap draws, Function<double[], double[]> statistic) {
        double[] observed = statistic.apply(draws.once());
        List<double[]> drawn = judgments.parallel().map(draws.draws(), draw -> statistic.apply(draws.weights(draw)));
        List<Interval> intervals = new ArrayList<>();
        for (int at = 0; at < observed.length; at++) {
            int of = at;
            intervals.add(draws.interval(
                    observed[at], drawn.stream().mapToDouble(draw -> draw[of]).toArray()));
        }
        return intervals;
    }

    /// Values that several judges gave to one candidate, of one form and question.
    private record Asked(JudgmentForm form, String criterion, KrippendorffAlpha.Scale scale) {}

    // values that mean the same whoever gives them: labels, approvals, ratings on a scale that all share
    private void values() {
        Judgments all = study.judgments();
        Map<String, Asked> asked = new TreeMap<>();
        Map<String, List<Integer>> said = new TreeMap<>();
        for (int n = 0; n < all.count(); n++) {
            JudgmentForm form = all.form(n);
            Criterion criterion = all.criteria().get(all.criterion(n));
            boolean shared = form == JudgmentForm.APPROVAL
                    || form == JudgmentForm.LABEL
                    || (form == JudgmentForm.RATING && criterion.scale().shared());
            if (shared && inScope(n)) {
                String key = form + " " + criterion.id();
                asked.putIfAbsent(key, new Asked(form, criterion.id(), scale(form, criterion)));
                said.computeIfAbsent(key, of -> new ArrayList<>()).add(n);
            }
        }
        asked.forEach((key, question) -> values(
                question,
                said.getOrDefault(key, List.of()).stream()
                        .mapToInt(Integer::intValue)
                        .toArray()));
    }

    private static KrippendorffAlpha.Scale scale(JudgmentForm form, Criterion criterion) {
        if (form == JudgmentForm.APPROVAL) {
            return KrippendorffAlpha.Scale.NOMINAL;
        }
        return switch (criterion.scale().kind()) {
            case NOMINAL -> KrippendorffAlpha.Scale.NOMINAL;
            case INTERVAL -> KrippendorffAlpha.Scale.INTERVAL;
            default -> KrippendorffAlpha.Scale.ORDINAL;
        };
    }

    private void values(Asked question, int[] said) {
        Judgments all = study.judgments();
        boolean[] judges = new boolean[all.judges().count()];
        Arrays.stream(said).forEach(n -> judges[all.judge(n)] = true);
        JudgeBootstrap draws = JudgeBootstrap.of(
                judges,
                judgments.settings().draws().bootstrapDraws(),
                judgments.context().seed());
        for (int set = 0; set <= seats.size(); set++) {
            int seat = set;
            KrippendorffAlpha agreement = agreement(
                    question,
                    Arrays.stream(said)
                            .filter(n -> seat == seats.size() || study.seat(n) == seat)
                            .toArray());
            if (agreement.units() == 0) {
                continue;
            }
            Interval alpha = intervals(draws, weights -> new double[] {agreement.alpha(weights)})
                    .getFirst();
            Map<String, String> one = with(
                    of(set),
                    "criterion",
                    question.criterion(),
                    "form",
                    question.form().name().toLowerCase(Locale.ROOT));
            sheet.add("agreement.alpha", one, alpha, agreement.units(), "1");
            if (set == seats.size() && judgments.scope().isAll() && Double.isFinite(alpha.value())) {
                sheet.find(
                        "agreement.alpha",
                        one,
                        "What different people said of one and the same candidate ("
                                + one.get("form") + "s, by '" + question.criterion()
                                + "') agrees with Krippendorff's alpha " + Wording.plain(alpha)
                                + ": 1 is full agreement, 0 what lots would give (" + agreement.units()
                                + " candidates of which two people or more spoke).");
            }
        }
    }

    // who passed said nothing
    private KrippendorffAlpha agreement(Asked question, int[] said) {
        Judgments all = study.judgments();
        int most = Arrays.stream(said).map(n -> all.entries().count(n)).sum();
        int[] candidate = new int[most];
        int[] judge = new int[most];
        double[] value = new double[most];
        int size = 0;
        for (int n : said) {
            int first = all.candidates().first(all.item(n));
            for (int e = all.entries().first(n); e < all.entries().end(n); e++) {
                if (question.form() != JudgmentForm.APPROVAL || all.entries().value(e) != 0.5) {
                    candidate[size] = first + all.entries().candidate(e);
                    judge[size] = all.judge(n);
                    value[size++] = all.entries().value(e);
                }
            }
        }
        return KrippendorffAlpha.of(
                question.scale(),
                all.candidates().ids().size(),
                Arrays.copyOf(candidate, size),
                Arrays.copyOf(judge, size),
                Arrays.copyOf(value, size));
    }

    private void order() {
        if (!verdicts.knowsOrder()) {
            return;
        }
        ShownFirst first = ShownFirst.of(judgments.pairs());
        JudgeBootstrap draws = judgments.resampling().draws();
        ShownFirst.Shares observed = first.shares(draws.once());
        if (observed.pairs() == 0) {
            return;
        }
        List<Interval> found = intervals(draws, weights -> {
            ShownFirst.Shares shares = first.shares(weights);
            return row(shares.within(), shares.everyone(), Double.NaN);
        });
        bySeat("order.first-preferred", found);
        if (judgments.scope().isAll()) {
            sheet.find(
                    "order.first-preferred",
                    labels,
                    "The candidate shown first is preferred in " + Wording.plain(found.get(seats.size()))
                            + " of cases, on " + observed.pairs()
                            + " pairs that were shown in both orders; 0.5 says that order did not matter.");
        }
    }

    private void similarity(Tensor features, boolean byItem) {
        double sum = 0;
        int items = 0;
        for (int item : judgments.scope().items()) {
            double similarity = similarity(features, item);
            if (Double.isFinite(similarity)) {
                sum += similarity;
                items++;
                if (byItem) {
                    sheet.add(
                            "candidates.similarity",
                            with(labels, "item", study.items().get(item)),
                            similarity,
                            1,
                            "1");
                }
            }
        }
        sheet.add("candidates.similarity", labels, sum / items, items, "1");
    }

    // mean cosine over pairs of candidates; a vector of zeros has no direction
    private double similarity(Tensor features, int item) {
        var candidates = study.judgments().candidates();
        int k = candidates.count(item);
        double[][] unit = new double[k][];
        for (int i = 0; i < k; i++) {
            double[] vector =
                    features.slice(candidates.first(item) + (long) i, 1).toDoubles();
            double norm = Math.sqrt(Arrays.stream(vector).map(x -> x * x).sum());
            unit[i] = Arrays.stream(vector).map(x -> x / norm).toArray();
        }
        double sum = 0;
        int compared = 0;
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < i; j++) {
                double cosine = 0;
                for (int d = 0; d < unit[i].length; d++) {
                    cosine += unit[i][d] * unit[j][d];
                }
                if (Double.isFinite(cosine)) {
                    sum += cosine;
                    compared++;
                }
            }
        }
        return sum / compared;
    }
}
