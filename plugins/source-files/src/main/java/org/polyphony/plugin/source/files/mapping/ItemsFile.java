package org.polyphony.plugin.source.files.mapping;

import java.util.List;
import java.util.Optional;
import org.polyphony.spi.plugin.Setting;

/// A file with what is known of items, one row each. Items nobody judged are ignored.
///
/// @param file the file, or a pattern
/// @param id the column with the item's id
/// @param prompt the column with what the item asks
/// @param attributes further columns about the item
public record ItemsFile(
        @Setting(description = "File with the items; a pattern may name several")
        String file,

        @Setting(description = "Column with the id of the item")
        String id,

        @Setting(description = "Column with what the item asks")
        Optional<String> prompt,

        @Setting(description = "Further columns about the item")
        List<String> attributes) {

    public ItemsFile {
        attributes = List.copyOf(attributes);
    }
}
