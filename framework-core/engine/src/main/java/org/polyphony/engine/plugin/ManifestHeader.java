package org.polyphony.engine.plugin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads manifest headers of the form `path; path; key=value; key:=value, …` (OSGi Core 3.2.4).
final class ManifestHeader {

    private final String text;
    private int at;

    private ManifestHeader(String text) {
        this.text = text;
    }

    /// One clause of a header.
    ///
    /// @param paths what the clause is about, for example packages
    /// @param attributes `key=value`, types cut off the keys
    /// @param directives `key:=value`
    record Clause(List<String> paths, Map<String, String> attributes, Map<String, String> directives) {

        String attribute(String name) {
            return attributes.getOrDefault(name, "");
        }
    }

    /// The clauses of a header; none if it is absent.
    ///
    /// @throws IllegalArgumentException if the header is malformed
    static List<Clause> parse(@Nullable String header) {
        var clauses = new ArrayList<Clause>();
        if (header == null || header.isBlank()) {
            return clauses;
        }
        var parser = new ManifestHeader(header);
        do {
            clauses.add(parser.clause());
        } while (parser.skip(','));
        if (parser.at != header.length()) {
            throw new IllegalArgumentException("cannot read '" + header.substring(parser.at) + "'");
        }
        return clauses;
    }

    private Clause clause() {
        var paths = new ArrayList<String>();
        var attributes = new LinkedHashMap<String, String>();
        var directives = new LinkedHashMap<String, String>();
        do {
            var name = token();
            if (skip(':')) {
                if (skip('=')) {
                    directives.put(name, token());
                    continue;
                }
                token(); // the attribute's type: all are read as text
                if (!peek('=')) {
                    throw new IllegalArgumentException("a value is missing after '" + name + "'");
                }
            }
            if (skip('=')) {
                attributes.put(name, token());
            } else {
                paths.add(name);
            }
        } while (skip(';'));
        return new Clause(paths, attributes, directives);
    }

    private String token() {
        blanks();
        if (peek('"')) {
            var value = new StringBuilder();
            for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
                if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                    at++;
                }
                value.append(text.charAt(at));
            }
            if (at == text.length()) {
                throw new IllegalArgumentException("a quotation does not end");
            }
            at++;
            blanks();
            return value.toString();
        }
        int start = at;
        while (at < text.length() && ",;:=\"".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        var value = text.substring(start, at).strip();
        if (value.isEmpty()) {
            throw new IllegalArgumentException("a name or value is missing before '" + text.substring(at) + "'");
        }
        return value;
    }

    private boolean peek(char wanted) {
        return at < text.length() && text.charAt(at) == wanted;
    }

    private boolean skip(char wanted) {
        blanks();
        if (peek(wanted)) {
            at++;
            return true;
        }
        return false;
    }

    private void blanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }
}
