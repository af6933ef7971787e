package org.polyphony.plugin.source.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.polyphony.plugin.source.files.mapping.ApprovalColumns;
import org.polyphony.plugin.source.files.mapping.FilesSettings;
import org.polyphony.plugin.source.files.mapping.PairColumns;
import org.polyphony.plugin.source.files.mapping.PairColumns.Outcome;
import org.polyphony.plugin.source.files.mapping.RankingColumn;
import org.polyphony.plugin.source.files.mapping.RatingColumns;
import org.polyphony.plugin.source.files.mapping.Unranked;
import org.polyphony.spi.error.Issue;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.preference.Judgments;

/// Tables as people have them: a time on every row, votes that change, ballots with one name, arena files.
class TableCasesTest {

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

    private Mappings rated(String text) throws IOException {
        Reading.write(root, "r.csv", text);
        return ratings("r.csv");
    }

    private static long comparisons(Judgments judgments) {
        long sum = 0;
        for (int n = 0; n < judgments.count(); n++) {
            long m = (long) judgments.entries().end(n) - judgments.entries().first(n);
            sum += m * (m - 1) / 2;
        }
        return sum;
    }

    private void fails(FilesSettings settings, String... words) {
        var failure = Reading.failure(root, settings);
        assertThat(failure).isNotNull();
        assertThat(failure.code()).as(failure.getMessage()).isEqualTo(StandardErrorCode.VALUE_INVALID);
        assertThat(failure.getMessage()).contains(words);
    }

    @Test
    void read_aTimeOnEveryRow_isOneJudgmentOfOnePersonAboutOneItem() {
        var mapping = ratings("r.csv");
        mapping.time = "at";
        try (var timed = Reading.of(Cases.folder("B01/C14a"), mapping.settings())) {
            assertThat(timed.judgments().count()).isEqualTo(80);
            assertThat(comparisons(timed.judgments())).isEqualTo(240);
            assertThat(timed.lines().getFirst()).isEqualTo("q1 p0 north a=1.0 b=3.0 c=5.0");
            // the latest of its rows: 2026-03-01T10:00:02Z
            assertThat(timed.judgments().columns().time().orElseThrow().toLongs()[0])
                    .isEqualTo(1_772_359_202_000L);
            mapping.time = null;
            try (var plain = Reading.of(Cases.folder("B01/C14a"), mapping.settings())) {
                assertThat(timed.lines()).isEqualTo(plain.lines());
            }
        }
    }

    @Test
    void read_approvalsWithATimeEach_areOneJudgment() {
        var mapping = ratings("r.csv");
        mapping.rating = null;
        mapping.approval = new ApprovalColumns("answer", "score", Map.of());
        mapping.time = "at";
        try (var reading = Reading.of(Cases.folder("B01/C14c"), mapping.settings())) {
            assertThat(reading.lines())
                    .containsExactly("q1 p1 north a=1.0 b=0.0 c=0.0", "q1 p2 south a=1.0 b=1.0 c=0.0");
        }
    }

    @Test
    void read_weightThatDiffersWithinAJudgment_namesBothRows() throws IOException {
        var mapping = rated("item,who,answer,score,team,w\nq,p,a,1,north,1\nr,p,a,1,north,1\nq,p,b,2,north,3\n");
        mapping.weight = "w";
        fails(mapping.settings(), "r.csv, row 2 and r.csv, row 4", "their weight is 1.0 and 3.0", "of p about q");
    }

    @Test
    void read_attributeThatDiffersWithinAJudgment_namesBothRows() throws IOException {
        var mapping = rated("item,who,answer,score,team\nq,p,a,1,\nq,p,b,2,north\nq,p,c,2,south\n");
        fails(mapping.settings(), "r.csv, row 3 and r.csv, row 4", "their team is north and south");
    }

    @Test
    void read_attributeBlankInSomeRowsOfAJudgment_isWhatTheOthersSay() throws IOException {
        var mapping = rated("item,who,answer,score,team\nq,p,a,1,\nq,p,b,2,north\nq,o,a,1,\nq,o,b,1,\n");
        try (var reading = Reading.of(root, mapping.settings())) {
            assertThat(reading.lines()).containsExactly("q o - a=1.0 b=1.0", "q p north a=1.0 b=2.0");
        }
    }

