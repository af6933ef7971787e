package org.polyphony.engine.game;

import java.util.Optional;

/// One game as a user wrote it.
///
/// @param p probability that stakeholder s prefers candidate i to j, shape [S][K][K]
/// @param weights of the stakeholders, shape [S], summing to one
/// @param reference log-probabilities of the reference policy, shape [K]; absent means uniform
/// @param allowed which candidates may be played, shape [K]
public record ExplicitGame(double[][][] p, double[] weights, Optional<double[]> reference, boolean[] allowed) {

    /// A game, after checking that it is one.
    ///
    /// @param weights positive; empty means equal. They are normalised to sum to one
    /// @param reference probabilities, non-negative; empty means uniform. They are normalised
    /// @throws IllegalArgumentException saying what is wrong, with the value and its place
    public static ExplicitGame of(double[][][] p, double[] weights, double[] reference, boolean[] unsafe) {
        var draft = new GameDraft();
        for (var matrix : p) {
            for (var row : matrix) {
                for (double value : row) {
                    draft.number(value);
                }
                draft.endRow(row.length);
            }
            draft.endMatrix(matrix.length);
        }
        for (double weight : weights) {
            draft.weight(weight);
        }
        for (double probability : reference) {
            draft.reference(probability);
        }
        for (boolean flag : unsafe) {
            draft.unsafe(flag);
        }
        var batch = new GameBatch(0);
        batch.add(draft);
        return batch.game(0).orElseThrow();
    }

    /// How many stakeholders play.
    public int stakeholders() {
        return p.length;
    }

    /// How many candidates there are.
    public int candidates() {
        return p[0].length;
    }
}
