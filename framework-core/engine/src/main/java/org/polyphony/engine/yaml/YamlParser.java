package org.polyphony.engine.yaml;

import static org.polyphony.spi.error.StandardErrorCode.FILE_MALFORMED;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.polyphony.spi.error.AlignmentException;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.events.StreamEndEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Reads one YAML 1.2 document as maps, lists and texts. Every scalar and every key stays what was written:
/// whether `007` is a number is for whoever asks for one to decide. A key without a value, or with a null
/// of YAML's core schema, has the empty text.
///
/// It walks over the parser's events, which nest no deeper than allowed, and expands aliases within a
/// budget.
final class YamlParser {

    // TRUST 6.2: bounds against alias bombs and oversized files
    static final int MAX_BYTES = 256 * 1024;
    private static final int MAX_ALIASES = 100;
    private static final int MAX_DEPTH = 32;
    private static final int MAX_VALUES = 100_000;

    private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");
    private static final Set<String> TAGS = Set.of("str", "int", "float", "bool", "null", "seq", "map");
    private static final String CORE_TAG = "tag:yaml.org,2002:";

    private final String name;
    private final Iterator<Event> events;
    private final Map<String, Integer> lines = new LinkedHashMap<>();
    private final Map<Anchor, Object> anchored = new HashMap<>();
    private final Set<Anchor> open = new HashSet<>();
    private int aliases;
    private int values;

    private YamlParser(String name, Iterator<Event> events) {
        this.name = name;
        this.events = events;
    }

    /// A document.
    ///
    /// @param value maps, lists and texts; the empty text if the document is empty
    /// @param lines dotted path → line, from 1
    record Parsed(Object value, Map<String, Integer> lines) {}

    /// Parses a text.
    ///
    /// @param name what messages call it
    /// @throws AlignmentException with line and column if it is no YAML, holds several documents, names a
    ///     key twice, refers to itself, has tags of its own or is larger than allowed
    static Parsed parse(String name, String text) {
        var settings = LoadSettings.builder()
                .setLabel(name)
                .setCodePointLimit(MAX_BYTES)
                .build();
        try {
            var parser =
                    new YamlParser(name, new Parse(settings).parseString(text).iterator());
            return new Parsed(parser.document(), parser.lines);
        } catch (MarkedYamlEngineException e) {
            var mark = e.getProblemMark().or(e::getContextMark);
            throw malformed(name, mark, "is not valid YAML: " + e.getProblem(), e);
        } catch (ReaderException e) {
            var before = text.substring(0, Math.clamp(e.getPosition(), 0, text.length()));
            int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
            throw new AlignmentException(
                    FILE_MALFORMED,
                    String.format(
                            "%s:%d:%d is not valid YAML: the character U+%04X is not allowed; remove it",
                            name, line, before.length() - before.lastIndexOf('\n'), e.getCodePoint()),
                    e);
        } catch (YamlEngineException e) {
            throw new AlignmentException(FILE_MALFORMED, name + " is not valid YAML: " + e.getMessage(), e);
        }
    }

    private Object document() {
        Object value = "";
        boolean read = false;
        while (events.hasNext()) {
            var event = events.next();
            if (event instanceof DocumentStartEvent start) {
                if (read) {
                    throw malformed(start, "begins a second document; a file holds one, remove the line '---'");
                }
                read = true;
            } else if (event instanceof NodeEvent node) {
                value = value(node, "", 0);
            } else if (event instanceof StreamEndEvent) {
                break;
            }
        }
        return value;
    }

