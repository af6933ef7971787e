package org.polyphony.games.parametric;

import java.util.Arrays;
import java.util.List;

/// Adam (Kingma, Ba 2015) over minibatches of games. Their order in an epoch is drawn by (seed, step and
/// head, epoch); the moments start at zero in every mirror-descent step, so that a round depends on
/// nothing but its start.
final class MinibatchAdam implements Minimiser {

    private static final double MEAN_DECAY = 0.9;
    private static final double SQUARE_DECAY = 0.999;
    private static final double EPSILON = 1e-8;

    private final List<FittedGame> games;
    private final Minibatches settings;
    private final double l2;
    private final FitRun run;
    private final GameSums sums;

    MinibatchAdam(List<FittedGame> games, Minibatches settings, double l2, FitRun run) {
        this.games = games;
        this.settings = settings;
        this.l2 = l2;
        this.run = run;
        this.sums = new GameSums(run);
    }

    @Override
    public double[] minimise(SubGame subGame, int head, double[] start, long step) {
        double[] theta = subGame.last().get(head).clone();
        var mean = new double[theta.length];
        var square = new double[theta.length];
        int size = settings.batchSize() == 0 ? games.size() : Math.min(settings.batchSize(), games.size());
        int updates = 0;
        for (int epoch = 0; epoch < settings.epochs(); epoch++) {
            int[] order = order("parametric.batches." + step + "." + head, epoch);
            for (int from = 0; from < order.length; from += size) {
                run.checkCancelled();
                var batch = Arrays.stream(order, from, Math.min(order.length, from + size))
                        .mapToObj(games::get)
                        .toList();
                double[] gradient = gradient(batch, subGame, head, theta, start);
                updates++;
                double meanBias = 1 - Math.pow(MEAN_DECAY, updates);
                double squareBias = 1 - Math.pow(SQUARE_DECAY, updates);
                for (int n = 0; n < theta.length; n++) {
                    mean[n] = MEAN_DECAY * mean[n] + (1 - MEAN_DECAY) * gradient[n];
                    square[n] = SQUARE_DECAY * square[n] + (1 - SQUARE_DECAY) * gradient[n] * gradient[n];
                    theta[n] -= settings.learningRate()
                            * (mean[n] / meanBias)
                            / (Math.sqrt(square[n] / squareBias) + EPSILON);
                }
            }
        }
        return theta;
    }

    /// The gradient of the mean loss of a batch plus l2 |θ − θ'|².
    double[] gradient(List<FittedGame> batch, SubGame subGame, int head, double[] theta, double[] start) {
        var function = subGame.problem().function();
        double[] gradient = sums.sum(batch, theta.length, (game, sum) -> {
            var slopes = new double[game.logReference().length];
            subGame.loss(game, head).evaluate(game.logPolicy(function, theta), slopes);
            function.addGradient(theta, game.z(), slopes, sum);
        });
        for (int n = 0; n < theta.length; n++) {
            gradient[n] = gradient[n] / batch.size() + 2 * l2 * (theta[n] - start[n]);
        }
        return gradient;
    }

    private int[] order(String stage, int epoch) {
        var random = run.random(stage, epoch);
        var order = new int[games.size()];
        for (int i = 0; i < order.length; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}
