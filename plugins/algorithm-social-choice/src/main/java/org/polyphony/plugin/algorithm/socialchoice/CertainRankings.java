package org.polyphony.plugin.algorithm.socialchoice;

import java.util.Optional;
import org.polyphony.alignment.MatrixGame;
import org.polyphony.games.voting.Ballots;

/// The rankings of stakeholders of whom P leaves nothing open. If every pair is decided with probability 0 or
/// 1 and there is no cycle, everybody the stakeholder stands for gives the same strict ranking of the allowed
/// candidates, and P is that ballot. Any other P is the P of many different electorates.
final class CertainRankings {

    private CertainRankings() {}

    /// One ballot per stakeholder, with its weight, on the allowed candidates; empty if a stakeholder with a
    /// positive weight has no certain ranking.
    static Optional<Ballots> of(MatrixGame game) {
        int n = game.allowed().count();
        double[] p = game.allowed().restrictMatrices(game.p(), game.stakeholders());
        var ranks = new double[game.stakeholders() * n];
        for (int s = 0; s < game.stakeholders(); s++) {
            if (game.weights()[s] > 0 && !rank(p, s, n, ranks)) {
                return Optional.empty();
            }
        }
        return Optional.of(new Ballots(ranks, game.weights(), n));
    }

    // a tournament has no cycle exactly where the numbers of losses are all different
    private static boolean rank(double[] p, int stakeholder, int n, double[] ranks) {
        var taken = new boolean[n];
        for (int i = 0; i < n; i++) {
            int losses = 0;
            for (int j = 0; j < n; j++) {
                double win = p[(stakeholder * n + i) * n + j];
                if (i != j && win != 0 && win != 1) {
                    return false;
                }
                losses += i != j && win == 0 ? 1 : 0;
            }
            if (taken[losses]) {
                return false;
            }
            taken[losses] = true;
            ranks[stakeholder * n + i] = losses;
        }
        return true;
    }
}
