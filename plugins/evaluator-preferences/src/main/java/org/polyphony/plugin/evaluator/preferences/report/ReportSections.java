package org.polyphony.plugin.evaluator.preferences.report;

import static org.polyphony.plugin.evaluator.preferences.report.MetricTable.count;
import static org.polyphony.plugin.evaluator.preferences.report.MetricTable.dot;
import static org.polyphony.plugin.evaluator.preferences.report.MetricTable.figure;
import static org.polyphony.plugin.evaluator.preferences.report.MetricTable.interval;
import static org.polyphony.plugin.evaluator.preferences.report.MetricTable.labels;
import static org.polyphony.plugin.evaluator.preferences.report.MetricTable.number;
import static org.polyphony.plugin.evaluator.preferences.report.MetricTable.row;
import static org.polyphony.plugin.evaluator.preferences.report.MetricTable.table;
import static org.polyphony.plugin.evaluator.preferences.report.MetricTable.text;
import static org.polyphony.plugin.evaluator.preferences.report.MetricTable.words;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.polyphony.spi.evaluation.Block;
import org.polyphony.spi.evaluation.Block.Axis;
import org.polyphony.spi.evaluation.Block.Caption;
import org.polyphony.spi.evaluation.Block.Dots;
import org.polyphony.spi.evaluation.Block.Estimate;
import org.polyphony.spi.evaluation.Block.Row;
import org.polyphony.spi.evaluation.Block.Table;
import org.polyphony.spi.evaluation.Block.Text;
import org.polyphony.spi.evaluation.Headline;
import org.polyphony.spi.evaluation.Metric;
import org.polyphony.spi.evaluation.Section;

/// Arranges what was found: what is said first, what shows it, and what else there is to say.
///
/// Whether groups differ comes before everything else that is said about them.
public final class ReportSections {
    private static final Pattern VERDICT =
            Pattern.compile("groups\\.(differs|not-separable|not-shown|cannot-tell|negligible)");

    private final MetricTable metrics;
    private final List<Headline> found;
    private final List<Headline> unsaid;
    private final Map<String, String> overall;

    private ReportSections(List<Metric> metrics, List<Headline> found) {
        this.metrics = new MetricTable(metrics);
        this.found = found;
        this.unsaid = new ArrayList<>(found);
        this.overall = this.metrics.parts().contains("all") ? Map.of("partition", "all") : Map.of();
    }

    /// The sections of what was measured and found, those without content left out.
    ///
    /// @param unseen the section about items never seen; empty if no policy was asked about any
    public static List<Section> of(List<Metric> metrics, List<Headline> found, List<Block> unseen) {
        return new ReportSections(metrics, found).arranged(unseen);
    }

    private List<Section> arranged(List<Block> unseen) {
        List<Section> sections = new ArrayList<>();
        sections.add(section(
                "groups", "Do the groups differ", "groups\\.(?!by-item).*", "(groups|approval|fit)\\..*", groups()));
        sections.add(section("judged", "Who judged, and how far people agree", "(agreement|order)\\..*", "", judged()));
        sections.add(section("unseen", "On items never seen", "policies\\.unseen", "", unseen));
        sections.add(section(
                "served",
                "Whom it serves",
                "policies\\.no-winner-named|safety\\.unsafe-mass",
                "(policies|winner|safety)\\..*",
                served()));
        sections.add(section(
                "truth",
                "How well the known truth was recovered",
                "truth\\.verdict.*",
                "truth\\..*",
                measures("", name -> name.startsWith("truth."))));
        sections.add(section(
                "deviation-held-out",
                "Could anybody gain by deviating alone: held-out judges",
                "",
                "certificates\\..*",
                deviations()));
        sections.add(section(
                "shrinkage",
                "The path of shrinkage",
                "",
                "shrinkage\\..*",
                new ShrinkagePath(metrics, overall).blocks()));
        sections.add(section(
                "temperature",
                "The stakeholder game and its temperature",
                "",
                "stakeholder\\..*",
                measures(
                        "τ regularises every player towards the reference. The control plays the same game at the same"
                                + " τ with everybody holding the population’s preferences: what it costs is"
                                + " temperature, not disagreement.",
                        name -> name.startsWith("stakeholder."))));
        sections.add(section(
                "alike",
                "How alike the answers are",
                "",
                "",
                measures(
                        "",
                        name -> name.matches("policy\\.(effective|largest|draws).*|disagreement\\..*|winner\\..*"))));
        sections.add(section("method", "How it was measured", "", ".*", List.of()));
        return sections.stream()
                .filter(section ->
                        !section.headlines().isEmpty() || !section.blocks().isEmpty())
                .toList();
    }

