package org.polyphony.plugin.source.files.mapping;

import java.util.Optional;
import org.polyphony.spi.plugin.Setting;

/// How conversations of Polis are read.
public record PolisSettings(
        @Setting(
                description = "polis: opinion groups to discover in half of the statements, which then are no"
                        + " candidates; absent: no groups")
        Optional<GroupDiscovery> groups,

        @Setting(
                description = "polis: how many statements of a conversation are candidates, most voted first",
                defaultValue = "20")
        int maxCandidates) {

    public PolisSettings {
        if (maxCandidates < 2) {
            throw new IllegalArgumentException("max-candidates must be at least 2, got " + maxCandidates);
        }
    }
}
