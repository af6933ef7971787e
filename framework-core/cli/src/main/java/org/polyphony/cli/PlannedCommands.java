package org.polyphony.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.polyphony.engine.Polyphony;

/// Commands whose names are fixed already and that a later version brings, so that nobody takes them for a typing
/// mistake.
final class PlannedCommands {

    private static final Map<String, String> VERSIONS = new LinkedHashMap<>();

    static {
        for (var name :
                List.of("study init", "data validate", "data convert", "data get", "profile", "compare", "reproduce")) {
            VERSIONS.put(name, "0.3");
        }
        for (var name : List.of("serve", "audit", "experiment", "dist", "plugin new", "plugin sign", "plugin verify")) {
            VERSIONS.put(name, "0.4");
        }
    }

    private PlannedCommands() {}

    /// What to say to somebody who typed `name` as a command of `parent`, for example `init` of `polyphony study`.
    static Optional<String> message(String parent, String name) {
        var words = (parent + " " + name)
                .substring(parent.indexOf(' ') < 0 ? parent.length() + 1 : parent.indexOf(' ') + 1);
        return Optional.ofNullable(VERSIONS.get(words))
                .map(version -> "'" + words + "' comes with version " + version + "; this is " + Polyphony.version());
    }
}
