package org.polyphony.spi.error;

/// A problem found while loading or running, reported as data so that all of them are seen at once.
///
/// @param severity an [Severity#ERROR] stops the run before it starts; the others do not
/// @param code what kind of problem, upper snake case and stable
/// @param message what, the value seen, what to do
/// @param location where: a file with line, a setting's path, an item's id; empty if nowhere in particular
public record Issue(Severity severity, String code, String message, String location) {

    /// How much an issue matters.
    public enum Severity {
        /// Worth knowing; nothing to do.
        NOTE,
        /// The result stands, but read it with care.
        WARNING,
        /// The run cannot start or go on.
        ERROR
    }

    /// A warning.
    public static Issue warning(String code, String message, String location) {
        return new Issue(Severity.WARNING, code, message, location);
    }

    /// A note.
    public static Issue note(String code, String message, String location) {
        return new Issue(Severity.NOTE, code, message, location);
    }

    /// An error.
    public static Issue error(String code, String message, String location) {
        return new Issue(Severity.ERROR, code, message, location);
    }
}
