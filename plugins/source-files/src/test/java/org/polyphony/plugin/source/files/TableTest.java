package org.polyphony.plugin.source.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.duckdb.DuckDBDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.polyphony.plugin.source.files.mapping.ApprovalColumns;
import org.polyphony.plugin.source.files.mapping.CandidatesFile;
import org.polyphony.plugin.source.files.mapping.ItemsFile;
import org.polyphony.plugin.source.files.mapping.PairColumns;
import org.polyphony.plugin.source.files.mapping.RankingColumn;
import org.polyphony.plugin.source.files.mapping.RatingColumns;
import org.polyphony.plugin.source.naming.ByteOrder;
import org.polyphony.spi.preference.Candidates;
import org.polyphony.spi.preference.Criterion;
import org.polyphony.spi.preference.JudgmentForm;

class TableTest {

    private static final String PAIRS = """
            item,who,a,b,choice,side,w,at
            q2,u1,y,x,first,left,2,1970-01-01T00:00:01Z
            q1,u2,b,a,tie,,1,1970-01-01 00:00:02
            q1,u1,a,b,second,right,0.5,3000
            """;

    @TempDir
    Path root;

    @Test
    void read_pairs_keepsWhoSaidWhat() throws IOException {
        Reading.write(root, "judgments.csv", PAIRS);
        var mapping = Mappings.pairs();
        mapping.attributes = List.of(Mappings.attribute("side", "right", "left"));
        mapping.weight = "w";
        mapping.time = "at";
        try (var reading = Reading.of(root, mapping.settings())) {
            assertThat(reading.lines())
                    .containsExactly("q1 u1 right a=0.0 b=1.0", "q1 u2 - b=0.5 a=0.5", "q2 u1 left y=1.0 x=0.0");
            assertThat(reading.judgments().columns().weight().toDoubles()).containsExactly(0.5, 1, 2);
            assertThat(reading.judgments().columns().time().orElseThrow().toLongs())
                    .containsExactly(3000, 2000, 1000);
            assertThat(reading.judgments().judges().ids()).containsExactly("u1", "u2");
            assertThat(reading.judgments().form(0)).isEqualTo(JudgmentForm.PAIR);
            assertThat(reading.judgments().entries().ordered()).isTrue();
            assertThat(reading.judgments().criteria()).containsExactly(Criterion.preference());
            assertThat(reading.issueCodes()).containsExactly("ATTRIBUTE_BLANK");
        }
    }

    @Test
    void read_rowsInAnotherOrderAndSeveralFiles_givesTheSame() throws IOException {
        Reading.write(root, "judgments.csv", PAIRS);
        Reading.write(root, "parts/1.csv", """
                choice,who,item,a,b
                second,u1,q1,a,b
                """);
        Reading.write(root, "parts/2.csv", PAIRS.lines().limit(3).reduce("", (a, b) -> a + b + "\n"));
        var parts = Mappings.pairs();
        parts.file = "parts/*.csv";
        try (var whole = Reading.of(root, Mappings.pairs().settings());
                var divided = Reading.of(root, parts.settings())) {
            assertThat(divided.lines()).isEqualTo(whole.lines());
            assertThat(divided.data().inputs()).extracting("name").containsExactly("parts/1.csv", "parts/2.csv");
        }
    }

    @Test
    void read_manyRowsWhoseTextsRepeat_comesInByteOrder() throws IOException, SQLException {
        var header = "item,who,a,b,choice,side";
        var rows = new ArrayList<String>();
        for (int n = 0; n < 120_000; n++) {
            String item =
                    List.of("é", "z", "a", "Z", "\uD83D\uDE00", "q-10", "q-9").get(n * 31 % 7);
            String side = List.of("left", "", "right").get(n % 3);
            rows.add(item + ",u" + n % 977 + "," + (n % 2 == 0 ? "x,y" : "y,x") + "," + (n % 5 < 2 ? "first" : "tie")
                    + "," + side);
        }
        Reading.write(root, "judgments.csv", header + "\n" + String.join("\n", rows) + "\n");
        try (var connection = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
                var statement = connection.createStatement()) {
            statement.execute("COPY (SELECT * FROM read_csv('" + root.resolve("judgments.csv") + "')) TO '"
                    + root.resolve("judgments.parquet") + "' (FORMAT parquet)");
        }
        // read in the order of item, who, side, a, b, choice; a blank comes last
        List<String> expected = rows.stream()
                .map(row -> row.split(",", -1))
                .sorted(Comparator.comparing((String[] row) -> row[0], ByteOrder::compare)
                        .thenComparing(row -> row[1])
                        .thenComparing(row -> row[5].isEmpty() ? "~" : row[5])
                        .thenComparing(row -> row[2])
                        .thenComparing(row -> row[4]))
                .map(row -> row[0] + " " + row[1] + " " + (row[5].isEmpty() ? "-" : row[5]) + " " + row[2]
                        + (row[4].equals("tie") ? "=0.5 " : "=1.0 ") + row[3]
                        + (row[4].equals("tie") ? "=0.5" : "=0.0"))
                .toList();
        for (String name : List.of("judgments.csv", "judgments.parquet")) {
            var mapping = Mappings.pairs();
            mapping.file = name;
            mapping.attributes = List.of(Mappings.attribute("side"));
            try (var reading = Reading.of(root, mapping.settings())) {
                assertThat(reading.lines()).as(name).isEqualTo(expected);
            }
        }
    }

