package org.polyphony.support;

import java.util.Arrays;
import org.polyphony.spi.alignment.GameBucket;
import org.polyphony.spi.alignment.SolutionBucket;
import org.polyphony.spi.tensor.Tensor;
import org.polyphony.spi.tensor.TensorAllocator;

/// The answers of one bucket in the tensors of a solution. Games are written by different threads, each to
/// its own rows.
final class BucketWriter {

    private final Tensor logPolicy;
    private final Tensor tau;
    private final Tensor iterations;
    private final Tensor converged;
    private final Tensor refused;
    private final Extras extras;
    private final Tensor extra;

    BucketWriter(GameBucket bucket, Extras extras, TensorAllocator memory) {
        int b = bucket.games();
        int stakeholders = bucket.stakeholders();
        int k = bucket.candidates();
        this.logPolicy = memory.doubles(b, k);
        this.tau = memory.doubles(b);
        this.iterations = memory.ints(b);
        this.converged = memory.bytes(b);
        this.refused = memory.bytes(b);
        this.extras = extras;
        this.extra = switch (extras) {
            case NONE -> memory.doubles(0);
            case PROFILE, DUALS -> memory.doubles(b, stakeholders, k);
            case LEVELS -> memory.doubles(b, stakeholders, stakeholders, k);
        };
    }

    void write(int n, Answer answer) {
        logPolicy.slice(n, 1).put(0, logarithms(answer.policy()));
        tau.setDouble(n, answer.tau());
        iterations.setInt(n, answer.iterations());
        converged.setByte(n, (byte) (answer.converged() ? 1 : 0));
        answer.profile().ifPresent(profile -> extra.slice(n, 1).put(0, logarithms(profile)));
        answer.duals().ifPresent(duals -> extra.slice(n, 1).put(0, duals));
    }

    /// No candidate is allowed: no mass anywhere, and nothing that could fail to converge.
    void refuse(int n) {
        logPolicy.slice(n, 1).fill(Double.NEGATIVE_INFINITY);
        converged.setByte(n, (byte) 1);
        refused.setByte(n, (byte) 1);
        if (extras == Extras.PROFILE) {
            extra.slice(n, 1).fill(Double.NEGATIVE_INFINITY);
        }
    }

    SolutionBucket solution() {
        var solution = SolutionBucket.of(logPolicy, tau, iterations, converged, refused);
        return switch (extras) {
            case NONE -> solution;
            case PROFILE -> solution.withProfile(extra);
            case DUALS, LEVELS -> solution.withDuals(extra);
        };
    }

    // log 0 = −∞: exactly no mass
    private static double[] logarithms(double[] probabilities) {
        return Arrays.stream(probabilities).map(Math::log).toArray();
    }
}
