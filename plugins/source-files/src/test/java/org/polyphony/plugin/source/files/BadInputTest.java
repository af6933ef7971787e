package org.polyphony.plugin.source.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.polyphony.plugin.source.files.mapping.CandidatesFile;
import org.polyphony.plugin.source.files.mapping.FilesSettings;
import org.polyphony.plugin.source.files.mapping.RankingColumn;
import org.polyphony.plugin.source.files.mapping.RatingColumns;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.ErrorCode;
import org.polyphony.spi.error.StandardErrorCode;

class BadInputTest {

    private static final String HEADER = "item,who,a,b,choice\n";

    @TempDir
    Path root;

    private AlignmentException fails(FilesSettings settings, StandardErrorCode code, String... words) {
        AlignmentException failure = Reading.failure(root, settings);
        assertThat(failure).isNotNull();
        assertThat(failure.code()).as(failure.getMessage()).isEqualTo(code);
        assertThat(failure.getMessage()).contains(words).doesNotContain(root.toString());
        return failure;
    }

    private void failsAsPairs(String text, StandardErrorCode code, String... words) throws IOException {
        Reading.write(root, "judgments.csv", text);
        fails(Mappings.pairs().settings(), code, words);
    }

    private FilesSettings named(String file) {
        var mapping = Mappings.pairs();
        mapping.file = file;
        return mapping.settings();
    }

    @Test
    void read_missingFile_namesTheNearest() throws IOException {
        Reading.write(root, "judgements.csv", HEADER);
        fails(
                Mappings.pairs().settings(),
                StandardErrorCode.FILE_NOT_FOUND,
                "judgments.csv does not exist",
                "did you mean 'judgements.csv'?");
    }

    @Test
    void read_patternWithoutMatch_saysWhatIsThere() throws IOException {
        Reading.write(root, "a.txt", "x");
        fails(named("*.csv"), StandardErrorCode.FILE_NOT_FOUND, "no file matches *.csv", "a.txt");
        fails(named("{a.csv"), StandardErrorCode.SETTING_INVALID, "{a.csv is not a file pattern");
    }

    @Test
    void read_folderInsteadOfFile_saysSo() throws IOException {
        Files.createDirectory(root.resolve("judgments.csv"));
        fails(Mappings.pairs().settings(), StandardErrorCode.FILE_NOT_FOUND, "is a folder, not a file");
    }

    @Test
    void read_noDataFolder_saysSo() throws IOException {
        Path gone = root.resolve("gone");
        assertThat(Reading.failure(gone, Mappings.pairs().settings()).code())
                .isEqualTo(StandardErrorCode.FILE_NOT_FOUND);
        Reading.write(root, "file", "x");
        assertThat(Reading.failure(root.resolve("file"), Mappings.pairs().settings())
                        .getMessage())
                .contains("the data folder is a file");
    }

    @Test
    void read_outsideOfTheDataFolder_isRefused() throws IOException {
        Path inside = Files.createDirectory(root.resolve("inside"));
        Reading.write(root, "secret.csv", HEADER + "q,u,a,b,tie\n");
        Files.createSymbolicLink(inside.resolve("link.csv"), root.resolve("secret.csv"));
        for (String name : List.of(
                "../secret.csv", "link.csv", "*.csv", root.resolve("secret.csv").toString())) {
            AlignmentException failure = Reading.failure(inside, named(name));
            assertThat(failure.code()).as(name).isEqualTo(StandardErrorCode.SETTING_INVALID);
            assertThat(failure).hasMessageContaining("outside of the data folder");
        }
    }

    @Test
    void read_missingColumn_namesNearestAndPresent() throws IOException {
        failsAsPairs(
                "item,whom,a,b,choice\n",
                StandardErrorCode.COLUMN_MISSING,
                "has no column who",
                "did you mean 'whom'?",
                "item, whom, a, b, choice");
    }

    @Test
    void read_missingKeyOfJson_namesNearestAndPresent() throws IOException {
        Reading.write(root, "j.jsonl", "{\"item\":\"q\",\"who\":\"u\",\"a\":\"x\",\"b\":\"y\",\"choise\":\"tie\"}\n");
        fails(named("j.jsonl"), StandardErrorCode.COLUMN_MISSING, "no column choice", "did you mean 'choise'?");
    }

