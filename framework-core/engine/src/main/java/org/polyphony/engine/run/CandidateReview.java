package org.polyphony.engine.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.polyphony.engine.plan.StudyPlan;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.Issue;
import org.polyphony.spi.evaluation.Headline;
import org.polyphony.spi.preference.Candidates;
import org.polyphony.spi.safety.NormRule;
import org.polyphony.spi.safety.ReviewRequest;
import org.polyphony.spi.safety.VerifiedContext;
import org.polyphony.trust.CandidateMask;
import org.polyphony.trust.ConstraintSet;
import org.polyphony.trust.UniversalConstraints;

/// Which candidates may play: universal ∧ contextual₁ ∧ … ∧ contextualₙ. Layers only narrow, their order
/// does not matter, and one that fails has allowed nothing.
public final class CandidateReview {

    private final UniversalConstraints constraints;
    private final Stages stages;

    CandidateReview(UniversalConstraints constraints, Stages stages) {
        this.constraints = constraints;
        this.stages = stages;
    }

    /// What was decided.
    ///
    /// @param mask which candidates may play, and which rules object to the others
    /// @param constraints the universal constraints in force
    /// @param refusals one per refused candidate, in the order of candidates
    /// @param refusedItems items without any allowed candidate
    /// @param norms the norms in force, in the order of the plan
    /// @param checkedTexts how many candidates have a text that could be checked
    public record Review(
            CandidateMask mask,
            List<ConstraintSet> constraints,
            List<Refusal> refusals,
            List<String> refusedItems,
            List<Norm> norms,
            int checkedTexts) {

        /// Whether candidate number `m` may play.
        public boolean allowed(int m) {
            return mask.allowed(m);
        }

        /// What the user should know if there are candidates without a text.
        Optional<Issue> unchecked() {
            return text().map(text -> Issue.warning("TEXTS_UNCHECKED", text, ""));
        }

        /// The same, said first in the report.
        Optional<Headline> headline() {
            return text().map(
                            text -> Headline.of("safety.texts", Map.of(), text).with(Headline.Tone.CAUTION));
        }

        private Optional<String> text() {
            if (checkedTexts == mask.size()) {
                return Optional.empty();
            }
            return Optional.of("Texts checked for safety: " + checkedTexts + " of " + mask.size()
                    + ". Of candidates without a text only those are refused that the data declare unsafe.");
        }
    }

    /// A candidate that may not play.
    ///
    /// @param item the item's id
    /// @param candidate the candidate's id
    /// @param rules ids of the rules that object, sorted; those of a norm carry the norm's place in the plan
    /// @param universal whether a universal constraint objects: it may not play whoever asks
    public record Refusal(String item, String candidate, List<String> rules, boolean universal) {}

    /// A layer of the plan and what it knows.
    ///
    /// @param path the layer's place in the plan, for example `norms[0]`
    /// @param rules its rules
    public record Norm(String path, List<NormRule> rules) {

        /// How a refusal names one of them.
        public String objection(NormRule rule) {
            return path + ":" + rule.id();
        }
    }

    Review review(Candidates candidates, List<StudyPlan.PluginUse> norms, VerifiedContext context) {
        int count = candidates.ids().size();
        var declared = new boolean[count];
        for (int m = 0; m < count; m++) {
            declared[m] = candidates.declaredUnsafe().getByte(m) != 0;
        }
        var universal = constraints.review(candidates.texts(), declared);
        var mask = universal;
        var known = new ArrayList<Norm>();
        for (var norm : norms) {
            mask = mask.narrow(norm.path(), () -> objections(norm, new ReviewRequest(candidates, context), known));
        }
        var refusals = new ArrayList<Refusal>();
        var refusedItems = new ArrayList<String>();
        for (int b = 0; b < candidates.items().size(); b++) {
            int refused = 0;
            for (int m = candidates.first(b); m < candidates.first(b) + candidates.count(b); m++) {
                if (!mask.allowed(m)) {
                    refused++;
                    refusals.add(new Refusal(
                            candidates.items().get(b),
                            candidates.ids().get(m),
                            mask.objections(m),
                            !universal.allowed(m)));
                }
            }
            if (refused == candidates.count(b)) {
                refusedItems.add(candidates.items().get(b));
            }
        }
        int texts = Math.toIntExact(
                candidates.texts().stream().filter(text -> !text.isBlank()).count());
        return new Review(
                mask, constraints.sets(), List.copyOf(refusals), List.copyOf(refusedItems), List.copyOf(known), texts);
    }

    private List<String> objections(StudyPlan.PluginUse norm, ReviewRequest request, List<Norm> known) {
        try {
            var result = stages.review(norm, request);
            var layer = new Norm(norm.path(), result.rules());
            known.add(layer);
            var objections = new ArrayList<String>(request.candidates().ids().size());
            for (int m = 0; m < request.candidates().ids().size(); m++) {
                boolean allowed = result.allowed().getByte(m) == 1;
                objections.add(
                        allowed
                                ? ""
                                : layer.objection(
                                        result.rules().get(result.rule().getInt(m))));
            }
            return objections;
        } catch (AlignmentException e) {
            stages.report(Issue.warning(
                    "NORM_FAILED",
                    "norm '" + norm.plugin() + "' failed, so every candidate is refused: " + e.getMessage(),
                    norm.path()));
            throw e;
        }
    }
}
