package org.polyphony.engine.trajectory;

import java.util.ArrayList;
import java.util.List;

/// The budgets of iterations a run is solved at: every one at first, then 4 % apart, which draws a smooth
/// path.
final class Budgets {

    private static final double GROWTH = 1.04;

    private Budgets() {}

    /// Ascending from 1 to `iterations`.
    static List<Integer> upTo(int iterations) {
        var budgets = new ArrayList<Integer>();
        int budget = 1;
        while (budget < iterations) {
            budgets.add(budget);
            budget = Math.max(budget + 1, (int) Math.min(iterations, Math.round(budget * GROWTH)));
        }
        budgets.add(iterations);
        return budgets;
    }
}
