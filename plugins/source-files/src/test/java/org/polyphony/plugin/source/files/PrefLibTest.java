package org.polyphony.plugin.source.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.polyphony.plugin.source.files.mapping.Format;
import org.polyphony.plugin.source.files.mapping.Unranked;
import org.polyphony.spi.error.StandardErrorCode;

class PrefLibTest {

    private static final String ELECTION = """
            # FILE NAME: small.toi
            # TITLE: A small election
            # NUMBER ALTERNATIVES: 3
            # NUMBER VOTERS: 9
            # ALTERNATIVE NAME 1: Ann
            # ALTERNATIVE NAME 2: Bob: the second
            # ALTERNATIVE NAME 3: Cem
            4: 2,1,3
            3: {1,3},2
            2: 3
            """;

    @TempDir
    Path root;

    @Test
    void read_ballots_unrankedAreTiedBelow() throws IOException {
        Reading.write(root, "e/small.toi", ELECTION);
        try (var reading =
                Reading.of(root, Mappings.of(Format.PREFLIB, "e/*.toi").settings())) {
            assertThat(reading.lines())
                    .containsExactly(
                            "small small/1 voters 2=0.0 1=-1.0 3=-2.0",
                            "small small/2 voters 1=0.0 3=0.0 2=-1.0",
                            "small small/3 voters 3=0.0 1=-1.0 2=-1.0");
            assertThat(reading.judgments().columns().weight().toDoubles()).containsExactly(4, 3, 2);
            assertThat(reading.judgments().candidates().texts()).containsExactly("Ann", "Bob: the second", "Cem");
            assertThat(reading.judgments().candidates().prompts()).containsExactly("A small election");
            assertThat(reading.data().inputs()).extracting("name").containsExactly("e/small.toi");
        }
    }

    @Test
    void read_unrankedUnknown_leavesThemOut() throws IOException {
        Reading.write(root, "small.toi", ELECTION);
        var mapping = Mappings.of(Format.PREFLIB, "small.toi");
        mapping.unranked = Unranked.UNKNOWN;
        try (var reading = Reading.of(root, mapping.settings())) {
            assertThat(reading.lines()).hasSize(2);
            assertThat(reading.issueCodes()).containsExactly("BALLOT_SILENT");
        }
    }

    @Test
    void read_elevenAlternatives_areInBallotOrder() throws IOException {
        String text = "# NUMBER ALTERNATIVES: 11\n# NUMBER VOTERS: 1\n1: 11,10,9,8,7,6,5,4,3,2,1\n";
        Files.write(root.resolve("e.soc.gz"), Reading.gzip(text));
        try (var reading =
                Reading.of(root, Mappings.of(Format.PREFLIB, "e.soc.gz").settings())) {
            assertThat(reading.judgments().candidates().ids())
                    .startsWith("01", "02")
                    .endsWith("10", "11");
            assertThat(reading.judgments().candidates().texts()).startsWith("alternative 1");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "4: 2,1,3|four: 2,1,3|line 8: the number of voters 'four'",
                "4: 2,1,3|-4: 2,1,3|is not positive",
                "4: 2,1,3|4: 2,1,5|alternative 5 is not one of 1 to 3",
                "4: 2,1,3|4: 2,2,3|alternative 2 is ranked twice",
                "4: 2,1,3|4: 2,x,3|alternative 'x' is not a number",
                "{1,3},2|{1,3,2|is not closed",
                "{1,3},2|{1,3}2|expected a comma",
                "4: 2,1,3|4 2,1,3|expected 'count: order'",
                "VOTERS: 9|VOTERS: some|the number of voters 'some'",
                "2: 3||the ballots add up to 7.0 voters, the header says 9",
                "ALTERNATIVES: 3|ALTERNATIVES: none|NUMBER ALTERNATIVES"
            })
    void read_damagedFile_saysTheLine(String from, String to, String message) throws IOException {
        Reading.write(root, "small.toi", ELECTION.replace(from, to == null ? "" : to));
        var failure =
                Reading.failure(root, Mappings.of(Format.PREFLIB, "small.toi").settings());
        assertThat(failure.code()).isEqualTo(StandardErrorCode.FILE_MALFORMED);
        assertThat(failure).hasMessageContaining(message).hasMessageContaining("small.toi, line ");
    }

    @Test
    void read_allOfPrefLib_succeeds() {
        var root = SharedData.folder("preflib");
        try (var reading = Reading.of(
                root,
                Mappings.of(Format.PREFLIB, "*/*.{soc,soi,toc,toi,soi.gz}").settings())) {
            assertThat(reading.judgments().candidates().items()).hasSize(177);
        }
    }

    @Test
    void read_govan_marginsGiveItsMaximalLottery() {
        var root = SharedData.folder("preflib");
        var settings =
                Mappings.of(Format.PREFLIB, "00008-glasgow/00008-00000009.soi").settings();
        try (var reading = Reading.of(root, settings)) {
            double[][] p = Empirical.preferences(reading.judgments(), 0);
            int dornan = 2;
            int flanagan = 3;
            int hunter = 5;
            // margins over 9,560 ballots, unranked below ranked
            assertThat(2 * 9560 * (p[dornan][flanagan] - 0.5)).isCloseTo(602, within(1e-9));
            assertThat(2 * 9560 * (p[flanagan][hunter] - 0.5)).isCloseTo(86, within(1e-9));
            assertThat(2 * 9560 * (p[hunter][dornan] - 0.5)).isCloseTo(21, within(1e-9));
            // the lottery opposite to the margins is not beaten by anyone, so it is maximal
            double[] lottery = new double[11];
            lottery[dornan] = 86 / 709.0;
            lottery[flanagan] = 21 / 709.0;
            lottery[hunter] = 602 / 709.0;
            for (int i = 0; i < 11; i++) {
                double gain = 0;
                for (int j = 0; j < 11; j++) {
                    gain += lottery[j] * (p[i][j] - 0.5);
                }
                assertThat(gain).isLessThan(1e-15);
            }
        }
    }

    @Test
    void read_burlington_hasItsPublishedPairCounts() {
        var root = SharedData.folder("preflib");
        var settings = Mappings.of(Format.PREFLIB, "00005-burlington/00005-00000002.toi")
                .settings();
        try (var reading = Reading.of(root, settings)) {
            double[][] wins = Empirical.wins(reading.judgments(), 0);
            assertThat(wins[1][0]).as("Montroll over Kiss").isEqualTo(4067);
            assertThat(wins[0][1]).isEqualTo(3477);
            assertThat(wins[0][4]).as("Kiss over Wright").isEqualTo(4314);
            assertThat(wins[4][0]).isEqualTo(4064);
            assertThat(wins[1][3]).as("Montroll over Smith").isEqualTo(4573);
        }
    }
}
