package org.polyphony.games.parametric;

import static org.polyphony.support.settings.SettingChecks.positive;

import java.util.List;

/// What is fitted to what.
///
/// @param games at least one
/// @param stakeholders S, of every game's P
/// @param weights of the stakeholders, shape (S)
/// @param game whose equilibrium
/// @param tau KL weight of the regularised games, or sub-games, > 0
/// @param function f; takes as many features as every game has
public record FitProblem(
        List<TrainingGame> games,
        int stakeholders,
        double[] weights,
        FitGame game,
        double tau,
        ScoreFunction function) {

    /// Refuses games that do not fit each other.
    public FitProblem {
        games = List.copyOf(games);
        positive("tau", tau);
        if (games.isEmpty()) {
            throw new IllegalArgumentException(
                    "no game is left to fit a policy to; at least one must have an allowed" + " candidate");
        }
        for (var training : games) {
            int k = training.candidates();
            if (training.features().length != k * function.features()) {
                throw new IllegalArgumentException("item " + training.item() + " has " + training.features().length / k
                        + " features per candidate, the policy takes " + function.features());
            }
            if (training.p().length != stakeholders * k * k) {
                throw new IllegalArgumentException("item " + training.item() + " has " + training.p().length
                        + " preferences, " + stakeholders + " stakeholders and " + k + " candidates need "
                        + stakeholders * k * k);
            }
        }
    }

    /// How many policies are fitted.
    public int heads() {
        return game == FitGame.STAKEHOLDER ? stakeholders : 1;
    }
}
