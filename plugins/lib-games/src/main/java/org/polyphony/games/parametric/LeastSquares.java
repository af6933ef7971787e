package org.polyphony.games.parametric;

import java.util.List;
import java.util.Optional;
import org.polyphony.games.LinearSystem;

/// The exact minimiser of a linear policy: (mean Φᵀ L_W Φ + l2 I) θ = mean Φᵀ (r − L_W (log μ − anchor)) +
/// l2 θ', ALGORITHMS 1. With constant pair weights the matrix is factorised once.
final class LeastSquares implements Minimiser {

    private final List<FittedGame> games;
    private final PairWeighting weighting;
    private final double l2;
    private final int d;
    private final GameSums sums;
    private Optional<LinearSystem> constant = Optional.empty();

    LeastSquares(List<FittedGame> games, MirrorDescent descent, int d, GameSums sums) {
        this.games = games;
        this.weighting = descent.weighting();
        this.l2 = descent.l2();
        this.d = d;
        this.sums = sums;
    }

    @Override
    public double[] minimise(SubGame subGame, int head, double[] start, long step) {
        LinearSystem system = system(subGame, head);
        double[] moment = sums.sum(
                games, d, (game, sum) -> subGame.loss(game, head).addMoment(game.logReference(), game.z(), sum));
        for (int a = 0; a < d; a++) {
            moment[a] = moment[a] / games.size() + l2 * start[a];
        }
        return system.solve(moment);
    }

    private LinearSystem system(SubGame subGame, int head) {
        if (weighting == PairWeighting.WIN_RATE) {
            if (constant.isEmpty()) {
                constant = Optional.of(factorise(subGame, head));
            }
            return constant.get();
        }
        return factorise(subGame, head);
    }

    private LinearSystem factorise(SubGame subGame, int head) {
        double[] normal =
                sums.sum(games, d * d, (game, sum) -> subGame.loss(game, head).addNormal(game.z(), sum));
        for (int a = 0; a < d; a++) {
            for (int b = 0; b < d; b++) {
                normal[a * d + b] /= games.size();
            }
            normal[a * d + a] += l2;
        }
        var system = new LinearSystem(normal, d);
        if (!system.isRegular()) {
            throw new IllegalArgumentException("l2 is " + l2 + " and the " + d
                    + " features of these games repeat each other, so they do not determine the policy; raise l2");
        }
        return system;
    }
}
