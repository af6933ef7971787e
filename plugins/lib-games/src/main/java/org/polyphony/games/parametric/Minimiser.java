package org.polyphony.games.parametric;

/// Finds θ of one head with a small mean loss over the fitted games plus l2 |θ − θ'|².
interface Minimiser {

    /// @param head whose loss
    /// @param start θ', the head at the start of the round
    /// @param step number of the mirror-descent step, counted over rounds
    double[] minimise(SubGame subGame, int head, double[] start, long step);
}
