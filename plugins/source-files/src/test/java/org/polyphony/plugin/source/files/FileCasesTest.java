package org.polyphony.plugin.source.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.duckdb.DuckDBDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.polyphony.plugin.source.files.mapping.CandidatesFile;
import org.polyphony.plugin.source.files.mapping.FilesSettings;
import org.polyphony.plugin.source.files.mapping.Format;
import org.polyphony.plugin.source.files.mapping.GroupDiscovery;
import org.polyphony.plugin.source.files.mapping.RatingColumns;
import org.polyphony.spi.context.KeyedRandom;
import org.polyphony.spi.error.StandardErrorCode;

/// Files as programs write them: line ends, delimiters, encodings, long cells, Polis exports, PrefLib files.
class FileCasesTest {

    private static final String ROWS = "q,p1,a,1,north\nq,p1,b,2,north\nq,p2,a,2,south\nq,p2,b,1,south\n";

    @TempDir
    Path root;

    private static Mappings ratings(String file) {
        var mapping = Mappings.pairs();
        mapping.pair = null;
        mapping.file = file;
        mapping.rating = RatingColumns.of("answer", "score");
        mapping.attributes = List.of(Mappings.attribute("team", "north", "south"));
        return mapping;
    }

    private static String message(Path folder, FilesSettings settings, StandardErrorCode code) {
        var failure = Reading.failure(folder, settings);
        assertThat(failure).isNotNull();
        assertThat(failure.code()).as(failure.getMessage()).isEqualTo(code);
        return String.valueOf(failure.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"E4b", "E4e", "E4f", "E4g", "E4h", "E4i", "E4l"})
    void read_anyMixOfLineEnds_isRead(String name) {
        var mapping = ratings(name.equals("E4l") ? "r.tsv" : "r.csv");
        try (var reading = Reading.of(Cases.folder("B12/" + name), mapping.settings())) {
            assertThat(reading.lines()).containsExactly("q p1 north a=1.0 b=2.0", "q p2 south a=2.0 b=1.0");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"E4", "E4j"})
    void read_lineEndsInQuotes_arePartOfTheCell(String name) {
        try (var reading =
                Reading.of(Cases.folder("B12/" + name), ratings("r.csv").settings())) {
            assertThat(reading.judgments().candidates().ids()).anyMatch(id -> id.contains("\r\n"));
            assertThat(reading.judgments().count()).isEqualTo(2);
        }
    }

