package org.polyphony.spi.evaluation;

import java.util.List;
import java.util.Optional;
import org.polyphony.spi.alignment.CertifiedSolution;
import org.polyphony.spi.alignment.PreferenceGames;
import org.polyphony.spi.artefact.Artefact;
import org.polyphony.spi.preference.GroundTruth;
import org.polyphony.spi.preference.Judgments;
import org.polyphony.spi.profile.PreferenceEstimate;
import org.polyphony.spi.tensor.Tensor;

/// What an evaluator may look at.
///
/// @param judgments all judgments
/// @param training UINT8, shape (N): 1 for the judgments the profiles learned from
/// @param attribute the attribute whose levels have seats
/// @param profiles the fitted profiles
/// @param estimate the preferences they predict
/// @param games the games that were solved, after review
/// @param solutions the certified solutions, one per formulation
/// @param truth what generated data were drawn from
/// @param partition name of an item attribute; everything is measured for each of its values too, for
///     example `arm`
/// @param replicas the study learned from some of its judgments, where the engine makes any
public record EvaluationRequest(
        Judgments judgments,
        Tensor training,
        String attribute,
        Artefact profiles,
        PreferenceEstimate estimate,
        PreferenceGames games,
        List<CertifiedSolution> solutions,
        Optional<GroundTruth> truth,
        Optional<String> partition,
        List<Replica> replicas) {

    public EvaluationRequest {
        solutions = List.copyOf(solutions);
        replicas = List.copyOf(replicas);
    }

    /// Without replicas.
    public EvaluationRequest(
            Judgments judgments,
            Tensor training,
            String attribute,
            Artefact profiles,
            PreferenceEstimate estimate,
            PreferenceGames games,
            List<CertifiedSolution> solutions,
            Optional<GroundTruth> truth,
            Optional<String> partition) {
        this(judgments, training, attribute, profiles, estimate, games, solutions, truth, partition, List.of());
    }

    /// The same with these replicas.
    public EvaluationRequest withReplicas(List<Replica> made) {
        return new EvaluationRequest(
                judgments, training, attribute, profiles, estimate, games, solutions, truth, partition, made);
    }
}
