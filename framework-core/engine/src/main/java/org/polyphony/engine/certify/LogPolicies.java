package org.polyphony.engine.certify;

import org.polyphony.spi.tensor.Tensor;

/// Policies as stages exchange them: log-probabilities, −∞ where the mass is zero.
public final class LogPolicies {

    private LogPolicies() {}

    /// The probabilities of a FLOAT64 tensor of logarithms.
    public static double[] probabilities(Tensor logs) {
        var values = logs.toDoubles();
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.exp(values[i]);
        }
        return values;
    }
}
