package org.polyphony.games.kernel;

import org.polyphony.games.LogPolicies;
import org.polyphony.games.Skew;

/// The definition, in double precision. What every other kernel is tested against.
final class ReferenceMirrorDescent implements MirrorDescentKernel {

    @Override
    public String name() {
        return "reference";
    }

    @Override
    public void iterate(MirrorDescent updates, KernelBatch bucket, int from, int to) {
        int k = bucket.k();
        var payoff = new double[k * k];
        var policy = new double[k];
        var payoffs = new double[k];
        for (int game = from; game < to; game++) {
            Skew.payoff(bucket.p(), game * k * k, k, payoff);
            int first = game * k;
            double[] logPolicies = bucket.logPolicies();
            double[] logReference = bucket.logReference();
            LogPolicies.normalise(logPolicies, first, k);
            for (int t = 0; t < updates.iterations(); t++) {
                for (int i = 0; i < k; i++) {
                    policy[i] = Math.exp(logPolicies[first + i]);
                }
                Skew.multiply(payoff, k, policy, payoffs);
                for (int i = 0; i < k; i++) {
                    logPolicies[first + i] = updates.kept() * logPolicies[first + i]
                            + updates.step() * (updates.tau() * logReference[first + i] + payoffs[i]);
                }
                LogPolicies.normalise(logPolicies, first, k);
            }
        }
    }
}
