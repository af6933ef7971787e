package org.polyphony.engine.deploy;

import java.util.List;
import java.util.Optional;
import org.polyphony.engine.certify.Standing;
import org.polyphony.spi.error.Issue;
import org.polyphony.spi.profile.Blend;

/// What a deployment answers: who would get which candidate, why the others may not be given, and what
/// stands behind it. Plain values, which hold no memory of the engine.
///
/// @param item the item of the data that was asked about; empty if the question is none of theirs
/// @param candidates everything that was asked about, in the order of their numbers
/// @param answers one per viewpoint, the asker's first; none where no candidate may be given, or too
///     little support stands behind the asker's answer
/// @param pick what the asker gets; empty where nothing may be given
/// @param refusals which rule objects to which candidate, whoever asks or in this context
/// @param issues what a reader should know; an error among them says why nothing is answered
/// @param receipt what this was made of
public record Reply(
        Optional<String> item,
        List<Candidate> candidates,
        List<Answer> answers,
        Optional<Pick> pick,
        List<Refusal> refusals,
        List<Issue> issues,
        Receipt receipt) {

    /// The formulation of an answer for which there was one candidate to give: nothing was chosen.
    public static final String NO_GAME = "none";

    public Reply {
        candidates = List.copyOf(candidates);
        answers = List.copyOf(answers);
        refusals = List.copyOf(refusals);
        issues = List.copyOf(issues);
    }

    /// A candidate.
    ///
    /// @param id as in the data; of one that was given with the request its number
    /// @param allowed whether it may be given
    public record Candidate(String id, String text, boolean allowed) {}

    /// What somebody would get.
    ///
    /// @param viewpoint whose preferences
    /// @param blend what these are made of, and how much stands behind them
    /// @param compared how many comparisons among the blend's judgments are about this very item; 0 of
    ///     a new one
    /// @param formulation which game was solved
    /// @param standing what is proved of the policy
    /// @param probabilities of the candidates; all zero where nothing is published
    public record Answer(
            String viewpoint,
            Blend blend,
            double compared,
            String formulation,
            Standing standing,
            List<Double> probabilities) {

        public Answer {
            probabilities = List.copyOf(probabilities);
        }
    }

    /// The candidate that was drawn from the asker's policy.
    public record Pick(String candidate, double probability) {}

    /// A rule that objects to a candidate.
    ///
    /// @param candidate its id
    /// @param rule the rule's id; that of a norm after the norm's place in the file
    /// @param universal whether it objects whoever asks
    /// @param reason what it is for
    /// @param source whose rule it is
    public record Refusal(String candidate, String rule, boolean universal, String reason, String source) {}

    /// A plugin that took part.
    ///
    /// @param slot where it stands in the file
    /// @param sha256 of the bundle's bytes
    /// @param number which generation of its slot
    public record Generation(String slot, String plugin, String version, String sha256, long number) {}
}
