package org.polyphony.plugin.source.files.records;

import java.util.ArrayList;
import java.util.List;
import org.polyphony.spi.preference.Conversation;
import org.polyphony.spi.preference.Message;

/// What was asked and what was answered to it: conversations divided into a prompt and its completions.
///
/// @param asked the prompt
/// @param answers the completions, each beginning with a message of the assistant
record Exchange(Conversation asked, List<Conversation> answers) {

    Exchange {
        answers = List.copyOf(answers);
    }

    /// Divides completions under a given prompt. Leading messages that repeat the prompt are no part of an
    /// answer.
    ///
    /// @param keys where the completions stand, for messages
    static Exchange given(JsonRecord record, List<Message> prompt, List<String> keys, List<List<Message>> completions) {
        var wholes = completions.stream().noneMatch(Exchange::isAnswer);
        int shared = common(completions);
        // the shared beginning may hold more than the prompt, for example a system message before it
        if (wholes && shared >= prompt.size() && ends(completions.getFirst().subList(0, shared), prompt)) {
            return divided(record, shared, keys, completions);
        }
        var answers = new ArrayList<Conversation>();
        for (int i = 0; i < completions.size(); i++) {
            var messages = completions.get(i);
            boolean repeats = !isAnswer(messages)
                    && messages.size() > prompt.size()
                    && messages.subList(0, prompt.size()).equals(prompt);
            var answer = repeats ? messages.subList(prompt.size(), messages.size()) : messages;
            answers.add(answer(record, keys.get(i), answer));
        }
        return new Exchange(Conversation.of(prompt), answers);
    }

    /// Divides whole conversations: their longest common beginning is the prompt.
    static Exchange implicit(JsonRecord record, List<String> keys, List<List<Message>> conversations) {
        int shared = common(conversations);
        if (shared == 0) {
            throw record.refused("there is no prompt, and " + String.join(" and ", keys)
                    + " begin with different messages: "
                    + clip(conversations.getFirst().getFirst()) + " and "
                    + clip(conversations.getLast().getFirst()) + "; give a prompt");
        }
        return divided(record, shared, keys, conversations);
    }

    private static Exchange divided(
            JsonRecord record, int shared, List<String> keys, List<List<Message>> conversations) {
        var answers = new ArrayList<Conversation>();
        for (int i = 0; i < conversations.size(); i++) {
            var all = conversations.get(i);
            if (all.size() == shared) {
                throw record.refused(keys.get(i) + " is only the beginning of the other: behind the " + shared
                        + " messages that both begin with, it has no answer; give the prompt by itself");
            }
            answers.add(answer(record, keys.get(i), all.subList(shared, all.size())));
        }
        return new Exchange(Conversation.of(conversations.getFirst().subList(0, shared)), answers);
    }

    /// Divides plain texts: what they begin with alike is the prompt, up to the last space.
    static Exchange ofTexts(JsonRecord record, List<String> keys, String first, String second) {
        int shared = 0;
        while (shared < Math.min(first.length(), second.length()) && first.charAt(shared) == second.charAt(shared)) {
            shared++;
        }
        if (shared == Math.min(first.length(), second.length())) {
            throw record.refused(keys.get(shared == first.length() ? 0 : 1)
                    + " is only the beginning of the other: there is no answer behind it; give the prompt by itself");
        }
        while (shared > 0 && !Character.isWhitespace(first.charAt(shared - 1))) {
            shared--;
        }
        // as trainers divide them, the space belongs to the answer
        int cut = first.substring(0, shared).stripTrailing().length();
        if (cut == 0) {
            throw record.refused("there is no prompt, and the texts " + String.join(" and ", keys)
                    + " do not begin alike; give a prompt, or dialogues whose turns begin with a blank line and Human:"
                    + " or Assistant:");
        }
        return new Exchange(
                Conversation.asking(first.substring(0, cut)),
                List.of(Conversation.answering(first.substring(cut)), Conversation.answering(second.substring(cut))));
    }

    /// The messages of one completion as an answer.
    static Conversation answer(JsonRecord record, String key, List<Message> messages) {
        if (!isAnswer(messages)) {
            throw record.refused(key + " begins with a message of the role "
                    + messages.getFirst().role() + " (" + clip(messages.getFirst())
                    + "), which does not repeat the prompt; an answer begins with a message of the assistant");
        }
        return Conversation.of(messages);
    }

    private static boolean isAnswer(List<Message> messages) {
        return messages.getFirst().role().equals(Message.ASSISTANT);
    }

    private static int common(List<List<Message>> conversations) {
        int shared = 0;
        var first = conversations.getFirst();
        while (shared < first.size() && sameAt(shared, first.get(shared), conversations)) {
            shared++;
        }
        return shared;
    }

    private static boolean sameAt(int at, Message message, List<List<Message>> conversations) {
        return conversations.stream()
                .allMatch(other -> other.size() > at && other.get(at).equals(message));
    }

    private static boolean ends(List<Message> messages, List<Message> tail) {
        return messages.size() >= tail.size()
                && messages.subList(messages.size() - tail.size(), messages.size())
                        .equals(tail);
    }

    private static String clip(Message message) {
        String text = message.content();
        return text.length() > 40 ? text.substring(0, 40) + "…" : text;
    }
}
