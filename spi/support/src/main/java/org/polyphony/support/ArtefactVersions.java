package org.polyphony.support;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.polyphony.spi.artefact.Artefact;

/// A type of artefact with the versions of its layout that a plugin writes or reads, as its
/// [org.polyphony.spi.plugin.Plugin] annotation says.
///
/// @param type as in [Artefact#type]
/// @param first the lowest version, from 1
/// @param last the highest
public record ArtefactVersions(String type, int first, int last) {

    // the commas of a list stand outside the brackets of a range
    private static final Pattern SEPARATOR = Pattern.compile(",(?![^\\[(]*[\\])])");
    private static final Pattern ONE = Pattern.compile("([A-Za-z0-9._/-]+)\\s*;\\s*version\\s*=\\s*(.+)");
    private static final Pattern RANGE = Pattern.compile("([\\[(])\\s*(\\d{1,8})\\s*,\\s*(\\d{1,8})\\s*([\\])])");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,8}");

    public ArtefactVersions {
        if (first < 1 || last < first) {
            throw new IllegalArgumentException(
                    "of '" + type + "' there is no version from " + first + " to " + last + "; versions start at 1");
        }
    }

    /// What a comma-separated list of `type;version=2` and `type;version=[1,3)` says; nothing of a blank one.
    ///
    /// @throws IllegalArgumentException naming what is no such thing
    public static List<ArtefactVersions> parse(String list) {
        var parsed = new ArrayList<ArtefactVersions>();
        if (!list.isBlank()) {
            for (var one : SEPARATOR.split(list, -1)) {
                parsed.add(one(one.strip()));
            }
        }
        return parsed;
    }

    private static ArtefactVersions one(String text) {
        var parts = ONE.matcher(text);
        if (parts.matches()) {
            var range = RANGE.matcher(parts.group(2));
            if (range.matches()) {
                return new ArtefactVersions(
                        parts.group(1),
                        Integer.parseInt(range.group(2)) + (range.group(1).equals("(") ? 1 : 0),
                        Integer.parseInt(range.group(3)) - (range.group(4).equals(")") ? 1 : 0));
            }
            if (NUMBER.matcher(parts.group(2)).matches()) {
                int version = Integer.parseInt(parts.group(2));
                return new ArtefactVersions(parts.group(1), version, version);
            }
        }
        throw new IllegalArgumentException(
                "'" + text + "' is no artefact type with versions; write for example acme.policy.linear;version=[1,3)");
    }

    /// Whether an artefact is one of these.
    public boolean includes(Artefact artefact) {
        return artefact.type().equals(type) && first <= artefact.version() && artefact.version() <= last;
    }

    /// Whether some artefact is both one of these and one of those.
    public boolean meets(ArtefactVersions other) {
        return type.equals(other.type) && first <= other.last && other.first <= last;
    }

    @Override
    public String toString() {
        return type + (first == last ? " version " + first : " versions " + first + " to " + last);
    }
}
