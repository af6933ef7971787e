package org.polyphony.plugin.source.files.polis;

import static org.polyphony.spi.error.StandardErrorCode.JUDGMENTS_EMPTY;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.polyphony.plugin.source.files.input.DataFile;
import org.polyphony.plugin.source.files.input.DataFolder;
import org.polyphony.plugin.source.files.input.Database;
import org.polyphony.plugin.source.files.input.Row;
import org.polyphony.plugin.source.files.input.Sql;
import org.polyphony.plugin.source.naming.ByteOrder;
import org.polyphony.preferences.group.VoteMatrix;
import org.polyphony.spi.error.AlignmentException;

/// A conversation as Polis exports it: `participants-votes.csv`, `comments.csv` and `summary.csv`, each with or
/// without `.gz`.
///
/// @param id the folder's name
/// @param topic what the conversation is about; empty without a summary
/// @param statements those that moderators accepted, in byte order of their ids
/// @param participants their ids, in byte order
/// @param votes participants × statements
record Conversation(String id, String topic, List<Statement> statements, List<String> participants, VoteMatrix votes) {

    /// Something that can be voted on.
    ///
    /// @param id its number in Polis
    /// @param text what it says
    record Statement(String id, String text) {}

    static Conversation read(DataFolder folder, Database database, String name) {
        DataFile votes = folder.either(name + "/participants-votes.csv");
        DataFile comments = folder.either(name + "/comments.csv");
        List<String> columns = database.columns(votes);
        List<Statement> statements = accepted(database, comments).stream()
                .filter(statement -> columns.contains(statement.id()))
                .sorted((a, b) -> ByteOrder.compare(a.id(), b.id()))
                .toList();
        if (statements.isEmpty()) {
            throw new AlignmentException(
                    JUDGMENTS_EMPTY,
                    "no accepted statement of " + comments.name() + " is a column of " + votes.name()
                            + "; check that the files belong together");
        }
        var participants = new ArrayList<String>();
        var cells = new ByteArrayOutputStream();
        var wanted = new ArrayList<>(List.of("participant"));
        statements.forEach(statement -> wanted.add(statement.id()));
        database.read(List.of(votes), wanted, row -> {
            participants.add(row.required(0));
            for (int s = 1; s < wanted.size(); s++) {
                cells.write(vote(row, s));
            }
        });
        return new Conversation(
                // the data folder itself has no name that would be the same elsewhere
                name.equals(".") ? "conversation" : name.substring(name.lastIndexOf('/') + 1),
                topic(folder, database, name),
                statements,
                participants,
                VoteMatrix.of(participants.size(), statements.size(), cells.toByteArray()));
    }

    /// Whether a statement belongs to the half in which groups are found: the last bit of the first four bytes of
    /// the SHA-256 of `conversation/statement`, as for people in splits.
    boolean forDiscovery(int statement) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest((id + "/" + statements.get(statement).id()).getBytes(StandardCharsets.UTF_8));
            return (digest[3] & 1) == 0;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static byte vote(Row row, int column) {
        String text = row.text(column);
        if (text == null) {
            return VoteMatrix.UNSEEN;
        }
        return switch (text.strip()) {
            case "1", "1.0" -> VoteMatrix.AGREE;
            case "0", "0.0" -> VoteMatrix.PASS;
            case "-1", "-1.0" -> VoteMatrix.DISAGREE;
            default -> throw row.invalid(column, "votes are 1, 0, -1 or empty");
        };
    }

    private static List<Statement> accepted(Database database, DataFile comments) {
        var statements = new ArrayList<Statement>();
        database.read(List.of(comments), List.of("comment-id", "moderated", "comment-body"), row -> {
            if ("1".equals(row.text(1))) {
                String text = row.text(2);
                statements.add(new Statement(row.required(0), text == null ? "" : text));
            }
        });
        return statements;
    }

    private static String topic(DataFolder folder, Database database, String name) {
        if (!folder.hasAny(name + "/summary.csv")) {
            return "";
        }
        DataFile summary = folder.either(name + "/summary.csv");
        Map<String, String> values = new HashMap<>();
        database.query(
                "SELECT key, value FROM " + Sql.keyValues(summary) + " ORDER BY ALL",
                List.of("key", "value"),
                summary.name(),
                row -> {
                    String value = row.text(1);
                    values.put(row.required(0), value == null ? "" : value);
                });
        return values.getOrDefault("topic", "");
    }
}
