package org.polyphony.plugin.algorithm.welfare;

import org.polyphony.spi.alignment.AlignmentAlgorithm;
import org.polyphony.spi.testkit.AlignmentAlgorithmContract;

class WelfareContractTest implements AlignmentAlgorithmContract {

    @Override
    public AlignmentAlgorithm algorithm() {
        return new WelfareAlgorithm();
    }
}