    // every sentence stands in the first section that asks for it
    private Section section(String id, String title, String first, String notes, List<Block> blocks) {
        List<Headline> headlines = take(first);
        List<Headline> rest = take(notes);
        List<Block> shown = new ArrayList<>(blocks);
        if (!rest.isEmpty()) {
            shown.add(new Block.Notes("More about it", rest));
        }
        return Section.of(id, title, shown).with(headlines.toArray(Headline[]::new));
    }

    private List<Headline> take(String codes) {
        List<Headline> of = unsaid.stream()
                .filter(headline -> headline.code().matches(codes))
                .toList();
        unsaid.removeAll(of);
        return of.stream().map(ReportSections::toned).toList();
    }

    private static Headline toned(Headline headline) {
        return switch (headline.code()) {
            case "safety.unsafe-mass" -> headline.with(Headline.Tone.BAD);
            case "truth.verdict-wrong", "evidence.built-in-family" -> headline.with(Headline.Tone.CAUTION);
            default -> headline;
        };
    }

    private List<Block> measures(String about, Predicate<String> name) {
        List<Metric> of = metrics.whole(name, overall);
        if (of.isEmpty()) {
            return List.of();
        }
        return about.isEmpty() ? List.of(table("", of)) : List.of(new Text(about), table("", of));
    }

    private List<Block> groups() {
        List<Block> blocks = new ArrayList<>(verdicts());
        List<Estimate> gains = new ArrayList<>();
        List<Row> rows = new ArrayList<>();
        for (String part : metrics.parts()) {
            Map<String, String> of = Map.of("partition", part);
            metrics.first("groups.gain", of).ifPresent(gain -> {
                gains.add(dot(part, "groups", gain));
                metrics.first("placebo.gain", of).ifPresent(placebo -> gains.add(dot(part, "placebo", placebo)));
                rows.add(row(
                        part,
                        interval(gain),
                        metrics.first("groups.accuracy-gain", of)
                                .map(MetricTable::interval)
                                .orElse("–"),
                        metrics.first("placebo.gain", of)
                                .map(MetricTable::interval)
                                .orElse("–"),
                        count(gain.count())));
            });
        }
        if (!rows.isEmpty()) {
            blocks.add(new Text("How much better models of the groups predict annotators who were held out than one"
                    + " model of everybody, in nats a judgment; beside it, placebo groups whose labels were permuted."
                    + " Shown beside the verdict, which rests on judgments alone."));
            blocks.add(new Dots(
                    new Caption("Gain of the groups’ models on held-out annotators", words(gains)),
                    Axis.of("nats a judgment").withMark(0, "no gain"),
                    gains));
            blocks.add(new Table(
                    "Gain, part by part",
                    List.of(
                            text("part"),
                            figure("gain, nats [95 %]"),
                            figure("gain, accuracy [95 %]"),
                            figure("placebo, nats"),
                            figure("annotators")),
                    rows));
        }
        List<Estimate> items = metrics.all("groups.gain"::equals, overall).stream()
                .filter(metric -> metric.labels().containsKey("item"))
                .map(metric -> dot(metric.labels().getOrDefault("item", ""), "", metric))
                .toList();
        if (items.size() > 1) {
            blocks.add(new Dots(
                    new Caption("Gain, item by item", words(items)),
                    Axis.of("nats a judgment").withMark(0, "no gain"),
                    items));
        }
        List<Metric> fits = metrics.whole(name -> name.endsWith("log-loss"), overall);
        if (!fits.isEmpty()) {
            blocks.add(new Table(
                    "Held-out log-loss",
                    List.of(text("measure"), text("of"), figure("nats [95 %]"), figure("count")),
                    fits.stream()
                            .map(fit -> row(fit.name(), labels(fit), interval(fit), count(fit.count())))
                            .toList()));
        }
        return blocks;
    }

