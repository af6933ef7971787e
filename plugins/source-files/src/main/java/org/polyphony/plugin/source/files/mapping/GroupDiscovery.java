package org.polyphony.plugin.source.files.mapping;

import org.polyphony.spi.plugin.Setting;

/// How opinion groups are found in votes.
///
/// @param discover how many groups
public record GroupDiscovery(
        @Setting(description = "How many opinion groups to find in each conversation, 2 to 26")
        int discover) {

    public GroupDiscovery {
        if (discover < 2 || discover > 26) {
            throw new IllegalArgumentException("discover must be 2 to 26, got " + discover);
        }
    }
}
