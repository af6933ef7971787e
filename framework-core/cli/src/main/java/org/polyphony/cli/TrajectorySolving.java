package org.polyphony.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import org.polyphony.engine.Polyphony;
import org.polyphony.engine.game.GamesFile;
import org.polyphony.engine.result.ResultFolder;
import org.polyphony.engine.trajectory.ConvergenceVerdict;
import org.polyphony.engine.trajectory.Trajectories;
import org.polyphony.engine.trajectory.TrajectoryPlan;
import org.polyphony.engine.trajectory.TrajectoryReport;

/// `solve --runs`: how algorithms move, as a report.
final class TrajectorySolving {

    private static final int MOST_GAMES = 12;

    private TrajectorySolving() {}

    static int run(
            Polyphony polyphony,
            List<GamesFile.Entry> entries,
            Path games,
            Path runs,
            Path out,
            long seed,
            OutsideAccess access,
            boolean json) {
        var read = TrajectoryPlan.read(runs);
        Failures.refuse(
                read.issues(),
                access.refused(read.plan().runs().stream()
                        .map(TrajectoryPlan.Run::algorithm)
                        .toList()));
        var playable = ExplicitGames.playable(entries, MOST_GAMES);
        var folder = ResultFolder.open(out);
        var trajectories = polyphony.watch(read.plan(), playable, seed);
        var reproduce = "polyphony solve " + games.getFileName() + " --runs " + runs.getFileName()
                + " --out DIR --seed " + seed;
        var written = TrajectoryReport.write(trajectories, folder, reproduce);
        if (json) {
            var document = new LinkedHashMap<String, Object>();
            document.put("files", written.stream().map(Path::toString).toList());
            document.put("games", TrajectoryReport.of(trajectories).path("games"));
            System.out.println(Tables.json(document));
        } else {
            print(trajectories);
            written.forEach(path -> System.out.println(Printable.message("wrote " + path)));
        }
        Failures.print(trajectories.issues());
        return Failures.outcome(trajectories.issues());
    }

    private static void print(Trajectories trajectories) {
        var rows = new ArrayList<List<String>>();
        for (int g = 0; g < trajectories.games().size(); g++) {
            var paths = trajectories.games().get(g).paths();
            for (int r = 0; r < paths.size(); r++) {
                var path = paths.get(r);
                var label = trajectories.plan().runs().get(r).label();
                rows.add(
                        path.isEmpty()
                                ? List.of(String.valueOf(g), label, "refused", "", "")
                                : List.of(
                                        String.valueOf(g),
                                        label,
                                        ConvergenceVerdict.of(path).words(),
                                        Tables.gap(path.getLast().gap()),
                                        String.format(
                                                Locale.ROOT,
                                                "%,d",
                                                path.getLast().iterations())));
            }
        }
        Tables.print(List.of("game", "run", "verdict", "gap", "iterations"), rows);
    }
}
