package org.polyphony.engine.yaml;

import static org.polyphony.spi.error.StandardErrorCode.FILE_MALFORMED;
import static org.polyphony.spi.error.StandardErrorCode.FILE_NOT_FOUND;
import static org.polyphony.spi.error.StandardErrorCode.SETTING_INVALID;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.polyphony.engine.io.InputFiles;
import org.polyphony.spi.error.AlignmentException;

/// A YAML file as a tree of maps, lists and texts that remembers the line of every key.
///
/// @param name the file's name, for messages
/// @param root the document, a mapping
/// @param lines dotted path → line, from 1
public record YamlDocument(String name, Map<String, Object> root, Map<String, Integer> lines) {

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
        try (var in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(YamlParser.MAX_BYTES + 1);
            if (bytes.length > YamlParser.MAX_BYTES) {
                throw new AlignmentException(
                        FILE_MALFORMED,
                        file + " has " + Files.size(file) + " bytes; it may have at most " + YamlParser.MAX_BYTES);
            }
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new AlignmentException(FILE_MALFORMED, file + " is not UTF-8 text; save it as UTF-8", e);
        } catch (IOException e) {
            throw new AlignmentException(FILE_NOT_FOUND, "cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /// Parses a text; `name` is used in messages only.
    @SuppressWarnings("unchecked") // keys are texts: see YamlParser
    static YamlDocument parse(String name, String text) {
        var parsed = YamlParser.parse(name, text);
        if (parsed.value() instanceof Map<?, ?> root) {
            return new YamlDocument(name, (Map<String, Object>) root, parsed.lines());
        }
        var holds = parsed.value() instanceof List ? "a list" : parsed.value().equals("") ? "nothing" : "a text";
        throw new AlignmentException(
                FILE_MALFORMED,
                name + " holds " + holds + "; it must be a mapping, for example one that starts with 'study: NAME'");
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
    public YamlDocument with(String path, String value) {
        var copy = deepCopy(root);
        var keys = path.split("\\.", -1);
        var map = copy;
        for (int i = 0; i < keys.length - 1; i++) {
            map = child(map, keys[i], path);
        }
        map.put(keys[keys.length - 1], YamlParser.parse("--set " + path, value).value());
        return new YamlDocument(name, copy, lines);
    }

    @SuppressWarnings("unchecked") // keys are texts: see YamlParser
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

    @SuppressWarnings("unchecked") // keys are texts: see YamlParser
    private static Object copyOf(Object value) {
        return switch (value) {
            case Map<?, ?> map -> deepCopy((Map<String, Object>) map);
            case List<?> list -> list.stream().map(YamlDocument::copyOf).toList();
            default -> value;
        };
    }
}
