package org.polyphony.plugin.algorithm.nashdpo;

import org.polyphony.games.AllowedCandidates;
import org.polyphony.games.parametric.ParametricPolicy;
import org.polyphony.spi.alignment.PolicyScorer;
import org.polyphony.spi.alignment.ScoredPolicy;
import org.polyphony.spi.artefact.Artefact;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.plugin.Need;
import org.polyphony.spi.plugin.Plugin;
import org.polyphony.spi.plugin.SelfTesting;
import org.polyphony.spi.tensor.Tensor;

/// Opens the policies that `nash-dpo` fits on features. The reference of candidates it has not seen is
/// uniform over those allowed.
@Plugin(
        role = PolicyScorer.class,
        id = "nash-dpo",
        reads = PolicyArtefact.READ,
        needs = Need.FEATURES,
        summary = "Answers unseen candidates with a policy that nash-dpo fitted on features.")
public final class NashDpoPolicyScorer implements PolicyScorer, SelfTesting {

    /// Items in a chunk: independent of the number of threads.
    private static final int CHUNK = 64;

    /// Made by the engine.
    public NashDpoPolicyScorer() {}

    @Override
    public ScoredPolicy open(Artefact policy, PluginContext context) {
        var opened = PolicyArtefact.read(policy);
        return (features, allowed, call) -> score(opened, features, allowed, call);
    }

    private static Tensor score(ParametricPolicy policy, Tensor features, Tensor allowed, PluginContext context) {
        int b = features.dimension(0);
        int k = features.dimension(1);
        int d = features.dimension(2);
        int expected = policy.function().features();
        if (d != expected) {
            throw new AlignmentException(
                    StandardErrorCode.ARTEFACT_UNREADABLE,
                    "the policy was fitted on " + expected + " features of a candidate, these have " + d
                            + "; use the encoders it was fitted with, or fit it again");
        }
        var scores = context.allocator().doubles(b, k);
        context.parallel(Math.ceilDiv(b, CHUNK), chunk -> {
            for (int n = chunk * CHUNK; n < Math.min(b, (chunk + 1) * CHUNK); n++) {
                context.checkCancelled();
                var mask = new boolean[k];
                var playable = allowed.slice(n, 1);
                for (int i = 0; i < k; i++) {
                    mask[i] = playable.getByte(i) != 0;
                }
                double[] phi = features.slice(n, 1).toDoubles();
                scores.slice(n, 1).put(0, policy.logPolicy(phi, AllowedCandidates.of(mask), new double[k]));
            }
            return chunk;
        });
        return scores;
    }

    @Override
    public void selfTest(PluginContext context) {
        GoldenPolicies.checkScorer(this, context);
    }
}
