package org.polyphony.engine.run;

import java.util.ArrayList;
import java.util.List;
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
import org.polyphony.engine.plugin.Role.ScoreCall;
import org.polyphony.spi.alignment.AlignmentRequest;
import org.polyphony.spi.alignment.CertifiedSolution;
import org.polyphony.spi.alignment.GameBucket;
import org.polyphony.spi.alignment.PolicySolution;
import org.polyphony.spi.alignment.PreferenceGames;
import org.polyphony.spi.alignment.SolutionBucket;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.tensor.ElementType;
import org.polyphony.spi.tensor.Tensor;
import org.polyphony.verify.Certifiers;
import org.polyphony.verify.Evidence;

/// Policies about items that their fits have not seen: for every fold the algorithm is fitted to the games of
/// the other folds, and the policy it returns scores the items of the fold by their candidates' features.
final class UnseenItems {

    private final StudyPlan.Unseen wanted;
    private final SealedGames sealed;
    private final PreferenceGames games;
    private final Folds folds;
    private final Stages stages;

    UnseenItems(StudyPlan.Unseen wanted, SealedGames sealed, Folds folds, Stages stages) {
        this.wanted = wanted;
        this.sealed = sealed;
        this.games = sealed.games();
        this.folds = folds;
        this.stages = stages;
    }

    /// The policy that answers every item by a fit without it, certified as what it is: the verifier measures
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
        if (seen.policy().isEmpty() || !stages.fills(policy.algorithm().scorer())) {
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
            fit(policy, fold, answers);
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
        IntPredicate leftOut = item -> folds.foldOfItem()[item] == fold;
        var training = GameSelection.select(games, leftOut.negate());
        var which = String.format(
                "without %s '%s' (%d of %d)", folds.attribute(), folds.values().get(fold), fold + 1, folds.count());
        PolicySolution fitted;
        try (var _ = stages.part(which)) {
            fitted = stages.align(
                    policy.algorithm().use(),
                    new AlignmentRequest(training, policy.formulation(), OptionalDouble.empty()));
        }
        Certification.requireShapes(
                training, policy.formulation(), policy.algorithm().use().plugin(), fitted);
        var artefact = fitted.policy()
                .orElseThrow(() -> new AlignmentException(
                        StandardErrorCode.PLUGIN_FAILED,
                        "algorithm '" + policy.algorithm().use().plugin()
                                + "' returned a policy for all items but none " + which
                                + "; its author must fix it"));
        for (var answer : answers) {
            int[] rows = GameSelection.rows(answer.games, leftOut);
            if (rows.length > 0) {
                var features = GameSelection.HEAP.gather(answer.games.features().orElseThrow(), rows);
                var allowed = GameSelection.HEAP.gather(answer.games.allowed(), rows);
                var scored = stages.score(policy.algorithm().scorer(), new ScoreCall(artefact, features, allowed));
                if (scored.type() != ElementType.FLOAT64 || !scored.shape().equals(allowed.shape())) {
                    throw new AlignmentException(
                            StandardErrorCode.PLUGIN_FAILED,
                            "scorer '" + policy.algorithm().scorer().plugin() + "' answered " + scored + " where "
                                    + ElementType.FLOAT64 + allowed.shape() + " is needed; its author must fix it");
                }
                answer.put(rows, scored, fitted);
            }
        }
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

        SolutionBucket bucket() {
            int n = games.games();
            return SolutionBucket.of(
                    logs, tau, Tensor.ofInts(iterations, n), Tensor.ofBytes(converged, n), Tensor.ofBytes(refused, n));
        }
    }
}
