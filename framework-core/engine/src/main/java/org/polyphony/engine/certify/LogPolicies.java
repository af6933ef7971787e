package org.polyphony.engine.certify;

import org.polyphony.spi.tensor.Tensor;

/// Policies as stages exchange them: log-probabilities, −∞ where the mass is zero.
public final class LogPolicies {

    private LogPolicies() {}

    /// The probabilities of elements `[from, from + n)` of a FLOAT64 tensor of logarithms.
    public static double[] probabilities(Tensor logs, long from, int n) {
        var values = new double[n];
        for (int i = 0; i < n; i++) {
            values[i] = Math.exp(logs.getDouble(from + i));
        }
        return values;
    }
}
