package org.polyphony.plugin.evaluator.preferences.fit;

import static org.polyphony.plugin.evaluator.preferences.report.MetricSheet.with;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.polyphony.games.PopulationSolver;
import org.polyphony.plugin.evaluator.preferences.report.MetricSheet;
import org.polyphony.plugin.evaluator.preferences.report.Wording;
import org.polyphony.plugin.evaluator.preferences.study.EvaluatedStudy;
import org.polyphony.preferences.Pairs;
import org.polyphony.preferences.verdict.GroupVerdict;
import org.polyphony.preferences.verdict.SeatComparison;
import org.polyphony.preferences.verdict.SeatResult;

/// What may be said about whether seats differ, and the sentences that say it. Looks at judgments only: neither
/// profiles nor policies of the study are used, so that any plugin's study is judged alike.
public final class SeatVerdicts {
    /// Relabelled (judgments × seats) beyond which fewer relabellings than asked for are drawn.
    private static final double BUDGET = 1e8;

    private static final int LEAST_RELABELLINGS = 199;
    private static final int FEW_JUDGES = 20;

    private final List<String> seats;
    private final List<String> items;
    private final SeatComparison comparison;
    private final ShownOrder order;
    private final int asked;
    private final boolean compared;

    private SeatVerdicts(
            EvaluatedStudy study, SeatComparison comparison, ShownOrder order, int asked, boolean compared) {
        this.seats = study.seats();
        this.items = study.items();
        this.comparison = comparison;
        this.order = order;
        this.asked = asked;
        this.compared = compared;
    }

    /// Compares the seats of a scope.
    public static SeatVerdicts gather(ScopeJudgments judgments) {
        EvaluatedStudy study = judgments.study();
        Pairs pairs = judgments.pairs();
        int[] rowOfStudy = judgments.scope().isAll()
                ? ShownOrder.allRows(pairs.size())
                : IntStream.range(0, study.pairs().size())
                        .filter(row ->
                                judgments.scope().contains()[study.pairs().item(row)])
                        .toArray();
        ShownOrder order = ShownOrder.of(study, pairs, rowOfStudy);
        int seated = pairs.count(judgments::seated);
        int asked = judgments.settings().draws().relabellings();
        SeatComparison comparison = SeatComparison.of(
                pairs,
                row -> study.judgments().weight(study.judgment(rowOfStudy[row])),
                order == ShownOrder.KNOWN,
                relabellings(asked, (double) seated * pairs.groups()),
                judgments.context().seed(),
                (p, k) -> new PopulationSolver().solve(p, k).policy(),
                judgments.parallel());
        return new SeatVerdicts(study, comparison, order, asked, seated > 0);
    }

    /// As many as asked for, or as the data are large: a rule of their size alone, so that a study repeats itself.
    static int relabellings(int asked, double work) {
        int affordable = (int) Math.min(asked, BUDGET / Math.max(1, work));
        return Math.max(Math.min(asked, LEAST_RELABELLINGS), affordable);
    }

    /// The verdict over all seats.
    public GroupVerdict overall() {
        return comparison.overall();
    }

    /// Whether it is known which candidate of a pair was shown first.
    boolean knowsOrder() {
        return order == ShownOrder.KNOWN;
    }

    /// Whether anything was compared by anybody with a seat.
    public boolean compared() {
        return compared;
    }

    /// Whether a seat may be named a winner or a loser.
    public boolean names(int seat) {
        return comparison.tellsReliability() && comparison.results().get(seat).verdict() == GroupVerdict.DIFFERS;
    }

    /// Whether any seat may be named.
    public boolean namesAny() {
        return IntStream.range(0, comparison.results().size()).anyMatch(this::names);
    }

    /// Why nobody is named, to follow "because".
    public String unnamed() {
        return switch (comparison.overall()) {
            case DIFFERS -> "reliability could not be told from preference on so few candidates";
            case NOT_SEPARABLE -> "order, pairs asked or reliability explain what sets seats apart as well";
            case NOT_SHOWN -> "no seat was shown to differ";
            case CANNOT_TELL ->
                compared ? "whether seats differ cannot be told" : "nobody with a seat compared anything";
            case NEGLIGIBLE -> "what sets seats apart is negligible";
        };
    }

