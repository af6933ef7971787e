package org.polyphony.plugin.algorithm.selfplay;

/// What no algorithm of the family could work with, refused when settings are read.
final class Checks {

    private Checks() {}

    static void positive(String name, double value) {
        require(value > 0 && Double.isFinite(value), name + " must be positive", value);
    }

    static void share(String name, double value) {
        require(value >= 0 && value <= 1, name + " must be between 0 and 1", value);
    }

    static void atLeast(int least, String name, int value) {
        require(value >= least, name + " must be at least " + least, value);
    }

    private static void require(boolean holds, String what, Object value) {
        if (!holds) {
            throw new IllegalArgumentException(what + ", got " + value);
        }
    }
}
