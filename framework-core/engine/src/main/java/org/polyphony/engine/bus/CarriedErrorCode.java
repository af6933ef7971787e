package org.polyphony.engine.bus;

import java.util.Objects;
import org.polyphony.spi.error.ErrorCode;

/// A plugin's own error code, by value: a report that keeps it does not keep the plugin's classes.
///
/// @param name upper snake case
/// @param fault who can put it right
record CarriedErrorCode(String name, Fault fault) implements ErrorCode {

    CarriedErrorCode {
        Objects.requireNonNull(fault);
    }

    @Override
    public String toString() {
        return name;
    }
}
