package org.polyphony.plugin.source.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.polyphony.plugin.source.files.mapping.AttributeColumn;
import org.polyphony.plugin.source.files.mapping.PairColumns;
import org.polyphony.plugin.source.files.mapping.RatingColumns;

/// Values that look alike and are not the same: numbers with a point, letters of either case, composed letters, numbers
/// beyond what a double holds. Each is read as it is written or refused with its row, and never taken for another.
class ValueCasesTest {

    @TempDir
    Path root;

    private static Mappings battles(Map<String, PairColumns.Outcome> values) {
        var mapping = Mappings.pairs();
        mapping.file = "battles.csv";
        mapping.item = "question";
        mapping.annotator = "judge";
        mapping.pair = new PairColumns("model_a", "model_b", "pref", values);
        mapping.attributes = List.of(Mappings.attribute("team", "north", "south"));
        return mapping;
    }

    private static Mappings ratings(String file) {
        var mapping = Mappings.pairs();
        mapping.pair = null;
        mapping.file = file;
        mapping.rating = RatingColumns.of("answer", "score");
        mapping.attributes = List.of(new AttributeColumn("team", Optional.empty(), List.of(), List.of()));
        return mapping;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "C11  | 1,2,0        | battles.csv, row 2: pref is 1.0 | known choices are 0, 1, 2",
                "C11d | true,false,- | battles.csv, row 2: pref is True | known choices are -, false, true",
                "C11e | A,B,-        | battles.csv, row 4: pref is  B | known choices are -, A, B"
            })
    void read_choiceWrittenInAnotherWay_isRefusedWithItsRow(String name, String words, String found, String known) {
        var choices = words.split(",");
        var values = Map.of(
                choices[0], PairColumns.Outcome.FIRST,
                choices[1], PairColumns.Outcome.SECOND,
                choices[2], PairColumns.Outcome.TIE);
        var failure =
                Reading.failure(Cases.folder("B28/" + name), battles(values).settings());
        assertThat(failure).isNotNull();
        assertThat(failure.getMessage()).contains(found, known);
    }

    @Test
    void read_signedChoices_areWhatTheyAreMappedTo() {
        var values = Map.of(
                "-3", PairColumns.Outcome.FIRST,
                "2", PairColumns.Outcome.SECOND,
                "0", PairColumns.Outcome.TIE);
        try (var reading = Reading.of(Cases.folder("B28/C11c"), battles(values).settings())) {
            assertThat(reading.lines())
                    .containsExactly("q1 j1 north x=1.0 y=0.0", "q1 j2 south x=0.5 y=0.5", "q1 j2 south x=0.0 y=1.0");
        }
    }

    @Test
    void read_lettersComposedInTwoWays_areTwoCandidates() {
        try (var reading = Reading.of(Cases.folder("B28/E3"), ratings("r.csv").settings())) {
            assertThat(reading.judgments().candidates().ids())
                    .containsExactly("b", "b\u200b", "cafe\u0301", "caf\u00e9");
        }
    }

    @Test
    void read_numbersWithAndWithoutPoint_areNamesAsWritten() {
        try (var reading = Reading.of(Cases.folder("B28/E6b"), ratings("r.csv").settings())) {
            assertThat(reading.judgments().candidates().ids()).containsExactly(" 1", "1", "1.0", "2", "2.0");
        }
    }

    @Test
    void read_integersBeyondDoubles_areFourPeople() {
        try (var reading = Reading.of(Cases.folder("B28/E6"), ratings("r.jsonl").settings())) {
            assertThat(reading.judgments().judges().ids())
                    .containsExactly("9007199254740993", "9007199254740994", "9007199254740995", "9007199254740996");
        }
    }

    // a key that only the last of 30,000 lines has, and a number that is a fraction there only
    @Test
    void read_keysAndFractionsThatComeLate_areRead() throws IOException {
        var lines = new StringBuilder();
        for (int n = 0; n < 15_000; n++) {
            boolean late = n >= 14_998;
            for (var answer : List.of("a", "b")) {
                var score = answer.equals("a") ? "1" : n == 14_999 ? "2.5" : "2";
                lines.append("{\"item\": \"q\", \"who\": \"p")
                        .append(n)
                        .append("\", \"answer\": \"")
                        .append(answer)
                        .append("\", \"score\": ")
                        .append(score)
                        .append(late ? ", \"team\": \"north\"}\n" : "}\n");
            }
        }
        Files.writeString(root.resolve("r.jsonl"), lines);
        try (var reading = Reading.of(root, ratings("r.jsonl").settings())) {
            assertThat(reading.judgments().count()).isEqualTo(15_000);
            assertThat(reading.lines())
                    .contains("q p0 - a=1.0 b=2.0", "q p14998 north a=1.0 b=2.0", "q p14999 north a=1.0 b=2.5");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"E5b", "a list"})
    void read_objectsOfAJsonFile_areRows(String name) throws IOException {
        var folder = Cases.folder("B28/" + (name.equals("E5b") ? name : "E5c"));
        Files.copy(folder.resolve(name.equals("E5b") ? "r.json" : "r.jsonl"), root.resolve("r.json"));
        try (var reading = Reading.of(root, ratings("r.json").settings())) {
            assertThat(reading.lines()).hasSize(4).contains("q p3 south a=0.0 b=1.0");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "E5c,r.jsonl,r.jsonl holds JSON that is no object; write one object a line",
        "E5d,r.json,r.json has no column item; it has data"
    })
    void read_objectsInsideSomethingElse_areRefused(String name, String file, String words) {
        assertThat(Reading.failure(Cases.folder("B28/" + name), ratings(file).settings()))
                .hasMessageContaining(words);
    }
}
