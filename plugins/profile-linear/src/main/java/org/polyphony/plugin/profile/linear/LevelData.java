package org.polyphony.plugin.profile.linear;

import java.util.Arrays;

/// What seats and persons are fitted to: for every comparison the population's log odds η and t, the columns along
/// which people may differ, η being the first of them.
///
/// @param t row-major [M, r]
/// @param block of each column of t [r]: 0 is the slope, then the encoders
/// @param eta η, crossfitted [M]
/// @param weight how often each counts [M]
/// @param share how often the first was preferred [M]
/// @param start first comparison of each unit, a person in a seat, then M
/// @param seat of each unit, -1 for none
record LevelData(double[] t, int[] block, double[] eta, double[] weight, double[] share, int[] start, int[] seat) {

    int columns() {
        return block.length;
    }

    int blocks() {
        return Arrays.stream(block).max().orElse(-1) + 1;
    }

    int units() {
        return seat.length;
    }

    /// Mean of |t|² of every block: what a typical pair differs in.
    double[] meanSquares() {
        int r = columns();
        double[] squares = new double[blocks()];
        for (int row = 0; row < eta.length; row++) {
            for (int c = 0; c < r; c++) {
                squares[block[c]] += t[row * r + c] * t[row * r + c];
            }
        }
        Arrays.setAll(squares, b -> Math.max(1e-12, squares[b] / eta.length));
        return squares;
    }

    /// Every so-many-th unit.
    LevelData every(int step) {
        int kept = (units() + step - 1) / step;
        int[] starts = new int[kept + 1];
        int[] seats = new int[kept];
        for (int u = 0; u < kept; u++) {
            starts[u + 1] = starts[u] + start[u * step + 1] - start[u * step];
            seats[u] = seat[u * step];
        }
        int r = columns();
        int m = starts[kept];
        var picked =
                new LevelData(new double[m * r], block, new double[m], new double[m], new double[m], starts, seats);
        for (int u = 0; u < kept; u++) {
            int from = start[u * step];
            int length = starts[u + 1] - starts[u];
            System.arraycopy(t, from * r, picked.t, starts[u] * r, length * r);
            System.arraycopy(eta, from, picked.eta, starts[u], length);
            System.arraycopy(weight, from, picked.weight, starts[u], length);
            System.arraycopy(share, from, picked.share, starts[u], length);
        }
        return picked;
    }
}
