package org.polyphony.plugin.evaluator.preferences.fit;

import static org.polyphony.plugin.evaluator.preferences.report.MetricSheet.with;

import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.polyphony.plugin.evaluator.preferences.report.MetricSheet;
import org.polyphony.plugin.evaluator.preferences.report.Wording;
import org.polyphony.preferences.Pairs;
import org.polyphony.preferences.score.Gain;
import org.polyphony.preferences.score.Interval;

/// Writes down what the evidence about groups says.
public final class GroupReport {
    private final ScopeJudgments judgments;
    private final GroupEvidence evidence;
    private final MetricSheet sheet;
    private final Map<String, String> labels;

    /// Writes into `sheet`.
    public GroupReport(ScopeJudgments judgments, GroupEvidence evidence, MetricSheet sheet) {
        this.judgments = judgments;
        this.evidence = evidence;
        this.sheet = sheet;
        this.labels = judgments.labels();
    }

    /// The gain of groups beside placebo groups, and the path of shrinkage.
    ///
    /// @param byItem whether to report single items too
    public void report(boolean byItem) {
        int judges = evidence.judges();
        sheet.add("groups.gain", labels, evidence.gain().nats(), judges, "nats");
        sheet.add("groups.accuracy-gain", labels, evidence.gain().accuracy(), judges, "probability");
        sheet.add(
                "groups.gain-cell-labels",
                labels,
                evidence.cells().best(),
                evidence.cells().count(),
                "nats");
        bySeat();
        placebo();
        path();
        foretold();
        if (byItem) {
            items();
        }
    }

    private void bySeat() {
        Pairs pairs = judgments.pairs();
        for (int group = 0; group < pairs.groups(); group++) {
            int wanted = group;
            Gain gain = gain(row -> pairs.group(row) == wanted);
            int judges = judgments.judges(row -> pairs.group(row) == wanted);
            Map<String, String> seat =
                    with(labels, "stakeholder", judgments.study().seats().get(group));
            sheet.add("groups.gain", seat, gain.nats(), judges, "nats");
            sheet.add("groups.accuracy-gain", seat, gain.accuracy(), judges, "probability");
        }
    }

    private Gain gain(java.util.function.IntPredicate rows) {
        return Gain.of(
                judgments.pairs(),
                evidence.population(),
                evidence.groups(),
                rows,
                judgments.resampling().draws());
    }

    private void placebo() {
        PlaceboGroups placebo = evidence.placebo();
        int chosen = evidence.path().chosen();
        ToDoubleFunction<PlaceboGroups.Draw> atChosen = draw -> draw.gain()[chosen];
        int draws = placebo.count();
        sheet.add("placebo.gain", labels, placebo.band(atChosen), draws, "nats");
        sheet.add("placebo.gain-deviation", labels, placebo.deviation(atChosen), draws, "nats");
        sheet.add(
                "placebo.accuracy-gain",
                labels,
                placebo.band(draw -> draw.accuracyGain()[chosen]),
                draws,
                "probability");
        sheet.add("placebo.best-gain", labels, placebo.band(PlaceboGroups::bestGain), draws, "nats");
    }

    private void path() {
        PlaceboGroups placebo = evidence.placebo();
        for (int strength = 0; strength < evidence.path().strengths().length; strength++) {
            int at = strength;
            Map<String, String> on =
                    with(labels, "lambda", Wording.strength(evidence.path().strengths()[strength]));
            Gain gain = evidence.path().gains().get(strength);
            sheet.add("shrinkage.gain", on, gain.nats(), evidence.judges(), "nats");
            sheet.add("shrinkage.accuracy-gain", on, gain.accuracy(), evidence.judges(), "probability");
            sheet.add("shrinkage.placebo.gain", on, placebo.band(draw -> draw.gain()[at]), placebo.count(), "nats");
            sheet.add("shrinkage.chosen", on, strength == evidence.path().chosen() ? 1 : 0, evidence.judges(), "1");
            games(on, "shrinkage.eps-star", "probability", strength, GamePath.Point::epsStar);
            games(on, "shrinkage.support", "1", strength, GamePath.Point::support);
            games(on, "shrinkage.difference", "probability", strength, GamePath.Point::difference);
        }
        String chosen = "Groups are shrunk to the population with lambda_d " + Wording.strength(evidence.strength())
                + ", the strength that foretells held-out judges best.";
        if (evidence.games().count() == 0) {
            sheet.find("shrinkage.chosen", labels, chosen);
            return;
        }
        Interval eps = placebo.gameBand(evidence.path().chosen(), GamePath.Point::epsStar);
        sheet.find(
                "shrinkage.chosen",
                labels,
                chosen
                        + String.format(
                                Locale.ROOT,
                                " The consensus eps* is then %.4f; placebo groups have %s at the same strength. At"
                                        + " lambda_d %s it would be %.4f, at infinity %.4f: eps* is also a choice of shrinkage.",
                                evidence.games()
                                        .observed()
                                        .get(evidence.path().chosen())
                                        .epsStar(),
                                Double.isFinite(eps.value())
                                        ? String.format(
                                                Locale.ROOT, "%.4f [%.4f, %.4f]", eps.value(), eps.low(), eps.high())
                                        : "not been solved",
                                Wording.strength(evidence.path()
                                        .strengths()[evidence.path().strengths().length - 1]),
                                evidence.games().observed().getLast().epsStar(),
                                evidence.games().observed().getFirst().epsStar()));
    }

