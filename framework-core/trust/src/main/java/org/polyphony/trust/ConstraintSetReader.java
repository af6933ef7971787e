package org.polyphony.trust;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Reads the text form of a [ConstraintSet], format 1.
///
/// ```
/// polyphony-constraints 1
/// set universal-constraints
/// version 1
/// constraints 1
///
/// # a comment
/// let ask = how to | instructions for
///
/// constraint S9.weapons
/// reason instructions for weapons that kill many
/// within 20
/// all $ask
/// all pipe bomb | nerve agent*
///
/// end
/// ```
///
/// `all` lines are groups: a text must have a phrase of each. The number of constraints and the last line are
/// there so that a cut file is never taken for a shorter set.
final class ConstraintSetReader {

    private static final String FORMAT = "polyphony-constraints 1";

    private final List<String> lines;
    private final Map<String, List<String>> lists = new HashMap<>();
    private int at;

    ConstraintSetReader(String text) {
        lines = text.lines().toList();
    }

    ConstraintSet read(String digest) {
        String format = next();
        if (!format.equals(FORMAT)) {
            throw error("expected '" + FORMAT + "', got '" + format + "'; this version reads no other format");
        }
        String name = field(next(), "set");
        int version = number(next(), "version");
        int count = number(next(), "constraints");
        var constraints = new ArrayList<Constraint>();
        String line = next();
        while (!line.equals("end")) {
            if (line.startsWith("let ")) {
                define(line.substring(4));
                line = next();
            } else {
                String id = field(line, "constraint");
                String reason = field(next(), "reason");
                int within = number(next(), "within");
                var groups = new ArrayList<List<String>>();
                line = next();
                while (line.startsWith("all ")) {
                    groups.add(phrases(line.substring(4)));
                    line = next();
                }
                try {
                    constraints.add(new Constraint(id, reason, within, groups));
                } catch (IllegalArgumentException e) {
                    throw error(String.valueOf(e.getMessage()));
                }
            }
        }
        for (; at < lines.size(); at++) {
            if (!lines.get(at).isBlank()) {
                at++;
                throw error("text after 'end'; remove it");
            }
        }
        if (constraints.size() != count) {
            throw error("announced " + count + " constraints, found " + constraints.size() + "; the file is not whole");
        }
        return new ConstraintSet(name, version, constraints, digest);
    }

    private void define(String definition) {
        int equals = definition.indexOf('=');
        if (equals < 0) {
            throw error("expected 'let NAME = phrase | phrase', got 'let " + definition + "'");
        }
        String list = definition.substring(0, equals).strip();
        if (lists.putIfAbsent(list, phrases(definition.substring(equals + 1))) != null) {
            throw error("'" + list + "' is defined twice; rename one");
        }
    }

    private List<String> phrases(String text) {
        var phrases = new ArrayList<String>();
        for (String part : text.split("\\|", -1)) {
            String phrase = part.strip();
            if (phrase.isEmpty()) {
                throw error("an empty phrase; write 'phrase | phrase'");
            }
            if (phrase.startsWith("$")) {
                List<String> list = lists.get(phrase.substring(1));
                if (list == null) {
                    throw error("'" + phrase + "' is not defined above; known: " + lists.keySet());
                }
                phrases.addAll(list);
            } else {
                phrases.add(phrase);
            }
        }
        return phrases;
    }

    private String field(String line, String name) {
        if (!line.startsWith(name + " ") || line.substring(name.length()).isBlank()) {
            throw error("expected '" + name + " …', got '" + line + "'");
        }
        return line.substring(name.length()).strip();
    }

    private int number(String line, String name) {
        String value = field(line, name);
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw error("'" + name + "' must be a whole number, got '" + value + "'");
        }
    }

    /// The next line that is neither blank nor a comment.
    private String next() {
        while (at < lines.size()) {
            String line = lines.get(at++).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                return line;
            }
        }
        throw error("the file ends here, before its 'end'; it is not whole");
    }

    private IllegalArgumentException error(String message) {
        return new IllegalArgumentException("constraint set, line " + at + ": " + message);
    }
}