    @Test
    void read_weightAndAttributeOfAReplacedRow_doNotCount() throws IOException {
        var mapping = rated("""
                item,who,answer,score,team,w,at
                q,p,a,1,north,1,1000
                q,p,a,4,south,2,3000
                q,p,b,2,south,2,2000
                """);
        mapping.weight = "w";
        mapping.time = "at";
        try (var reading = Reading.of(root, mapping.settings())) {
            assertThat(reading.lines()).containsExactly("q p south a=4.0 b=2.0");
            assertThat(reading.judgments().columns().weight().toDoubles()).containsExactly(2);
            assertThat(reading.judgments().columns().time().orElseThrow().toLongs())
                    .containsExactly(3000);
        }
    }

    @Test
    void read_changedVoteWithTimes_theLatestCountsWhereverItStands() throws IOException {
        var mapping = rated("""
                item,who,answer,score,team,at
                q,p,a,5,north,2026-01-02
                q,p,a,1,north,2026-01-01
                q,p,b,3,north,2026-01-01
                """);
        mapping.time = "at";
        try (var reading = Reading.of(root, mapping.settings())) {
            assertThat(reading.lines()).containsExactly("q p north a=5.0 b=3.0");
            assertThat(reading.issues())
                    .filteredOn(issue -> issue.code().equals("JUDGMENT_REPLACED"))
                    .singleElement()
                    .satisfies(issue -> assertThat(issue.severity()).isEqualTo(Issue.Severity.NOTE))
                    .satisfies(issue -> assertThat(issue.message()).contains("r.csv, row 3 by r.csv, row 2"));
        }
    }

    @Test
    void read_changedVoteWithoutTimes_theLastRowCountsAndIsWarnedOf() {
        try (var reading =
                Reading.of(Cases.folder("B10/C19c"), ratings("ratings.csv").settings())) {
            assertThat(reading.lines()).containsExactly("q1 p1 north a=3.0 b=2.0", "q1 p2 south a=1.0 b=2.0");
            assertThat(reading.issues())
                    .filteredOn(issue -> issue.code().equals("JUDGMENT_REPLACED"))
                    .singleElement()
                    .satisfies(issue -> assertThat(issue.severity()).isEqualTo(Issue.Severity.WARNING))
                    .satisfies(issue ->
                            assertThat(issue.message()).contains("ratings.csv, row 2 by ratings.csv, row 4", "'time'"));
        }
    }

    @Test
    void read_exactRepeat_countsOnce() {
        try (var reading =
                Reading.of(Cases.folder("B10/C19d"), ratings("ratings.csv").settings())) {
            assertThat(reading.lines()).containsExactly("q1 p1 north a=1.0 b=2.0", "q1 p2 south a=1.0 b=2.0");
            assertThat(reading.issueCodes()).containsExactly("JUDGMENT_DUPLICATE");
        }
    }

    @Test
    void read_voteLog_theLatestVoteOfAVoterCounts() {
        var mapping = ratings("votes.csv");
        mapping.item = "conversation";
        mapping.annotator = "voter-id";
        mapping.rating = null;
        mapping.approval = new ApprovalColumns("comment-id", "vote", Map.of());
        try (var last = Reading.of(Cases.folder("B10/C14f"), mapping.settings())) {
            assertThat(last.issueCodes()).contains("JUDGMENT_REPLACED");
            mapping.time = "timestamp";
            try (var latest = Reading.of(Cases.folder("B10/C14f"), mapping.settings())) {
                assertThat(latest.lines()).isEqualTo(last.lines());
                assertThat(latest.judgments().judges().ids())
                        .hasSize(latest.judgments().count());
            }
        }
    }

    @Test
    void read_voteLogOfOneConversation_needsNoItemColumn() {
        var mapping = Mappings.pairs();
        mapping.pair = null;
        mapping.file = "votes.csv";
        mapping.item = null;
        mapping.annotator = "voter-id";
        mapping.approval = new ApprovalColumns("comment-id", "vote", Map.of());
        try (var reading = Reading.of(Cases.folder("B10/C14g"), mapping.settings())) {
            assertThat(reading.judgments().candidates().items()).containsExactly("all");
            assertThat(reading.issueCodes()).contains("ITEM_UNNAMED");
        }
    }

