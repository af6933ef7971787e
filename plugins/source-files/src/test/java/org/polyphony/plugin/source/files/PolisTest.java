package org.polyphony.plugin.source.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.polyphony.plugin.source.files.mapping.FilesSettings;
import org.polyphony.plugin.source.files.mapping.Format;
import org.polyphony.plugin.source.files.mapping.GroupDiscovery;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.preference.JudgmentForm;

class PolisTest {

    @TempDir
    Path root;

    /// Two camps of twelve people who disagree on all of sixteen statements; statement 16 was rejected.
    static void writeCamps(Path root, String folder) throws IOException {
        var comments = new StringBuilder("timestamp,comment-id,author-id,agrees,disagrees,moderated,comment-body\n");
        var votes = new StringBuilder("participant,group-id,n-votes");
        for (int s = 0; s <= 16; s++) {
            comments.append("0,")
                    .append(s)
                    .append(",0,0,0,")
                    .append(s < 16 ? 1 : -1)
                    .append(",\"statement, ")
                    .append(s)
                    .append("\"\n");
            votes.append(',').append(s);
        }
        votes.append('\n');
        for (int p = 0; p < 24; p++) {
            votes.append(p).append(",0,17");
            for (int s = 0; s <= 16; s++) {
                boolean silent = p == 23 && s > 2;
                int camp = p < 14 ? 1 : -1;
                votes.append(',').append(silent ? "" : (p + s) % 9 == 0 ? "0" : String.valueOf(camp));
            }
            votes.append('\n');
        }
        Reading.write(root, folder + "/comments.csv", comments.toString());
        Files.write(root.resolve(folder).resolve("participants-votes.csv.gz"), Reading.gzip(votes.toString()));
        Reading.write(root, folder + "/summary.csv", "topic,\"Camps, and why\"\nurl,x\n");
    }

    private static FilesSettings settings(String folders, int groups, int candidates) {
        var mapping = Mappings.of(Format.POLIS, folders);
        mapping.groups = groups == 0 ? null : new GroupDiscovery(groups);
        mapping.maxCandidates = candidates;
        return mapping.settings();
    }

    @Test
    void read_conversation_votesAreApprovals() throws IOException {
        writeCamps(root, "camps");
        try (var reading = Reading.of(root, settings("camps", 0, 30))) {
            var candidates = reading.judgments().candidates();
            assertThat(candidates.items()).containsExactly("camps");
            assertThat(candidates.prompts()).containsExactly("Camps, and why");
            assertThat(candidates.ids()).hasSize(16).doesNotContain("16").contains("15");
            assertThat(candidates.texts()).contains("statement, 3");
            assertThat(reading.judgments().judges().ids()).hasSize(24).contains("camps/0");
            assertThat(reading.judgments().form(0)).isEqualTo(JudgmentForm.APPROVAL);
            assertThat(reading.judgments().judges().attributes()).isEmpty();
            assertThat(reading.lines().getFirst()).startsWith("camps camps/0 0=0.5 1=1.0");
        }
    }

    @Test
    void read_withGroups_campsAreFoundInOtherStatementsThanTheCandidates() throws IOException {
        writeCamps(root, "camps");
        try (var all = Reading.of(root, settings("camps", 0, 30));
                var grouped = Reading.of(root, settings("camps", 2, 30))) {
            Set<String> kept = new HashSet<>(grouped.judgments().candidates().ids());
            assertThat(kept).hasSizeBetween(3, 13);
            assertThat(all.judgments().candidates().ids()).containsAll(kept);
            var judgments = grouped.judgments();
            assertThat(judgments.judges().attributes().getFirst().levels()).containsExactly("A", "B");
            for (int n = 0; n < judgments.count(); n++) {
                String who = judgments.judges().ids().get(judgments.judge(n));
                int participant = Integer.parseInt(who.substring(who.indexOf('/') + 1));
                int expected = participant == 23 ? -1 : participant < 14 ? 0 : 1;
                assertThat(judgments.level(n, 0)).as(who).isEqualTo(expected);
            }
        }
    }

    @Test
    void read_severalConversations_annotatorsAreApart() throws IOException {
        writeCamps(root, "one");
        writeCamps(root, "two");
        Reading.write(root, "README.md", "not a conversation");
        try (var reading = Reading.of(root, settings("*", 2, 4))) {
            assertThat(reading.judgments().candidates().items()).containsExactly("one", "two");
            assertThat(reading.judgments().judges().ids()).contains("one/0", "two/0");
            assertThat(reading.judgments().candidates().count(0)).isEqualTo(4);
            assertThat(reading.data().inputs()).hasSize(6);
        }
    }

    @Test
    void read_damagedConversation_saysWhat() throws IOException {
        Files.createDirectories(root.resolve("empty"));
        assertThat(Reading.failure(root, settings("*", 0, 9)))
                .hasMessageContaining("has a participant-votes.csv")
                .extracting("code")
                .isEqualTo(StandardErrorCode.FILE_NOT_FOUND);
        Reading.write(root, "c/comments.csv", "comment-id,moderated,comment-body\n0,1,first\n1,1,second\n");
        Reading.write(root, "c/participants-votes.csv", "participant,0,1\n7,1,2\n");
        assertThat(Reading.failure(root, settings("c", 0, 9)))
                .hasMessageContaining("1 is 2 in the row (participant=7")
                .hasMessageContaining("votes are 1, 0, -1 or empty");
        Reading.write(root, "c/comments.csv", "comment-id,moderated,comment-body\n0,-1,first\n1,-1,second\n");
        assertThat(Reading.failure(root, settings("c", 0, 9)).code()).isEqualTo(StandardErrorCode.JUDGMENTS_EMPTY);
        Files.delete(root.resolve("c/comments.csv"));
        assertThat(Reading.failure(root, settings("c", 0, 9)).code()).isEqualTo(StandardErrorCode.FILE_NOT_FOUND);
    }

    @Test
    void read_allConversations_areThoseOfTheReadme() {
        var root = SharedData.folder("polis");
        try (var reading = Reading.of(root, settings("*", 2, 20))) {
            var judgments = reading.judgments();
            assertThat(judgments.candidates().items()).hasSize(12);
            assertThat(judgments.candidates().prompts().stream().filter(String::isEmpty))
                    .isEmpty();
            int[] levels = new int[3];
            for (int n = 0; n < judgments.count(); n++) {
                levels[judgments.level(n, 0) + 1]++;
            }
            // 7,857 people took part; most can be placed, and no group vanishes
            assertThat(judgments.count()).isBetween(6_000, 7_857);
            assertThat(levels[1]).isGreaterThan(levels[2]);
            assertThat(levels[2]).isGreaterThan(500);
        }
    }

    @Test
    void read_brexit_agreesWithItsComments() throws IOException {
        var root = SharedData.folder("polis");
        try (var reading = Reading.of(root, settings("brexit-consensus", 0, 50))) {
            var judgments = reading.judgments();
            assertThat(judgments.count()).isEqualTo(204);
            assertThat(judgments.entries().value().size()).as("votes").isEqualTo(5_303);
            int statement = judgments.candidates().ids().indexOf("36");
            int agrees = 0;
            int disagrees = 0;
            for (int e = 0; e < judgments.entries().value().size(); e++) {
                if (judgments.entries().candidate(e) == statement) {
                    agrees += judgments.entries().value(e) == 1 ? 1 : 0;
                    disagrees += judgments.entries().value(e) == 0 ? 1 : 0;
                }
            }
            assertThat(agrees).isEqualTo(38);
            assertThat(disagrees).isEqualTo(7);
        }
    }
}
