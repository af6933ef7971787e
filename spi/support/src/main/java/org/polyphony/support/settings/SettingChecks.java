package org.polyphony.support.settings;

/// What the compact constructor of a settings record refuses, in the words all plugins share: the setting as it is
/// written in files, what it must be, the value seen.
///
/// Each throws `IllegalArgumentException`.
public final class SettingChecks {

    private SettingChecks() {}

    /// Refuses a number that is not above 0, or not finite.
    public static void positive(String name, double value) {
        require(value > 0 && Double.isFinite(value), name + " must be positive", value);
    }

    /// Refuses a number below 0.
    public static void notNegative(String name, int value) {
        require(value >= 0, name + " must not be negative", value);
    }

    /// Refuses a number below 0, or not finite.
    public static void notNegative(String name, double value) {
        require(value >= 0 && Double.isFinite(value), name + " must not be negative", value);
    }

    /// Refuses a number below `least`.
    public static void atLeast(int least, String name, int value) {
        require(value >= least, name + " must be at least " + least, value);
    }

    /// Refuses a number outside of `[0, 1]`.
    public static void share(String name, double value) {
        require(value >= 0 && value <= 1, name + " must be between 0 and 1", value);
    }

    /// Refuses a number outside of `[least, most]`.
    public static void within(String name, long value, long least, long most) {
        require(value >= least && value <= most, name + " must be " + least + " to " + most, value);
    }

    /// Refuses a number outside of `[least, most]`.
    public static void within(String name, double value, double least, double most) {
        require(value >= least && value <= most, name + " must be " + least + " to " + most, value);
    }

    /// Refuses `value` unless the condition holds.
    ///
    /// @param what the setting and what it must be
    public static void require(boolean holds, String what, Object value) {
        if (!holds) {
            throw new IllegalArgumentException(what + ", got " + value);
        }
    }
}
