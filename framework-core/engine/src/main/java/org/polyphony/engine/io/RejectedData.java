package org.polyphony.engine.io;

/// Why data from outside were rejected: what was found. Who catches it adds the file's name.
final class RejectedData extends Exception {

    private static final long serialVersionUID = 1;

    RejectedData(String reason) {
        super(reason);
    }

    RejectedData(String reason, Throwable cause) {
        super(reason, cause);
    }
}