    private void games(
            Map<String, String> on, String name, String unit, int strength, ToDoubleFunction<GamePath.Point> figure) {
        int games = evidence.games().count();
        sheet.add(name, on, figure.applyAsDouble(evidence.games().observed().get(strength)), games, unit);
        sheet.add(
                name + "-cell-labels",
                on,
                figure.applyAsDouble(evidence.games().observedCells().get(strength)),
                games,
                unit);
        String placebo = name.replace("shrinkage.", "shrinkage.placebo.");
        sheet.add(
                placebo,
                on,
                evidence.placebo().gameBand(strength, figure),
                evidence.placebo().gameDraws(),
                unit);
    }

    private void foretold() {
        if (!Double.isFinite(evidence.gain().nats().value())) {
            return;
        }
        sheet.find(
                "fit.groups",
                labels,
                String.format(
                        Locale.ROOT,
                        "Knowing the group saves %s nats a judgment over the population on held-out judges and changes"
                                + " accuracy by %s; placebo groups save up to %s (%d draws).",
                        Wording.signed(evidence.gain().nats()),
                        Wording.signed(evidence.gain().accuracy()),
                        Wording.signed(
                                evidence.placebo().band(PlaceboGroups::bestGain).high()),
                        evidence.placebo().count()));
    }

    private void items() {
        Pairs pairs = judgments.pairs();
        int better = 0;
        int worse = 0;
        int measured = 0;
        for (int item : judgments.scope().items()) {
            Gain gain = gain(row -> pairs.item(row) == item && judgments.seated(row));
            if (!Double.isFinite(gain.nats().value())) {
                continue;
            }
            int judges = judgments.judges(row -> pairs.item(row) == item && judgments.seated(row));
            Map<String, String> one =
                    with(labels, "item", judgments.study().items().get(item));
            Interval placebo = evidence.placebo().band(draw -> draw.itemGain()[item]);
            sheet.add("groups.gain", one, gain.nats(), judges, "nats");
            sheet.add("groups.accuracy-gain", one, gain.accuracy(), judges, "probability");
            sheet.add("placebo.gain", one, placebo, evidence.placebo().count(), "nats");
            measured++;
            better += gain.nats().low() > 0 && gain.nats().value() > placebo.high() ? 1 : 0;
            worse += gain.nats().high() < 0 ? 1 : 0;
        }
        sheet.find(
                "groups.by-item",
                labels,
                String.format(
                        Locale.ROOT,
                        "Of %d items, knowing the group foretells held-out judges measurably better about %d and measurably"
                                + " worse about %d. These are %d looks at chance: expect %.1f by it alone.",
                        measured,
                        better,
                        worse,
                        measured,
                        measured * 0.05));
    }

    /// What cycles are worth, and whether they may be used.
    public void report(CycleEvidence cycles) {
        int judges = judgments.judges(row -> true);
        for (int ridge = 0; ridge < cycles.ridges().size(); ridge++) {
            Map<String, String> on = with(
                    labels,
                    "level",
                    "population",
                    "ridge",
                    Wording.strength(cycles.ridges().get(ridge)));
            sheet.add("cycles.gain", on, cycles.populationGains().get(ridge).nats(), judges, "nats");
            sheet.add(
                    "cycles.accuracy-gain",
                    on,
                    cycles.populationGains().get(ridge).accuracy(),
                    judges,
                    "probability");
        }
        double ridge = cycles.ridges().get(cycles.chosen());
        Map<String, String> on = with(labels, "level", "groups", "ridge", Wording.strength(ridge));
        sheet.add("cycles.gain", on, cycles.groupGain().nats(), evidence.judges(), "nats");
        sheet.add("cycles.accuracy-gain", on, cycles.groupGain().accuracy(), evidence.judges(), "probability");
        sheet.add("cycles.used", labels, cycles.used() ? 1 : 0, judges, "1");
        sheet.find(
                cycles.used() ? "cycles.used" : "cycles.not-used",
                labels,
                "A cycle-capable model saves "
                        + Wording.signed(
                                cycles.populationGains().get(cycles.chosen()).nats())
                        + " nats a judgment over the population on held-out judges, and cycle-capable groups "
                        + Wording.signed(cycles.groupGain().nats()) + " over groups without cycles: "
                        + (cycles.used()
                                ? "cycles are borne out, and a cycle-capable model may be used."
                                : "no cycles are borne out, and none may be used."));
    }
}
