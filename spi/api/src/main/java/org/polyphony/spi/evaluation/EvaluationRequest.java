package org.polyphony.spi.evaluation;

import java.util.Optional;
import org.polyphony.spi.preference.Candidates;
import org.polyphony.spi.preference.GroundTruth;
import org.polyphony.spi.tensor.Tensor;

/// What an evaluator may look at. It measures what there is, and leaves out what is not.
///
/// @param candidates items and their candidates
/// @param features FLOAT64, shape (M, D), of all candidates, where a text encoder ran
/// @param judged what people said about the candidates
/// @param games the games about them and their policies
/// @param truth what generated data were drawn from
/// @param partition name of an item attribute; everything is measured for each of its values too, for
///     example `arm`
public record EvaluationRequest(
        Candidates candidates,
        Optional<Tensor> features,
        Optional<JudgedEvidence> judged,
        Optional<GameEvidence> games,
        Optional<GroundTruth> truth,
        Optional<String> partition) {

    /// A request to measure candidates of which nothing more is known.
    public static EvaluationRequest of(Candidates candidates) {
        return new EvaluationRequest(
                candidates, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /// The same with the candidates' features, where there are any.
    public EvaluationRequest withFeatures(Optional<Tensor> known) {
        return new EvaluationRequest(candidates, known, judged, games, truth, partition);
    }

    /// The same with what people said.
    public EvaluationRequest withJudged(JudgedEvidence said) {
        return new EvaluationRequest(candidates, features, Optional.of(said), games, truth, partition);
    }

    /// The same with games.
    public EvaluationRequest withGames(GameEvidence played) {
        return new EvaluationRequest(candidates, features, judged, Optional.of(played), truth, partition);
    }

    /// The same with the truth behind the judgments, where it is known.
    public EvaluationRequest withTruth(Optional<GroundTruth> known) {
        return new EvaluationRequest(candidates, features, judged, games, known, partition);
    }

    /// The same measured by parts, where an attribute is named.
    public EvaluationRequest withPartition(Optional<String> attribute) {
        return new EvaluationRequest(candidates, features, judged, games, truth, attribute);
    }
}
