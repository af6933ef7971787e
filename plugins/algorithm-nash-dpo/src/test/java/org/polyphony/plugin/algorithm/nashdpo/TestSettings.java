package org.polyphony.plugin.algorithm.nashdpo;

import java.util.Optional;
import org.polyphony.games.parametric.EarlyStop;
import org.polyphony.games.parametric.FitSettings;
import org.polyphony.games.parametric.Minibatches;
import org.polyphony.games.parametric.MirrorDescent;
import org.polyphony.games.parametric.PairWeighting;
import org.polyphony.spi.testkit.TestContext;

/// Settings that differ from the defaults in what a test is about.
final class TestSettings {

    private TestSettings() {}

    static NashDpoSettings tabular(
            PopulationMethod solver,
            double prmTolerance,
            int prmIterations,
            double tau,
            boolean anneal,
            double tolerance,
            int maxIterations) {
        return new NashDpoSettings(
                new PopulationSettings(solver, prmTolerance, prmIterations),
                new StakeholderSettings(StakeholderMethod.MIRROR_PROX, tau, anneal, tolerance, maxIterations),
                PolicyForm.TABULAR,
                TestContext.defaults(ParametricSettings.class));
    }

    static NashDpoSettings exactStakeholders() {
        return new NashDpoSettings(
                new PopulationSettings(PopulationMethod.EXACT, 1e-6, 1),
                new StakeholderSettings(StakeholderMethod.EXACT, 0.1, true, 1e-12, 1),
                PolicyForm.TABULAR,
                TestContext.defaults(ParametricSettings.class));
    }

    static NashDpoSettings parametric(PolicyForm form, ParametricSettings fit) {
        return new NashDpoSettings(
                new PopulationSettings(PopulationMethod.EXACT, 1e-6, 1),
                new StakeholderSettings(StakeholderMethod.MIRROR_PROX, 0.1, true, 1e-12, 1),
                form,
                fit);
    }

    /// A quick fit.
    static ParametricSettings fit(double temperature, double unsafeMargin, int batchSize, Optional<String> checkpoint) {
        return new ParametricSettings(
                temperature,
                new FitSettings(
                        new MirrorDescent(PairWeighting.WIN_RATE, 0.5, 0.1, 12, 4),
                        new EarlyStop(0.2, 3),
                        new Minibatches(batchSize, 2, 0.02)),
                4,
                unsafeMargin,
                checkpoint);
    }
}
