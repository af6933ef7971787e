package org.polyphony.engine.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import org.polyphony.engine.certify.Certification;
import org.polyphony.engine.certify.HeldBack;
import org.polyphony.engine.certify.SealedGames;
import org.polyphony.engine.game.GameSelection;
import org.polyphony.engine.plan.StudyPlan;
import org.polyphony.engine.plan.StudyPlan.PolicyUse;
import org.polyphony.engine.plan.StudyPlan.Unseen.By;
import org.polyphony.spi.alignment.AlignmentRequest;
import org.polyphony.spi.alignment.CertifiedSolution;
import org.polyphony.spi.alignment.GameBucket;
import org.polyphony.spi.alignment.PolicySolution;
import org.polyphony.spi.alignment.PreferenceGames;
import org.polyphony.spi.alignment.Solution;
import org.polyphony.spi.alignment.SolutionBucket;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.tensor.ElementType;
import org.polyphony.spi.tensor.Tensor;
import org.polyphony.verify.Certifiers;
import org.polyphony.verify.Evidence;

/// Policies about items that nothing they were made from has seen. For every fold either the algorithm is fitted to the
/// games of the other folds, and the policy it returns scores the items of the fold by their candidates' features; or
/// profiles that have learned nothing about the fold predict its games, and the algorithm solves these.
final class UnseenItems {

    private final StudyPlan.Unseen wanted;
    private final SealedGames sealed;
    private final PreferenceGames games;
    private final Folds folds;
    private final Stages stages;
    private final PredictedGames predicted;

    UnseenItems(StudyPlan.Unseen wanted, SealedGames sealed, Folds folds, Stages stages, PredictedGames predicted) {
        this.wanted = wanted;
        this.sealed = sealed;
        this.games = sealed.games();
        this.folds = folds;
        this.stages = stages;
        this.predicted = predicted;
    }

    /// The policy that answers every item by what was made without it, certified as what it is: the verifier measures
    /// how far from an equilibrium it leaves the item's own game.
    ///
    /// @param seen what the algorithm answered when it saw all items, checked
    /// @param heldBack told what the scorer answered that is no policy
    /// @return empty if the policy is not wanted, or scores nothing but the items it was made from
    /// @throws AlignmentException if a policy that the plan names cannot score new items
    Optional<CertifiedSolution> answer(PolicyUse policy, PolicySolution seen, Consumer<HeldBack> heldBack) {
        if (!wanted.wants(policy)) {
            return Optional.empty();
        }
        boolean fitted = wanted.by() == By.POLICIES;
        if (fitted && (seen.policy().isEmpty() || policy.algorithm().scorer().isEmpty())) {
            if (wanted.names(policy)) {
                throw cannotScore("none called '" + policy.label() + "'");
            }
            return Optional.empty();
        }
        var answers = new ArrayList<Answer>();
        for (int b = 0; b < games.buckets().size(); b++) {
            answers.add(new Answer(games.buckets().get(b), seen.buckets().get(b).tau()));
        }
        for (int fold = 0; fold < folds.count(); fold++) {
            if (fitted) {
                fit(policy, fold, answers);
            } else {
                predict(policy, fold, answers);
            }
        }
        var solution = PolicySolution.of(answers.stream().map(Answer::bucket).toList());
        var label = policy.label() + " unseen";
        // one policy for everybody, whatever was fitted: it certifies no game that asks for more
        var formulation = policy.formulation();
        var measuredAs = Certifiers.of(formulation)
                .filter(known -> known.evidence() == Evidence.NONE)
                .map(known -> known.wording().formulation())
                .orElse(label);
        var certified = Certification.measure(
                sealed, measuredAs, policy.algorithm().use().plugin(), solution, heldBack);
        return Optional.of(new CertifiedSolution(
                formulation,
                certified.algorithm(),
                certified.solution(),
                certified.certificates(),
                label,
                Optional.of(folds.attribute())));
    }

    private void fit(PolicyUse policy, int fold, List<Answer> answers) {
        var leftOut = leftOut(fold);
        var training = GameSelection.select(games, leftOut.negate());
        PolicySolution fitted;
        try (var _ = stages.part(without(fold))) {
            fitted = align(policy, training);
        }
        Certification.requireShapes(
                training, policy.formulation(), policy.algorithm().use().plugin(), fitted);
        var artefact = fitted.policy()
                .orElseThrow(() -> new AlignmentException(
                        StandardErrorCode.PLUGIN_FAILED,
                        "algorithm '" + policy.algorithm().use().plugin()
                                + "' returned a policy for all items but none " + without(fold)
                                + "; its author must fix it"));
        var scorer = policy.algorithm().scorer().orElseThrow();
        if (!stages.reads(scorer, artefact)) {
            throw new AlignmentException(
                    StandardErrorCode.PLUGIN_FAILED,
                    "algorithm '" + policy.algorithm().use().plugin() + "' returned a policy of type "
                            + artefact.type() + " version " + artefact.version() + ", which scorer '"
                            + scorer.plugin() + "' does not read: its @Plugin must say what it writes; its author must"
                            + " fix it");
        }
        for (var answer : answers) {
            int[] rows = GameSelection.rows(answer.games, leftOut);
            if (rows.length > 0) {
                var features = GameSelection.HEAP.gather(answer.games.features().orElseThrow(), rows);
                var allowed = GameSelection.HEAP.gather(answer.games.allowed(), rows);
                var scored = stages.score(scorer, artefact, features, allowed);
                if (scored.type() != ElementType.FLOAT64 || !scored.shape().equals(allowed.shape())) {
                    throw new AlignmentException(
                            StandardErrorCode.PLUGIN_FAILED,
                            "scorer '" + scorer.plugin() + "' answered " + scored + " where " + ElementType.FLOAT64
                                    + allowed.shape() + " is needed; its author must fix it");
                }
                answer.put(rows, scored, fitted);
            }
        }
    }

