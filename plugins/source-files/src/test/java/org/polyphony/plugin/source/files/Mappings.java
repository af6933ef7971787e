package org.polyphony.plugin.source.files;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.polyphony.plugin.source.files.mapping.ApprovalColumns;
import org.polyphony.plugin.source.files.mapping.AttributeColumn;
import org.polyphony.plugin.source.files.mapping.CandidatesFile;
import org.polyphony.plugin.source.files.mapping.CatalogueFiles;
import org.polyphony.plugin.source.files.mapping.FileReading;
import org.polyphony.plugin.source.files.mapping.FilesSettings;
import org.polyphony.plugin.source.files.mapping.FormColumns;
import org.polyphony.plugin.source.files.mapping.Format;
import org.polyphony.plugin.source.files.mapping.GroupDiscovery;
import org.polyphony.plugin.source.files.mapping.ItemsFile;
import org.polyphony.plugin.source.files.mapping.JudgmentColumns;
import org.polyphony.plugin.source.files.mapping.PairColumns;
import org.polyphony.plugin.source.files.mapping.PolisSettings;
import org.polyphony.plugin.source.files.mapping.RankingColumn;
import org.polyphony.plugin.source.files.mapping.RatingColumns;
import org.polyphony.plugin.source.files.mapping.Unranked;

/// Settings for tests, changed one by one.
final class Mappings {

    Format format = Format.TABLE;
    String file = "judgments.csv";

    @Nullable
    String item = "item";

    @Nullable
    String annotator = "who";

    @Nullable
    PairColumns pair;

    @Nullable
    RankingColumn ranking;

    @Nullable
    RatingColumns rating;

    @Nullable
    ApprovalColumns approval;

    List<AttributeColumn> attributes = List.of();

    @Nullable
    String weight;

    @Nullable
    String time;

    @Nullable
    CandidatesFile candidates;

    @Nullable
    ItemsFile items;

    Unranked unranked = Unranked.BELOW;

    @Nullable
    GroupDiscovery groups;

    int maxCandidates = 20;
    String delimiter = ",";
    int maxMegabytes = 64;

    private Mappings() {}

    /// Columns item, who, a, b, choice; choices first, second, tie.
    static Mappings pairs() {
        var mapping = new Mappings();
        mapping.pair = new PairColumns("a", "b", "choice", Map.of());
        return mapping;
    }

    /// Of another format, with nothing mapped.
    static Mappings of(Format format, String file) {
        var mapping = new Mappings();
        mapping.format = format;
        mapping.file = file;
        mapping.item = null;
        mapping.annotator = null;
        return mapping;
    }

    static AttributeColumn attribute(String name, String... levels) {
        return new AttributeColumn(name, Optional.empty(), List.of(levels), List.of());
    }

    /// The mapping of ukpconvarg1, as in samples/arguments.
    static FilesSettings arguments() {
        var mapping = pairs();
        mapping.file = "judgements.csv.gz";
        mapping.item = "topic";
        mapping.annotator = "worker";
        mapping.pair = new PairColumns(
                "arg1_id",
                "arg2_id",
                "choice",
                Map.of(
                        "a1", PairColumns.Outcome.FIRST,
                        "a2", PairColumns.Outcome.SECOND,
                        "equal", PairColumns.Outcome.TIE));
        mapping.attributes = List.of(new AttributeColumn(
                "stance", Optional.of("worker_stance"), List.of("same", "opposite", "none"), List.of()));
        mapping.candidates = new CandidatesFile(
                "arguments.csv.gz",
                "topic",
                "arg_id",
                Optional.of("text"),
                Optional.empty(),
                Optional.empty(),
                List.of("stance"));
        mapping.items = new ItemsFile("topics.csv", "topic", Optional.of("title"), List.of());
        return mapping.settings();
    }

    FilesSettings settings() {
        return new FilesSettings(
                format,
                file,
                new JudgmentColumns(
                        Optional.ofNullable(item),
                        Optional.ofNullable(annotator),
                        new FormColumns(
                                Optional.ofNullable(pair),
                                Optional.ofNullable(ranking),
                                Optional.ofNullable(rating),
                                Optional.ofNullable(approval)),
                        attributes,
                        Optional.ofNullable(weight),
                        Optional.ofNullable(time)),
                new CatalogueFiles(Optional.ofNullable(candidates), Optional.ofNullable(items)),
                unranked,
                new PolisSettings(Optional.ofNullable(groups), maxCandidates),
                new FileReading(delimiter, maxMegabytes));
    }
}
