package org.polyphony.plugin.evaluator.preferences;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.polyphony.plugin.evaluator.preferences.fit.ApprovalEvidence;
import org.polyphony.plugin.evaluator.preferences.fit.CycleEvidence;
import org.polyphony.plugin.evaluator.preferences.fit.DeployedProfiles;
import org.polyphony.plugin.evaluator.preferences.fit.GroupEvidence;
import org.polyphony.plugin.evaluator.preferences.fit.GroupReport;
import org.polyphony.plugin.evaluator.preferences.fit.HeldOutFit;
import org.polyphony.plugin.evaluator.preferences.fit.JudgmentReport;
import org.polyphony.plugin.evaluator.preferences.fit.ProfileFit;
import org.polyphony.plugin.evaluator.preferences.fit.ScopeJudgments;
import org.polyphony.plugin.evaluator.preferences.fit.SeatVerdicts;
import org.polyphony.plugin.evaluator.preferences.policy.BaselinePolicies;
import org.polyphony.plugin.evaluator.preferences.policy.PolicyStudy;
import org.polyphony.plugin.evaluator.preferences.report.MetricSheet;
import org.polyphony.plugin.evaluator.preferences.report.ReportSections;
import org.polyphony.plugin.evaluator.preferences.report.UnseenItems;
import org.polyphony.plugin.evaluator.preferences.study.EvaluatedStudy;
import org.polyphony.plugin.evaluator.preferences.study.Scope;
import org.polyphony.preferences.Ties;
import org.polyphony.preferences.model.ModelSpec;
import org.polyphony.preferences.score.CrossValidation;
import org.polyphony.spi.artefact.Artefact;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.error.Issue;
import org.polyphony.spi.evaluation.Block;
import org.polyphony.spi.evaluation.EvaluationRequest;
import org.polyphony.spi.evaluation.EvaluationResult;
import org.polyphony.spi.evaluation.Evaluator;
import org.polyphony.spi.evaluation.Metric;
import org.polyphony.spi.plugin.Need;
import org.polyphony.spi.plugin.Plugin;
import org.polyphony.spi.plugin.SelfTesting;
import org.polyphony.spi.preference.JudgmentForm;

/// Measures judgments, and the games and policies made of them where there are any, so that a report can
/// say what the data bear out, and nothing else.
///
/// Splits and draws are by judge. Every group result stands beside a population without groups and beside
/// placebo groups; every certificate beside the held-out worth of a deviation; every policy beside trivial
/// baselines. Groups are named winners or losers only where judgments alone show that they differ
/// (see [org.polyphony.plugin.evaluator.preferences.fit.SeatVerdicts]). The metrics are listed in the package
/// documentation.
@Plugin(
        role = Evaluator.class,
        id = "preferences",
        settings = EvaluatorSettings.class,
        needs = Need.HALVES,
        summary = "Held-out fit, placebo groups, shrinkage path, bootstrap by judge, who gains and who loses")
public final class PreferenceEvaluator implements Evaluator, SelfTesting {
    private static final int STEPS = 8;

    /// Called by the engine.
    public PreferenceEvaluator() {}

    @Override
    public EvaluationResult evaluate(EvaluationRequest request, PluginContext context) {
        return evaluate(request, context.settings(EvaluatorSettings.class), context);
    }

    private EvaluationResult evaluate(EvaluationRequest request, EvaluatorSettings asked, PluginContext context) {
        if (request.judged().isEmpty()) {
            return EvaluationResult.of(List.of(), List.of());
        }
        EvaluatedStudy study = EvaluatedStudy.of(request);
        long labels = IntStream.range(0, study.judgments().count())
                .filter(n -> study.judgments().form(n) == JudgmentForm.LABEL)
                .count();
        if (labels > 0) {
            context.report(Issue.note(
                    "JUDGMENT_LABELS",
                    labels + " labels are not measured: a label of one candidate says nothing about another",
                    ""));
        }
        EvaluatorSettings settings = asked.within(study.pairs().size());
        MetricSheet sheet = new MetricSheet();
        List<Scope> scopes = Scope.of(request.candidates(), request.partition());
        int done = 0;
        for (Scope scope : scopes) {
            evaluate(ScopeJudgments.of(study, scope, settings, context), sheet, done, STEPS * scopes.size());
            done += STEPS;
        }
        provenance(study, settings, sheet);
        List<Metric> metrics = sheet.metrics();
        BaselinePolicies baselines = new BaselinePolicies(study);
        List<Block> unseen = UnseenItems.of(
                study,
                metrics,
                List.of(baselines.name(BaselinePolicies.UNIFORM), baselines.name(BaselinePolicies.LONGEST)),
                baselines.name(BaselinePolicies.BORDA));
        return EvaluationResult.of(metrics, ReportSections.of(metrics, sheet.found(), unseen));
    }

