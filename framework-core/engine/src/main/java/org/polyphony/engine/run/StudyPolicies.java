package org.polyphony.engine.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.polyphony.engine.certify.Certification;
import org.polyphony.engine.certify.HeldBack;
import org.polyphony.engine.certify.Standing;
import org.polyphony.engine.game.LentGames;
import org.polyphony.engine.plan.StudyPlan;
import org.polyphony.engine.plan.StudyPlan.PluginUse;
import org.polyphony.engine.plan.StudyPlan.PolicyUse;
import org.polyphony.spi.alignment.AlignmentRequest;
import org.polyphony.spi.alignment.CertifiedSolution;
import org.polyphony.spi.alignment.PolicySolution;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.ErrorCode.Fault;
import org.polyphony.spi.error.Issue;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.evaluation.GameEvidence;
import org.polyphony.spi.evaluation.Replica;
import org.polyphony.spi.preference.Candidates;
import org.polyphony.verify.Certifiers;

/// The policies of a study. Each is solved, checked and certified for itself: a plugin that fails, or that
/// broke its contract, costs its own policy or item only. Every plugin meets the games as they were
/// assembled.
final class StudyPolicies {

    private final StudyPlan plan;
    private final Stages stages;
    private final Candidates candidates;
    private final Supplier<LentGames> assembly;
    private final PredictedGames predicted;
    private final CertifiedSolution uniform;
    private final List<CertifiedSolution> solutions = new ArrayList<>();
    private final List<CertifiedSolution> unseen = new ArrayList<>();
    private LentGames lent;
    private @Nullable AlignmentException failure;
    private boolean broken;

    /// @param assembly makes the games, by asking for the preferences
    /// @param predicted the games of items left out
    StudyPolicies(
            StudyPlan plan,
            Stages stages,
            Candidates candidates,
            Supplier<LentGames> assembly,
            PredictedGames predicted) {
        this.plan = plan;
        this.stages = stages;
        this.candidates = candidates;
        this.assembly = assembly;
        this.predicted = predicted;
        lent = assembly.get();
        uniform = Certification.uniform(lent.games());
    }

    /// The games and what they were made of, as no plugin has rewritten them.
    LentGames lent() {
        return lent;
    }

    /// What was solved so far: certified policies, in the order of the plan; those about items never seen come last.
    List<CertifiedSolution> solutions() {
        return solutions;
    }

    /// The games and what came of them.
    StudyOutcome.Solved solved() {
        return new StudyOutcome.Solved(lent.estimate(), lent.games(), uniform, solutions);
    }

    /// The same for evaluators.
    GameEvidence evidence(List<Replica> replicas) {
        return new GameEvidence(lent.estimate(), lent.games(), solutions, replicas);
    }

    /// Makes every policy of the plan; none where there is no game.
    ///
    /// @throws AlignmentException the first failure, if plugins failed so that no item has any policy
    void solve() {
        if (lent.games().count() == 0) {
            return;
        }
        var folds = plan.solving().unseen().map(wanted -> Folds.of(candidates, wanted.leaveOut()));
        for (var policy : plan.solving().policies()) {
            if (lent.games().stakeholders().size() == 1 && Certifiers.needOpponents(policy.formulation())) {
                stages.report(Issue.note(
                        "ONE_SEAT",
                        "with one seat nobody has an opponent; the " + policy.formulation() + " game is left out",
                        policy.algorithm().use().path() + ".formulations"));
                continue;
            }
            guarded(policy.algorithm().use(), policy.label(), () -> seen(policy))
                    .ifPresent(solution -> {
                        solutions.add(solution);
                        folds.ifPresent(of -> unseen(policy, of, solution.solution()));
                    });
        }
        boolean published = solutions.stream()
                .anyMatch(solution -> Standing.CERTIFIED.count(solution) + Standing.VALID.count(solution) > 0);
        if (!published && (failure != null || broken)) {
            throw failure != null ? failure : nothingLeft();
        }
        if (folds.isPresent() && unseen.isEmpty() && failure == null) {
            throw UnseenItems.noPolicy(plan);
        }
        solutions.addAll(unseen);
    }

