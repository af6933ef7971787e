package org.polyphony.spi.evaluation;

import java.util.Arrays;
import java.util.List;
import org.polyphony.spi.alignment.CertifiedSolution;
import org.polyphony.spi.profile.PreferenceEstimate;
import org.polyphony.spi.tensor.Tensor;

/// The study once more, with its own profiler and algorithms, learned from some of its judgments: what it makes of
/// these can be measured on the others, whoever made it. The engine makes a half where the study held nobody out.
///
/// @param kind [#HALF]
/// @param index which of its kind, from 0
/// @param weights FLOAT64, shape (N): how much each judgment counted; 0 for those held out
/// @param answered UINT8, one of each item: 1 for the items that are answered
/// @param estimate the preferences that the profiles predict
/// @param solutions the certified solutions of those games; a bucket has the items of the study's own
public record Replica(
        String kind,
        int index,
        Tensor weights,
        Tensor answered,
        PreferenceEstimate estimate,
        List<CertifiedSolution> solutions) {

    /// Learned from the judges whose hash is even: the first four bytes of SHA-256 of the id, big-endian and unsigned.
    public static final String HALF = "half";

    public Replica {
        solutions = List.copyOf(solutions);
    }

    /// The study from half of its judges, about all of its items.
    ///
    /// @param items how many there are
    public static Replica half(
            Tensor weights, int items, PreferenceEstimate estimate, List<CertifiedSolution> solutions) {
        var answered = new byte[items];
        Arrays.fill(answered, (byte) 1);
        return new Replica(HALF, 0, weights, Tensor.ofBytes(answered, items), estimate, solutions);
    }
}
