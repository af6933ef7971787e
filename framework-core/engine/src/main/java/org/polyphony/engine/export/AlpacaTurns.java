package org.polyphony.engine.export;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.polyphony.engine.export.PreferencePair.Side;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.preference.Conversation;
import org.polyphony.spi.preference.Message;

/// A pair as LLaMA-Factory's alpaca layout has it: a system message, earlier turns, one question, and two
/// answers of one text each.
///
/// @param system the system message; empty without one
/// @param history turns of user and assistant, alternating
/// @param question the user's last message; empty where the prompt is not known
/// @param chosen the preferred answer
/// @param rejected the other
record AlpacaTurns(String system, List<Message> history, String question, String chosen, String rejected) {

    /// @throws AlignmentException with code `UNSUPPORTED`, naming the item, if the pair is anything else
    static AlpacaTurns of(PreferencePair pair) {
        var messages = pair.prompt().messages();
        messages.forEach(message -> requirePlain(pair, "the prompt", message));
        String system = "";
        if (!messages.isEmpty() && messages.getFirst().role().equals("system")) {
            system = requireText(pair, "the system message", messages.getFirst());
            messages = messages.subList(1, messages.size());
            if (messages.isEmpty()) {
                throw refused(pair, "the prompt has no message of the user");
            }
        }
        for (int i = 0; i < messages.size(); i++) {
            String expected = i % 2 == 0 ? Message.USER : Message.ASSISTANT;
            if (!messages.get(i).role().equals(expected)) {
                throw refused(
                        pair,
                        "message " + (i + 1) + " of the prompt is by "
                                + messages.get(i).role() + " where " + expected + " is to speak");
            }
        }
        if (messages.size() % 2 == 0 && !messages.isEmpty()) {
            throw refused(pair, "the prompt ends with a message of the assistant");
        }
        String question = messages.isEmpty() ? "" : requireText(pair, "the question", messages.getLast());
        return new AlpacaTurns(
                system,
                messages.isEmpty() ? List.of() : messages.subList(0, messages.size() - 1),
                question,
                answer(pair, "the chosen answer", pair.chosen()),
                answer(pair, "the rejected answer", pair.rejected()));
    }

    void put(ObjectNode record) {
        record.put("instruction", question).put("input", "").put("system", system);
        var turns = record.putArray("history");
        for (int i = 0; i < history.size(); i += 2) {
            turns.addArray()
                    .add(history.get(i).content())
                    .add(history.get(i + 1).content());
        }
        record.put("chosen", chosen).put("rejected", rejected);
    }

    private static String answer(PreferencePair pair, String what, Side side) {
        Conversation answer = side.answer();
        if (answer.messages().size() > 1) {
            throw refused(pair, what + " has " + answer.messages().size() + " messages");
        }
        var message = answer.messages().getFirst();
        requirePlain(pair, what, message);
        if (!message.role().equals(Message.ASSISTANT)) {
            throw refused(pair, what + " is by " + message.role());
        }
        return requireText(pair, what, message);
    }

    private static void requirePlain(PreferencePair pair, String what, Message message) {
        if (!message.calls().isEmpty() || message.answersCall().isPresent()) {
            throw refused(pair, what + (message.calls().isEmpty() ? " answers a tool's call" : " calls a tool"));
        }
    }

    // an empty text is what the layout writes where there is none
    private static String requireText(PreferencePair pair, String what, Message message) {
        if (message.content().isEmpty()) {
            throw refused(pair, what + " is empty");
        }
        return message.content();
    }

    private static AlignmentException refused(PreferencePair pair, String what) {
        return new AlignmentException(
                StandardErrorCode.UNSUPPORTED,
                "llama-factory's layout cannot keep item " + pair.item() + ": " + what
                        + "; it has a system message, turns of user and assistant, one question and answers of one text."
                        + " Export to trl, openrlhf or nemo-rl, which keep all messages");
    }
}
