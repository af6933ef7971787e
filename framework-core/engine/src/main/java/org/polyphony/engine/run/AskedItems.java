package org.polyphony.engine.run;

import static org.polyphony.spi.error.StandardErrorCode.UNSUPPORTED;
import static org.polyphony.spi.error.StandardErrorCode.VALUE_INVALID;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.preference.Candidates;
import org.polyphony.spi.preference.Conversation;
import org.polyphony.spi.tensor.Tensor;
import org.polyphony.support.settings.NearestName;

/// What a request is about, as one item: one of the data, found by its id or by what it asks, or a new
/// one. Items of the data are laid out once. Safe for use by many threads.
final class AskedItems {

    private static final String NEW = "question";
    private static final int MOST_CANDIDATES = 1_000;

    private final Candidates all;
    private final Optional<Tensor> features;
    private final boolean generalises;
    private final String profiler;
    private final Map<String, Integer> byId = new HashMap<>();
    private final Map<String, List<Integer>> byPrompt = new HashMap<>();
    private final Map<Integer, Asked> known = new ConcurrentHashMap<>();

    /// One item to answer.
    ///
    /// @param item its number in the data; -1 for a new one
    /// @param candidates the item and its candidates, in the order of their ids
    /// @param features of the candidates, shape (K, D), where they are known already
    record Asked(int item, Candidates candidates, Optional<Tensor> features) {

        boolean ofData() {
            return item >= 0;
        }
    }

    /// @param features FLOAT64, shape (M, D), of all candidates of the data
    /// @param profiler what the plan calls it
    /// @param generalises whether it answers items outside its fit
    AskedItems(Candidates all, Optional<Tensor> features, String profiler, boolean generalises) {
        this.all = all;
        this.features = features;
        this.profiler = profiler;
        this.generalises = generalises;
        var prompts = all.prompts();
        for (int item = 0; item < all.items().size(); item++) {
            var id = all.items().get(item);
            byId.put(id, item);
            if (!prompts.get(item).isBlank()) {
                byPrompt.computeIfAbsent(prompts.get(item).strip(), _ -> new ArrayList<>())
                        .add(item);
            }
        }
    }

    /// The item that is asked about.
    ///
    /// @throws AlignmentException with code `VALUE_INVALID` if there are no candidates to choose from,
    ///     or what is given are none; with code `UNSUPPORTED` if the profiler answers nothing but what
    ///     it was fitted to
    Asked find(Conversation question, List<Conversation> given) {
        var text = question.text().strip();
        if (text.isEmpty()) {
            throw new AlignmentException(VALUE_INVALID, "nothing is asked; give a question, or the id of an item");
        }
        int item = item(text);
        if (given.isEmpty()) {
            if (item < 0) {
                throw new AlignmentException(
                        VALUE_INVALID,
                        "the question is none of the " + all.items().size() + " of the data"
                                + NearestName.hint(text, byId.keySet()) + NearestName.hint(text, byPrompt.keySet())
                                + "; give the candidates to choose from with it, or ask what the data ask, or for an"
                                + " item by its id: " + NearestName.list(all.items()));
            }
            return known.computeIfAbsent(item, this::layOut);
        }
        return chosen(question, item, given);
    }

    private int item(String text) {
        var id = byId.get(text);
        if (id != null) {
            return id;
        }
        var asking = byPrompt.getOrDefault(text, List.of());
        if (asking.size() > 1) {
            throw new AlignmentException(
                    VALUE_INVALID,
                    asking.size() + " items of the data ask that; say which by its id: "
                            + NearestName.list(
                                    asking.stream().map(all.items()::get).toList()));
        }
        return asking.isEmpty() ? -1 : asking.getFirst();
    }

    private Asked layOut(int item) {
        int first = all.first(item);
        var entries = new ArrayList<Entry>();
        for (int m = first; m < first + all.count(item); m++) {
            entries.add(entry(m));
        }
        return asked(item, all.items().get(item), all.contexts().get(item), entries);
    }

    /// A candidate.
    ///
    /// @param number in the data; -1 for a new one
    private record Entry(String id, Conversation answer, boolean unsafe, int number) {}

    private Entry entry(int m) {
        return new Entry(
                all.ids().get(m), all.completions().get(m), all.declaredUnsafe().getByte(m) != 0, m);
    }

