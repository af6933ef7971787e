package org.polyphony.engine.sample.rogue;

import org.polyphony.spi.plugin.Setting;

/// Settings of the sample.
public record RogueSettings(
        @Setting(
                description = "How it breaks its contract; by-property: as the system property rogue.cheat says",
                defaultValue = "by-property")
        String cheat) {

    Cheat which() {
        var name = cheat.equals("by-property") ? System.getProperty("rogue.cheat", "NONE") : cheat;
        return Cheat.valueOf(name);
    }
}
