package org.polyphony.spi.evaluation;

import java.util.Optional;
import org.polyphony.spi.artefact.Artefact;
import org.polyphony.spi.preference.Judgments;
import org.polyphony.spi.profile.Seating;
import org.polyphony.spi.tensor.ElementType;
import org.polyphony.spi.tensor.Tensor;

/// What people said, and what was learned from it.
///
/// @param judgments all judgments
/// @param weights FLOAT64, shape (N): how often each judgment counted when profiles learned; 0 for those
///     held out
/// @param seating who has a seat, in the order of stakeholders
/// @param profiles what was learned, where a profiler ran
public record JudgedEvidence(Judgments judgments, Tensor weights, Seating seating, Optional<Artefact> profiles) {

    public JudgedEvidence {
        if (weights.type() != ElementType.FLOAT64 || weights.size() != judgments.count()) {
            throw new IllegalArgumentException("weights must be FLOAT64[" + judgments.count() + "], got " + weights);
        }
    }

    /// Judgments from which no profiles were learned.
    public static JudgedEvidence of(Judgments judgments, Tensor weights, Seating seating) {
        return new JudgedEvidence(judgments, weights, seating, Optional.empty());
    }

    /// The same with the profiles that learned from them.
    public JudgedEvidence withProfiles(Artefact learned) {
        return new JudgedEvidence(judgments, weights, seating, Optional.of(learned));
    }

    /// The same with other judgments held out.
    public JudgedEvidence withWeights(Tensor others) {
        return new JudgedEvidence(judgments, others, seating, profiles);
    }
}
