package org.polyphony.engine.study;

import static org.polyphony.spi.error.StandardErrorCode.FILE_MALFORMED;
import static org.polyphony.spi.error.StandardErrorCode.FILE_NOT_FOUND;
import static org.polyphony.spi.error.StandardErrorCode.SETTING_INVALID;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.polyphony.engine.io.InputFiles;
import org.polyphony.spi.error.AlignmentException;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/// A YAML file as a tree of maps, lists and scalars that remembers the line of every key.
///
/// @param name the file's name, for messages
/// @param root the document, a mapping
/// @param lines dotted path → line, from 1
public record YamlDocument(String name, Map<String, Object> root, Map<String, Integer> lines) {

    // TRUST 6.2: bounds against alias bombs and oversized files
    private static final int MAX_BYTES = 256 * 1024;
    private static final int MAX_ALIASES = 20;
    private static final int MAX_DEPTH = 32;

    // at most 999 elements: a number that an int holds
    private static final Pattern ELEMENT = Pattern.compile("(.+)\\[(\\d{1,3})]");

    /// Reads a file of at most 256 KiB; duplicate keys are errors.
    ///
    /// @param kind what the file is, for messages, for example `study`
    public static YamlDocument read(Path file, String kind) {
        var name = String.valueOf(file.getFileName());
        InputFiles.requireFile(file, kind);
        return parse(name, text(file));
    }

    private static String text(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new AlignmentException(
                        FILE_MALFORMED, file + " has " + Files.size(file) + " bytes; it may have at most " + MAX_BYTES);
            }
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (CharacterCodingException e) {
            throw new AlignmentException(FILE_MALFORMED, file + " is not UTF-8 text; save it as UTF-8", e);
        } catch (IOException e) {
            throw new AlignmentException(FILE_NOT_FOUND, "cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /// Parses a text; `name` is used in messages only.
    static YamlDocument parse(String name, String text) {
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setMaxAliasesForCollections(MAX_ALIASES);
        options.setNestingDepthLimit(MAX_DEPTH);
        options.setCodePointLimit(MAX_BYTES);
        try {
            // once for the safe values with the bounds above, once for the lines
            var value = new Yaml(new SafeConstructor(options)).load(text);
            var node = new Yaml(new SafeConstructor(options)).compose(new StringReader(text));
            var lines = new LinkedHashMap<String, Integer>();
            if (node != null) {
                index(node, "", lines);
            }
            return new YamlDocument(name, mapping(name, value), lines);
        } catch (MarkedYAMLException e) {
            var mark = e.getProblemMark();
            throw new AlignmentException(
                    FILE_MALFORMED,
                    name + (mark == null ? "" : ":" + (mark.getLine() + 1)) + " is not valid YAML: " + e.getProblem(),
                    e);
        } catch (YAMLException e) {
            throw new AlignmentException(FILE_MALFORMED, name + " is not valid YAML: " + e.getMessage(), e);
        }
    }

    /// Where `path` is written, for example `study.yaml:12`; the nearest enclosing key's line if the path
    /// is absent.
    String locate(String path) {
        for (var at = path; !at.isEmpty(); at = at.contains(".") ? at.substring(0, at.lastIndexOf('.')) : "") {
            var line = lines.get(at);
            if (line != null) {
                return name + ":" + line;
            }
        }
        return name;
    }

    /// The same document with `value` at the dotted `path`, in which `name[2]` is the third element of a
    /// list; maps on the way are created.
    ///
    /// @throws AlignmentException if the path names an element that is not there
    YamlDocument with(String path, String value) {
        var copy = deepCopy(root);
        var keys = path.split("\\.", -1);
        var map = copy;
        for (int i = 0; i < keys.length - 1; i++) {
            map = child(map, keys[i], path);
        }
        map.put(keys[keys.length - 1], new Yaml(new SafeConstructor(new LoaderOptions())).load(value));
        return new YamlDocument(name, copy, lines);
    }

    @SuppressWarnings("unchecked") // keys are texts: see mapping()
    private static Map<String, Object> child(Map<String, Object> map, String key, String path) {
        var element = ELEMENT.matcher(key);
        if (element.matches() && map.get(element.group(1)) instanceof List<?> list) {
            int at = Integer.parseInt(element.group(2));
            if (at < list.size() && list.get(at) instanceof Map<?, ?> child) {
                return (Map<String, Object>) child;
            }
            throw new AlignmentException(
                    SETTING_INVALID,
                    "--set " + path + " names element " + at + " of a list of " + list.size()
                            + " mappings; they are counted from 0");
        }
        if (!(map.get(key) instanceof Map)) {
            map.put(key, new LinkedHashMap<String, Object>());
        }
        return (Map<String, Object>) map.get(key);
    }

    private static Map<String, Object> deepCopy(Map<String, Object> map) {
        var copy = new LinkedHashMap<String, Object>();
        map.forEach((key, value) -> copy.put(key, copyOf(value)));
        return copy;
    }

    @SuppressWarnings("unchecked") // keys are texts: see mapping()
    private static Object copyOf(Object value) {
        return switch (value) {
            case Map<?, ?> map -> deepCopy((Map<String, Object>) map);
            case List<?> list -> list.stream().map(YamlDocument::copyOf).toList();
            default -> value;
        };
    }

    private static Map<String, Object> mapping(String name, @Nullable Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            throw new AlignmentException(
                    FILE_MALFORMED,
                    name + " holds "
                            + (value == null
                                    ? "nothing"
                                    : "a " + value.getClass().getSimpleName())
                            + "; it must be a mapping, for example one that starts with 'study: NAME'");
        }
        return texted(name, map);
    }

    private static Map<String, Object> texted(String name, Map<?, ?> map) {
        var copy = new LinkedHashMap<String, Object>();
        for (var entry : map.entrySet()) {
            copy.put(String.valueOf(entry.getKey()), value(name, entry.getValue()));
        }
        return copy;
    }

    private static Object value(String name, @Nullable Object value) {
        return switch (value) {
            case null -> "";
            case Map<?, ?> map -> texted(name, map);
            case List<?> list -> {
                var copy = new ArrayList<Object>();
                list.forEach(element -> copy.add(value(name, element)));
                yield copy;
            }
            default -> value;
        };
    }

    private static void index(Node node, String path, Map<String, Integer> lines) {
        switch (node) {
            case MappingNode mapping ->
                mapping.getValue().forEach(tuple -> {
                    if (tuple.getKeyNode() instanceof ScalarNode key) {
                        var at = path.isEmpty() ? key.getValue() : path + "." + key.getValue();
                        lines.putIfAbsent(at, key.getStartMark().getLine() + 1);
                        index(tuple.getValueNode(), at, lines);
                    }
                });
            case SequenceNode sequence -> {
                for (int i = 0; i < sequence.getValue().size(); i++) {
                    var element = sequence.getValue().get(i);
                    var at = path + "[" + i + "]";
                    lines.putIfAbsent(at, element.getStartMark().getLine() + 1);
                    index(element, at, lines);
                }
            }
            default -> {}
        }
    }
}
