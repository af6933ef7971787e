package org.polyphony.plugin.source.files.records;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.polyphony.spi.preference.Message;

/// A conversation written as one text, as HH-RLHF has it: every turn begins with a blank line and `Human:` or
/// `Assistant:`.
final class Dialogue {

    private static final Pattern TURN = Pattern.compile("(?:^|\n\n)(Human|Assistant):");

    private Dialogue() {}

    /// Whether the text is a dialogue: it begins with a turn.
    static boolean is(String text) {
        return text.startsWith("\n\nHuman:")
                || text.startsWith("\n\nAssistant:")
                || (text.startsWith("Human:") && text.contains("\n\nAssistant:"));
    }

    /// Its turns as messages of `user` and `assistant`, each without the space behind the colon.
    static List<Message> messages(String text) {
        var messages = new ArrayList<Message>();
        var turns = TURN.matcher(text);
        boolean more = turns.find();
        while (more) {
            String role = turns.group(1).equals("Human") ? Message.USER : Message.ASSISTANT;
            int from = turns.end();
            more = turns.find();
            String content = text.substring(from, more ? turns.start() : text.length());
            messages.add(Message.of(role, content.startsWith(" ") ? content.substring(1) : content));
        }
        return List.copyOf(messages);
    }

    /// The turns of a prompt, which ends where the assistant is to speak.
    static List<Message> prompt(String text) {
        var messages = messages(text);
        var last = messages.getLast();
        boolean open = messages.size() > 1
                && last.role().equals(Message.ASSISTANT)
                && last.content().isBlank();
        return open ? messages.subList(0, messages.size() - 1) : messages;
    }
}
