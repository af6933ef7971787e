package org.polyphony.plugin.source.assemble;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.polyphony.plugin.source.naming.ByteOrder;

/// Ids in the order of their first occurrence, and their places in byte order.
final class Ids {

    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> names = new ArrayList<>();

    /// The number of `id`, a new one if it is new.
    int add(String id) {
        Integer known = numbers.get(id);
        if (known != null) {
            return known;
        }
        numbers.put(id, names.size());
        names.add(id);
        return names.size() - 1;
    }

    /// The number of `id`, or -1.
    int find(String id) {
        return numbers.getOrDefault(id, -1);
    }

    int size() {
        return names.size();
    }

    List<String> names() {
        return names;
    }

    /// The numbers in byte order of their ids.
    int[] sorted() {
        return IntStream.range(0, names.size())
                .boxed()
                .sorted((a, b) -> ByteOrder.compare(names.get(a), names.get(b)))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /// For each number its place in `sorted`, which may leave out some; those have -1.
    static int[] places(int[] sorted, int size) {
        int[] places = new int[size];
        java.util.Arrays.fill(places, -1);
        for (int place = 0; place < sorted.length; place++) {
            places[sorted[place]] = place;
        }
        return places;
    }
}
