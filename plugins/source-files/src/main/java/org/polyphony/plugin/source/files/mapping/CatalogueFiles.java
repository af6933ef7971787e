package org.polyphony.plugin.source.files.mapping;

import java.util.Optional;
import org.polyphony.spi.plugin.Setting;

/// Files beside a table that say what is judged.
public record CatalogueFiles(
        @Setting(description = "table: file with the candidates")
        Optional<CandidatesFile> candidates,

        @Setting(description = "table: file with the items") Optional<ItemsFile> items) {}
