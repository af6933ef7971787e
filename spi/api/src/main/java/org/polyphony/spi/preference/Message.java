package org.polyphony.spi.preference;

import java.util.List;
import java.util.Optional;

/// One turn of a conversation.
///
/// @param role who says it: `system`, `user`, `assistant`, `tool`, or what else the data call them
/// @param content what is said; empty beside calls that say nothing
/// @param calls the tools that the turn calls, in order
/// @param answersCall the id of the call that the turn answers, or the called function's name where calls
///     have no ids
public record Message(String role, String content, List<ToolCall> calls, Optional<String> answersCall) {

    /// The role of whoever asks.
    public static final String USER = "user";

    /// The role of whoever answers.
    public static final String ASSISTANT = "assistant";

    public Message {
        calls = List.copyOf(calls);
        if (role.isBlank()) {
            throw new IllegalArgumentException("a message needs a role, got '" + role + "'");
        }
    }

    /// A message that calls no tool and answers none.
    public static Message of(String role, String content) {
        return new Message(role, content, List.of(), Optional.empty());
    }

    /// The same with calls of tools.
    public Message withCalls(List<ToolCall> made) {
        return new Message(role, content, made, answersCall);
    }

    /// The same as the answer to a call.
    public Message answering(String call) {
        return new Message(role, content, calls, Optional.of(call));
    }
}
