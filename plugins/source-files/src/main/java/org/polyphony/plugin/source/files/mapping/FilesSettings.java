package org.polyphony.plugin.source.files.mapping;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.polyphony.spi.plugin.Setting;

/// Which files to read and how their columns become judgments.
///
/// A `table` names its item and annotator columns, where there are any, and one of pair, ranking, rating
/// and approval. The other formats know their columns themselves.
public record FilesSettings(
        @Setting(
                description = "How the files hold judgments: table, canonical, trl, preflib or polis",
                defaultValue = "table")
        Format format,

        @Setting(
                description = "File below the data folder, .gz included; a pattern such as */*.soi names several; for"
                        + " polis the folders of the conversations")
        String file,

        JudgmentColumns columns,
        CatalogueFiles catalogue,

        @Setting(
                description = "preflib: what a ballot says of the alternatives it does not rank: below all ranked"
                        + " ones, or unknown",
                defaultValue = "below")
        Unranked unranked,

        PolisSettings polis,
        FileReading reading) {

    public FilesSettings {
        var form = columns.form();
        if (format == Format.TABLE && form.count() != 1) {
            throw new IllegalArgumentException("a table needs exactly one of pair, ranking, rating, approval; got "
                    + form.count() + " of the four");
        }
        if (format == Format.TABLE && columns.annotator().isEmpty() && form.ofOneCandidate()) {
            throw new IllegalArgumentException("a table of ratings or approvals needs annotator: without it nobody"
                    + " can tell whose rows belong together");
        }
    }

    /// A table of pairs with the columns item, who, a, b and choice, and nothing else.
    public static FilesSettings pairs(String file) {
        return new FilesSettings(
                Format.TABLE,
                file,
                new JudgmentColumns(
                        Optional.of("item"),
                        Optional.of("who"),
                        FormColumns.of(new PairColumns("a", "b", "choice", Map.of())),
                        List.of(),
                        Optional.empty(),
                        Optional.empty()),
                new CatalogueFiles(Optional.empty(), Optional.empty()),
                Unranked.BELOW,
                new PolisSettings(Optional.empty(), 20),
                new FileReading(",", 1024));
    }
}
