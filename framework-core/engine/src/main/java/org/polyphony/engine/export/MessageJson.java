package org.polyphony.engine.export;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.polyphony.engine.export.PreferencePair.Side;
import org.polyphony.spi.preference.Message;

/// Messages as chat templates read them: `role` and `content`, `tool_calls` where a turn calls tools, and
/// `tool_call_id` where it answers a call, or the function's `name` where calls have no ids.
final class MessageJson {

    private MessageJson() {}

    /// The messages of the pair's prompt. One that is not known is an empty message of the user.
    static ArrayNode prompt(PreferencePair pair) {
        var messages = pair.prompt().messages();
        return messages(messages.isEmpty() ? List.of(Message.of(Message.USER, "")) : messages, List.of());
    }

    /// The messages of one of its answers.
    static ArrayNode answer(PreferencePair pair, Side side) {
        return messages(side.answer().messages(), pair.prompt().messages());
    }

    private static ArrayNode messages(List<Message> messages, List<Message> before) {
        var array = JsonNodeFactory.instance.arrayNode();
        var earlier = new ArrayList<>(before);
        for (var message : messages) {
            var node = array.addObject().put("role", message.role()).put("content", message.content());
            if (!message.calls().isEmpty()) {
                calls(message, node);
            }
            message.answersCall()
                    .ifPresent(call -> node.put(isName(message, call, earlier) ? "name" : "tool_call_id", call));
            earlier.add(message);
        }
        return array;
    }

    // arguments stay the text they were: as objects of differing keys they would be columns of nulls to a
    // trainer that loads the file as a table
    private static void calls(Message message, ObjectNode node) {
        var calls = node.putArray("tool_calls");
        for (var call : message.calls()) {
            var written = calls.addObject();
            if (!call.id().isEmpty()) {
                written.put("id", call.id());
            }
            written.put("type", "function")
                    .putObject("function")
                    .put("name", call.name())
                    .put("arguments", call.arguments());
        }
    }

    private static boolean isName(Message message, String answered, List<Message> earlier) {
        var calls = earlier.stream().flatMap(turn -> turn.calls().stream()).toList();
        boolean known = calls.stream().anyMatch(call -> call.id().equals(answered));
        boolean named = calls.stream().anyMatch(call -> call.name().equals(answered));
        return message.role().equals("function") || (message.role().equals("tool") && !known && named);
    }
}