    // a line a seat: the verdict, what it costs a member, what could have been seen
    private List<Block> verdicts() {
        List<Row> rows = found.stream()
                .filter(headline -> VERDICT.matcher(headline.code()).matches()
                        && headline.labels().containsKey("stakeholder"))
                .map(this::verdict)
                .toList();
        if (rows.isEmpty()) {
            return List.of();
        }
        return List.of(
                new Text(
                        "By judgments alone. Sizes are standard deviations in logits a candidate; in brackets what that"
                                + " costs a member under a policy for everybody, in probability. The least difference is what"
                                + " four of five such studies would find."),
                new Table(
                        "Verdicts, seat by seat",
                        List.of(
                                text("part"),
                                text("seat"),
                                text("verdict"),
                                figure("p"),
                                figure("size"),
                                figure("least difference"),
                                figure("at most"),
                                figure("comparisons that count"),
                                figure("annotators")),
                        rows));
    }

    private Row verdict(Headline verdict) {
        String because = verdict.labels().get("because");
        String word = verdict.code()
                .substring("groups.".length())
                .toUpperCase(Locale.ROOT)
                .replace('-', '_');
        Map<String, String> seat = new TreeMap<>(verdict.labels());
        seat.remove("because");
        return row(
                seat.getOrDefault("partition", "all"),
                seat.getOrDefault("stakeholder", ""),
                because == null ? word : word + ": " + because,
                cell(seat, "groups.p-value", 3),
                verdict.code().equals("groups.differs") ? size(seat, "groups.size") : "–",
                size(seat, "groups.least-difference"),
                size(seat, "groups.upper-bound"),
                cell(seat, "groups.effective-comparisons", 0) + " of " + cell(seat, "groups.full-comparisons", 0),
                metrics.first("groups.full-comparisons", seat)
                        .map(metric -> count(metric.count()))
                        .orElse("–"));
    }

    private String size(Map<String, String> seat, String name) {
        return metrics.first(name, seat)
                .map(size -> number(size.value(), 2) + " (" + cell(seat, name + "-loss", 3) + ")")
                .orElse("–");
    }

    private String cell(Map<String, String> labels, String name, int digits) {
        return metrics.first(name, labels)
                .map(metric -> number(metric.value(), digits))
                .orElse("–");
    }

