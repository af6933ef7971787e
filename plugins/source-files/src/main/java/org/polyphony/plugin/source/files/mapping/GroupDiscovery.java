package org.polyphony.plugin.source.files.mapping;

import org.polyphony.spi.plugin.Setting;

/// How opinion groups are found in votes.
///
/// @param discover how many groups
/// @param minVotes how many votes on the statements used for discovery a participant needs to have a group
public record GroupDiscovery(
        @Setting(description = "How many opinion groups to find in each conversation, 2 to 26")
        int discover,

        @Setting(
                description = "How many votes on the statements used for discovery give a participant a group",
                defaultValue = "7")
        int minVotes) {

    public GroupDiscovery {
        if (discover < 2 || discover > 26) {
            throw new IllegalArgumentException("discover must be 2 to 26, got " + discover);
        }
        if (minVotes < 1) {
            throw new IllegalArgumentException("min-votes must be at least 1, got " + minVotes);
        }
    }
}
