package org.polyphony.plugin.source.files.records;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.polyphony.plugin.source.files.input.Json;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.error.Issue;
import org.polyphony.spi.preference.Message;
import org.polyphony.spi.preference.ToolCall;

/// Reads messages in every shape that trainers document: objects with `role` and `content`, or with `from` and
/// `value`; a content that is a text, a list of parts of type text, or null beside calls; calls in `tool_calls`
/// or `function_call`; one object where a list is expected; a text. What a message cannot keep is refused by
/// name.
final class Messages {

    // what else a trainer may find in a message and would learn from
    private static final Set<String> KEPT_BY_NOBODY = Set.of(
            "audio",
            "audios",
            "image",
            "images",
            "prefix",
            "reasoning",
            "reasoning_content",
            "refusal",
            "thinking",
            "video",
            "videos");
    private static final Set<String> READ =
            Set.of("role", "content", "from", "value", "tool_calls", "function_call", "tool_call_id", "name");
    private static final Map<String, String> SPEAKERS = Map.of(
            "human", "user",
            "user", "user",
            "gpt", "assistant",
            "chatgpt", "assistant",
            "assistant", "assistant",
            "function_call", "assistant",
            "system", "system",
            "observation", "tool",
            "tool", "tool");

    private final Map<String, Long> unread = new TreeMap<>();

    /// The messages of the prompt at `key`, or of a whole conversation.
    List<Message> of(JsonRecord record, String key) {
        return of(record, key, Message.USER, List.of());
    }

    /// The messages of the answer at `key`.
    ///
    /// @param prompt what it answers
    List<Message> of(JsonRecord record, String key, List<Message> prompt) {
        return of(record, key, Message.ASSISTANT, prompt);
    }

    // the role is whose a text is that is no list of messages
    private List<Message> of(JsonRecord record, String key, String role, List<Message> prompt) {
        var value = record.value(key);
        return switch (value) {
            case null -> throw record.missing(key);
            case String text -> text(record, key, text, role, prompt);
            case Map<?, ?> _ -> List.of(message(record.object(key, value), prompt));
            case List<?> list -> list(record, key, list, prompt);
            default -> throw record.invalid(key, value, "a text or a list of messages is needed");
        };
    }

    /// Reports what was seen and left.
    void report(PluginContext context) {
        unread.forEach((key, count) -> context.report(Issue.warning(
                "MESSAGE_KEY_UNREAD",
                count + " messages have the key " + key + ", which is not read and not exported",
                key)));
    }

    // a table's cell may hold the list as JSON
    private List<Message> text(JsonRecord record, String key, String text, String role, List<Message> prompt) {
        var start = text.strip();
        if (start.startsWith("[{'") || start.startsWith("[{\\'")) {
            throw record.invalid(
                    key, text, "that is a list as Python prints it; write the file as JSON lines or Parquet");
        }
        if (start.startsWith("[{\"role\"") || start.startsWith("[{\"content\"") || start.startsWith("[{\"from\"")) {
            try {
                var json = new Json(new StringReader(start), 1);
                if (json.value() instanceof List<?> list && json.nextLine() < 0) {
                    return list(record, key, list, prompt);
                }
            } catch (IOException | Json.Malformed e) {
                throw record.invalid(
                        key, text, "it begins like a list of messages and is not valid JSON: " + e.getMessage());
            }
        }
        return List.of(Message.of(role, text));
    }

    private List<Message> list(JsonRecord record, String key, List<?> list, List<Message> prompt) {
        if (list.isEmpty()) {
            throw record.invalid(key, list, "a conversation has at least one message");
        }
        var messages = new ArrayList<>(prompt);
        for (int i = 0; i < list.size(); i++) {
            messages.add(message(record.object(key + "[" + i + "]", list.get(i)), messages));
        }
        return List.copyOf(messages.subList(prompt.size(), messages.size()));
    }

    private Message message(JsonRecord message, List<Message> before) {
        refuseUnkept(message);
        boolean speaker = !message.has("role") && message.has("from");
        if (!speaker && !message.has("role")) {
            throw message.refused(message.name() + " has the keys " + message.keys()
                    + "; a message has role and content, or from and value");
        }
        String role = message.required(speaker ? "from" : "role").strip();
        var content = message.values().get(speaker ? "value" : "content");
        if (speaker) {
            if (!SPEAKERS.containsKey(role)) {
                throw message.invalid(
                        "from",
                        role,
                        "known are " + SPEAKERS.keySet().stream().sorted().toList());
            }
            if (role.equals("function_call")) {
                return Message.of(Message.ASSISTANT, "").withCalls(written(message, content));
            }
            role = SPEAKERS.get(role);
        } else if (role.isEmpty()) {
            throw message.invalid("role", role, "a role is needed, for example user");
        }
        var calls = calls(message);
        if (content == null && calls.isEmpty()) {
            throw message.invalid(speaker ? "value" : "content", null, "a message has a content or calls a tool");
        }
        var said = Message.of(role, content == null ? "" : content(message, speaker ? "value" : "content", content))
                .withCalls(calls);
        return answering(message, said, before);
    }

