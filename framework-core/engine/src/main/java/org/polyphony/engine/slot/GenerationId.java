package org.polyphony.engine.slot;

/// Names one generation of a slot in results, records and messages.
///
/// @param slot the place in the pipeline
/// @param number 1 for the first plugin that filled the slot, counting up
/// @param plugin the plugin's id
/// @param version of its bundle
/// @param sha256 of its bundle's bytes
public record GenerationId(String slot, int number, String plugin, String version, String sha256) {

    @Override
    public String toString() {
        return slot + "#" + number + " " + plugin + " " + version;
    }
}
