package org.polyphony.games.parametric;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/// A fit in a process of its own, to be killed: `CHECKPOINTS RESULT`.
final class FitProcess {

    static final int ROUNDS = 60;

    private FitProcess() {}

    static void main(String[] args) throws IOException {
        Files.write(Path.of(args[1]), fit(FitCheckpoint.in(Path.of(args[0])), TestRun.of(3)));
    }

    /// The bytes of the fitted parameters and of everything else the fit answers.
    static byte[] fit(FitCheckpoint checkpoint, TestRun run) {
        var fit = new PolicyFit(problem(), settings(), checkpoint).run(run);
        int length = fit.best().heads().getFirst().length;
        var bytes = ByteBuffer.allocate((fit.best().heads().size() * length + 4) * Double.BYTES);
        for (double[] theta : fit.best().heads()) {
            for (double value : theta) {
                bytes.putDouble(value);
            }
        }
        return bytes.putDouble(fit.best().watchedGap())
                .putDouble(fit.best().number())
                .putDouble(fit.rounds())
                .putDouble(fit.converged() ? 1 : 0)
                .array();
    }

    static FitProblem problem() {
        return new FitProblem(
                FeatureGames.items(0, 80, 2, 0.4, 0.3),
                2,
                FeatureGames.weights(2),
                FitGame.POPULATION,
                0.1,
                new PerceptronScore(FeatureGames.FEATURES, 4));
    }

    // patience above the rounds: it runs them all
    static FitSettings settings() {
        return new FitSettings(
                new MirrorDescent(PairWeighting.WIN_RATE, 0.5, 1e-3, ROUNDS, 3),
                new EarlyStop(0.2, ROUNDS + 1),
                new Minibatches(16, 2, 0.01));
    }
}