    @Test
    void read_jsonLinesGzipAndParquet_giveTheSameAsCsv() throws IOException, SQLException {
        Reading.write(root, "judgments.csv", PAIRS);
        Files.write(root.resolve("judgments.csv.gz"), Reading.gzip(PAIRS));
        Reading.write(root, "judgments.jsonl", """
                {"item":"q1","who":"u1","a":"a","b":"b","choice":"second"}
                {"who":"u2","item":"q1","a":"b","b":"a","choice":"tie","more":[1]}
                {"item":"q2","who":"u1","a":"y","b":"x","choice":"first"}
                """);
        try (var connection = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
                var statement = connection.createStatement()) {
            statement.execute("COPY (SELECT * FROM read_csv('" + root.resolve("judgments.csv") + "')) TO '"
                    + root.resolve("judgments.parquet") + "' (FORMAT parquet)");
        }
        try (var csv = Reading.of(root, Mappings.pairs().settings())) {
            for (String name : List.of("judgments.csv.gz", "judgments.jsonl", "judgments.parquet")) {
                var mapping = Mappings.pairs();
                mapping.file = name;
                try (var other = Reading.of(root, mapping.settings())) {
                    assertThat(other.lines()).as(name).isEqualTo(csv.lines());
                }
            }
        }
    }

    @Test
    void read_rankings_valuesAreNegatedRanks() throws IOException {
        Reading.write(root, "judgments.csv", "item,who,order\nq,u1,c > a=b\nq,u2,b>c\n");
        var mapping = Mappings.pairs();
        mapping.pair = null;
        mapping.ranking = RankingColumn.of("order");
        try (var reading = Reading.of(root, mapping.settings())) {
            assertThat(reading.lines()).containsExactly("q u1 c=0.0 a=-1.0 b=-1.0", "q u2 b=0.0 c=-1.0");
            assertThat(reading.judgments().form(1)).isEqualTo(JudgmentForm.RANKING);
        }
    }

    @Test
    void read_ratings_rowsOfOneAnnotatorAreOneJudgment() throws IOException {
        Reading.write(root, "judgments.csv", "item,who,c,v\nq,u2,a,3\nq,u1,b,-1.5\nq,u1,a,4\n");
        var mapping = Mappings.pairs();
        mapping.pair = null;
        mapping.rating = RatingColumns.of("c", "v");
        try (var reading = Reading.of(root, mapping.settings())) {
            assertThat(reading.lines()).containsExactly("q u1 a=4.0 b=-1.5", "q u2 a=3.0");
            assertThat(reading.judgments().form(0)).isEqualTo(JudgmentForm.RATING);
        }
    }

    @Test
    void read_approvals_mapsVotes() throws IOException {
        Reading.write(root, "judgments.csv", "item,who,c,v\nq,u1,a,1\nq,u1,b,-1\nq,u1,c,0\nq,u2,a,approve\n");
        var mapping = Mappings.pairs();
        mapping.pair = null;
        mapping.approval = new ApprovalColumns("c", "v", Map.of());
        try (var reading = Reading.of(root, mapping.settings())) {
            assertThat(reading.lines()).containsExactly("q u1 a=1.0 b=0.0 c=0.5", "q u2 a=1.0");
            assertThat(reading.judgments().form(0)).isEqualTo(JudgmentForm.APPROVAL);
        }
    }

    @Test
    void read_candidatesAndItemsFiles_describeThem() throws IOException {
        Reading.write(root, "judgments.csv", PAIRS);
        Reading.write(root, "candidates.csv", """
                q,id,text,bad,arm
                q1,a,"text, of a",0,control
                q1,b,text of b,1,control
                q1,c,never judged,0,control
                q2,x,,false,difference
                q2,y,"two
                lines",no,difference
                q3,z,nobody judged this item,0,control
                """);
        Reading.write(root, "items.csv", "id,ask\nq1,What?\nq9,Other\nq2,Which?\n");
        var mapping = Mappings.pairs();
        mapping.candidates = new CandidatesFile(
                "candidates.csv", "q", "id", Optional.of("text"), Optional.of("bad"), Optional.empty(), List.of("arm"));
        // one column both as the prompt and as an attribute
        mapping.items = new ItemsFile("items.csv", "id", Optional.of("ask"), List.of("ask"));
        try (var reading = Reading.of(root, mapping.settings())) {
            var candidates = reading.judgments().candidates();
            assertThat(candidates.items()).containsExactly("q1", "q2");
            assertThat(candidates.prompts()).containsExactly("What?", "Which?");
            assertThat(candidates.ids()).containsExactly("a", "b", "c", "x", "y");
            assertThat(candidates.texts()).containsExactly("text, of a", "text of b", "never judged", "", "two\nlines");
            assertThat(candidates.declaredUnsafe().toBytes()).containsExactly(0, 1, 0, 0, 0);
            assertThat(candidates.attributes().ofItems())
                    .containsExactlyInAnyOrder(
                            new Candidates.Attribute("arm", List.of("control", "difference")),
                            new Candidates.Attribute("ask", List.of("What?", "Which?")));
            assertThat(reading.issueCodes()).containsExactlyInAnyOrder("ITEM_UNJUDGED", "CANDIDATE_UNJUDGED");
            assertThat(reading.data().inputs())
                    .extracting("name")
                    .containsExactly("candidates.csv", "items.csv", "judgments.csv");
        }
    }

