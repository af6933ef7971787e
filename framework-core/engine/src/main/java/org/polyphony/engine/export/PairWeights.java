package org.polyphony.engine.export;

/// What a pair weighs in a loss.
public enum PairWeights {
    /// π_i π_j of the certified policy. Of a regularised policy, with step 1/τ, the soft-label loss of all
    /// pairs has the certified policy itself as its minimiser: there log π − log μ = Pπ/τ + const. Zero
    /// where the policy leaves out a candidate.
    POLICY {
        @Override
        double weight(double policy, double reference, double judgments) {
            return policy;
        }
    },
    /// μ_i μ_j of the reference: on-policy for a model that is the reference and begins to learn.
    REFERENCE {
        @Override
        double weight(double policy, double reference, double judgments) {
            return reference;
        }
    },
    /// 1. A loss with equal weights moves towards the Borda winner, not towards the equilibrium.
    UNIFORM {
        @Override
        double weight(double policy, double reference, double judgments) {
            return 1;
        }
    },
    /// How many judgments compare the two, each with its weight.
    JUDGMENTS {
        @Override
        double weight(double policy, double reference, double judgments) {
            return judgments;
        }
    };

    /// The weight of a pair.
    ///
    /// @param policy π_i π_j
    /// @param reference μ_i μ_j
    /// @param judgments of the pair
    abstract double weight(double policy, double reference, double judgments);
}
