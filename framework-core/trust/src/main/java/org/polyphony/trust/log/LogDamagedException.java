package org.polyphony.trust.log;

import java.io.IOException;

/// A log that was changed after it was written, or that lost records it is known to have had. It is not opened.
public final class LogDamagedException extends IOException {

    private static final long serialVersionUID = 1;

    LogDamagedException(String message) {
        super(message);
    }
}
