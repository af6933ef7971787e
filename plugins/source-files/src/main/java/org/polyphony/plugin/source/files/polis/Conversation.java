package org.polyphony.plugin.source.files.polis;

import static org.polyphony.spi.error.StandardErrorCode.FILE_MALFORMED;
import static org.polyphony.spi.error.StandardErrorCode.FILE_NOT_FOUND;
import static org.polyphony.spi.error.StandardErrorCode.JUDGMENTS_EMPTY;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.polyphony.plugin.source.files.input.CsvRecords;
import org.polyphony.plugin.source.files.input.DataFile;
import org.polyphony.plugin.source.files.input.DataFolder;
import org.polyphony.plugin.source.files.input.Database;
import org.polyphony.plugin.source.files.input.Row;
import org.polyphony.plugin.source.naming.ByteOrder;
import org.polyphony.preferences.group.VoteMatrix;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.Issue;
import org.polyphony.support.digest.Digests;

/// A conversation as Polis exports it: `participant-votes.csv` (once `participants-votes.csv`),
/// `comments.csv` and `summary.csv`, each with or without a prefix and `.gz`.
///
/// @param id the folder's name
/// @param topic what the conversation is about; empty without a summary
/// @param statements those that moderators accepted, in byte order of their ids
/// @param participants their ids, in byte order
/// @param votes participants × statements
record Conversation(String id, String topic, List<Statement> statements, List<String> participants, VoteMatrix votes) {

    static final Pattern VOTES = Pattern.compile("(.*[-_])?participants?-votes\\.csv(\\.gz)?");
    private static final Pattern COMMENTS = Pattern.compile("(.*[-_])?comments\\.csv(\\.gz)?");
    private static final Pattern SUMMARY = Pattern.compile("(.*[-_])?summary\\.csv(\\.gz)?");

    /// Something that can be voted on.
    ///
    /// @param id its number in Polis
    /// @param text what it says
    record Statement(String id, String text) {}

    /// Whether a folder has votes.
    static boolean isIn(DataFolder folder, String name) {
        return !folder.in(name, child -> VOTES.matcher(child).matches()).isEmpty();
    }

    static Conversation read(DataFolder folder, Database database, PluginContext context, String name) {
        DataFile votes = folder.file(only(folder, name, VOTES).orElseThrow());
        DataFile comments = folder.file(only(folder, name, COMMENTS)
                .orElseThrow(() -> new AlignmentException(
                        FILE_NOT_FOUND,
                        "the folder " + name + " has no comments.csv or …-comments.csv beside " + votes.name()
                                + "; both belong to an export")));
        List<String> columns = database.columns(votes);
        List<Statement> statements = accepted(database, comments, columns, context).stream()
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
                topic(folder, name),
                statements,
                participants,
                VoteMatrix.of(participants.size(), statements.size(), cells.toByteArray()));
    }

    /// Whether a statement belongs to the half in which groups are found: by the share of
    /// `conversation/statement`, as for people in splits.
    boolean forDiscovery(int statement) {
        return Digests.share(id + "/" + statements.get(statement).id()) % 2 == 0;
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

    // Polis shows what nobody moderated, unless moderation is strict, so that there may be votes on it
    private static List<Statement> accepted(
            Database database, DataFile comments, List<String> columns, PluginContext context) {
        var accepted = new ArrayList<Statement>();
        var unmoderated = new ArrayList<Statement>();
        database.read(List.of(comments), List.of("comment-id", "moderated", "comment-body"), row -> {
            String text = row.text(2);
            var statement = new Statement(row.required(0), text == null ? "" : text);
            String moderated = row.text(1);
            switch (moderated == null ? "" : moderated.strip()) {
                case "1", "1.0" -> accepted.add(statement);
                case "-1", "-1.0" -> {}
                case "0", "0.0", "" -> {
                    if (columns.contains(statement.id())) {
                        unmoderated.add(statement);
                    }
                }
                default -> throw row.invalid(1, "moderated is 1, 0 or -1");
            }
        });
        if (!unmoderated.isEmpty()) {
            context.report(Issue.warning(
                    "STATEMENT_UNMODERATED",
                    "nobody moderated " + unmoderated.size() + " statements that were voted on; "
                            + (accepted.isEmpty()
                                    ? "they are read, because no statement was accepted"
                                    : "they are left out, and the " + accepted.size() + " that were accepted are read"),
                    comments.name()));
        }
        return accepted.isEmpty() ? unmoderated : accepted;
    }

    // today's names have a prefix with the date and the id of the export
    private static Optional<String> only(DataFolder folder, String name, Pattern wanted) {
        List<String> found = folder.in(name, child -> wanted.matcher(child).matches());
        if (found.size() > 1) {
            throw new AlignmentException(
                    FILE_MALFORMED,
                    "the folder " + name + " holds several exports, " + String.join(" and ", found)
                            + "; give each a folder of its own, and keep one of a conversation");
        }
        return found.stream().findFirst();
    }

    private static String topic(DataFolder folder, String name) {
        var topic = new String[] {""};
        only(folder, name, SUMMARY)
                .ifPresent(file -> CsvRecords.read(folder.file(file), ',', cells -> {
                    if (cells.getFirst().equals("topic")) {
                        // older exports do not quote it
                        topic[0] = String.join(",", cells.subList(1, cells.size()));
                    }
                }));
        return topic[0];
    }
}