    // candidates of the data are theirs again where their texts are the same
    private Asked chosen(Conversation question, int item, List<Conversation> given) {
        if (given.size() > MOST_CANDIDATES) {
            throw new AlignmentException(
                    VALUE_INVALID,
                    given.size() + " candidates are given; at most " + MOST_CANDIDATES + " are compared");
        }
        var ofText = new HashMap<String, Entry>();
        for (int m = item < 0 ? 0 : all.first(item); item >= 0 && m < all.first(item) + all.count(item); m++) {
            ofText.putIfAbsent(all.texts().get(m), entry(m));
        }
        var entries = new ArrayList<Entry>();
        var seen = new HashMap<String, Integer>();
        int digits = String.valueOf(given.size()).length();
        for (int i = 0; i < given.size(); i++) {
            var text = given.get(i).text();
            if (text.isBlank()) {
                throw new AlignmentException(VALUE_INVALID, "candidate " + (i + 1) + " has no text; leave it out");
            }
            var before = seen.putIfAbsent(text, i + 1);
            if (before != null) {
                throw new AlignmentException(
                        VALUE_INVALID,
                        "candidates " + before + " and " + (i + 1) + " are the same text; give each once");
            }
            var judged = ofText.get(text);
            if (judged == null && !generalises) {
                throw unseen(item < 0 ? "this question" : "candidate " + (i + 1) + " of this question");
            }
            var number = String.format(Locale.ROOT, "%0" + digits + "d", i + 1);
            entries.add(judged == null ? new Entry(number, given.get(i), false, -1) : judged);
        }
        if (item >= 0) {
            apart(item, entries);
        }
        entries.sort(Comparator.comparing(Entry::id));
        return asked(item, item < 0 ? newId() : all.items().get(item), question, entries);
    }

    // a new candidate must not be taken for one of the data
    private void apart(int item, List<Entry> entries) {
        var taken = new HashSet<>(all.ids().subList(all.first(item), all.first(item) + all.count(item)));
        entries.replaceAll(entry -> {
            var id = entry.id();
            while (entry.number() < 0 && taken.contains(id)) {
                id = "new-" + id;
            }
            return new Entry(id, entry.answer(), entry.unsafe(), entry.number());
        });
    }

    private AlignmentException unseen(String what) {
        return new AlignmentException(
                UNSUPPORTED,
                "profiler '" + profiler
                        + "' knows the candidates it was fitted to and no others (it does not say that it"
                        + " generalises), and nobody has judged " + what + "; ask about an item of the data, or use a"
                        + " profiler that generalises, with encoders");
    }

    private String newId() {
        var id = NEW;
        while (byId.containsKey(id)) {
            id = "new-" + id;
        }
        return id;
    }

    private Asked asked(int item, String id, Conversation question, List<Entry> entries) {
        int k = entries.size();
        var candidates = Candidates.ofConversations(
                List.of(id),
                List.of(item < 0 ? question : all.contexts().get(item)),
                entries.stream().map(Entry::id).toList(),
                entries.stream().map(Entry::answer).toList(),
                new int[] {0, k});
        var unsafe = new byte[k];
        for (int i = 0; i < k; i++) {
            unsafe[i] = (byte) (entries.get(i).unsafe() ? 1 : 0);
        }
        candidates = candidates.withDeclaredUnsafe(unsafe);
        boolean judged = entries.stream().allMatch(entry -> entry.number() >= 0);
        if (item >= 0) {
            for (var column : all.attributes().ofItems()) {
                candidates = candidates.withItemAttribute(
                        column.name(), List.of(column.values().get(item)));
            }
            for (var column : all.attributes().ofCandidates()) {
                candidates = candidates.withCandidateAttribute(
                        column.name(),
                        entries.stream()
                                .map(entry -> entry.number() < 0
                                        ? ""
                                        : column.values().get(entry.number()))
                                .toList());
            }
        }
        return new Asked(item, candidates, judged ? features.map(of -> rows(of, entries)) : Optional.empty());
    }

    private static Tensor rows(Tensor features, List<Entry> entries) {
        int d = features.dimension(1);
        var rows = Tensor.ofDoubles(new double[entries.size() * d], entries.size(), d);
        for (int i = 0; i < entries.size(); i++) {
            rows.put((long) i * d, features.slice(entries.get(i).number(), 1).toDoubles());
        }
        return rows;
    }
}
