package org.polyphony.games.parametric;

import java.util.ArrayList;
import java.util.List;
import org.polyphony.games.LogPolicies;
import org.polyphony.games.loss.TensorLoss;

/// The regularised game of one mirror-descent step: the policies that meet, and the reference they are
/// held to.
///
/// @param problem what is fitted
/// @param weighting the form of the loss
/// @param last θ_t of each policy
/// @param reference θ of the policies that are the reference, at the start of the round
/// @param step s
/// @param tau τ
record SubGame(
        FitProblem problem,
        PairWeighting weighting,
        List<double[]> last,
        List<double[]> reference,
        double step,
        double tau) {

    /// The loss of head `head` on one game; least at (1 − s τ) log π_t + s τ log π_ref + s P q.
    TensorLoss loss(FittedGame game, int head) {
        double[] own = game.logPolicy(problem.function(), last.get(head));
        double[] held = problem.game() == FitGame.POPULATION
                ? game.logPolicy(problem.function(), reference.get(head))
                : game.logReference();
        double[] anchor = TensorLoss.anchor(held, own, step, tau);
        if (problem.game() == FitGame.STAKEHOLDER) {
            return weighting.loss(game.game().preferencesOf(head), opponents(game, head, own), anchor, step);
        }
        return weighting.loss(game.game().mixture(), own, anchor, step);
    }

    // every opponent counts the same: that is the game the certificate is about
    private double[] opponents(FittedGame game, int head, double[] own) {
        if (last.size() == 1) {
            return own;
        }
        var others = new ArrayList<double[]>();
        for (int r = 0; r < last.size(); r++) {
            if (r != head) {
                others.add(game.logPolicy(problem.function(), last.get(r)));
            }
        }
        return mean(others);
    }

    /// The log of the mean of policies, shape (K) each.
    static double[] mean(List<double[]> logPolicies) {
        var mean = new double[logPolicies.getFirst().length];
        var terms = new double[logPolicies.size()];
        for (int i = 0; i < mean.length; i++) {
            for (int r = 0; r < terms.length; r++) {
                terms[r] = logPolicies.get(r)[i];
            }
            mean[i] = LogPolicies.logSumExp(terms, 0, terms.length) - Math.log(terms.length);
        }
        return mean;
    }
}
