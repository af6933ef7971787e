package org.polyphony.spi.preference;

/// What a message asks a tool to do.
///
/// @param id the call's id, which an answer names; empty where the data give none
/// @param name the function that is called
/// @param arguments its arguments, as they were written; usually a JSON object
public record ToolCall(String id, String name, String arguments) {

    /// A call of a function.
    public static ToolCall of(String id, String name, String arguments) {
        return new ToolCall(id, name, arguments);
    }
}