    @Test
    void read_randomCellsAndLineEnds_areTheSameHoweverTheyEnd() throws IOException {
        var random = KeyedRandom.of(8, "line ends", 0);
        for (int round = 0; round < 20; round++) {
            var lf = new StringBuilder("item,who,answer,score,team\n");
            var mixed = new StringBuilder("item,who,answer,score,team\r\n");
            for (int row = 0; row < 20; row++) {
                var cell = new StringBuilder();
                for (int c = 0; c < 6; c++) {
                    cell.append("ab \"\",;x'".charAt(random.nextInt(9)));
                }
                var line = "q,p" + row / 4 + ",\"" + row % 4 + cell.toString().replace("\"", "\"\"") + "\"," + row
                        + ",north";
                lf.append(line).append('\n');
                mixed.append(line).append(random.nextInt(2) == 0 ? "\r\n" : "\n");
            }
            Reading.write(root, "lf.csv", lf.toString());
            Reading.write(root, "mixed.csv", mixed.toString());
            try (var one = Reading.of(root, ratings("lf.csv").settings());
                    var other = Reading.of(root, ratings("mixed.csv").settings())) {
                assertThat(other.lines()).isEqualTo(one.lines());
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "q,p1,a,1 | has 4 cells where the header has 5",
                "q,p1,\"a,1,north | line 3: the quote that opens a cell is not closed",
                "q,p1,\"a\"b,1,north | line 3: text follows the quote"
            })
    void read_damagedRowAmongMixedLineEnds_isRefused(String row, String words) throws IOException {
        Files.writeString(
                root.resolve("r.csv"), "item,who,answer,score,team\r\nq,p0,a,1,north\n" + row.strip() + "\r\n");
        assertThat(message(root, ratings("r.csv").settings(), StandardErrorCode.FILE_MALFORMED))
                .contains(words.strip());
    }

    @ParameterizedTest
    @ValueSource(ints = {3_000_000, 20_000_000})
    void read_longCell_isReadWithinTheLimit(int length) throws IOException {
        var text = "lorem ipsum ".repeat(length / 12);
        var story = "prompt,chosen,rejected,annotator,team\n\"Tell a story.\",\"" + text
                + "\",\"No.\",p1,north\n\"Is 7 prime?\",\"Yes.\",\"No.\",p2,south\n\"Last.\",\"" + text
                + "\",No.,p3,south";
        Reading.write(root, "pairs.csv", story);
        var mapping = Mappings.of(Format.TRL, "pairs.csv");
        mapping.annotator = "annotator";
        try (var reading = Reading.of(root, mapping.settings())) {
            assertThat(reading.judgments().count()).isEqualTo(3);
            assertThat(reading.judgments().candidates().texts())
                    .anyMatch(found -> found.length() >= text.strip().length());
        }
        mapping.maxMegabytes = 1;
        assertThat(message(root, mapping.settings(), StandardErrorCode.MEMORY_EXHAUSTED))
                .contains("raise max-megabytes");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "C12b | ratings.csv | has no column item; it has item;who | separated by ';': set 'delimiter'",
                "C12e | ratings.txt | has no column item | separated by '\\t': set 'delimiter' to that, in double quotes",
                "E4d  | r.csv | has no column item | header seems to be line 2: remove what is above",
                "C12j | ratings.csv | has no column who | write ' who'",
                "C12f | ratings.csv | ratings.csv, row 2: score is 1,204 | decimal point and no separator of thousands",
                "C12g | ratings.csv | ratings.csv, row 3: score is 85% | expected a number",
                "C12i | ratings.csv | item is empty | ratings.csv, row 6",
                "C12d | ratings.csv | ratings.csv is UTF-16 text | save it as UTF-8",
                "E4c  | r.csv | r.csv, line 2 | quote"
            })
    void read_spreadsheetExport_isRefusedWithWhatToDo(String name, String file, String what, String advice) {
        var failure = Reading.failure(Cases.folder("B22/" + name), ratings(file).settings());
        assertThat(failure).isNotNull();
        assertThat(failure.getMessage()).contains(what, advice);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "C12  | score is 4,5 | decimal point",
                "C12c | header seems to be line 2 | remove",
                "C12k | team is north  | did you mean 'north'?"
            })
    void read_spreadsheetExportWithSemicolons_isRefusedWithWhatToDo(String name, String what, String advice) {
        var mapping = ratings("ratings.csv");
        mapping.delimiter = ";";
        var failure = Reading.failure(Cases.folder("B22/" + name), mapping.settings());
        // C12: a comma is no delimiter here, so that its rows have as many cells as they should
        assertThat(failure).isNotNull();
        assertThat(failure.getMessage()).contains(what.strip(), advice).doesNotContain("set 'delimiter'");
    }

    @Test
    void read_trailingDelimiters_areAColumnWithoutAName() {
        try (var reading =
                Reading.of(Cases.folder("B22/C12h"), ratings("ratings.csv").settings())) {
            assertThat(reading.judgments().count()).isEqualTo(2);
        }
    }

    @Test
    void read_contentThatIsNotWhatTheNameSays_isNamed() throws IOException {
        var zip = new ByteArrayOutputStream();
        try (var out = new ZipOutputStream(zip)) {
            out.putNextEntry(new ZipEntry("a"));
        }
        var csv = "item,who,answer,score,team\n" + ROWS;
        named(zip.toByteArray(), "is a zip archive or a spreadsheet");
        named(Reading.gzip(csv), "is compressed with gzip; give it a name that ends in .gz");
        named("PAR1....PAR1".getBytes(StandardCharsets.US_ASCII), "is Parquet");
        named("ARROW1\0\0....".getBytes(StandardCharsets.US_ASCII), "is an Arrow file");
        named(csv.getBytes(StandardCharsets.UTF_16), "is UTF-16 text");
        named(csv.getBytes(StandardCharsets.UTF_16LE), "is UTF-16 text");
        named(csv.getBytes(StandardCharsets.UTF_16BE), "is UTF-16 text");
        named("SQLite format 3\0".getBytes(StandardCharsets.US_ASCII), "is an SQLite database");
        Files.write(root.resolve("r.parquet"), zip.toByteArray());
        assertThat(message(root, ratings("r.parquet").settings(), StandardErrorCode.FILE_MALFORMED))
                .contains("r.parquet is a zip archive");
        Files.write(root.resolve("r.csv.gz"), Reading.gzip("PAR1"));
        assertThat(message(root, ratings("r.csv.gz").settings(), StandardErrorCode.FILE_MALFORMED))
                .contains("r.csv.gz is Parquet");
    }

    private void named(byte[] content, String words) throws IOException {
        Files.write(root.resolve("r.csv"), content);
        assertThat(message(root, ratings("r.csv").settings(), StandardErrorCode.FILE_MALFORMED))
                .contains("r.csv " + words);
    }

    @Test
    void read_byteOrderMark_isNoPartOfTheFirstName() throws IOException {
        Reading.write(root, "r.csv", "\uFEFFitem,who,answer,score,team\r\n" + ROWS);
        try (var reading = Reading.of(root, ratings("r.csv").settings())) {
            assertThat(reading.judgments().count()).isEqualTo(2);
        }
    }

    @Test
    void read_nanOfParquet_isBlank() throws SQLException {
        try (var connection = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
                var statement = connection.createStatement()) {
            statement.execute("COPY (SELECT 'q' AS item, 'p' || i AS who, 'x' AS a, 'y' AS b, 'tie' AS choice,"
                    + " CASE WHEN i = 1 THEN 'nan'::DOUBLE WHEN i = 2 THEN NULL ELSE 3.0 END AS age"
                    + " FROM range(1, 4) t(i)) TO '" + root.resolve("r.parquet") + "' (FORMAT parquet)");
        }
        var mapping = Mappings.pairs();
        mapping.file = "r.parquet";
        mapping.attributes = List.of(Mappings.attribute("age"));
        try (var reading = Reading.of(root, mapping.settings())) {
            assertThat(reading.judgments().judges().attributes().getFirst().levels())
                    .containsExactly("3.0");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"C08", "C08a", "C08e", "C08f", "C08g", "C08h"})
    void read_polisExport_withNamesOfTodayAndOfOld(String name) {
        var mapping = Mappings.of(Format.POLIS, "park");
        mapping.groups = new GroupDiscovery(2);
        try (var reading = Reading.of(Cases.folder("B08/" + name), mapping.settings())) {
            assertThat(reading.judgments().candidates().items()).containsExactly("park");
            assertThat(reading.judgments().candidates().prompts().getFirst()).startsWith("Benches");
            assertThat(reading.judgments().judges().ids()).isNotEmpty();
        }
    }

    @Test
    void read_polisNamesOfToday_giveWhatTheOldNamesGive() {
        var lines = new ArrayList<List<String>>();
        for (var name : List.of("C08", "C08a")) {
            try (var reading = Reading.of(
                    Cases.folder("B08/" + name),
                    Mappings.of(Format.POLIS, "park").settings())) {
                lines.add(reading.lines());
            }
        }
        assertThat(lines.get(1)).isEqualTo(lines.get(0));
    }

    @Test
    void read_severalPolisExportsInOneFolder_areRefused() throws IOException {
        conversation("", "1");
        Reading.write(root, "c/2026-01-02-participant-votes.csv", "participant,0,1\n0,1,-1\n");
        assertThat(message(root, Mappings.of(Format.POLIS, "c").settings(), StandardErrorCode.FILE_MALFORMED))
                .contains("several exports", "2026-01-02-participant-votes.csv");
    }

    @Test
    void read_polisWithoutComments_saysWhatIsMissing() throws IOException {
        Reading.write(root, "c/x-participant-votes.csv", "participant,0,1\n0,1,-1\n");
        assertThat(message(root, Mappings.of(Format.POLIS, "c").settings(), StandardErrorCode.FILE_NOT_FOUND))
                .contains("comments.csv", "c/x-participant-votes.csv");
    }

    @Test
    void read_statementsNobodyModerated_areTold() throws IOException {
        conversation("", "0");
        try (var reading = Reading.of(root, Mappings.of(Format.POLIS, "c").settings())) {
            assertThat(reading.judgments().candidates().ids()).containsExactly("0");
            assertThat(reading.issues())
                    .filteredOn(issue -> issue.code().equals("STATEMENT_UNMODERATED"))
                    .singleElement()
                    .satisfies(issue -> assertThat(issue.message()).contains("1 statements", "left out"));
        }
        Reading.write(root, "c/comments.csv", "comment-id,moderated,comment-body\n0,0,a\n1,0,b\n");
        try (var reading = Reading.of(root, Mappings.of(Format.POLIS, "c").settings())) {
            assertThat(reading.judgments().candidates().ids()).containsExactly("0", "1");
            assertThat(reading.issueCodes()).contains("STATEMENT_UNMODERATED");
        }
    }

    private void conversation(String prefix, String moderated) throws IOException {
        Reading.write(root, "c/" + prefix + "participants-votes.csv", "participant,0,1\n0,1,-1\n1,1,1\n");
        Reading.write(
                root,
                "c/" + prefix + "comments.csv",
                "comment-id,moderated,comment-body\n0,1,a\n1," + moderated + ",b\n");
    }

    @Test
    void read_preflibWithAByteOrderMarkAndFractions_isRead() throws IOException {
        Reading.write(root, "e.soi", "\uFEFF" + """
                # DATA TYPE: soi
                # NUMBER ALTERNATIVES: 2
                # NUMBER VOTERS: 0.6
                0.1: 1,2
                0.2: 2,1
                0.3: 1
                """);
        try (var reading = Reading.of(root, Mappings.of(Format.PREFLIB, "e.soi").settings())) {
            assertThat(reading.judgments().count()).isEqualTo(3);
        }
    }

    @Test
    void read_preflibCategories_areRefusedByTheirType() throws IOException {
        Reading.write(root, "e.cat", "# DATA TYPE: cat\n# NUMBER ALTERNATIVES: 2\n1: {1},{2}\n");
        assertThat(message(root, Mappings.of(Format.PREFLIB, "e.cat").settings(), StandardErrorCode.FILE_MALFORMED))
                .contains("DATA TYPE is cat", "soc, soi, toc, toi");
    }

    private FilesSettings withCandidates(Optional<String> unsafe) {
        var mapping = Mappings.pairs();
        mapping.candidates =
                new CandidatesFile("c.csv", "item", "id", Optional.empty(), unsafe, Optional.empty(), List.of());
        return mapping.settings();
    }

    @Test
    void read_unsafeThatNobodyReadsOrLeftBlank_isRefused() throws IOException {
        Reading.write(root, "judgments.csv", "item,who,a,b,choice\nq,u,x,y,tie\n");
        Reading.write(root, "c.csv", "item,id,Unsafe\nq,x,0\nq,y,1\n");
        assertThat(message(root, withCandidates(Optional.empty()), StandardErrorCode.SETTING_INVALID))
                .contains("c.csv has a column Unsafe that no setting reads", "'unsafe: Unsafe'");
        assertThat(message(root, withCandidates(Optional.of("unsafe")), StandardErrorCode.COLUMN_MISSING))
                .contains("did you mean 'Unsafe'?");
        Reading.write(root, "c.csv", "item,id,Unsafe\nq,x,0\nq,y,\n");
        assertThat(message(root, withCandidates(Optional.of("Unsafe")), StandardErrorCode.VALUE_INVALID))
                .contains("c.csv, row 3", "Unsafe is empty");
    }
}
