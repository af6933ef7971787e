package org.polyphony.plugin.source.files.mapping;

import java.util.List;
import java.util.Optional;
import org.polyphony.spi.plugin.Setting;

/// A file with the candidates, one row each. With it, a judgment about any other candidate is an error.
///
/// @param file the file, or a pattern
/// @param item the column with the item's id
/// @param id the column with the candidate's id
/// @param text the column with the candidate's text
/// @param unsafe the column that is true or 1 for universally unsafe candidates
/// @param prompt the column with what the item asks
/// @param itemAttributes further columns about the item
public record CandidatesFile(
        @Setting(description = "File with the candidates; a pattern may name several")
        String file,

        @Setting(description = "Column with the id of the item")
        String item,

        @Setting(description = "Column with the id of the candidate")
        String id,

        @Setting(description = "Column with the candidate's text")
        Optional<String> text,

        @Setting(description = "Column that is true or 1 where a candidate is universally unsafe")
        Optional<String> unsafe,

        @Setting(description = "Column with what the item asks")
        Optional<String> prompt,

        @Setting(description = "Further columns about the item, for example the arm of an experiment")
        List<String> itemAttributes) {

    public CandidatesFile {
        itemAttributes = List.copyOf(itemAttributes);
    }
}
