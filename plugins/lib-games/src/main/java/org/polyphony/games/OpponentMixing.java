package org.polyphony.games;

/// How a stakeholder sees the others in the stakeholder game: the λ of q_s = Σ_{r≠s} λ_sr π_r.
public enum OpponentMixing {
    /// λ_sr = 1 / (S − 1): every other stakeholder counts the same.
    UNIFORM {
        @Override
        double share(double[] weights, int s, int r) {
            return 1.0 / (weights.length - 1);
        }
    },
    /// λ_sr = ω_r / (1 − ω_s): the others count by their weight. Where the others have no weight at all, uniform.
    BY_WEIGHT {
        @Override
        double share(double[] weights, int s, int r) {
            double others = 0;
            for (int o = 0; o < weights.length; o++) {
                others += o == s ? 0 : weights[o];
            }
            return others > 0 ? weights[r] / others : UNIFORM.share(weights, s, r);
        }
    };

    /// λ_sr for r ≠ s.
    abstract double share(double[] weights, int s, int r);

    /// λ, shape (S, S), zero on the diagonal; each row sums to one when S > 1.
    public double[] matrix(double[] weights) {
        int stakeholders = weights.length;
        var lambda = new double[stakeholders * stakeholders];
        for (int s = 0; s < stakeholders; s++) {
            for (int r = 0; r < stakeholders; r++) {
                lambda[s * stakeholders + r] = r == s ? 0 : share(weights, s, r);
            }
        }
        return lambda;
    }
}
