package org.polyphony.spi.preference;

import java.util.List;
import java.util.StringJoiner;

/// Messages in their order: what an item asks, or what a candidate answers. One without messages is not
/// known.
public record Conversation(List<Message> messages) {

    private static final Conversation UNKNOWN = new Conversation(List.of());

    public Conversation {
        messages = List.copyOf(messages);
    }

    /// A conversation of these messages.
    public static Conversation of(Message... messages) {
        return new Conversation(List.of(messages));
    }

    /// A conversation of these messages; none is unknown.
    public static Conversation of(List<Message> messages) {
        return new Conversation(messages);
    }

    /// The conversation nothing is known of.
    public static Conversation unknown() {
        return UNKNOWN;
    }

    /// A text that somebody asks, as one message of a user; an empty one is unknown.
    public static Conversation asking(String text) {
        return text.isEmpty() ? UNKNOWN : of(Message.of(Message.USER, text));
    }

    /// A text that somebody answers, as one message of an assistant; an empty one is unknown.
    public static Conversation answering(String text) {
        return text.isEmpty() ? UNKNOWN : of(Message.of(Message.ASSISTANT, text));
    }

    /// Whether nothing is known of it.
    public boolean isUnknown() {
        return messages.isEmpty();
    }

    /// The conversation as one text, for encoders, rules, pages and reports. This is the only place that says
    /// how one is written.
    ///
    /// One message of a user or an assistant that calls and answers no tool is its content. Of any other
    /// conversation every message is its role, a colon and its content, with a blank line between messages;
    /// a call is a line `calls name(arguments)` below the content, and an answer to a call names it: `tool
    /// (get_weather): 20`. The text is for reading: it does not tell apart what only the messages do.
    public String text() {
        if (messages.size() == 1 && isPlain(messages.getFirst())) {
            return messages.getFirst().content();
        }
        var text = new StringJoiner("\n\n");
        for (var message : messages) {
            text.add(text(message));
        }
        return text.toString();
    }

    private static boolean isPlain(Message message) {
        return message.calls().isEmpty()
                && message.answersCall().isEmpty()
                && (message.role().equals(Message.USER) || message.role().equals(Message.ASSISTANT));
    }

    private static String text(Message message) {
        var text = new StringBuilder(message.role());
        message.answersCall().ifPresent(call -> text.append(" (").append(call).append(')'));
        text.append(": ").append(message.content());
        for (var call : message.calls()) {
            text.append(text.charAt(text.length() - 1) == ' ' ? "" : "\n")
                    .append("calls ")
                    .append(call.name())
                    .append('(')
                    .append(call.arguments())
                    .append(')');
        }
        return text.toString();
    }
}
