package org.polyphony.plugin.algorithm.nashdpo;

import org.polyphony.spi.alignment.AlignmentAlgorithm;
import org.polyphony.spi.testkit.AlignmentAlgorithmContract;
import org.polyphony.spi.testkit.TestContext;

class PrmPlusContractTest implements AlignmentAlgorithmContract {

    @Override
    public AlignmentAlgorithm algorithm() {
        return new NashDpoAlgorithm();
    }

    @Override
    public TestContext context() {
        return TestContext.of(TestSettings.tabular(PopulationMethod.PRM_PLUS, 1e-5, 20_000, 0.1, true, 1e-12, 20_000));
    }

    // of probabilities, which move by the gap divided by the smallest margin
    @Override
    public double tolerance() {
        return 1e-4;
    }
}