    @Test
    void read_raggedCsv_saysTheLine() throws IOException {
        failsAsPairs(
                HEADER + "q,u,a,b,tie\nq,u,a,b\n",
                StandardErrorCode.FILE_MALFORMED,
                "judgments.csv, line 3",
                "Expected Number of Columns: 5 Found: 4");
        failsAsPairs(HEADER + "q,u,a,b,tie,6\n", StandardErrorCode.FILE_MALFORMED, "line 2", "Found: 6");
        failsAsPairs(HEADER + "q,\"u,a,b,tie\nq,u,a,b,tie\n", StandardErrorCode.FILE_MALFORMED, "line 2", "quote");
        failsAsPairs("item,who,a,a,choice\n", StandardErrorCode.FILE_MALFORMED, "column a occurs twice");
        failsAsPairs("item,\"who,a\n", StandardErrorCode.FILE_MALFORMED, "line 1", "quote");
    }

    @Test
    void read_raggedJson_saysTheLine() throws IOException {
        String good = "{\"item\":\"q\",\"who\":\"u\",\"a\":\"x\",\"b\":\"y\",\"choice\":\"tie\"}\n";
        for (String bad : List.of("{\"item\":\n", "[1,2]\n", "5\n", "not json\n")) {
            Reading.write(root, "j.jsonl", good + bad);
            AlignmentException failure = fails(named("j.jsonl"), StandardErrorCode.FILE_MALFORMED, "j.jsonl");
            assertThat(failure.getMessage()).as(bad).contains("j.jsonl, line 2: ");
        }
    }

    @Test
    void read_notWhatItsNameSays_isMalformed() throws IOException {
        Reading.write(root, "j.parquet", "PAR1 this is not parquet PAR1");
        fails(named("j.parquet"), StandardErrorCode.FILE_MALFORMED, "j.parquet is not what its name says");
        Reading.write(root, "j.csv.gz", HEADER);
        fails(named("j.csv.gz"), StandardErrorCode.FILE_MALFORMED, "not intact gzip");
    }

    @Test
    void read_truncatedOrDamagedGzip_saysSo() throws IOException {
        byte[] whole = Reading.gzip(HEADER + "q,u,a,b,tie\n".repeat(1000));
        Files.write(root.resolve("j.csv.gz"), Arrays.copyOf(whole, whole.length - 9));
        fails(named("j.csv.gz"), StandardErrorCode.FILE_MALFORMED, "truncated", "fetch the file again");
        whole[whole.length - 6] ^= 1;
        Files.write(root.resolve("j.csv.gz"), whole);
        fails(named("j.csv.gz"), StandardErrorCode.FILE_MALFORMED, "not intact gzip");
    }

    @Test
    void read_gzipThatExpandsTooFar_isRefused() throws IOException {
        Files.write(root.resolve("j.csv.gz"), Reading.gzip(HEADER + "q,u,a,b,tie\n".repeat(200_000)));
        var mapping = Mappings.pairs();
        mapping.file = "j.csv.gz";
        mapping.maxMegabytes = 1;
        fails(mapping.settings(), StandardErrorCode.MEMORY_EXHAUSTED, "raise max-megabytes");
    }

    @Test
    void read_notUtf8_saysLineAndByte() throws IOException {
        Files.write(
                root.resolve("judgments.csv"), (HEADER + "q,\u00E9,a,b,tie\n").getBytes(StandardCharsets.ISO_8859_1));
        fails(Mappings.pairs().settings(), StandardErrorCode.FILE_MALFORMED, "line 2: not UTF-8 (byte 0xe9)");
    }

    @Test
    void read_nothing_saysSo() throws IOException {
        failsAsPairs("", StandardErrorCode.FILE_MALFORMED, "is empty");
        failsAsPairs(HEADER, StandardErrorCode.JUDGMENTS_EMPTY, "no judgment in judgments.csv");
    }

    @Test
    void read_unknownChoice_saysTheKnownOnes() throws IOException {
        failsAsPairs(
                HEADER + "q,u,x,y,both\n",
                StandardErrorCode.VALUE_INVALID,
                "choice is both",
                "first, second, tie",
                "item=q, who=u");
        failsAsPairs(HEADER + "q,u,x,y,\n", StandardErrorCode.VALUE_INVALID, "choice is empty");
        failsAsPairs(HEADER + "q,,x,y,tie\n", StandardErrorCode.VALUE_INVALID, "who is empty");
        failsAsPairs(HEADER + "q,u,x,x,tie\n", StandardErrorCode.VALUE_INVALID, "two different candidates");
    }

