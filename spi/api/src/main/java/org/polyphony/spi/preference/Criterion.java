package org.polyphony.spi.preference;

import java.util.List;

/// A question that judgments answer. Two questions are two criteria, each with a scale of its own, even where one
/// judge answers both: what is said about one says nothing about the other.
///
/// @param id for example `helpful`
/// @param scale what the values of its ratings and labels mean
public record Criterion(String id, Scale scale) {

    /// The question of data that ask only one: which answer is better. Its values are in order, higher is preferred,
    /// and comparable within one judge only.
    public static Criterion preference() {
        return new Criterion("preference", new Scale(Kind.ORDINAL, List.of(), false));
    }

    /// What can be read from values. Others may come: always write a default.
    public enum Kind {
        /// Values are names: equal or not.
        NOMINAL,
        /// Values are in order: higher is preferred.
        ORDINAL,
        /// Differences between values can be compared, too.
        INTERVAL
    }

    /// The scale of a criterion's values.
    ///
    /// @param kind what can be read from values
    /// @param levels names of the values 0, 1, 2, …, lowest first; empty where values are numbers without names
    /// @param shared whether a value means the same by whoever gives it; where not, values are compared within one
    ///     judge only
    public record Scale(Kind kind, List<String> levels, boolean shared) {

        public Scale {
            levels = List.copyOf(levels);
            if (kind == Kind.NOMINAL && levels.isEmpty()) {
                throw new IllegalArgumentException("a nominal scale needs the names of its levels");
            }
        }
    }
}
