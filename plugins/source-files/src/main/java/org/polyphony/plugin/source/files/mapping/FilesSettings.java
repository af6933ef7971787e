package org.polyphony.plugin.source.files.mapping;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
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

        @Setting(description = "table: column with the id of the item; absent: all rows are about one item")
        Optional<String> item,

        @Setting(
                description = "table, trl: column with the id of the annotator; absent in a table of pairs or rankings,"
                        + " or in trl: all are by one annotator")
        Optional<String> annotator,

        @Setting(description = "table: one row holds a pair and a choice")
        Optional<PairColumns> pair,

        @Setting(description = "table: one row holds a ranking")
        Optional<RankingColumn> ranking,

        @Setting(description = "table: one row holds a candidate and its rating")
        Optional<RatingColumns> rating,

        @Setting(description = "table: one row holds a candidate and a vote")
        Optional<ApprovalColumns> approval,

        @Setting(description = "table, canonical, trl: what is known of annotators")
        List<AttributeColumn> attributes,

        @Setting(description = "table, trl: column with the weight, positive; absent: 1")
        Optional<String> weight,

        @Setting(
                description =
                        "table, trl: column with the time, ISO 8601, or seconds, milli-, micro- or nanoseconds since 1970")
        Optional<String> time,

        @Setting(description = "table: file with the candidates")
        Optional<CandidatesFile> candidates,

        @Setting(description = "table: file with the items") Optional<ItemsFile> items,

        @Setting(
                description = "preflib: what a ballot says of the alternatives it does not rank: below all ranked"
                        + " ones, or unknown",
                defaultValue = "below")
        Unranked unranked,

        @Setting(
                description = "polis: opinion groups to discover in half of the statements, which then are no"
                        + " candidates; absent: no groups")
        Optional<GroupDiscovery> groups,

        @Setting(
                description = "polis: how many statements of a conversation are candidates, most voted first",
                defaultValue = "20")
        int maxCandidates,

        @Setting(description = "What separates the cells of CSV files, one character", defaultValue = ",")
        String delimiter,

        @Setting(description = "How large all files together may be, decompressed, in megabytes", defaultValue = "1024")
        int maxMegabytes) {

    public FilesSettings {
        attributes = List.copyOf(attributes);
        long forms = Stream.of(pair, ranking, rating, approval)
                .filter(Optional::isPresent)
                .count();
        if (format == Format.TABLE && forms != 1) {
            throw new IllegalArgumentException(
                    "a table needs exactly one of pair, ranking, rating, approval; got " + forms + " of the four");
        }
        if (format == Format.TABLE && annotator.isEmpty() && (rating.isPresent() || approval.isPresent())) {
            throw new IllegalArgumentException("a table of ratings or approvals needs annotator: without it nobody"
                    + " can tell whose rows belong together");
        }
        if (delimiter.length() != 1) {
            throw new IllegalArgumentException("delimiter must be one character, got '" + delimiter + "'");
        }
        if (maxCandidates < 2) {
            throw new IllegalArgumentException("max-candidates must be at least 2, got " + maxCandidates);
        }
        if (maxMegabytes < 1) {
            throw new IllegalArgumentException("max-megabytes must be at least 1, got " + maxMegabytes);
        }
        if (attributes.stream().map(AttributeColumn::name).distinct().count() != attributes.size()) {
            throw new IllegalArgumentException("two attributes have the same name: "
                    + attributes.stream().map(AttributeColumn::name).toList());
        }
    }

    /// A table of pairs with the columns item, who, a, b and choice, and nothing else.
    public static FilesSettings pairs(String file) {
        return new FilesSettings(
                Format.TABLE,
                file,
                Optional.of("item"),
                Optional.of("who"),
                Optional.of(new PairColumns("a", "b", "choice", Map.of())),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Unranked.BELOW,
                Optional.empty(),
                20,
                ",",
                1024);
    }
}
