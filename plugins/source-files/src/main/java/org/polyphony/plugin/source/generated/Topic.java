package org.polyphony.plugin.source.generated;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What questions and answers are made of.
///
/// @param id the topic's name
/// @param clinic how a patient asks
/// @param press how a journalist asks
/// @param figure a sentence with numbers
/// @param fact what is known
/// @param caution what to mind
/// @param step what to do
record Topic(String id, String clinic, String press, String figure, String fact, String caution, String step) {

    /// The topics that come with the plugin, in byte order of their ids.
    static List<Topic> all() {
        try (InputStream resource = Topic.class.getResourceAsStream("topics.txt")) {
            if (resource == null) {
                throw new IllegalStateException("topics.txt is not in the bundle");
            }
            String text = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
            var topics = new ArrayList<Topic>();
            for (String block : text.split("\n\n")) {
                Map<String, String> lines = new HashMap<>();
                block.lines()
                        .filter(line -> !line.startsWith("#"))
                        .map(line -> line.split(": ", 2))
                        .forEach(pair -> lines.put(pair[0], pair[1].strip()));
                if (!lines.isEmpty()) {
                    topics.add(of(lines));
                }
            }
            return topics;
        } catch (IOException e) {
            throw new UncheckedIOException("topics.txt cannot be read", e);
        }
    }

    private static Topic of(Map<String, String> lines) {
        return new Topic(
                line(lines, "id"),
                line(lines, "clinic"),
                line(lines, "press"),
                line(lines, "figure"),
                line(lines, "fact"),
                line(lines, "caution"),
                line(lines, "step"));
    }

    private static String line(Map<String, String> lines, String key) {
        String value = lines.get(key);
        if (value == null) {
            throw new IllegalStateException("a topic has no " + key + ": " + lines);
        }
        return value;
    }
}
