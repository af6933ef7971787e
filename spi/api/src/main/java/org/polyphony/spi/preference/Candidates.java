package org.polyphony.spi.preference;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.RandomAccess;
import org.polyphony.spi.tensor.Tensor;

/// Items and their candidates. Candidates are numbered through all items: those of item b are `offsets[b] …
/// offsets[b+1]-1`, and candidate k *of the item* is number `offsets[b] + k`.
///
/// Items and candidates are ordered by the byte order of their ids, so that the same data give the same
/// numbers.
///
/// @param items ids of the items, shape (B)
/// @param ids ids of all candidates, shape (M)
/// @param offsets INT32, shape (B+1), from 0 to M, ascending
/// @param contexts what the items ask, as messages, shape (B); see [#prompts]
/// @param completions what the candidates answer, as messages, shape (M); see [#texts]
/// @param declaredUnsafe UINT8, shape (M): 1 where the data say that a candidate is universally unsafe
/// @param attributes further columns about items and about candidates
public record Candidates(
        List<String> items,
        List<String> ids,
        Tensor offsets,
        List<Conversation> contexts,
        List<Conversation> completions,
        Tensor declaredUnsafe,
        Attributes attributes) {

    public Candidates {
        items = List.copyOf(items);
        ids = List.copyOf(ids);
        contexts = List.copyOf(contexts);
        completions = List.copyOf(completions);
        if (contexts.size() != items.size() || offsets.size() != items.size() + 1L) {
            throw new IllegalArgumentException("prompts and offsets must fit " + items.size() + " items, got "
                    + contexts.size() + " prompts and " + offsets.size() + " offsets");
        }
        if (completions.size() != ids.size() || declaredUnsafe.size() != ids.size()) {
            throw new IllegalArgumentException("texts and declaredUnsafe must fit " + ids.size() + " candidates, got "
                    + completions.size() + " texts and " + declaredUnsafe.size() + " flags");
        }
    }

    /// Candidates of plain texts, without further columns and without declared-unsafe ones.
    ///
    /// @param prompts what the items ask, shape (B); empty texts where unknown
    /// @param texts what the candidates answer, shape (M); empty texts where unknown
    public static Candidates of(
            List<String> items, List<String> prompts, List<String> ids, List<String> texts, int[] offsets) {
        return ofConversations(
                items,
                prompts.stream().map(Conversation::asking).toList(),
                ids,
                texts.stream().map(Conversation::answering).toList(),
                offsets);
    }

    /// Candidates of conversations, without further columns and without declared-unsafe ones.
    public static Candidates ofConversations(
            List<String> items,
            List<Conversation> contexts,
            List<String> ids,
            List<Conversation> completions,
            int[] offsets) {
        return new Candidates(
                items,
                ids,
                Tensor.ofInts(offsets, offsets.length),
                contexts,
                completions,
                Tensor.ofBytes(new byte[ids.size()], ids.size()),
                new Attributes(List.of(), List.of()));
    }

    /// The same with these candidates declared unsafe (1) or not (0).
    public Candidates withDeclaredUnsafe(byte[] flags) {
        return new Candidates(
                items, ids, offsets, contexts, completions, Tensor.ofBytes(flags, flags.length), attributes);
    }

    /// The same with a further column about items, one value each.
    public Candidates withItemAttribute(String name, List<String> values) {
        return with(new Attributes(and(attributes.ofItems(), name, values), attributes.ofCandidates()));
    }

    /// The same with a further column about candidates, one value each.
    public Candidates withCandidateAttribute(String name, List<String> values) {
        return with(new Attributes(attributes.ofItems(), and(attributes.ofCandidates(), name, values)));
    }

    private Candidates with(Attributes known) {
        return new Candidates(items, ids, offsets, contexts, completions, declaredUnsafe, known);
    }

    private static List<Attribute> and(List<Attribute> columns, String name, List<String> values) {
        var all = new ArrayList<>(columns);
        all.add(new Attribute(name, values));
        return all;
    }

    /// What the items ask, each as one text ([Conversation#text]), shape (B); empty texts where unknown.
    public List<String> prompts() {
        return new Texts(contexts);
    }

    /// What the candidates answer, each as one text ([Conversation#text]), shape (M); empty texts where unknown.
    public List<String> texts() {
        return new Texts(completions);
    }

    /// How many candidates item `item` has.
    public int count(int item) {
        return offsets.getInt(item + 1L) - offsets.getInt(item);
    }

    /// The number of the first candidate of item `item`.
    public int first(int item) {
        return offsets.getInt(item);
    }

    /// Further columns.
    ///
    /// @param ofItems for example the arm of an experiment
    /// @param ofCandidates for example the model that wrote an answer, its number among the model's
    ///     samples, or how it was decoded
    public record Attributes(List<Attribute> ofItems, List<Attribute> ofCandidates) {

        public Attributes {
            ofItems = List.copyOf(ofItems);
            ofCandidates = List.copyOf(ofCandidates);
        }
    }

    /// A column about items or candidates.
    ///
    /// @param name the column's name, for example `arm`
    /// @param values one per item, or per candidate; empty where unknown
    public record Attribute(String name, List<String> values) {

        public Attribute {
            values = List.copyOf(values);
        }
    }

    // a view: nothing is written twice, and asking for one text in a loop costs one text
    private static final class Texts extends AbstractList<String> implements RandomAccess {

        private final List<Conversation> conversations;

        Texts(List<Conversation> conversations) {
            this.conversations = conversations;
        }

        @Override
        public String get(int index) {
            return conversations.get(index).text();
        }

        @Override
        public int size() {
            return conversations.size();
        }
    }
}
