package org.polyphony.games.parametric;

import org.polyphony.games.LogPolicies;

/// A game with its features standardised.
///
/// @param game the game
/// @param z standardised features, shape (K, D)
/// @param logReference log μ normalised over all that take part, shape (K)
record FittedGame(TrainingGame game, double[] z, double[] logReference) {

    static FittedGame of(TrainingGame game, Standardisation standardisation) {
        double[] reference = game.logReference().clone();
        LogPolicies.normalise(reference, 0, reference.length);
        return new FittedGame(game, standardisation.apply(game.features()), reference);
    }

    /// log π_θ, shape (K).
    double[] logPolicy(ScoreFunction function, double[] theta) {
        double[] logits = function.scores(theta, z);
        for (int i = 0; i < logits.length; i++) {
            logits[i] += logReference[i];
        }
        LogPolicies.normalise(logits, 0, logits.length);
        return logits;
    }
}