    /// Certified policies of some uses of the plan alone; one that fails is left out, and a warning says so.
    List<CertifiedSolution> solve(List<PolicyUse> uses) {
        for (var policy : uses) {
            guarded(policy.algorithm().use(), policy.label(), () -> seen(policy))
                    .ifPresent(solutions::add);
        }
        return solutions;
    }

    /// Lets a plugin work on the games, and makes sure that they are true for the next one.
    ///
    /// What one plugin left running may spoil the games of another, so that one whose games were rewritten is
    /// asked again, once, with games in other memory.
    ///
    /// @return empty if the plugin failed; then a warning says so
    <T> Optional<T> guarded(PluginUse use, String what, Supplier<T> work) {
        for (int attempt = 0; ; attempt++) {
            AlignmentException thrown = null;
            Optional<T> result = Optional.empty();
            try {
                result = Optional.of(work.get());
            } catch (AlignmentException e) {
                thrown = e;
            }
            if (lent.hold()) {
                if (thrown == null) {
                    return result;
                }
                if (thrown.code().fault() != Fault.PLUGIN) {
                    throw thrown;
                }
                failed(use, what, thrown);
                return Optional.empty();
            }
            restore();
            var rewritten = new AlignmentException(
                    StandardErrorCode.PLUGIN_FAILED,
                    "while '" + use.plugin() + "' worked, the games lent to plugins were rewritten in memory; the"
                            + " preferences were asked for again. A plugin does what it must not: its author must fix it");
            if (attempt > 0) {
                failed(use, what, rewritten);
                return Optional.empty();
            }
            warn(rewritten.code().name(), String.valueOf(rewritten.getMessage()), use.path());
        }
    }

    private void restore() {
        var again = assembly.get();
        if (!again.equalTo(lent)) {
            throw new AlignmentException(
                    StandardErrorCode.PLUGIN_FAILED,
                    "the games were rewritten in memory, and profiler '"
                            + plan.people().profiler().orElseThrow().plugin()
                            + "' answered other preferences when it was asked again; nothing can be certified");
        }
        lent = again;
    }

    private CertifiedSolution seen(PolicyUse policy) {
        var use = policy.algorithm().use();
        var request = new AlignmentRequest(lent.games(), policy.formulation(), OptionalDouble.empty());
        var solution = stages.align(use, request);
        var held = new ArrayList<HeldBack>();
        var certified = Certification.certify(lent.sealed(), policy.formulation(), use.plugin(), solution, held::add)
                .withLabel(policy.label());
        report(held, "algorithm '" + use.plugin() + "'", policy);
        return certified;
    }

    private void unseen(PolicyUse policy, Folds folds, PolicySolution seen) {
        guarded(policy.algorithm().use(), policy.label() + " unseen", () -> {
                    var wanted = plan.solving().unseen().orElseThrow();
                    var items = new UnseenItems(wanted, lent.sealed(), folds, stages, predicted);
                    var held = new ArrayList<HeldBack>();
                    var answer = items.answer(policy, seen, held::add);
                    report(held, UnseenItems.answeredBy(wanted, policy), policy);
                    return answer;
                })
                .flatMap(answer -> answer)
                .ifPresent(unseen::add);
    }

    private void report(List<HeldBack> held, String plugin, PolicyUse policy) {
        broken |= held.stream().anyMatch(one -> one.code().equals(HeldBack.BROKEN));
        for (var code : List.of(HeldBack.BROKEN, HeldBack.REJECTED)) {
            HeldBack.issue(
                            held,
                            code,
                            plugin + " (" + policy.label() + ")",
                            this::item,
                            policy.algorithm().use().path())
                    .ifPresent(stages::report);
        }
    }

    private String item(HeldBack held) {
        int item = lent.games().game(held.game()).item();
        return "item '" + candidates.items().get(item) + "'";
    }

    private void failed(PluginUse use, String what, AlignmentException thrown) {
        failure = failure == null ? thrown : failure;
        warn(thrown.code().name(), what + " is left out: " + thrown.getMessage(), use.path());
    }

    private void warn(String code, String message, String location) {
        stages.report(Issue.warning(code, message, location));
    }

    private static AlignmentException nothingLeft() {
        return new AlignmentException(
                StandardErrorCode.PLUGIN_FAILED,
                "no item has a policy: what the algorithms answered are none; see the warnings above");
    }
}
