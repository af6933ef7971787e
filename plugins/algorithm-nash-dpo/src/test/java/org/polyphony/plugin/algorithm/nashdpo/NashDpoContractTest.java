package org.polyphony.plugin.algorithm.nashdpo;

import org.polyphony.spi.alignment.AlignmentAlgorithm;
import org.polyphony.spi.testkit.AlignmentAlgorithmContract;

class NashDpoContractTest implements AlignmentAlgorithmContract {

    @Override
    public AlignmentAlgorithm algorithm() {
        return new NashDpoAlgorithm();
    }

    @Override
    public double tolerance() {
        return 1e-12;
    }
}
