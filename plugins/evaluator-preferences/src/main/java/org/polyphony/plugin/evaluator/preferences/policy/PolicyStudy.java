package org.polyphony.plugin.evaluator.preferences.policy;

import static org.polyphony.plugin.evaluator.preferences.report.MetricSheet.with;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import org.polyphony.plugin.evaluator.preferences.fit.CycleEvidence;
import org.polyphony.plugin.evaluator.preferences.fit.DeployedProfiles;
import org.polyphony.plugin.evaluator.preferences.fit.GroupEvidence;
import org.polyphony.plugin.evaluator.preferences.fit.ScopeJudgments;
import org.polyphony.plugin.evaluator.preferences.fit.SeatVerdicts;
import org.polyphony.plugin.evaluator.preferences.report.MetricSheet;
import org.polyphony.plugin.evaluator.preferences.report.Wording;
import org.polyphony.plugin.evaluator.preferences.study.EvaluatedStudy;
import org.polyphony.preferences.Pairs;
import org.polyphony.preferences.model.StrengthsModel;
import org.polyphony.preferences.score.Interval;
import org.polyphony.spi.alignment.CertifiedSolution;

/// Everything about the policies of one scope: whom they serve, what deviations are worth, how alike and
/// how certain they are, and how they compare with the truth where it is known.
public final class PolicyStudy {
    private static final int CYCLIC_DRAWS = 40;

    private final ScopeJudgments judgments;
    private final SeatVerdicts verdicts;
    private final RefitFamily family;
    private final int refits;
    private final MetricSheet sheet;
    private final BaselinePolicies baselines;
    private final boolean single;

    /// Measures into `sheet`.
    ///
    /// @param single whether to report single items too
    public PolicyStudy(
            ScopeJudgments judgments,
            SeatVerdicts verdicts,
            GroupEvidence evidence,
            CycleEvidence cycles,
            MetricSheet sheet,
            boolean single) {
        var settings = judgments.settings();
        // what is fitted again is what was deployed; where that is not known, what held-out judges bear out
        boolean cyclic = cycles.used() && DeployedProfiles.mayHoldCycles(judgments.study());
        this.judgments = judgments;
        this.verdicts = verdicts;
        this.family = new RefitFamily(
                settings.models().ridge(),
                evidence.strength(),
                settings.cycles().cyclePlanes(),
                cyclic ? OptionalDouble.of(cycles.ridges().get(cycles.chosen())) : OptionalDouble.empty());
        // a cycle-capable fit is not convex and costs ten times as much
        this.refits = cyclic
                ? Math.min(CYCLIC_DRAWS, settings.draws().winnerDraws())
                : settings.draws().winnerDraws();
        this.sheet = sheet;
        this.baselines = new BaselinePolicies(judgments.study());
        this.single = single;
    }

    /// What the study's own algorithms made from the judges of one half, and baselines of these, measured on the
    /// judges of the other.
    public void halves() {
        Pairs pairs = judgments.pairs();
        int[] half = judgments.resampling().halfOfJudge();
        double[] training = RefitFamily.part(half, 0);
        StrengthsModel model = family.fit(pairs, training);
        var made = baselines.baselines(pairs, training, judgments.scope().items(), model);
        IntPredicate testing = row -> half[pairs.judge(row)] == 1;
        int judges = judgments.judges(testing);
        boolean trained = judgments.judges(row -> half[pairs.judge(row)] == 0) > 0;
        if (!trained || judges == 0 || made.isEmpty()) {
            sheet.find(
                    "policies.not-compared",
                    judgments.labels(),
                    "Policies are not compared: one half of the judges gave no decided judgment.");
            return;
        }
        var remade = remade(made);
        Map<String, List<Optional<double[]>>> all = new LinkedHashMap<>(remade);
        all.putAll(made);
        var outcome = new PolicyComparison(judgments, sheet, "training-half", all, baselines.names())
                .report(ScoreSums.of(judgments.study(), pairs, testing), judges, verdicts);
        compared(outcome);
        var held = new Deviations(judgments, sheet)
                .report(new TreeMap<>(remade), judgments.study().halvedPreferences(), family, refits, judges);
        certificates(held);
    }

