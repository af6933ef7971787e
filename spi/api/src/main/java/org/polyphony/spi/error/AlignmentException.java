package org.polyphony.spi.error;

import org.jspecify.annotations.Nullable;

/// A failure a person is meant to read: what went wrong, the value seen, and what to do next.
public final class AlignmentException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient ErrorCode code;

    public AlignmentException(ErrorCode code, String message) {
        this(code, message, null);
    }

    public AlignmentException(ErrorCode code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    public ErrorCode code() {
        return code;
    }
}
