package org.polyphony.spi.error;

/// The failures every part of Polyphony may report. Plugins may add their own enums. More may come: always write a
/// default.
public enum StandardErrorCode implements ErrorCode {
    /// A file or folder that is needed does not exist or is of the wrong kind.
    FILE_NOT_FOUND(Fault.USER),
    /// A file exists but its content is not what its name or mapping says.
    FILE_MALFORMED(Fault.USER),
    /// A column, field or key that a mapping names is absent.
    COLUMN_MISSING(Fault.USER),
    /// No judgment is left to learn from.
    JUDGMENTS_EMPTY(Fault.USER),
    /// A value lies outside its domain.
    VALUE_INVALID(Fault.USER),
    /// A preference tensor is not one: probabilities outside [0, 1], or P + Pᵀ ≠ 1.
    GAME_INVALID(Fault.USER),
    /// A setting is unknown or its value is not accepted.
    SETTING_INVALID(Fault.USER),
    /// No plugin of that role and id is installed.
    PLUGIN_UNKNOWN(Fault.USER),
    /// A bundle cannot be installed as a plugin.
    PLUGIN_REJECTED(Fault.USER),
    /// A plugin cannot do what was asked of it, for example an unknown formulation.
    UNSUPPORTED(Fault.USER),
    /// An artefact's type or version cannot be read.
    ARTEFACT_UNREADABLE(Fault.USER),
    /// The result cannot be written where it was asked for.
    OUTPUT_NOT_WRITABLE(Fault.USER),
    /// No candidate of any game is allowed.
    ALL_REFUSED(Fault.SAFETY),
    /// A plugin threw, answered nonsense or broke its contract.
    PLUGIN_FAILED(Fault.PLUGIN),
    /// A plugin did not answer in time.
    PLUGIN_TIMEOUT(Fault.PLUGIN),
    /// Memory ran out or a limit on it was reached.
    MEMORY_EXHAUSTED(Fault.RESOURCES),
    /// The disk is full or an input or output operation failed.
    IO_FAILED(Fault.RESOURCES),
    /// The run was cancelled.
    CANCELLED(Fault.RESOURCES),
    /// Something that must not happen did.
    INTERNAL(Fault.FRAMEWORK);

    private final Fault fault;

    StandardErrorCode(Fault fault) {
        this.fault = fault;
    }

    @Override
    public Fault fault() {
        return fault;
    }
}