    // one that refuses an item would take that item from all: policies are compared where each has an answer
    private Map<String, List<Optional<double[]>>> remade(Map<String, List<Optional<double[]>>> made) {
        Map<String, List<Optional<double[]>>> remade =
                new LinkedHashMap<>(judgments.study().halved());
        remade.entrySet().removeIf(policy -> {
            boolean refuses = Arrays.stream(judgments.scope().items())
                    .anyMatch(item -> policy.getValue().get(item).isEmpty()
                            && made.values().stream()
                                    .allMatch(other -> other.get(item).isPresent()));
            if (refuses) {
                sheet.find(
                        "policies.left-out",
                        with(judgments.labels(), "policy", policy.getKey()),
                        "The " + policy.getKey()
                                + " policy is not compared on judges from whom none was made: it has no answer about some"
                                + " items.");
            }
            return refuses;
        });
        return remade;
    }

    private void compared(PolicyComparison.Outcome outcome) {
        StringBuilder worst = new StringBuilder();
        outcome.worstOff()
                .forEach((name, value) -> worst.append(worst.isEmpty() ? "" : ", ")
                        .append(name)
                        .append(' ')
                        .append(Wording.plain(value.value())));
        sheet.find(
                "policies.compared",
                judgments.labels(),
                "On judges from whom no policy was made, the worst-off group (least of the groups' means over items; uniform"
                        + " is exactly one half) is served: " + worst
                        + ". Borda and Copeland here count pairwise judgments; rules that need ballots are left out"
                        + " where there are none.");
        if (!verdicts.namesAny()) {
            sheet.find(
                    "policies.no-winner-named",
                    judgments.labels(),
                    "No group is named a winner or a loser, because " + verdicts.unnamed() + ".");
        } else if (outcome.claims().isEmpty()) {
            sheet.find(
                    "policies.no-winner-named",
                    judgments.labels(),
                    "No group is named a winner or a loser: every interval of a difference contains zero.");
        }
        outcome.claims().forEach((policy, byOther) -> {
            List<String> sentences = new ArrayList<>();
            byOther.forEach(
                    (versus, claims) -> sentences.add("Against " + versus + ", " + String.join(", ", claims) + "."));
            sheet.find(
                    "policies.winners-and-losers",
                    with(judgments.labels(), "policy", policy),
                    "Under the " + policy
                            + " policy, in held-out utility, where the intervals of judges and of items both"
                            + " exclude zero: " + String.join(" ", sentences));
        });
    }

    private void certificates(Map<String, Interval> held) {
        for (CertifiedSolution solution : judgments.study().solutions()) {
            double[] gain = new double[judgments.study().seats().size()];
            int items = 0;
            for (int bucket = 0; bucket < solution.certificates().size(); bucket++) {
                var certificate = solution.certificates().get(bucket);
                var game = judgments.study().games().get(bucket);
                for (int b = 0; b < game.games(); b++) {
                    boolean counts = judgments.scope().contains()[game.items().getInt(b)]
                            && solution.solution()
                                            .buckets()
                                            .get(bucket)
                                            .refused()
                                            .getByte(b)
                                    == 0;
                    for (int s = 0; counts && s < gain.length; s++) {
                        gain[s] += certificate.deployment().unilateralGain().at(b, s);
                    }
                    items += counts ? 1 : 0;
                }
            }
            Map<String, String> labels = with(judgments.labels(), "policy", solution.label());
            for (int s = 0; items > 0 && s < gain.length; s++) {
                Map<String, String> seat =
                        with(labels, "stakeholder", judgments.study().seats().get(s));
                sheet.add("unilateral.certified", seat, gain[s] / items, items, "probability");
            }
            Interval largest = held.get(solution.label());
            if (items > 0 && largest != null) {
                sheet.find(
                        "certificates.estimated-preferences",
                        labels,
                        String.format(
                                Locale.ROOT,
                                "With respect to the estimated preferences, a stakeholder would gain at most %.4f by"
                                        + " deviating alone from the %s policy (mean over items). On judges who had no part"
                                        + " in choosing policy or deviation, the best deviation is worth %s.",
                                Arrays.stream(gain).max().orElse(0) / items,
                                solution.label(),
                                Wording.signed(largest)));
            }
        }
    }