    /// Writes the headline, then a line and the figures of every seat.
    public void report(MetricSheet sheet, Map<String, String> labels) {
        sheet.find(code(overall()), labels, headline());
        for (SeatResult result : comparison.results()) {
            Map<String, String> seat = with(labels, "stakeholder", seats.get(result.seat()));
            figures(sheet, seat, result);
            Map<String, String> why = result.reason() == GroupVerdict.Reason.NONE
                    ? seat
                    : with(seat, "because", result.reason().name().toLowerCase(Locale.ROOT));
            sheet.find(code(result.verdict()), why, name(result) + ": " + sentence(result));
        }
        if (compared && order != ShownOrder.KNOWN) {
            sheet.find(
                    "groups.order-not-examined",
                    labels,
                    "In which order candidates were shown is not known (" + order.because()
                            + "), so order could not be examined: pairs are compared whatever their order.");
        }
        if (compared && !comparison.tellsReliability()) {
            sheet.find(
                    "groups.reliability-not-examined",
                    labels,
                    "With so few items and candidates reliability could not be told from preference; no group is named a"
                            + " winner or a loser.");
        }
    }

    private static String code(GroupVerdict verdict) {
        return "groups." + verdict.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static void figures(MetricSheet sheet, Map<String, String> labels, SeatResult result) {
        SeatResult.Design design = result.design();
        long judges = design.judges();
        sheet.add("groups.effective-comparisons", labels, design.effective(), judges, "judgments");
        sheet.add("groups.full-comparisons", labels, design.full(), judges, "judgments");
        result.test().ifPresent(test -> {
            sheet.add("groups.p-value", labels, test.p(), judges, "probability");
            sheet.add("groups.reliability-p-value", labels, test.pReliability(), judges, "probability");
            sheet.add("groups.reliability-share", labels, test.reliabilityShare(), judges, "1");
        });
        result.size().ifPresent(size -> {
            deviation(sheet, "groups.size", labels, size.estimate(), judges);
            deviation(sheet, "groups.least-difference", labels, size.least(), judges);
            deviation(sheet, "groups.upper-bound", labels, size.upper(), judges);
        });
        result.gain().ifPresent(gain -> {
            sheet.add("groups.held-out-gain", labels, gain.preference(), gain.judges(), "nats");
            sheet.add("groups.reliability-gain", labels, gain.reliability(), gain.judges(), "nats");
        });
    }

    private static void deviation(
            MetricSheet sheet, String name, Map<String, String> labels, SeatResult.Deviation of, long judges) {
        sheet.add(name, labels, of.logits(), judges, "logit");
        sheet.add(name + "-loss", labels, of.loss(), judges, "probability");
    }

    private String headline() {
        String said = switch (overall()) {
            case DIFFERS ->
                "DIFFERS: " + named(GroupVerdict.DIFFERS) + " " + plural(GroupVerdict.DIFFERS, "differs", "differ")
                        + " from the others in what is preferred.";
            case NOT_SEPARABLE ->
                "NOT_SEPARABLE: what sets " + named(GroupVerdict.NOT_SEPARABLE) + " apart is explained as well by "
                        + reasons() + ".";
            case NOT_SHOWN ->
                "NOT_SHOWN: no seat was shown to differ from the others; what would have been found"
                        + " stands beside every seat.";
            case CANNOT_TELL ->
                !compared
                        ? "CANNOT_TELL: nobody with a seat compared anything. No policy rests on a judgment, and no"
                                + " winner is named."
                        : "CANNOT_TELL: the data do not say whether these seats differ.";
            case NEGLIGIBLE ->
                "NEGLIGIBLE: what sets these seats apart, if anything, costs a member less than" + " 0.02 on average.";
        };
        String drawn = comparison.relabellings() < asked
                ? " Tested by " + comparison.relabellings() + " relabellings instead of " + asked
                        + ", because the data are large."
                : "";
        return said + (compared ? drawn : "");
    }

    private String reasons() {
        return comparison.results().stream()
                .filter(of -> of.verdict() == GroupVerdict.NOT_SEPARABLE)
                .map(of -> switch (of.reason()) {
                    case ORDER -> "the order shown";
                    case PAIRS -> "which pairs were asked";
                    default -> "reliability";
                })
                .distinct()
                .collect(Collectors.joining(" or "));
    }

    private String named(GroupVerdict verdict) {
        return comparison.results().stream()
                .filter(of -> of.verdict() == verdict)
                .map(this::name)
                .collect(Collectors.joining(", "));
    }

    private String plural(GroupVerdict verdict, String one, String more) {
        return comparison.results().stream()
                                .filter(of -> of.verdict() == verdict)
                                .count()
                        == 1
                ? one
                : more;
    }

    private String name(SeatResult result) {
        return seats.get(result.seat());
    }

    private String sentence(SeatResult result) {
        return switch (result.verdict()) {
            case DIFFERS ->
                "DIFFERS from the others" + tested(result) + "." + sized(result) + gained(result) + overlap(result);
            case NOT_SEPARABLE -> "NOT_SEPARABLE from " + explained(result) + " No winner is named." + overlap(result);
            case NOT_SHOWN -> "NOT_SHOWN to differ" + tested(result) + "." + least(result) + overlap(result);
            case CANNOT_TELL -> "CANNOT_TELL: " + missing(result);
            case NEGLIGIBLE ->
                "NEGLIGIBLE: "
                        + (result.test().orElseThrow().p() <= 0.05 ? "detectable" : "not shown to differ")
                        + tested(result)
                        + ", and at most " + upper(result) + overlap(result);
        };
    }

    private String tested(SeatResult result) {
        return result.test()
                .map(test -> String.format(
                        Locale.ROOT,
                        " (p = %.3f%s)",
                        test.p(),
                        test.step() == 1
                                ? ""
                                : ", once " + (test.step() - 1) + " other" + (test.step() > 2 ? "s" : "")
                                        + " had been set aside"))
                .orElse("");
    }

    private String sized(SeatResult result) {
        return result.size()
                .map(size -> String.format(
                        Locale.ROOT,
                        " Its members' preferences deviate by %.2f logit a candidate%s, which costs a member %.3f on average"
                                + " under a policy for everybody (%.3f on %s, the item where it is most).",
                        size.estimate().logits(),
                        result.design().judges() < FEW_JUDGES
                                ? " (size uncertain: " + result.design().judges() + " judges)"
                                : "",
                        size.estimate().loss(),
                        size.estimate().itemLoss(),
                        items.get(size.estimate().item())))
                .orElse("");
    }

    private static String gained(SeatResult result) {
        return result.gain()
                .map(gain -> " Knowing the seat saves " + Wording.signed(gain.preference())
                        + " nats a judgment on judges of the seat not seen.")
                .orElse("");
    }

    private static String least(SeatResult result) {
        return result.size()
                .map(size -> String.format(
                        Locale.ROOT,
                        " A difference of %.2f logit a candidate, which costs a member %.3f, would have been found in four of"
                                + " five such studies.",
                        size.least().logits(),
                        size.least().loss()))
                .orElse("");
    }

    private static String upper(SeatResult result) {
        return result.size()
                .map(size -> String.format(
                        Locale.ROOT,
                        "%.2f logit a candidate, which costs a member at most %.3f. A difference of %.2f logit would have"
                                + " been found in four of five such studies.",
                        size.upper().logits(),
                        size.upper().loss(),
                        size.least().logits()))
                .orElse("");
    }

    private static String explained(SeatResult result) {
        return switch (result.reason()) {
            case ORDER -> "order: the seat and the others were shown the same pairs in different orders.";
            case PAIRS -> "pairs: the seat and the others were asked about different pairs of the same items.";
            default ->
                String.format(
                        Locale.ROOT,
                        "reliability: the seat's answers are more or less decided than the others' (p = %.3f), which is not"
                                + " another preference.",
                        result.test().map(SeatResult.Test::pReliability).orElse(Double.NaN));
        };
    }

    private static String missing(SeatResult result) {
        SeatResult.Design design = result.design();
        return switch (result.reason()) {
            case COMPARISONS -> "nobody with a seat compared anything.";
            case PEOPLE ->
                design.judges() + (design.judges() == 1 ? " judge" : " judges") + " in the seat and " + design.others()
                        + " outside it; at least 3 of each are needed.";
            default ->
                String.format(
                        Locale.ROOT,
                        "they judged %s in common: %.0f effective comparisons within the same items; %.0f are needed.",
                        design.items() < 0.5 ? "nothing" : "too little",
                        design.items(),
                        Math.ceil(Math.max(20, 0.10 * design.full())));
        };
    }

    private static String overlap(SeatResult result) {
        SeatResult.Design design = result.design();
        return String.format(
                Locale.ROOT,
                " %d judges; %.0f effective comparisons of %.0f with others asked the same%s.",
                design.judges(),
                design.effective(),
                design.full(),
                design.strata() == org.polyphony.preferences.verdict.Strata.ITEMS
                        ? " items (judges were assigned alike)"
                        : "");
    }
}
