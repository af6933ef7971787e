package org.polyphony.spi.preference;

import java.util.List;
import org.polyphony.spi.tensor.Tensor;

/// Items and their candidates. Candidates are numbered through all items: those of item b are `offsets[b] …
/// offsets[b+1]-1`, and candidate k *of the item* is number `offsets[b] + k`.
///
/// Items and candidates are ordered by the byte order of their ids, so that the same data give the same
/// numbers.
///
/// @param items ids of the items, shape (B)
/// @param prompts what the items ask, shape (B); empty texts where unknown
/// @param ids ids of all candidates, shape (M)
/// @param texts texts of all candidates, shape (M); empty texts where unknown
/// @param offsets INT32, shape (B+1), from 0 to M, ascending
/// @param declaredUnsafe UINT8, shape (M): 1 where the data say that a candidate is universally unsafe
/// @param attributes further columns about items, for example the arm of an experiment
public record Candidates(
        List<String> items,
        List<String> prompts,
        List<String> ids,
        List<String> texts,
        Tensor offsets,
        Tensor declaredUnsafe,
        List<ItemAttribute> attributes) {

    public Candidates {
        items = List.copyOf(items);
        prompts = List.copyOf(prompts);
        ids = List.copyOf(ids);
        texts = List.copyOf(texts);
        attributes = List.copyOf(attributes);
        if (prompts.size() != items.size() || offsets.size() != items.size() + 1L) {
            throw new IllegalArgumentException("prompts and offsets must fit " + items.size() + " items, got "
                    + prompts.size() + " prompts and " + offsets.size() + " offsets");
        }
        if (texts.size() != ids.size() || declaredUnsafe.size() != ids.size()) {
            throw new IllegalArgumentException("texts and declaredUnsafe must fit " + ids.size() + " candidates, got "
                    + texts.size() + " texts and " + declaredUnsafe.size() + " flags");
        }
    }

    /// Candidates without further columns and without declared-unsafe ones.
    public static Candidates of(
            List<String> items, List<String> prompts, List<String> ids, List<String> texts, int[] offsets) {
        return new Candidates(
                items,
                prompts,
                ids,
                texts,
                Tensor.ofInts(offsets, offsets.length),
                Tensor.ofBytes(new byte[ids.size()], ids.size()),
                List.of());
    }

    /// The same with these candidates declared unsafe (1) or not (0).
    public Candidates withDeclaredUnsafe(byte[] flags) {
        return new Candidates(items, prompts, ids, texts, offsets, Tensor.ofBytes(flags, flags.length), attributes);
    }

    /// The same with a further column about items.
    public Candidates withAttribute(ItemAttribute attribute) {
        var all = new java.util.ArrayList<>(attributes);
        all.add(attribute);
        return new Candidates(items, prompts, ids, texts, offsets, declaredUnsafe, all);
    }

    /// How many candidates item `item` has.
    public int count(int item) {
        return offsets.getInt(item + 1L) - offsets.getInt(item);
    }

    /// The number of the first candidate of item `item`.
    public int first(int item) {
        return offsets.getInt(item);
    }

    /// A column about items.
    ///
    /// @param name the column's name, for example `arm`
    /// @param values one per item
    public record ItemAttribute(String name, List<String> values) {

        public ItemAttribute {
            values = List.copyOf(values);
        }
    }
}
