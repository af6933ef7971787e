package org.polyphony.plugin.algorithm.selfplay;

import org.junit.jupiter.api.Nested;
import org.polyphony.spi.alignment.AlignmentAlgorithm;
import org.polyphony.spi.testkit.AlignmentAlgorithmContract;

/// The contract of the role, for each algorithm of the bundle. Tolerances are on probabilities, which move by the gap
/// divided by the smallest margin, or by the root of the gap divided by τ.
class SelfPlayContractTest {

    @Nested
    class Mwu implements AlignmentAlgorithmContract {

        @Override
        public AlignmentAlgorithm algorithm() {
            return new MwuAlgorithm();
        }

        // the average of a run of constant step stays off by about the step
        @Override
        public double tolerance() {
            return 3e-2;
        }
    }

    @Nested
    class IterativeDpo implements AlignmentAlgorithmContract {

        @Override
        public AlignmentAlgorithm algorithm() {
            return new IterativeDpoAlgorithm();
        }

        // claims nothing where preferences are cyclic, and then ends anywhere
        @Override
        public double tolerance() {
            return 1;
        }
    }

    @Nested
    class Inpo implements AlignmentAlgorithmContract {

        @Override
        public AlignmentAlgorithm algorithm() {
            return new InpoAlgorithm();
        }

        @Override
        public double tolerance() {
            return 1e-4;
        }
    }

    @Nested
    class NashMd implements AlignmentAlgorithmContract {

        @Override
        public AlignmentAlgorithm algorithm() {
            return new NashMdAlgorithm();
        }

        @Override
        public double tolerance() {
            return 1e-4;
        }
    }

    @Nested
    class Egpo implements AlignmentAlgorithmContract {

        @Override
        public AlignmentAlgorithm algorithm() {
            return new EgpoAlgorithm();
        }

        @Override
        public double tolerance() {
            return 1e-4;
        }
    }

    @Nested
    class Mmd implements AlignmentAlgorithmContract {

        @Override
        public AlignmentAlgorithm algorithm() {
            return new MmdAlgorithm();
        }

        @Override
        public double tolerance() {
            return 1e-4;
        }
    }

    @Nested
    class NashMp implements AlignmentAlgorithmContract {

        @Override
        public AlignmentAlgorithm algorithm() {
            return new NashMpAlgorithm();
        }

        @Override
        public double tolerance() {
            return 1e-4;
        }
    }

    @Nested
    class Onpo implements AlignmentAlgorithmContract {

        @Override
        public AlignmentAlgorithm algorithm() {
            return new OnpoAlgorithm();
        }

        @Override
        public double tolerance() {
            return 1e-4;
        }
    }

    @Nested
    class OnlineIpo2 implements AlignmentAlgorithmContract {

        @Override
        public AlignmentAlgorithm algorithm() {
            return new OnlineIpo2Algorithm();
        }

        @Override
        public double tolerance() {
            return 1e-4;
        }
    }

    @Nested
    class NashMdPg implements AlignmentAlgorithmContract {

        @Override
        public AlignmentAlgorithm algorithm() {
            return new NashMdPgAlgorithm();
        }

        // a gap of 1e-3 is a difference of this order at small tau
        @Override
        public double tolerance() {
            return 0.2;
        }
    }

    @Nested
    class Comal implements AlignmentAlgorithmContract {

        @Override
        public AlignmentAlgorithm algorithm() {
            return new ComalAlgorithm();
        }

        @Override
        public double tolerance() {
            return 1e-4;
        }
    }

    @Nested
    class PrmPlus implements AlignmentAlgorithmContract {

        @Override
        public AlignmentAlgorithm algorithm() {
            return new PrmPlusAlgorithm();
        }

        @Override
        public double tolerance() {
            return 1e-4;
        }
    }
}
