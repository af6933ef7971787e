package org.polyphony.plugin.source.assemble;

import static org.polyphony.spi.error.StandardErrorCode.VALUE_INVALID;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.preference.Conversation;

/// Items, their candidates and what is known of them, in the order in which they were met.
public final class Catalogue {

    private final Ids items = new Ids();
    private final List<Candidate> candidates = new ArrayList<>();
    private final List<Map<String, Integer>> byItem = new ArrayList<>();
    private final Map<Integer, Conversation> prompts = new HashMap<>();
    private final Map<String, Map<Integer, String>> attributes = new LinkedHashMap<>();
    private final Map<String, Map<Integer, String>> candidateAttributes = new TreeMap<>();

    private static final class Candidate {
        private final String id;
        private @Nullable Conversation answer;
        private boolean unsafe;

        private Candidate(String id) {
            this.id = id;
        }
    }

    /// The number of the item `id`, a new one if it is new.
    public int item(String id) {
        int item = items.add(id);
        if (item == byItem.size()) {
            byItem.add(new HashMap<>());
        }
        return item;
    }

    /// The number of the item `id`, or -1 if there is none.
    public int findItem(String id) {
        return items.find(id);
    }

    /// The number of the candidate `id` of `item`, a new one if it is new. Numbers run through all items.
    public int candidate(int item, String id) {
        return byItem.get(item).computeIfAbsent(id, key -> {
            candidates.add(new Candidate(key));
            return candidates.size() - 1;
        });
    }

    /// The number of the candidate `id` of `item`, or -1 if there is none.
    public int findCandidate(int item, String id) {
        return byItem.get(item).getOrDefault(id, -1);
    }

    /// The ids of the candidates of `item`, in no order.
    public List<String> candidatesOf(int item) {
        return List.copyOf(byItem.get(item).keySet());
    }

    /// The id of a candidate.
    public String candidateId(int candidate) {
        return candidates.get(candidate).id;
    }

    /// The id of an item.
    public String itemId(int item) {
        return items.names().get(item);
    }

    /// Sets a candidate's text; a second, different one is an error, because ids would then be ambiguous.
    public void text(int item, int candidate, String text) {
        text(item, candidate, Conversation.answering(text));
    }

    /// Sets what a candidate answers; a second, different answer is an error.
    public void text(int item, int candidate, Conversation answer) {
        Candidate entry = candidates.get(candidate);
        if (entry.answer != null && !entry.answer.equals(answer)) {
            throw new AlignmentException(
                    VALUE_INVALID,
                    "candidate " + entry.id + " of item " + itemId(item) + " has two texts, "
                            + clip(entry.answer.text()) + " and " + clip(answer.text())
                            + "; ids must be unique within an item");
        }
        entry.answer = answer;
    }

    /// Marks a candidate as universally unsafe.
    public void unsafe(int candidate) {
        candidates.get(candidate).unsafe = true;
    }

    /// Sets what an item asks; a second, different prompt is an error.
    public void prompt(int item, String prompt) {
        prompt(item, Conversation.asking(prompt));
    }

    /// Sets what an item asks, as messages.
    public void prompt(int item, Conversation prompt) {
        var before = prompts.put(item, prompt);
        if (before != null && !before.equals(prompt)) {
            same(item, "prompts", before.text(), prompt.text());
            same(
                    item,
                    "prompts",
                    before.messages().toString(),
                    prompt.messages().toString());
        }
    }

    /// Sets an item's value in the column `name`; a second, different value is an error.
    public void attribute(int item, String name, String value) {
        same(
                item,
                "values of " + name,
                attributes.computeIfAbsent(name, key -> new HashMap<>()).put(item, value),
                value);
    }

    /// Sets a candidate's value in the column `name`; a second, different value is an error.
    public void candidateAttribute(int item, int candidate, String name, String value) {
        var before = candidateAttributes
                .computeIfAbsent(name, key -> new HashMap<>())
                .put(candidate, value);
        same(item, "values of " + name + " for its candidate " + candidateId(candidate), before, value);
    }

    private void same(int item, String what, @Nullable String before, String now) {
        if (before != null && !before.equals(now)) {
            throw new AlignmentException(
                    VALUE_INVALID,
                    "item " + itemId(item) + " has two " + what + ", " + clip(before) + " and " + clip(now)
                            + "; an item has one");
        }
    }

    private static String clip(String text) {
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }

    Ids items() {
        return items;
    }

    int candidateCount() {
        return candidates.size();
    }

    Map<String, Integer> candidates(int item) {
        return byItem.get(item);
    }

    Conversation answerOf(int candidate) {
        var answer = candidates.get(candidate).answer;
        return answer == null ? Conversation.unknown() : answer;
    }

    boolean isUnsafe(int candidate) {
        return candidates.get(candidate).unsafe;
    }

    Conversation promptOf(int item) {
        return prompts.getOrDefault(item, Conversation.unknown());
    }

    /// Columns about candidates, in the order of their names.
    Map<String, Map<Integer, String>> candidateAttributes() {
        return candidateAttributes;
    }

    Map<String, Map<Integer, String>> attributes() {
        return attributes;
    }
}
