package org.polyphony.plugin.evaluator.preferences.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.polyphony.spi.preference.Candidates;

/// The items that one set of figures is about: all of them, or those of one value of an item attribute.
///
/// @param name `all`, or the attribute's value
/// @param contains one an item
public record Scope(String name, boolean[] contains) {

    /// The name of the scope of all items.
    public static final String ALL = "all";

    /// All items first, then the values of the partition attribute in order.
    public static List<Scope> of(Candidates candidates, Optional<String> partition) {
        List<Scope> scopes = new ArrayList<>();
        boolean[] everything = new boolean[candidates.items().size()];
        java.util.Arrays.fill(everything, true);
        scopes.add(new Scope(ALL, everything));
        for (Candidates.Attribute attribute : candidates.attributes().ofItems()) {
            if (partition.isEmpty() || !partition.get().equals(attribute.name())) {
                continue;
            }
            for (String value : new TreeSet<>(attribute.values())) {
                boolean[] contains = new boolean[everything.length];
                for (int item = 0; item < contains.length; item++) {
                    contains[item] = attribute.values().get(item).equals(value);
                }
                scopes.add(new Scope(value.equals(ALL) ? partition.get() + "=" + value : value, contains));
            }
        }
        return scopes;
    }

    /// Whether this is the scope of all items.
    public boolean isAll() {
        return name.equals(ALL);
    }

    /// The items, ascending.
    public int[] items() {
        return java.util.stream.IntStream.range(0, contains.length)
                .filter(item -> contains[item])
                .toArray();
    }
}