    @Test
    void settings_ratingsWithoutAnnotator_areRefused() {
        var mapping = ratings("r.csv");
        mapping.annotator = null;
        assertThatIllegalArgumentException().isThrownBy(mapping::settings).withMessageContaining("needs annotator");
    }

    private static Mappings ballots(String file, RankingColumn ranking) {
        var mapping = Mappings.pairs();
        mapping.pair = null;
        mapping.file = file;
        mapping.item = "race";
        mapping.annotator = "ballot";
        mapping.ranking = ranking;
        return mapping;
    }

    private static RankingColumn ranking(String column, String better, Unranked unranked) {
        return new RankingColumn(Optional.of(column), List.of(), better, "=", unranked, List.of(), List.of());
    }

    @Test
    void read_bulletVote_isLeftOutAndSaidOrRanksTheOthersBelow() {
        var unknown = ballots("ballots.csv", RankingColumn.of("order"));
        try (var reading = Reading.of(Cases.folder("B15/C16c"), unknown.settings())) {
            assertThat(reading.lines()).containsExactly("r b1 Ana=0.0 Bo=-1.0 Cy=-2.0");
            assertThat(reading.issues())
                    .filteredOn(issue -> issue.code().equals("BALLOT_SILENT"))
                    .singleElement()
                    .satisfies(issue ->
                            assertThat(issue.message()).contains("1 ballots", "ballots.csv, row 3", "unranked: below"));
        }
        var below = ballots("ballots.csv", ranking("order", ">", Unranked.BELOW));
        try (var reading = Reading.of(Cases.folder("B15/C16c"), below.settings())) {
            assertThat(reading.lines()).containsExactly("r b1 Ana=0.0 Bo=-1.0 Cy=-2.0", "r b2 Bo=0.0 Ana=-1.0 Cy=-1.0");
        }
    }

    @Test
    void read_otherSeparator_namesTheRowAndWhatWasLookedFor() {
        root = Cases.folder("B15/C16b");
        fails(
                ballots("ballots.csv", RankingColumn.of("order")).settings(),
                "ballots.csv, row 2",
                "order is Ana,Bo,Cy",
                "'>'",
                "set 'better'");
        var commas = ballots("ballots.csv", ranking("order", ",", Unranked.UNKNOWN));
        try (var reading = Reading.of(root, commas.settings())) {
            assertThat(reading.lines()).containsExactly("r b1 Ana=0.0 Bo=-1.0 Cy=-2.0", "r b2 Bo=0.0 Cy=-1.0");
        }
    }

    @Test
    void read_separatorWithNothingBehindIt_namesTheRow() {
        root = Cases.folder("B15/C16d");
        fails(ballots("ballots.csv", RankingColumn.of("order")).settings(), "ballots.csv, row 2", "between '>'");
    }

    @Test
    void read_nameWithAComma_isABulletVoteWhereOthersAreSeparated() throws IOException {
        Reading.write(root, "b.csv", "race,ballot,order\nr,b1,\"Smith, J > Doe, A\"\nr,b2,\"Doe, A\"\n");
        try (var reading =
                Reading.of(root, ballots("b.csv", RankingColumn.of("order")).settings())) {
            assertThat(reading.lines()).containsExactly("r b1 Smith, J=0.0 Doe, A=-1.0");
        }
    }

    private static Mappings ranks(Unranked unranked) {
        var mapping = ballots(
                "ballots.csv",
                new RankingColumn(
                        Optional.empty(),
                        List.of("rank1", "rank2", "rank3"),
                        ">",
                        "=",
                        unranked,
                        List.of("skipped"),
                        List.of("overvote")));
        mapping.item = null;
        return mapping;
    }

    @Test
    void read_aColumnARank_passesOverSkippedRanks() {
        try (var reading =
                Reading.of(Cases.folder("B15/C16"), ranks(Unranked.UNKNOWN).settings())) {
            assertThat(reading.lines())
                    .containsExactly(
                            "all b1 Ana=0.0 Bo=-1.0 Cy=-2.0", "all b2 Bo=0.0 Cy=-1.0", "all b3 Ana=0.0 Bo=-1.0");
            assertThat(reading.issueCodes()).contains("BALLOT_SILENT");
        }
    }

