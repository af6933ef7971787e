package org.polyphony.games.loss;

/// The policy against which a log-ratio is taken.
public enum Anchor {
    /// The reference policy μ.
    REFERENCE,
    /// The policy of the last round.
    LAST;

    PairValues of(PairBatch batch, String loss) {
        return switch (this) {
            case REFERENCE -> LossInputs.reference(batch, loss);
            case LAST -> LossInputs.last(batch, loss);
        };
    }
}