    // P, and with it what any algorithm makes of the games, by profiles that know of these items by features alone
    private void predict(PolicyUse policy, int fold, List<Answer> answers) {
        var leftOut = leftOut(fold);
        PreferenceGames asked;
        PolicySolution solved;
        try (var _ = stages.part(without(fold))) {
            asked = GameSelection.select(predicted.of(folds, fold), leftOut);
            solved = align(policy, asked);
        }
        Certification.requireShapes(
                asked, policy.formulation(), policy.algorithm().use().plugin(), solved);
        var ofItem = new HashMap<Integer, Solution>();
        for (int n = 0; n < asked.count(); n++) {
            ofItem.put(asked.game(n).item(), solved.solution(n));
        }
        for (var answer : answers) {
            for (int row : GameSelection.rows(answer.games, leftOut)) {
                answer.put(
                        row,
                        Objects.requireNonNull(ofItem.get(answer.games.items().getInt(row))));
            }
        }
    }

    private PolicySolution align(PolicyUse policy, PreferenceGames of) {
        return stages.align(
                policy.algorithm().use(), new AlignmentRequest(of, policy.formulation(), OptionalDouble.empty()));
    }

    private IntPredicate leftOut(int fold) {
        return item -> folds.foldOfItem()[item] == fold;
    }

    private String without(int fold) {
        return String.format(
                "without %s '%s' (%d of %d)", folds.attribute(), folds.values().get(fold), fold + 1, folds.count());
    }

    /// Whose answers these are, for messages.
    static String answeredBy(StudyPlan.Unseen wanted, PolicyUse policy) {
        var scorer = policy.algorithm().scorer();
        return wanted.by() == By.POLICIES && scorer.isPresent()
                ? "scorer '" + scorer.get().plugin() + "'"
                : "algorithm '" + policy.algorithm().use().plugin() + "'";
    }

    /// What is wrong with a plan none of whose policies can score new items.
    static AlignmentException noPolicy(StudyPlan plan) {
        return cannotScore("none of "
                + plan.solving().policies().stream().map(PolicyUse::label).toList());
    }

    private static AlignmentException cannotScore(String what) {
        return new AlignmentException(
                StandardErrorCode.SETTING_INVALID,
                "'unseen' asks for policies about new items, and " + what
                        + " can score them: no policy artefact was returned, only one table per item; choose an"
                        + " algorithm or settings that fit a parametric policy, or leave 'unseen' out");
    }

    /// The policies of one bucket while they are put together.
    private static final class Answer {

        private final GameBucket games;
        private final Tensor tau;
        private final Tensor logs;
        private final int[] iterations;
        private final byte[] converged;
        private final byte[] refused;

        Answer(GameBucket games, Tensor tau) {
            this.games = games;
            this.tau = tau;
            int size = games.games() * games.candidates();
            logs = Tensor.ofDoubles(new double[size], games.games(), games.candidates())
                    .fill(Double.NEGATIVE_INFINITY);
            iterations = new int[games.games()];
            converged = new byte[games.games()];
            refused = new byte[games.games()];
        }

        void put(int[] rows, Tensor scored, PolicySolution fitted) {
            int steps = 0;
            boolean done = true;
            for (int n = 0; n < fitted.count(); n++) {
                var of = fitted.solution(n);
                steps = Math.max(steps, of.iterations());
                done &= of.converged() || of.refused();
            }
            for (int r = 0; r < rows.length; r++) {
                logs.slice(rows[r], 1).put(0, scored.slice(r, 1).toDoubles());
                boolean any = false;
                for (byte allowed : games.allowed().slice(rows[r], 1).toBytes()) {
                    any |= allowed == 1;
                }
                iterations[rows[r]] = steps;
                converged[rows[r]] = (byte) (done ? 1 : 0);
                refused[rows[r]] = (byte) (any ? 0 : 1);
            }
        }

        void put(int row, Solution of) {
            logs.slice(row, 1).put(0, of.logPolicy().toDoubles());
            iterations[row] = of.iterations();
            converged[row] = (byte) (of.converged() ? 1 : 0);
            refused[row] = (byte) (of.refused() ? 1 : 0);
        }

        SolutionBucket bucket() {
            int n = games.games();
            return SolutionBucket.of(
                    logs, tau, Tensor.ofInts(iterations, n), Tensor.ofBytes(converged, n), Tensor.ofBytes(refused, n));
        }
    }
}
