package org.polyphony.plugin.safety.rules;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Values written in one line, separated by `|`.
final class Alternatives {

    private Alternatives() {}

    static Set<String> of(String values) {
        return Arrays.stream(values.split("\\|", -1))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    static Map<String, Set<String>> of(Map<String, String> named) {
        var all = new TreeMap<String, Set<String>>();
        named.forEach((name, values) -> all.put(name, of(values)));
        return all;
    }
}