    private Object value(Event event, String path, int depth) {
        if (++values > MAX_VALUES) {
            throw malformed(event, "has more than " + MAX_VALUES + " values once its aliases are expanded");
        }
        if (depth > MAX_DEPTH) {
            throw malformed(event, "is nested more than " + MAX_DEPTH + " levels deep");
        }
        return switch (event) {
            case AliasEvent alias -> aliased(alias);
            case ScalarEvent scalar -> {
                requireCoreTag(scalar, scalar.getTag());
                yield anchored(scalar, scalar.getValue());
            }
            case SequenceStartEvent start -> {
                requireCoreTag(start, start.getTag());
                opened(start);
                var list = new ArrayList<Object>();
                for (var next = events.next(); !(next instanceof SequenceEndEvent); next = events.next()) {
                    var at = path + "[" + list.size() + "]";
                    lines.putIfAbsent(at, line(next));
                    list.add(value(next, at, depth + 1));
                }
                yield anchored(start, list);
            }
            case MappingStartEvent start -> {
                requireCoreTag(start, start.getTag());
                opened(start);
                yield anchored(start, mapping(path, depth));
            }
            default -> throw malformed(event, "is not valid YAML: a value was expected");
        };
    }

    private Map<String, Object> mapping(String path, int depth) {
        var map = new LinkedHashMap<String, Object>();
        for (var next = events.next(); !(next instanceof MappingEndEvent); next = events.next()) {
            if (!(next instanceof ScalarEvent scalar)) {
                throw malformed(next, "has a key that is no text");
            }
            requireCoreTag(scalar, scalar.getTag());
            var key = scalar.getValue();
            anchored(scalar, key);
            if (map.containsKey(key)) {
                throw malformed(scalar, "is not valid YAML: duplicate key " + key + "; give each key once");
            }
            var at = path.isEmpty() ? key : path + "." + key;
            lines.putIfAbsent(at, line(scalar));
            var of = events.next();
            var value = value(of, at, depth + 1);
            boolean nothing = of instanceof ScalarEvent plain
                    && plain.getScalarStyle() == ScalarStyle.PLAIN
                    && NULLS.contains(plain.getValue());
            map.put(key, nothing ? "" : value);
        }
        return map;
    }

    private Object aliased(AliasEvent alias) {
        if (open.contains(alias.getAlias())) {
            throw malformed(alias, "refers to itself: *" + alias.getAlias() + " stands inside of what it names");
        }
        var value = anchored.get(alias.getAlias());
        if (value == null) {
            throw malformed(alias, "has the alias *" + alias.getAlias() + ", which nothing above is called");
        }
        if (++aliases > MAX_ALIASES) {
            throw malformed(alias, "has more than " + MAX_ALIASES + " aliases");
        }
        values += size(value);
        if (values > MAX_VALUES) {
            throw malformed(alias, "has more than " + MAX_VALUES + " values once its aliases are expanded");
        }
        return value;
    }

    // an alias doubles at most what the budget allows, so that this ends
    private static int size(Object value) {
        int size = 1;
        for (var element :
                value instanceof Map<?, ?> map ? map.values() : value instanceof List<?> list ? list : List.of()) {
            size += size(element);
        }
        return size;
    }

    private void opened(NodeEvent event) {
        event.getAnchor().ifPresent(open::add);
    }

    private Object anchored(NodeEvent event, Object value) {
        event.getAnchor().ifPresent(anchor -> {
            open.remove(anchor);
            anchored.put(anchor, value);
        });
        return value;
    }

    private void requireCoreTag(Event event, Optional<String> tag) {
        var own = tag.filter(of -> !of.equals("!"))
                .filter(of -> !of.startsWith(CORE_TAG) || !TAGS.contains(of.substring(CORE_TAG.length())));
        if (own.isPresent()) {
            throw malformed(event, "has the tag " + own.get() + "; only plain values are read");
        }
    }

    private AlignmentException malformed(Event event, String what) {
        return malformed(name, event.getStartMark(), what, null);
    }

    private static AlignmentException malformed(
            String name, Optional<Mark> mark, String what, @Nullable Throwable cause) {
        var place = mark.map(at -> ":" + (at.getLine() + 1) + ":" + (at.getColumn() + 1))
                .orElse("");
        return new AlignmentException(FILE_MALFORMED, name + place + " " + what, cause);
    }

    private static int line(Event event) {
        return event.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    }
}