    private static String content(JsonRecord message, String key, Object content) {
        return switch (content) {
            case String text -> text;
            case Map<?, ?> _ -> part(message.object(key, content));
            case List<?> parts -> {
                var text = new StringBuilder();
                for (int i = 0; i < parts.size(); i++) {
                    text.append(
                            parts.get(i) instanceof String plain
                                    ? plain
                                    : part(message.object(key + "[" + i + "]", parts.get(i))));
                }
                yield text.toString();
            }
            default -> throw message.invalid(key, content, "a text is needed");
        };
    }

    private static String part(JsonRecord part) {
        String type = part.has("type") ? part.required("type") : "text";
        if (!type.equals("text") || !(part.values().get("text") instanceof String text)) {
            throw part.refused(part.name() + " is of type " + type + "; only parts of type text are read");
        }
        return text;
    }

    private static List<ToolCall> calls(JsonRecord message) {
        var calls = new ArrayList<ToolCall>();
        for (var call : message.objects("tool_calls")) {
            String type = call.has("type") ? call.required("type") : "function";
            if (!type.equals("function")) {
                throw call.invalid("type", type, "only calls of type function are read");
            }
            var id = call.text("id");
            calls.add(call(call.has("function") ? call.object("function", call.value("function")) : call, id));
        }
        if (message.has("function_call")) {
            calls.add(call(message.object("function_call", message.value("function_call")), null));
        }
        return calls;
    }

    private static ToolCall call(JsonRecord function, @Nullable String id) {
        return ToolCall.of(id == null ? "" : id, function.required("name"), arguments(function.value("arguments")));
    }

    private static String arguments(@Nullable Object value) {
        return value == null ? "" : value instanceof String text ? text : Json.write(value);
    }

    // LLaMA-Factory writes calls as JSON: an object, or a list of them
    private static List<ToolCall> written(JsonRecord message, @Nullable Object value) {
        if (value instanceof String text) {
            try {
                var json = new Json(new StringReader(text), 1);
                var read = json.value();
                var all = read instanceof List<?> list ? list : java.util.Collections.singletonList(read);
                if (json.nextLine() < 0 && !all.isEmpty()) {
                    return all.stream()
                            .map(call -> call(message.object("value", call), null))
                            .toList();
                }
            } catch (IOException | Json.Malformed e) {
                throw message.invalid("value", value, "a call is JSON with name and arguments: " + e.getMessage());
            }
        }
        throw message.invalid("value", value, "a call is JSON with name and arguments");
    }

    // trainers name the function where calls have no ids; where they have, both may stand there
    private static Message answering(JsonRecord message, Message said, List<Message> before) {
        var call = message.text("tool_call_id");
        var name = message.text("name");
        if (name != null && !said.role().equals("tool") && !said.role().equals("function")) {
            throw message.refused(message.path() + "name is " + name + " beside the role " + said.role()
                    + "; only a tool's message keeps a name");
        }
        if (call != null
                && name != null
                && before.stream()
                        .flatMap(earlier -> earlier.calls().stream())
                        .noneMatch(
                                known -> known.id().equals(call) && known.name().equals(name))) {
            throw message.refused(message.path() + "name is " + name + ", but no earlier message calls " + name
                    + " with the id " + call + "; leave one of the two out");
        }
        var answered = call != null ? call : name;
        return answered == null ? said : said.answering(answered);
    }

    private void refuseUnkept(JsonRecord message) {
        for (var key : message.keys()) {
            var value = message.value(key);
            if (READ.contains(key) || value == null || (value instanceof List<?> list && list.isEmpty())) {
                continue;
            }
            if (KEPT_BY_NOBODY.contains(key)) {
                throw message.refused(message.path() + key + " is not read: a message keeps its role, its text and"
                        + " its calls; remove the key to read the rest");
            }
            unread.merge(key, 1L, Long::sum);
        }
    }
}
