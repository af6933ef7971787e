package org.polyphony.engine.trajectory;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.polyphony.engine.page.ReportPage;
import org.polyphony.engine.page.SectionJson;
import org.polyphony.engine.result.ResultFolder;
import org.polyphony.engine.result.StudyReport;

/// Trajectories as `report.json` and as a page with pictures. The same trajectories give the same bytes.
public final class TrajectoryReport {

    /// Version of the document's layout.
    public static final int VERSION = 1;

    // a path holds its policies up to this many candidates; beyond, the last one only
    private static final int PATH_CANDIDATES = 8;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private TrajectoryReport() {}

    /// Writes `report.html` and `report.json`, both or none.
    ///
    /// @param reproduce the command that makes the same bytes again
    /// @return the files, in the order a reader wants them
    public static List<Path> write(Trajectories trajectories, ResultFolder folder, String reproduce) {
        var document = of(trajectories).put("reproduce", reproduce);
        var id = ResultFolder.id(document);
        document.put("result", id);
        var files = new LinkedHashMap<String, ResultFolder.Content>();
        files.put("report.html", target -> Files.writeString(target, ReportPage.of(document, "trajectories.js")));
        files.put("report.json", target -> Files.writeString(target, StudyReport.text(document)));
        return folder.replace(id, "polyphony.trajectories", "", files);
    }

    /// The document.
    public static ObjectNode of(Trajectories trajectories) {
        var root = NODES.objectNode().put("report", "polyphony.trajectories").put("version", VERSION);
        root.put("formulation", trajectories.plan().formulation());
        var games = root.putArray("games");
        for (var game : trajectories.games()) {
            var node = games.addObject()
                    .put("candidates", game.game().candidates())
                    .put("stakeholders", game.game().stakeholders());
            game.equilibrium().ifPresent(point -> node.set("equilibrium", numbers(point.policy())));
            var runs = node.putArray("runs");
            for (int r = 0; r < game.paths().size(); r++) {
                runs.add(run(trajectories, r, game.paths().get(r)));
            }
        }
        root.set("sections", SectionJson.of(TrajectorySections.of(trajectories)));
        var issues = root.putArray("issues");
        trajectories
                .issues()
                .forEach(issue -> issues.addObject()
                        .put("severity", issue.severity().name().toLowerCase(java.util.Locale.ROOT))
                        .put("code", issue.code())
                        .put("message", issue.message()));
        return root;
    }

    private static ObjectNode run(Trajectories trajectories, int r, List<TrajectoryPoint> path) {
        var run = trajectories.plan().runs().get(r);
        var ran = trajectories.plugins().get(run.label());
        var node = NODES.objectNode()
                .put("label", run.label())
                .put("algorithm", run.algorithm().plugin());
        if (ran != null) {
            node.put("version", ran.version()).put("sha256", ran.sha256());
            node.set("settings", settings(ran.settings()));
        }
        if (path.isEmpty()) {
            return node.put("refused", true);
        }
        var last = path.getLast();
        node.put("iterations", last.iterations())
                .put("gap", finite(last.gap()))
                .put("gapTau", finite(last.gapTau()))
                .put("tau", last.tau())
                .put("converged", last.converged())
                .put("verdict", ConvergenceVerdict.of(path).name().toLowerCase(java.util.Locale.ROOT))
                .put("leaderChanges", ConvergenceVerdict.leaderChanges(path));
        node.set("policy", numbers(last.policy()));
        var points = node.putArray("path");
        for (var point : path) {
            var at = points.addObject().put("iterations", point.iterations());
            if (point.policy().length <= PATH_CANDIDATES) {
                at.set("policy", numbers(point.policy()));
            }
            at.put("gap", finite(point.gap())).put("gapTau", finite(point.gapTau()));
        }
        return node;
    }

    private static ObjectNode settings(Map<String, Object> settings) {
        var node = NODES.objectNode();
        settings.forEach((name, value) -> node.put(name, String.valueOf(value)));
        return node;
    }

    // JSON has no NaN: what cannot be proved is null
    private static @Nullable Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }

    private static ArrayNode numbers(double[] values) {
        var array = NODES.arrayNode(values.length);
        for (double value : values) {
            array.add(value);
        }
        return array;
    }
}