    // a line a seat, then everyone; and how far they agree, as a picture
    private List<Block> judged() {
        List<Row> people = metrics.whole("coverage.judges"::equals, overall).stream()
                .map(judges -> row(
                        judges.labels().getOrDefault("stakeholder", ""),
                        count(judges.count()),
                        told("coverage.candidates", judges.labels()),
                        told("coverage.pairs", judges.labels()),
                        told("agreement.pairs", judges.labels()),
                        told("order.first-preferred", judges.labels())))
                .toList();
        if (people.isEmpty()) {
            return List.of();
        }
        List<Block> blocks = new ArrayList<>(List.of(
                new Text("What judgments say by themselves, whatever is made of them. People agree where two of them"
                        + " gave the same answer about the same pair; where order does not matter, the candidate shown"
                        + " first is preferred in half of the cases. Intervals draw people."),
                new Table(
                        "Who judged",
                        List.of(
                                text("who"),
                                figure("people"),
                                figure("of the candidates"),
                                figure("of the pairs"),
                                figure("agree [95 %]"),
                                figure("first shown preferred [95 %]")),
                        people)));
        List<Metric> alphas = metrics.whole("agreement.alpha"::equals, overall);
        if (!alphas.isEmpty()) {
            blocks.add(new Table(
                    "Krippendorff’s α of what different people said of one candidate",
                    List.of(text("who"), text("form"), text("criterion"), figure("α [95 %]"), figure("candidates")),
                    alphas.stream()
                            .map(alpha -> row(
                                    alpha.labels().getOrDefault("stakeholder", ""),
                                    alpha.labels().getOrDefault("form", ""),
                                    alpha.labels().getOrDefault("criterion", ""),
                                    interval(alpha),
                                    count(alpha.count())))
                            .toList()));
        }
        List<Metric> pairs = metrics.whole("agreement.pairs"::equals, overall);
        agreement(
                "How far people agree about pairs",
                "probability of the same answer",
                0.5,
                "lots, no ties",
                pairs,
                blocks);
        agreement("How far people agree about single candidates", "Krippendorff’s α", 0, "lots", alphas, blocks);
        blocks.addAll(measures("", "candidates.similarity"::equals));
        return blocks;
    }

    private void agreement(
            String title, String axis, double chance, String chanceName, List<Metric> of, List<Block> blocks) {
        List<Estimate> dots = of.stream()
                .map(metric -> dot(
                        metric.labels().getOrDefault("stakeholder", ""),
                        metric.labels().getOrDefault("form", ""),
                        metric))
                .toList();
        if (dots.size() > 1) {
            blocks.add(new Dots(new Caption(title, words(dots)), Axis.of(axis).withMark(chance, chanceName), dots));
        }
    }

    private String told(String name, Map<String, String> labels) {
        return metrics.first(name, labels).map(MetricTable::interval).orElse("–");
    }

    private List<Block> served() {
        // measured on judges in halves, and again on judges nothing was learned from: the first is shown
        Map<List<String>, Estimate> first = new LinkedHashMap<>();
        for (Metric metric : metrics.whole("policy.utility"::equals, overall)) {
            String policy = metric.labels().get("policy");
            String stakeholder = metric.labels().get("stakeholder");
            if (policy != null && stakeholder != null) {
                first.putIfAbsent(List.of(policy, stakeholder), dot(policy, stakeholder, metric));
            }
        }
        List<Estimate> held = List.copyOf(first.values());
        if (held.isEmpty()) {
            return List.of();
        }
        return List.of(
                new Text("Policies chosen on one half of the annotators, measured on the other. 0.5 is what a uniform"
                        + " draw gives; lines are 95 % intervals."),
                new Dots(
                        new Caption("Utility on held-out annotators", words(held)),
                        Axis.of("probability to prefer the answer to a uniform draw")
                                .withMark(0.5, "uniform"),
                        held));
    }

    private List<Block> deviations() {
        List<Metric> of = metrics.whole("unilateral.held-out"::equals, overall);
        if (of.isEmpty()) {
            return List.of();
        }
        return List.of(
                new Text(
                        "The deviation is chosen on one half of the annotators and measured on the other; this, not the"
                                + " certificate, speaks of people."),
                new Table(
                        "Gain by deviating alone, on annotators who were held out",
                        List.of(text("policy"), text("stakeholder"), figure("gain [95 %]"), figure("count")),
                        of.stream()
                                .map(gain -> row(
                                        Stream.of("policy", "formulation")
                                                .flatMap(label -> Stream.ofNullable(
                                                        gain.labels().get(label)))
                                                .findFirst()
                                                .orElse(""),
                                        gain.labels().getOrDefault("stakeholder", ""),
                                        interval(gain),
                                        count(gain.count())))
                                .toList()));
    }
}
