package org.polyphony.engine.run;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.polyphony.engine.plan.StudyPlan;
import org.polyphony.spi.alignment.CertifiedSolution;
import org.polyphony.spi.alignment.PreferenceGames;
import org.polyphony.spi.error.Issue;
import org.polyphony.spi.evaluation.EvaluationResult;
import org.polyphony.spi.preference.PreferenceData;
import org.polyphony.spi.profile.PreferenceEstimate;
import org.polyphony.spi.tensor.Tensor;
import org.polyphony.verify.Wording;

/// Everything a study found. Its tensors live until the run that made it is closed.
///
/// @param plan what was asked
/// @param data whose judgments
/// @param people whose preferences counted
/// @param answers what may be given, and what is
/// @param evaluation metrics and sections of all evaluators, in the order of the plan
/// @param setup which plugin filled each slot, and its settings
/// @param issues what the user should know
public record StudyOutcome(
        StudyPlan plan,
        PreferenceData data,
        People people,
        Answers answers,
        EvaluationResult evaluation,
        Setup setup,
        List<Issue> issues) {

    /// Whose preferences counted.
    ///
    /// @param seats who has a seat, in the order of stakeholders
    /// @param weights FLOAT64, shape (S): what each seat weighs; they sum to one
    /// @param trained how many judgments profiles learned from; 0 without a profiler
    public record People(List<String> seats, Tensor weights, int trained) {}

    /// What may be given, and what is.
    ///
    /// @param review what was refused, and by which rule
    /// @param solved the games and their policies; empty if the study only measures
    public record Answers(CandidateReview.Review review, Optional<Solved> solved) {

        /// Certified policies, in the order of the plan; those about items never seen come last. None if the study only
        /// measures.
        public List<CertifiedSolution> solutions() {
            return solved.map(Solved::solutions).orElse(List.of());
        }
    }

    /// The games and their policies.
    ///
    /// @param estimate the preferences estimated
    /// @param games the games solved: only allowed candidates play
    /// @param uniform the uniform policy on the same games, certified: what every group has before alignment
    /// @param solutions certified policies, in the order of the plan; those about items never seen come last
    public record Solved(
            PreferenceEstimate estimate,
            PreferenceGames games,
            CertifiedSolution uniform,
            List<CertifiedSolution> solutions) {}

    /// What took part.
    ///
    /// @param plugins which plugin filled each slot
    /// @param settings slot → every setting in effect, defaults included
    public record Setup(List<PluginInUse> plugins, Map<String, Map<String, Object>> settings) {}

    /// A plugin that took part.
    ///
    /// @param slot where: `source`, `profiler`, `norms[0]`, `encoders[0]`, `algorithm`, `evaluators[0]`
    /// @param id the plugin's id
    /// @param version the bundle's version
    /// @param sha256 of the bundle's bytes
    /// @param generation which generation of the slot answered
    /// @param formulations what it was asked for, as far as somebody says what these are
    public record PluginInUse(
            String slot, String id, String version, String sha256, long generation, List<Wording> formulations) {}

    /// What a formulation of the study is; empty where nobody says so.
    public Optional<Wording> wording(String formulation) {
        return setup.plugins().stream()
                .flatMap(plugin -> plugin.formulations().stream())
                .filter(wording -> wording.formulation().equals(formulation))
                .findFirst();
    }
}