    @Test
    void read_overvote_saysNothingOfCandidatesTheBallotDoesNotRank() {
        try (var reading =
                Reading.of(Cases.folder("B15/C16"), ranks(Unranked.BELOW).settings())) {
            assertThat(reading.lines())
                    .containsExactly(
                            "all b1 Ana=0.0 Bo=-1.0 Cy=-2.0",
                            "all b2 Bo=0.0 Cy=-1.0 Ana=-2.0",
                            // Cy may be what was marked beside another
                            "all b3 Ana=0.0 Bo=-1.0",
                            "all b4 Cy=0.0 Ana=-1.0 Bo=-1.0");
        }
    }

    @Test
    void read_onlyFirstRanks_saysHowAColumnARankIsRead() {
        var mapping = ballots("ballots.csv", RankingColumn.of("rank1"));
        mapping.item = null;
        var failure = Reading.failure(Cases.folder("B15/C16"), mapping.settings());
        assertThat(failure.code()).isEqualTo(StandardErrorCode.JUDGMENTS_EMPTY);
        assertThat(failure).hasMessageContaining("'columns'").hasMessageContaining("'unranked: below'");
    }

    @Test
    void settings_rankingOfNeitherOrBoth_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RankingColumn(
                        Optional.empty(), List.of(), ">", "=", Unranked.UNKNOWN, List.of(), List.of()))
                .withMessageContaining("needs column, or columns");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RankingColumn(
                        Optional.of("a"), List.of("b", "c"), ">", "=", Unranked.UNKNOWN, List.of(), List.of()));
    }

    private static Mappings battles(String file) {
        var mapping = Mappings.pairs();
        mapping.file = file;
        mapping.item = "question";
        mapping.annotator = "judge";
        mapping.pair = new PairColumns(
                "model_a",
                "model_b",
                "winner",
                Map.of(
                        "model_a", Outcome.FIRST,
                        "model_b", Outcome.SECOND,
                        "tie", Outcome.TIE,
                        "tie (bothbad)", Outcome.TIE));
        return mapping;
    }

    @Test
    void read_arenaFiles_needNeitherJudgeNorQuestion() {
        try (var reading =
                Reading.of(Cases.folder("B18/C07"), battles("battles.csv").settings())) {
            assertThat(reading.lines())
                    .containsExactly(
                            "q1 j1 gemma=1.0 llama=0.0",
                            "q1 j2 gemma=0.5 llama=0.5",
                            "q1 j3 llama=0.5 qwen=0.5",
                            "q1 j4 qwen=0.0 gemma=1.0");
        }
        var judgeless = battles("battles.csv");
        judgeless.annotator = null;
        try (var reading = Reading.of(Cases.folder("B18/C07e"), judgeless.settings())) {
            assertThat(reading.judgments().judges().ids()).containsExactly("unknown");
            assertThat(reading.issueCodes()).contains("ANNOTATOR_SINGLE");
        }
        var questionless = battles("battles.csv");
        questionless.item = null;
        try (var reading = Reading.of(Cases.folder("B18/C07f"), questionless.settings())) {
            assertThat(reading.lines()).containsExactly("all j1 gemma=1.0 llama=0.0", "all j2 llama=0.5 qwen=0.5");
            assertThat(reading.issueCodes()).contains("ITEM_UNNAMED");
        }
    }

    @ParameterizedTest
    @CsvSource({"C07b,two different candidates", "C07c,winner is empty", "C07d,judge is empty"})
    void read_arenaRowThatSaysNothing_isRefusedWithItsRow(String folder, String words) {
        root = Cases.folder("B18/" + folder);
        fails(battles("battles.csv").settings(), "battles.csv, row 6", words);
    }

    @Test
    void read_winnerByName_isTheCandidate() throws IOException {
        Reading.write(root, "judgments.csv", "item,who,a,b,choice\nq,u,x,y,y\nq,v,x,y,x\nq,w,x,y,tie\n");
        try (var reading = Reading.of(root, Mappings.pairs().settings())) {
            assertThat(reading.lines()).containsExactly("q u x=0.0 y=1.0", "q v x=1.0 y=0.0", "q w x=0.5 y=0.5");
        }
        Reading.write(root, "judgments.csv", "item,who,a,b,choice\nq,u,second,y,second\n");
        fails(Mappings.pairs().settings(), "row 2", "both the id of a candidate and a word");
    }

    @ParameterizedTest
    @CsvSource({
        "1707712630,1707712630000", // seconds, lm-sys/FastChat#1540
        "1707712630.872,1707712630872",
        "1.707712630872E9,1707712630872",
        "1707712630872,1707712630872",
        "1707712630872123,1707712630872",
        "1707712630872123456,1707712630872",
        "3000,3000",
        "-5,-5",
        "2024-02-12T04:37:10Z,1707712630000",
        "2024-02-12 04:37:10+00,1707712630000"
    })
    void read_times_areRecognised(String written, long milliseconds) throws IOException {
        Reading.write(root, "judgments.csv", "item,who,a,b,choice,at\nq,u,x,y,tie," + written + "\n");
        var mapping = Mappings.pairs();
        mapping.time = "at";
        try (var reading = Reading.of(root, mapping.settings())) {
            assertThat(reading.judgments().columns().time().orElseThrow().toLongs())
                    .containsExactly(milliseconds);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"50000000000", "-1707712630", "1e18", "99999999999999999", "yesterday", "12:30"})
    void read_timesOfNoUnit_areRefused(String written) throws IOException {
        Reading.write(root, "judgments.csv", "item,who,a,b,choice,at\nq,u,x,y,tie," + written + "\n");
        var mapping = Mappings.pairs();
        mapping.time = "at";
        if (written.equals("1e18")) {
            // nanoseconds of 2001
            try (var reading = Reading.of(root, mapping.settings())) {
                assertThat(reading.judgments().columns().time().orElseThrow().toLongs())
                        .containsExactly(1_000_000_000_000L);
            }
            return;
        }
        fails(mapping.settings(), "judgments.csv, row 2", "ISO 8601");
    }

    @Test
    void read_floatSecondsOfJson_areTimes() {
        var mapping = battles("clean_battle.json");
        mapping.item = "question_id";
        mapping.time = "tstamp";
        try (var reading = Reading.of(Cases.folder("B18/C07g"), mapping.settings())) {
            assertThat(reading.judgments().columns().time().orElseThrow().toLongs())
                    .containsExactly(1_707_712_630_872L, 1_707_712_641_100L);
        }
    }

    @Test
    void read_rankOneIsBest_whereLowerIsBetter() {
        var mapping = ratings("ratings.csv");
        mapping.rating = new RatingColumns("answer", "score", true);
        try (var reading = Reading.of(Cases.folder("B21/C19"), mapping.settings())) {
            assertThat(reading.lines())
                    .containsExactly("q1 p1 north a=-1.0 b=-2.0 c=-2.0", "q1 p2 south a=-1.0 b=-2.0 c=-3.0");
        }
        root = Cases.folder("B21/C19b");
        fails(mapping.settings(), "ratings.csv, row 4", "score is empty");
    }

    @Test
    void read_levelsThatLookMissing_areBlankOrNoted() throws IOException {
        Reading.write(
                root,
                "judgments.csv",
                "item,who,a,b,choice,land\nq,u,x,y,tie,NaN\nq,v,x,y,tie,null\nq,w,x,y,tie,NA\nq,z,x,y,tie,SE\n");
        var mapping = Mappings.pairs();
        mapping.attributes = List.of(Mappings.attribute("land"));
        try (var reading = Reading.of(root, mapping.settings())) {
            assertThat(reading.judgments().judges().attributes().getFirst().levels())
                    .containsExactly("NA", "SE");
            assertThat(reading.lines().getFirst()).startsWith("q u - ");
            assertThat(reading.issueCodes())
                    .containsExactlyInAnyOrder("ATTRIBUTE_MISSING", "LEVEL_LOOKS_BLANK", "ATTRIBUTE_BLANK");
        }
        mapping.attributes = List.of(Mappings.attribute("land", "NaN", "null", "NA", "SE"));
        try (var reading = Reading.of(root, mapping.settings())) {
            assertThat(reading.lines().getFirst()).startsWith("q u NaN ");
            assertThat(reading.issueCodes()).containsExactly("LEVEL_LOOKS_BLANK");
        }
    }
}
