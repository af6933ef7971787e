package org.polyphony.plugin.source.files.polis;

import static org.polyphony.spi.error.StandardErrorCode.FILE_NOT_FOUND;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.polyphony.plugin.source.assemble.Assembly;
import org.polyphony.plugin.source.assemble.Attribute;
import org.polyphony.plugin.source.files.input.DataFolder;
import org.polyphony.plugin.source.files.input.Database;
import org.polyphony.plugin.source.files.mapping.GroupDiscovery;
import org.polyphony.plugin.source.files.mapping.PolisSettings;
import org.polyphony.preferences.group.OpinionGroups;
import org.polyphony.preferences.group.VoteMatrix;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.Issue;
import org.polyphony.spi.preference.JudgmentForm;

/// Reads exported Polis conversations: a folder is an item, an accepted statement a candidate, and what a
/// participant voted on the candidates one judgment.
///
/// Groups are found in half of the statements and candidates are taken from the other half, because a group
/// found in votes explains those votes by construction. Polis's own groups were found in all of them and
/// are not read. Group A is the larger one of its conversation; A of one conversation has nothing to do
/// with A of another.
public final class PolisReader {

    private final String pattern;
    private final PolisSettings settings;
    private final DataFolder folder;
    private final Database database;
    private final PluginContext context;
    private final Assembly assembly;

    /// A reader of conversations.
    ///
    /// @param pattern their folders
    public PolisReader(
            String pattern, PolisSettings settings, DataFolder folder, Database database, PluginContext context) {
        this.pattern = pattern;
        this.settings = settings;
        this.folder = folder;
        this.database = database;
        this.context = context;
        int groups = settings.groups().map(GroupDiscovery::discover).orElse(0);
        List<String> levels = IntStream.range(0, groups)
                .mapToObj(g -> String.valueOf((char) ('A' + g)))
                .toList();
        this.assembly =
                new Assembly(groups == 0 ? List.of() : List.of(new Attribute("group", levels, List.of())), false);
    }

    /// Reads all conversations.
    public Assembly read() {
        List<String> folders = folder.folders(pattern).stream()
                .filter(name -> Conversation.isIn(folder, name))
                .toList();
        if (folders.isEmpty()) {
            throw new AlignmentException(
                    FILE_NOT_FOUND,
                    "no folder that " + pattern
                            + " names has a participant-votes.csv or participants-votes.csv, with or without a prefix"
                            + " and .gz; name the folders of the conversations");
        }
        for (int f = 0; f < folders.size(); f++) {
            conversation(Conversation.read(folder, database, context, folders.get(f)));
            context.progress(f + 1L, folders.size());
        }
        return assembly;
    }

    private void conversation(Conversation conversation) {
        VoteMatrix votes = conversation.votes();
        int[] all = IntStream.range(0, votes.statements()).toArray();
        boolean grouped = settings.groups().isPresent();
        int[] candidates = mostVoted(
                votes,
                grouped
                        ? Arrays.stream(all)
                                .filter(s -> !conversation.forDiscovery(s))
                                .toArray()
                        : all);
        int[] groups = grouped
                ? OpinionGroups.discover(
                        votes,
                        Arrays.stream(all).filter(conversation::forDiscovery).toArray(),
                        settings.groups().get().discover(),
                        // the data of a run do not change with the run's seed
                        0)
                : new int[votes.participants()];
        var catalogue = assembly.catalogue();
        int item = catalogue.item(conversation.id());
        catalogue.prompt(item, conversation.topic());
        int[] numbers = new int[candidates.length];
        for (int c = 0; c < candidates.length; c++) {
            var statement = conversation.statements().get(candidates[c]);
            numbers[c] = catalogue.candidate(item, statement.id());
            catalogue.text(item, numbers[c], statement.text());
        }
        int silent = 0;
        for (int p = 0; p < votes.participants(); p++) {
            int person = p;
            if (Arrays.stream(candidates).noneMatch(s -> votes.seen(person, s))) {
                silent++;
                continue;
            }
            int[] levels = grouped ? new int[] {level(groups[p])} : new int[0];
            String who = conversation.id() + "/" + conversation.participants().get(p);
            assembly.begin(JudgmentForm.APPROVAL, item, who, levels, 1, 0);
            for (int c = 0; c < candidates.length; c++) {
                if (votes.seen(p, candidates[c])) {
                    // 1, 0 and -1 become 1, 1/2 and 0
                    assembly.entry(numbers[c], (votes.vote(p, candidates[c]) + 1) / 2.0);
                }
            }
            assembly.end();
        }
        if (silent > 0) {
            context.report(Issue.note(
                    "PARTICIPANT_SILENT",
                    silent + " of " + votes.participants() + " participants voted on none of the " + candidates.length
                            + " candidates",
                    conversation.id()));
        }
    }

    private int level(int group) {
        Attribute attribute = assembly.attributes().getFirst();
        return attribute.level(group == OpinionGroups.NONE ? null : String.valueOf((char) ('A' + group)));
    }

    private int[] mostVoted(VoteMatrix votes, int[] statements) {
        long[] count = new long[votes.statements()];
        for (int s : statements) {
            count[s] = IntStream.range(0, votes.participants())
                    .filter(p -> votes.seen(p, s))
                    .count();
        }
        List<Integer> order = new ArrayList<>(Arrays.stream(statements).boxed().toList());
        // stable: equal counts keep the order of ids
        order.sort((a, b) -> Long.compare(count[b], count[a]));
        return order.stream()
                .limit(settings.maxCandidates())
                .filter(s -> count[s] > 0)
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
