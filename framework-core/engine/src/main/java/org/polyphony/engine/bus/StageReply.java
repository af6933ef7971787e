package org.polyphony.engine.bus;

import org.polyphony.engine.tensor.TensorBatch;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.ErrorCode;

/// What a stage call came to.
sealed interface StageReply {

    /// @param output the verb's output; the client claims it
    record Result(TensorBatch output) implements StageReply {}

    /// @param code an error code that refers to no class of a plugin
    /// @param message what went wrong
    /// @param cause the plugin's exception as text and stack trace
    record Failure(ErrorCode code, String message, PluginFailure cause) implements StageReply {

        /// The same as an exception.
        AlignmentException exception() {
            return new AlignmentException(code, message, cause);
        }
    }
}