    @Override
    public void selfTest(PluginContext context) {
        GoldenStudy.check(evaluate(GoldenStudy.request(), GoldenStudy.settings(), context));
    }

    private void evaluate(ScopeJudgments judgments, MetricSheet sheet, int before, int total) {
        Steps steps = new Steps(judgments.context(), before, total);
        boolean single = judgments.scope().isAll()
                && judgments.study().items().size() <= judgments.settings().itemLimit();
        SeatVerdicts verdicts = SeatVerdicts.gather(judgments);
        verdicts.report(sheet, judgments.labels());
        JudgmentReport.report(judgments, verdicts, sheet, single);
        steps.next();
        GroupEvidence evidence = GroupEvidence.gather(judgments);
        steps.next();
        CycleEvidence cycles = CycleEvidence.gather(judgments, evidence);
        DeployedProfiles.report(judgments, evidence, cycles, sheet);
        steps.next();
        fits(judgments, evidence, cycles, sheet);
        GroupReport groups = new GroupReport(judgments, evidence, sheet);
        groups.report(single);
        groups.report(cycles);
        ApprovalEvidence.report(judgments, sheet, single);
        steps.next();
        PolicyStudy policies = new PolicyStudy(judgments, verdicts, evidence, cycles, sheet, single);
        boolean solved = judgments.study().solves();
        if (solved) {
            policies.halves();
        }
        steps.next();
        ProfileFit.report(judgments, sheet);
        if (solved) {
            policies.deployedOnHeldOut();
        }
        steps.next();
        policies.disagreement();
        if (solved) {
            policies.deployed();
        }
        steps.next();
        policies.truth();
        steps.next();
    }

    private static void fits(
            ScopeJudgments judgments, GroupEvidence evidence, CycleEvidence cycles, MetricSheet sheet) {
        var settings = judgments.settings();
        HeldOutFit fit = new HeldOutFit(judgments, sheet);
        double[] constant = new double[judgments.pairs().size()];
        java.util.Arrays.fill(constant, 0.5);
        double[] alone = CrossValidation.predict(
                judgments.pairs(),
                judgments.resampling().foldOfJudge(),
                settings.folds(),
                new ModelSpec.GroupsAlone(settings.models().aloneRidge(), Ties.DROP),
                judgments.parallel());
        fit.report("fit", "constant", constant, row -> true);
        fit.report("fit", "population", evidence.population(), row -> true);
        fit.report("fit", "groups-shrunk", evidence.groups(), row -> true);
        fit.report("fit", "groups-unshrunk", alone, row -> true);
        fit.report("fit", "cycle-capable", cycles.predicted(), row -> true);
        int judges = judgments.judges(row -> true);
        if (judges == 0) {
            sheet.find(
                    "fit.nothing-to-score",
                    judgments.labels(),
                    "No judgment names a winner, so nothing can be foretold and no fit is reported.");
        } else {
            sheet.find(
                    "fit.by-judge",
                    judgments.labels(),
                    "Fit is measured on judges whom the model has not seen: " + settings.folds()
                            + " folds by the hash of the judge's id, " + judges
                            + " judges with decided judgments. Intervals draw judges, never judgments.");
        }
    }

    private static void provenance(EvaluatedStudy study, EvaluatorSettings settings, MetricSheet sheet) {
        study.profiles()
                .map(Artefact::type)
                .filter(type -> !type.equals(DeployedProfiles.BUILT_IN))
                .ifPresent(
                        type -> sheet.find(
                                "evidence.built-in-family",
                                Map.of(),
                                "The profiles are of type " + type
                                        + ". Folds, placebo groups, the path of shrinkage, the bootstrap of"
                                        + " the winner and what a deviation is worth are about the built-in family of models, refitted"
                                        + " here; metrics called heldout.*, policies and certificates are about those profiles."));
        if (study.pairs().size() > Draws.AFFORDABLE_ROWS) {
            sheet.find(
                    "draws.fewer",
                    Map.of(),
                    "The data are large (" + study.pairs().size()
                            + " compared pairs), so models are fitted again for fewer"
                            + " draws than asked for: " + settings.draws().placeboDraws() + " placebo groups, "
                            + settings.draws().winnerDraws() + " draws of judges.");
        }
        if (study.items().size() > settings.itemLimit()) {
            sheet.find(
                    "items.left-out",
                    Map.of(),
                    "Metrics of single items are left out: there are "
                            + study.items().size() + " items and item-limit is " + settings.itemLimit() + ".");
        }
    }

    /// Progress of one scope.
    private static final class Steps {
        private final PluginContext context;
        private final int total;
        private int done;

        Steps(PluginContext context, int before, int total) {
            this.context = context;
            this.done = before;
            this.total = total;
        }

        void next() {
            context.checkCancelled();
            context.progress(++done, total);
        }
    }
}
