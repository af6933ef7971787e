package org.polyphony.spi.error;

import org.osgi.annotation.versioning.ConsumerType;

/// Names a kind of failure, so that reports can count it and users can find it in the documentation.
@ConsumerType
public interface ErrorCode {

    /// Upper snake case, unique and stable, for example `JUDGMENTS_EMPTY`.
    String name();

    /// Who can put it right.
    Fault fault();

    /// Who can put a failure right; each maps to one exit code of the command line.
    enum Fault {
        /// The user's data or settings: exit code 3.
        USER,
        /// Refused for safety: exit code 4.
        SAFETY,
        /// A plugin's author: exit code 5.
        PLUGIN,
        /// Memory, disk, time: exit code 6.
        RESOURCES,
        /// Us: exit code 70.
        FRAMEWORK
    }
}