    /// The policies as deployed, on judgments of judges from whom the profiles did not learn.
    public void deployedOnHeldOut() {
        Pairs pairs = judgments.pairs();
        boolean[] learned = judgments.learned();
        boolean[] taught = new boolean[pairs.judges()];
        for (int row = 0; row < pairs.size(); row++) {
            taught[pairs.judge(row)] |= learned[row];
        }
        IntPredicate heldOut = row -> !learned[row] && !taught[pairs.judge(row)];
        int judges = judgments.judges(heldOut);
        if (judges == 0 || judgments.study().deployed().isEmpty()) {
            return;
        }
        double[] teachers = new double[pairs.judges()];
        Arrays.setAll(teachers, judge -> taught[judge] ? 1 : 0);
        Map<String, List<Optional<double[]>>> compared =
                new LinkedHashMap<>(judgments.study().deployed());
        compared.putAll(baselines.baselines(pairs, teachers, judgments.scope().items()));
        var outcome = new PolicyComparison(judgments, sheet, "learned", compared, baselines.names())
                .report(ScoreSums.of(judgments.study(), pairs, heldOut), judges, verdicts);
        for (CertifiedSolution solution : judgments.study().solutions()) {
            Interval worst = outcome.worstOff().get(solution.label());
            if (worst != null) {
                solution.leftOut().ifPresent(attribute -> unseen(solution.label(), attribute, worst, outcome));
            }
        }
    }

    // policies are compared in what they give the worst-off group, which names no group
    private void unseen(String label, String attribute, Interval worst, PolicyComparison.Outcome outcome) {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "On items that its fit has not seen (every value of %s left out in turn) and judges from whom nothing was"
                        + " learned, the %s policy serves the worst-off group %.3f.",
                attribute,
                label,
                worst.value()));
        outcome.worstOffDifferences().getOrDefault(label, Map.of()).forEach((versus, difference) -> {
            if (versus.equals(baselines.name(BaselinePolicies.UNIFORM))
                    || versus.equals(baselines.name(BaselinePolicies.LONGEST))) {
                text.append(' ').append(difference.sentence(versus));
            }
        });
        Interval ceiling = outcome.worstOff().get(baselines.name(BaselinePolicies.BORDA));
        if (ceiling != null) {
            text.append(String.format(
                    Locale.ROOT,
                    " Borda, made from judgments about these very items, reaches %.3f: a ceiling, not a competitor.",
                    ceiling.value()));
        }
        sheet.find("policies.unseen", with(judgments.labels(), "policy", label), text.toString());
    }

    private Map<String, List<Optional<double[]>>> deployedPolicies() {
        EvaluatedStudy study = judgments.study();
        if (!study.solves()) {
            return Map.of();
        }
        Map<String, List<Optional<double[]>>> all = new LinkedHashMap<>(study.deployed());
        all.put(
                baselines.name(BaselinePolicies.UNIFORM),
                java.util.stream.IntStream.range(0, study.items().size())
                        .mapToObj(item -> study.game(item).map(game -> game.uniform()))
                        .toList());
        return all;
    }

    /// How far the preferences of stakeholders, as estimated, lie apart.
    public void disagreement() {
        Disagreement.report(judgments, sheet, single);
    }

    /// Homogeneity, temperature and the winner under resampling.
    public void deployed() {
        Homogeneity.report(judgments, sheet, deployedPolicies(), single);
        unsafe();
        new TemperatureControl(judgments, sheet).report();
        double winner = new WinnerBootstrap(judgments, sheet).report(family, refits, single);
        if (Double.isFinite(winner)) {
            sheet.find(
                    "winner.bootstrap",
                    judgments.labels(),
                    String.format(
                            Locale.ROOT,
                            "Drawing the judges again, the winner of an item wins again with probability %.2f on average"
                                    + " (%d draws).",
                            winner,
                            refits));
        }
    }

    private void unsafe() {
        double mass = 0;
        for (var byItem : judgments.study().deployed().values()) {
            for (int item : judgments.scope().items()) {
                if (byItem.get(item).isPresent()) {
                    double[] policy = byItem.get(item).get();
                    for (int k = 0; k < policy.length; k++) {
                        mass += judgments.study().declaredUnsafe(item, k) ? policy[k] : 0;
                    }
                }
            }
        }
        if (mass > 0) {
            sheet.find(
                    "safety.unsafe-mass",
                    judgments.labels(),
                    "Deployed policies put mass " + mass
                            + " on candidates that the data declare unsafe; it must be zero."
                            + " Check the constraints of the study.");
        }
    }

    /// Recovery of the truth, where it is known.
    public void truth() {
        TruthRecovery.report(judgments, sheet, deployedPolicies(), verdicts.overall());
    }
}