    @ParameterizedTest
    @CsvSource({"NaN,finite", "Infinity,finite", "-inf,number", "many,number", "'',empty"})
    void read_ratingThatIsNoNumber_isRefused(String value, String word) throws IOException {
        Reading.write(root, "judgments.csv", "item,who,c,v\nq,u,a," + value + "\n");
        var mapping = Mappings.pairs();
        mapping.pair = null;
        mapping.rating = RatingColumns.of("c", "v");
        fails(mapping.settings(), StandardErrorCode.VALUE_INVALID, word);
    }

    @ParameterizedTest
    @CsvSource({"0,positive", "-1,positive", "NaN,finite", "x,number"})
    void read_weightThatIsNotPositive_isRefused(String weight, String word) throws IOException {
        Reading.write(root, "judgments.csv", "item,who,a,b,choice,w\nq,u,x,y,tie," + weight + "\n");
        var mapping = Mappings.pairs();
        mapping.weight = "w";
        fails(mapping.settings(), StandardErrorCode.VALUE_INVALID, word);
    }

    @Test
    void read_timeThatIsNone_isRefused() throws IOException {
        Reading.write(root, "judgments.csv", "item,who,a,b,choice,t\nq,u,x,y,tie,yesterday\n");
        var mapping = Mappings.pairs();
        mapping.time = "t";
        fails(mapping.settings(), StandardErrorCode.VALUE_INVALID, "t is yesterday", "ISO 8601");
    }

    @Test
    void read_levelNotAllowed_saysTheAllowedOnes() throws IOException {
        Reading.write(root, "judgments.csv", "item,who,a,b,choice,side\nq,u,x,y,tie,lefft\n");
        var mapping = Mappings.pairs();
        mapping.attributes = List.of(Mappings.attribute("side", "left", "right"));
        fails(
                mapping.settings(),
                StandardErrorCode.VALUE_INVALID,
                "row 2",
                "side is lefft",
                "left, right",
                "did you mean 'left'?");
    }

    @Test
    void read_candidateNotInItsFile_isRefused() throws IOException {
        Reading.write(root, "judgments.csv", HEADER + "q,u,x1,y,tie\n");
        Reading.write(root, "c.csv", "item,id\nq,x\nq,y\n");
        var mapping = Mappings.pairs();
        mapping.candidates = new CandidatesFile(
                "c.csv", "item", "id", Optional.empty(), Optional.empty(), Optional.empty(), List.of());
        fails(mapping.settings(), StandardErrorCode.VALUE_INVALID, "no candidate x1 of item q", "did you mean 'x'?");
        Reading.write(root, "judgments.csv", HEADER + "r,u,x,y,tie\n");
        fails(mapping.settings(), StandardErrorCode.VALUE_INVALID, "item is r", "no candidate of that item");
    }

    @Test
    void read_candidateWithTwoTexts_isRefused() throws IOException {
        Reading.write(root, "judgments.csv", HEADER + "q,u,x,y,tie\n");
        Reading.write(root, "c.csv", "item,id,t,bad\nq,x,one,0\nq,x,two,0\nq,y,three,0\n");
        var mapping = Mappings.pairs();
        mapping.candidates = new CandidatesFile(
                "c.csv", "item", "id", Optional.of("t"), Optional.empty(), Optional.empty(), List.of());
        fails(mapping.settings(), StandardErrorCode.VALUE_INVALID, "x of item q has two texts", "one", "two");
        Reading.write(root, "c.csv", "item,id,t,bad\nq,x,one,perhaps\nq,y,three,0\n");
        mapping.candidates = new CandidatesFile(
                "c.csv", "item", "id", Optional.of("t"), Optional.of("bad"), Optional.empty(), List.of());
        fails(mapping.settings(), StandardErrorCode.VALUE_INVALID, "bad is perhaps", "true or false");
    }

    @ParameterizedTest
    @CsvSource({"a>>b,between", "a;b,separates", "a>b>a,twice"})
    void read_damagedRanking_isRefused(String ranking, String word) throws IOException {
        Reading.write(root, "judgments.csv", "item,who,r\nq,u," + ranking + "\n");
        var mapping = Mappings.pairs();
        mapping.pair = null;
        mapping.ranking = RankingColumn.of("r");
        fails(mapping.settings(), StandardErrorCode.VALUE_INVALID, word);
    }

    @Test
    void read_anyFailure_isTheUsersToPutRight() throws IOException {
        Reading.write(root, "judgments.csv", HEADER + "q,u,x,y,both\n");
        assertThat(Reading.failure(root, Mappings.pairs().settings()).code().fault())
                .isEqualTo(ErrorCode.Fault.USER);
    }
}
