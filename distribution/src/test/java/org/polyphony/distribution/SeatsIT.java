package org.polyphony.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Seats of crossed attributes, from a file to the report.
class SeatsIT {

    private static final String STUDY = """
            study: crossed
            source:
              plugin: files
              settings:
                format: table
                file: judgments.csv
                item: item
                annotator: annotator
                pair: {first: a, second: b, choice: choice, values: {a: first, b: second}}
                attributes: [{name: role, column: role}, {name: country, column: country}]
            seats: {attributes: [role, country]}
            profiler: {plugin: groups}
            algorithm: {plugin: nash-dpo}
            evaluators: []
            seed: 1
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @Test
    void study_seatsOfTwoAttributes_areCellsAndSmallOnesJoinTheirFirstAttribute() throws IOException {
        var rows = new StringBuilder("item,annotator,role,country,a,b,choice\n");
        people(rows, "nurse", "jp", 6);
        people(rows, "nurse", "fr", 5);
        people(rows, "patient", "jp", 7);
        people(rows, "patient", "fr", 2);
        Files.writeString(folder.resolve("judgments.csv"), rows);
        Files.writeString(folder.resolve("study.yaml"), STUDY);

        var run = Distribution.run(folder, List.of("study", "run", "study.yaml", "--out", "out"));

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.err()).contains("1 group of fewer than 5 people shares the seat of its role: patient/fr");
        var report =
                new ObjectMapper().readTree(folder.resolve("out/report.json").toFile());
        assertThat(report.path("stakeholders").findValuesAsText("name"))
                .containsExactly("nurse/fr", "nurse/jp", "patient/jp", "patient");
        var levels = report.at("/data/attribute/levels");
        assertThat(levels.findValuesAsText("annotators")).containsExactly("5", "6", "7", "2");
        assertThat(levels.findValuesAsText("judgments")).containsExactly("10", "12", "14", "4");
    }

    @Test
    void study_fewerPeopleAllowed_everyCellKeepsItsSeat() throws IOException {
        var rows = new StringBuilder("item,annotator,role,country,a,b,choice\n");
        people(rows, "nurse", "jp", 3);
        people(rows, "patient", "fr", 2);
        Files.writeString(folder.resolve("judgments.csv"), rows);
        Files.writeString(
                folder.resolve("study.yaml"), STUDY.replace("[role, country]}", "[role, country], least-people: 2}"));

        var run = Distribution.run(folder, List.of("study", "run", "study.yaml", "--out", "out"));

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.err()).doesNotContain("shares the seat").contains("nurse/jp, patient/fr");
    }

    // each compares x and y of two items; a quarter of the nurses, and most patients, choose y
    private static void people(StringBuilder rows, String role, String country, int count) {
        IntStream.range(0, count).forEach(person -> {
            var choice = role.equals("nurse") == (person % 4 != 0) ? "a" : "b";
            for (var item : List.of("q1", "q2")) {
                rows.append(String.join(",", item, role + country + person, role, country, "x", "y", choice))
                        .append('\n');
            }
        });
    }
}
