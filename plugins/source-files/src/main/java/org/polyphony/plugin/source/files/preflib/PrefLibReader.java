package org.polyphony.plugin.source.files.preflib;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.polyphony.plugin.source.assemble.Assembly;
import org.polyphony.plugin.source.assemble.Attribute;
import org.polyphony.plugin.source.files.input.DataFile;
import org.polyphony.plugin.source.files.input.DataFolder;
import org.polyphony.plugin.source.files.mapping.Unranked;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.error.Issue;
import org.polyphony.spi.preference.JudgmentForm;

/// Reads elections: a file is an item, an alternative a candidate, a distinct ballot an annotator whose weight
/// is the number of voters who gave it.
///
/// All voters share one seat, the level `voters` of the attribute `electorate`. Candidates are numbered as in
/// the file, with leading zeros so that byte order is ballot order.
public final class PrefLibReader {

    private final DataFolder folder;
    private final Unranked unranked;
    private final PluginContext context;
    private final Assembly assembly =
            new Assembly(List.of(new Attribute("electorate", List.of("voters"), List.of())), false);
    private int silent;

    /// A reader of files in `folder`.
    public PrefLibReader(DataFolder folder, Unranked unranked, PluginContext context) {
        this.folder = folder;
        this.unranked = unranked;
        this.context = context;
    }

    /// Reads the files that `pattern` matches.
    public Assembly read(String pattern) {
        List<DataFile> files = folder.files(pattern);
        for (int f = 0; f < files.size(); f++) {
            context.checkCancelled();
            election(files.get(f));
            context.progress(f + 1L, files.size());
        }
        if (silent > 0) {
            context.report(Issue.note(
                    "BALLOT_SILENT", silent + " ballots compare no two alternatives and are left out", pattern));
        }
        return assembly;
    }

    private void election(DataFile file) {
        PrefLibFile election = PrefLibFile.of(file);
        var catalogue = assembly.catalogue();
        String id = id(file.name());
        int item = catalogue.item(id);
        catalogue.prompt(item, election.title());
        int alternatives = election.names().size();
        int[] candidates = new int[alternatives + 1];
        for (int a = 1; a <= alternatives; a++) {
            candidates[a] = catalogue.candidate(item, padded(a, alternatives));
            catalogue.text(item, candidates[a], election.names().get(a - 1));
        }
        List<PrefLibFile.Ballot> ballots = election.ballots();
        for (int b = 0; b < ballots.size(); b++) {
            List<List<Integer>> ranks = complete(ballots.get(b).ranks(), alternatives);
            if (ranks.stream().mapToInt(List::size).sum() < 2) {
                silent++;
                continue;
            }
            String voters = id + "/" + padded(b + 1, ballots.size());
            assembly.begin(
                    JudgmentForm.RANKING,
                    item,
                    voters,
                    new int[] {0},
                    ballots.get(b).count(),
                    0);
            for (int rank = 0; rank < ranks.size(); rank++) {
                for (int alternative : ranks.get(rank)) {
                    assembly.entry(candidates[alternative], -rank);
                }
            }
            assembly.end();
        }
    }

    private List<List<Integer>> complete(List<List<Integer>> ranks, int alternatives) {
        if (unranked == Unranked.UNKNOWN) {
            return ranks;
        }
        boolean[] ranked = new boolean[alternatives + 1];
        ranks.forEach(rank -> rank.forEach(alternative -> ranked[alternative] = true));
        var below = new ArrayList<Integer>();
        for (int a = 1; a <= alternatives; a++) {
            if (!ranked[a]) {
                below.add(a);
            }
        }
        if (below.isEmpty()) {
            return ranks;
        }
        var all = new ArrayList<>(ranks);
        all.add(below);
        return all;
    }

    private static String padded(int number, int most) {
        int width = Integer.toString(most).length();
        return String.format(Locale.ROOT, "%0" + width + "d", number);
    }

    // the file's name without folder and extension: PrefLib's own id of the election
    private static String id(String name) {
        String last = name.substring(name.lastIndexOf('/') + 1);
        int dot = last.indexOf('.');
        return dot > 0 ? last.substring(0, dot) : last;
    }
}
