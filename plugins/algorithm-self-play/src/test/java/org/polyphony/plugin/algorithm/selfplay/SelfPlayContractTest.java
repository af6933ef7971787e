package org.polyphony.plugin.algorithm.selfplay;

import org.junit.jupiter.api.Nested;
import org.polyphony.spi.alignment.AlignmentAlgorithm;
import org.polyphony.spi.plugin.Plugin;
import org.polyphony.spi.testkit.AlignmentAlgorithmContract;

/// The contract of the role, for each method of the bundle. Tolerances are on probabilities, which move by the gap
/// divided by the smallest margin, or by the root of the gap divided by τ.
class SelfPlayContractTest {

    abstract static class Case implements AlignmentAlgorithmContract {

        private final SelfPlayMethod method;
        private final double tolerance;

        Case(SelfPlayMethod method, double tolerance) {
            this.method = method;
            this.tolerance = tolerance;
        }

        @Override
        public AlignmentAlgorithm algorithm() {
            return new SelfPlayAlgorithm();
        }

        @Override
        public Plugin declared() {
            return TestMethods.declared(method);
        }

        @Override
        public double tolerance() {
            return tolerance;
        }
    }

    @Nested
    class Mwu extends Case {

        // the average of a run of constant step stays off by about the step
        Mwu() {
            super(SelfPlayMethod.MWU, 3e-2);
        }
    }

    @Nested
    class IterativeDpo extends Case {

        // claims nothing where preferences are cyclic, and then ends anywhere
        IterativeDpo() {
            super(SelfPlayMethod.ITERATIVE_DPO, 1);
        }
    }

    @Nested
    class Inpo extends Case {

        Inpo() {
            super(SelfPlayMethod.INPO, 1e-4);
        }
    }

    @Nested
    class NashMd extends Case {

        NashMd() {
            super(SelfPlayMethod.NASH_MD, 1e-4);
        }
    }

    @Nested
    class Egpo extends Case {

        Egpo() {
            super(SelfPlayMethod.EGPO, 1e-4);
        }
    }

    @Nested
    class Mmd extends Case {

        Mmd() {
            super(SelfPlayMethod.MMD, 1e-4);
        }
    }

    @Nested
    class NashMp extends Case {

        NashMp() {
            super(SelfPlayMethod.NASH_MP, 1e-4);
        }
    }

    @Nested
    class Onpo extends Case {

        Onpo() {
            super(SelfPlayMethod.ONPO, 1e-4);
        }
    }

    @Nested
    class OnlineIpo2 extends Case {

        OnlineIpo2() {
            super(SelfPlayMethod.ONLINE_IPO_2, 1e-4);
        }
    }

    @Nested
    class NashMdPg extends Case {

        // a gap of 1e-3 is a difference of this order at small tau
        NashMdPg() {
            super(SelfPlayMethod.NASH_MD_PG, 0.2);
        }
    }

    @Nested
    class Comal extends Case {

        Comal() {
            super(SelfPlayMethod.COMAL, 1e-4);
        }
    }

    @Nested
    class PrmPlus extends Case {

        PrmPlus() {
            super(SelfPlayMethod.PRM_PLUS, 1e-4);
        }
    }
}
