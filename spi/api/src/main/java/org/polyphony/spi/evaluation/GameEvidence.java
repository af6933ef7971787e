package org.polyphony.spi.evaluation;

import java.util.List;
import org.polyphony.spi.alignment.CertifiedSolution;
import org.polyphony.spi.alignment.PreferenceGames;
import org.polyphony.spi.profile.PreferenceEstimate;

/// Which games were played, and what came of them.
///
/// @param estimate the preferences that the profiles predict
/// @param games the games that were solved, after review
/// @param solutions the certified solutions, one per policy of the study
/// @param replicas the study learned from some of its judgments, where the engine makes any
public record GameEvidence(
        PreferenceEstimate estimate, PreferenceGames games, List<CertifiedSolution> solutions, List<Replica> replicas) {

    public GameEvidence {
        solutions = List.copyOf(solutions);
        replicas = List.copyOf(replicas);
    }

    /// Games and their solutions, without replicas.
    public static GameEvidence of(
            PreferenceEstimate estimate, PreferenceGames games, List<CertifiedSolution> solutions) {
        return new GameEvidence(estimate, games, solutions, List.of());
    }

    /// The same with these solutions.
    public GameEvidence withSolutions(List<CertifiedSolution> others) {
        return new GameEvidence(estimate, games, others, replicas);
    }

    /// The same with these replicas.
    public GameEvidence withReplicas(List<Replica> made) {
        return new GameEvidence(estimate, games, solutions, made);
    }
}