    @Test
    void read_idsBeyondAscii_areInByteOrder() throws IOException {
        // U+1F600 sorts after U+FF5E in UTF-8 and before it in UTF-16
        Reading.write(
                root,
                "judgments.csv",
                "item,who,a,b,choice\nq,u\uD83D\uDE00,x,y,tie\nq,u\uFF5E,x,y,tie\nq,uz,x,y,tie\n");
        try (var reading = Reading.of(root, Mappings.pairs().settings())) {
            assertThat(reading.judgments().judges().ids()).containsExactly("uz", "u\uFF5E", "u\uD83D\uDE00");
        }
    }

    @Test
    void read_columnForTwoPurposes_isReadTwice() throws IOException {
        Reading.write(root, "judgments.csv", "item,who,a,b,choice\nq1,u,x,y,first\nq2,v,x,y,tie\n");
        var mapping = Mappings.pairs();
        mapping.attributes = List.of(Mappings.attribute("item"), Mappings.attribute("choice"));
        try (var reading = Reading.of(root, mapping.settings())) {
            assertThat(reading.lines()).containsExactly("q1 u q1 first x=1.0 y=0.0", "q2 v q2 tie x=0.5 y=0.5");
        }
    }

    @Test
    void read_namesWithPatternCharactersAndQuotes_areTakenLiterally() throws IOException {
        Path odd = Files.createDirectory(root.resolve("it's [a]*"));
        Reading.write(odd, "judgments.csv", "item,who,\"a \"\"x\"\"\",b,choice\nq,u,x,y,first\nq,v,x,y,tie\n");
        var mapping = Mappings.pairs();
        mapping.pair = new PairColumns("a \"x\"", "b", "choice", Map.of());
        try (var reading = Reading.of(odd, mapping.settings())) {
            assertThat(reading.lines()).hasSize(2);
        }
    }

    @Test
    void read_otherDelimiters_separateCells() throws IOException {
        Reading.write(root, "judgments.csv", "item;who;a;b;choice\nq;u,1;x;y;first\nq;v;x;y;tie\n");
        Reading.write(root, "judgments.tsv", "item\twho\ta\tb\tchoice\nq\tu,1\tx\ty\tfirst\nq\tv\tx\ty\ttie\n");
        var semicolons = Mappings.pairs();
        semicolons.delimiter = ";";
        var tabs = Mappings.pairs();
        tabs.file = "judgments.tsv";
        try (var one = Reading.of(root, semicolons.settings());
                var other = Reading.of(root, tabs.settings())) {
            assertThat(one.lines()).containsExactly("q u,1 x=1.0 y=0.0", "q v x=0.5 y=0.5");
            assertThat(other.lines()).isEqualTo(one.lines());
        }
    }

    @Test
    void read_oddButReadable_isReported() throws IOException {
        Reading.write(root, "judgments.csv", "item,who,a,b,choice\nq,u,x,y,first\nq,u,y,x,second\n");
        try (var reading = Reading.of(root, Mappings.pairs().settings())) {
            assertThat(reading.judgments().count()).isEqualTo(2);
            assertThat(reading.issueCodes()).containsExactlyInAnyOrder("ANNOTATOR_SINGLE", "JUDGMENT_DUPLICATE");
        }
        Reading.write(root, "judgments.csv", "item,who,c,v\nq,u1,a,3\nq,u2,a,3\n");
        var mapping = Mappings.pairs();
        mapping.pair = null;
        mapping.rating = RatingColumns.of("c", "v");
        try (var reading = Reading.of(root, mapping.settings())) {
            assertThat(reading.issueCodes()).containsExactly("CANDIDATE_SINGLE");
        }
    }

    @Test
    void settings_tableWithoutForm_isRefused() {
        var mapping = Mappings.pairs();
        mapping.pair = null;
        assertThatIllegalArgumentException().isThrownBy(mapping::settings).withMessageContaining("0 of the four");
    }
}
