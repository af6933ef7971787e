package org.polyphony.support.settings;

import java.util.List;
import java.util.Optional;
import org.polyphony.spi.error.Issue;

/// A settings record, or everything that is wrong with what was written.
///
/// @param value the record; empty if there are issues
/// @param issues all problems, in the order of the record's components, unknown keys last
public record BoundSettings<T extends Record>(Optional<T> value, List<Issue> issues) {

    public BoundSettings {
        issues = List.copyOf(issues);
    }
}
