package org.polyphony.plugin.algorithm.selfplay;

import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;
import org.polyphony.spi.alignment.AlignmentAlgorithm;
import org.polyphony.spi.plugin.Plugin;
import org.polyphony.spi.testkit.AlignmentAlgorithmContract;

/// The contract of the role, for each method of the bundle. Tolerances are on probabilities, which move by the gap
/// divided by the smallest margin, or by the root of the gap divided by τ.
///
/// `mwu`: the average of a run of constant step stays off by about the step. `iter-dpo` claims nothing where
/// preferences
/// are cyclic, and then ends anywhere. `nash-md-pg`: a gap of 1e-3 is a difference of this order at small τ.
@ParameterizedClass
@CsvSource({
    "MWU, 3e-2",
    "ITERATIVE_DPO, 1",
    "INPO, 1e-4",
    "NASH_MD, 1e-4",
    "EGPO, 1e-4",
    "MMD, 1e-4",
    "NASH_MP, 1e-4",
    "ONPO, 1e-4",
    "ONLINE_IPO_2, 1e-4",
    "NASH_MD_PG, 0.2",
    "COMAL, 1e-4",
    "PRM_PLUS, 1e-4"
})
record SelfPlayContractTest(SelfPlayMethod method, double tolerance) implements AlignmentAlgorithmContract {

    @Override
    public AlignmentAlgorithm algorithm() {
        return new SelfPlayAlgorithm();
    }

    @Override
    public Plugin declared() {
        return TestMethods.declared(method);
    }
}
