package org.polyphony.engine.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.polyphony.spi.error.Issue;
import org.polyphony.support.settings.NearestName;

/// One mapping of a YAML file while it is read: hands out values, collects problems, and finds keys nobody
/// asked for.
public final class YamlSection {

    private final YamlDocument document;
    private final String path;
    private final Map<String, Object> values;
    private final List<Issue> issues;
    private final Set<String> asked = new LinkedHashSet<>();

    /// The mapping `values` that stands at `path` of a document.
    ///
    /// @param issues what is wrong is added to them
    public YamlSection(YamlDocument document, String path, Map<String, Object> values, List<Issue> issues) {
        this.document = document;
        this.path = path;
        this.values = values;
        this.issues = issues;
    }

    public String path() {
        return path;
    }

    /// Whether the key is there.
    public boolean has(String key) {
        asked.add(key);
        return values.containsKey(key);
    }

    /// A required text.
    public String text(String key) {
        var value = text(key, "");
        if (value.isEmpty()) {
            problem(key, "is required");
        }
        return value;
    }

    public String text(String key, String orElse) {
        asked.add(key);
        var value = values.get(key);
        if (value == null) {
            return orElse;
        }
        if (value instanceof Map || value instanceof List) {
            problem(key, "must be a text, got " + value);
            return orElse;
        }
        return value.toString();
    }

    public long integer(String key, long orElse) {
        asked.add(key);
        var value = values.get(key);
        if (value == null) {
            return orElse;
        }
        try {
            if (value instanceof String text) {
                return Long.parseLong(text);
            }
        } catch (NumberFormatException _) {
            // told below
        }
        problem(key, "must be a whole number, got '" + value + "'");
        return orElse;
    }

    public List<String> list(String key, List<String> orElse) {
        asked.add(key);
        var value = values.get(key);
        if (value == null) {
            return orElse;
        }
        if (value instanceof List<?> list && list.stream().noneMatch(e -> e instanceof Map || e instanceof List)) {
            return list.stream().map(String::valueOf).toList();
        }
        problem(key, "must be a list of texts, got '" + value + "'");
        return orElse;
    }

    public Map<String, String> texts(String key) {
        var texts = new LinkedHashMap<String, String>();
        tree(key).forEach((name, value) -> {
            if (value instanceof Map || value instanceof List) {
                problem(key + "." + name, "must be a text, got " + value);
            } else {
                texts.put(name, value.toString());
            }
        });
        return texts;
    }

    /// An optional mapping, as it stands.
    @SuppressWarnings("unchecked") // keys are texts: YamlDocument made them so
    public Map<String, Object> tree(String key) {
        asked.add(key);
        var value = values.get(key);
        if (value == null || value.equals("")) {
            return Map.of();
        }
        if (value instanceof Map<?, ?> map) {
            return (Map<String, Object>) map;
        }
        problem(key, "must be a mapping, got '" + value + "'");
        return Map.of();
    }

    /// A required mapping.
    public YamlSection section(String key) {
        if (!values.containsKey(key)) {
            problem(key, "is required");
        }
        return optionalSection(key);
    }

    public YamlSection optionalSection(String key) {
        return new YamlSection(document, at(key), tree(key), issues);
    }

    /// An optional list of mappings.
    @SuppressWarnings("unchecked") // keys are texts: YamlDocument made them so
    public List<YamlSection> sections(String key) {
        asked.add(key);
        var value = values.get(key);
        if (value == null || value.equals("")) {
            return List.of();
        }
        var sections = new ArrayList<YamlSection>();
        if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                var name = key + "[" + i + "]";
                if (list.get(i) instanceof Map<?, ?> map) {
                    sections.add(new YamlSection(document, at(name), (Map<String, Object>) map, issues));
                } else {
                    problem(name, "must be a mapping, got '" + list.get(i) + "'");
                }
            }
        } else {
            problem(key, "must be a list, got '" + value + "'");
        }
        return sections;
    }

    /// Reports the keys nobody asked for.
    public void finish() {
        for (var key : values.keySet()) {
            if (!asked.contains(key)) {
                problem(key, "is not known" + NearestName.hint(key, asked) + "; known: " + String.join(", ", asked));
            }
        }
    }

    public void problem(String key, String message) {
        var full = at(key);
        issues.add(Issue.error("SETTING_INVALID", "'" + full + "' " + message, document.locate(full)));
    }

    private String at(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
