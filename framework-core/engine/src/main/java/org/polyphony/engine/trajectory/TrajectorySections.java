package org.polyphony.engine.trajectory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.polyphony.spi.evaluation.Block;
import org.polyphony.spi.evaluation.Block.Axis;
import org.polyphony.spi.evaluation.Block.Caption;
import org.polyphony.spi.evaluation.Block.Column;
import org.polyphony.spi.evaluation.Block.Lines;
import org.polyphony.spi.evaluation.Block.Place;
import org.polyphony.spi.evaluation.Block.Point;
import org.polyphony.spi.evaluation.Block.Row;
import org.polyphony.spi.evaluation.Block.Simplex;
import org.polyphony.spi.evaluation.Block.Table;
import org.polyphony.spi.evaluation.Block.Text;
import org.polyphony.spi.evaluation.Headline;
import org.polyphony.spi.evaluation.Section;

/// Trajectories as sections: a section per game, where each run ends, where its policy goes and how its gap falls.
final class TrajectorySections {

    // below this a gap is rounding
    private static final double FLOOR = 1e-16;
    private static final int SHOWN = 8;

    private final Trajectories trajectories;

    private TrajectorySections(Trajectories trajectories) {
        this.trajectories = trajectories;
    }

    static List<Section> of(Trajectories trajectories) {
        var made = new TrajectorySections(trajectories);
        var sections = new ArrayList<Section>();
        for (int g = 0; g < trajectories.games().size(); g++) {
            sections.add(made.section(g));
        }
        return sections;
    }

    private Section section(int g) {
        var game = trajectories.games().get(g);
        int k = game.game().candidates();
        var blocks = new ArrayList<Block>();
        var headlines = new ArrayList<Headline>();
        var rows = new ArrayList<Row>();
        for (int r = 0; r < game.paths().size(); r++) {
            var path = game.paths().get(r);
            rows.add(row(label(r), path));
            headlines.add(Headline.of(
                    path.isEmpty() ? "run.refused" : code(ConvergenceVerdict.of(path)),
                    Map.of("game", String.valueOf(g), "run", label(r)),
                    label(r) + ": " + said(path) + "."));
        }
        blocks.add(new Table(
                "Where each run ends",
                List.of(
                        new Column("run", false),
                        new Column("verdict", false),
                        new Column("gap", true),
                        new Column("gap at τ", true),
                        new Column("τ", true),
                        new Column("iterations", true),
                        new Column("converged", false),
                        new Column("lead changes", true),
                        new Column("final policy", false)),
                rows));
        if (k == 3) {
            blocks.add(
                    new Text("Where the policy goes: a corner is a policy that always plays one candidate. ○ is where a"
                            + " run begins, ● where it ends. Points far apart are not joined."));
            for (int r = 0; r < game.paths().size(); r++) {
                if (!game.paths().get(r).isEmpty()) {
                    blocks.add(simplex(game, r));
                }
            }
        }
        gaps(game, blocks);
        return new Section(
                "game-" + (g + 1),
                (trajectories.games().size() == 1 ? "The game" : "Game " + (g + 1)) + ": " + k + " candidates, "
                        + trajectories.plan().formulation(),
                headlines,
                blocks);
    }

    private static String code(ConvergenceVerdict verdict) {
        return "run." + verdict.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Row row(String label, List<TrajectoryPoint> path) {
        if (path.isEmpty()) {
            return new Row(List.of(
                    label,
                    "refused: no candidate may be played, or nothing that was answered may be shown",
                    "–",
                    "–",
                    "–",
                    "–",
                    "–",
                    "–",
                    "–"));
        }
        var last = path.getLast();
        return new Row(List.of(
                label,
                ConvergenceVerdict.of(path).words(),
                number(last.gap()),
                number(last.gapTau()),
                last.tau() == 0 ? "–" : number(last.tau()),
                String.format(Locale.ROOT, "%,d", last.iterations()),
                last.converged() ? "says yes" : "says no",
                String.valueOf(ConvergenceVerdict.leaderChanges(path)),
                policy(last.policy())));
    }

    private Block simplex(Trajectories.Game game, int r) {
        var path = game.paths().get(r);
        var places = new ArrayList<Place>();
        path.forEach(point -> places.add(place(label(r), point.policy())));
        places.add(place("reference", reference(game)));
        game.equilibrium().ifPresent(point -> places.add(place("equilibrium", point.policy())));
        return new Simplex(new Caption(label(r), said(path) + "."), List.of("1", "2", "3"), places);
    }

    private static Place place(String series, double[] policy) {
        return new Place(series, policy[0], policy[1], policy[2]);
    }

    private static double[] reference(Trajectories.Game game) {
        var reference = game.game().reference();
        var policy = new double[3];
        double sum = 0;
        for (int i = 0; i < 3; i++) {
            double mass = reference.isPresent() ? Math.exp(reference.get()[i]) : 1;
            policy[i] = game.game().allowed()[i] ? mass : 0;
            sum += policy[i];
        }
        for (int i = 0; i < 3; i++) {
            policy[i] = sum == 0 ? 1 / 3.0 : policy[i] / sum;
        }
        return policy;
    }

    private void gaps(Trajectories.Game game, List<Block> blocks) {
        boolean proved = game.paths().stream().flatMap(List::stream).noneMatch(point -> Double.isNaN(point.gap()));
        var points = new ArrayList<Point>();
        for (int r = 0; r < game.paths().size(); r++) {
            for (var point : game.paths().get(r)) {
                points.add(new Point(
                        label(r),
                        Math.max(1, point.iterations()),
                        Math.max(FLOOR, point.gap()),
                        OptionalDouble.empty(),
                        OptionalDouble.empty()));
            }
        }
        if (proved && !points.isEmpty()) {
            blocks.add(new Lines(
                    new Caption(
                            "How the gap of the game falls",
                            "Duality gap against iterations, both logarithmic; the table above has where each run ends."),
                    Axis.of("iterations").withLogarithms(),
                    List.of(),
                    Axis.of("gap").withLogarithms(),
                    points));
            blocks.add(new Text("Gaps below 1e-16 are rounding and drawn there. Iterations are the algorithm’s own"
                    + " updates; an exact solver is a single point."));
        }
    }

    private static String said(List<TrajectoryPoint> path) {
        return path.isEmpty()
                ? "refused"
                : ConvergenceVerdict.of(path).words() + ", gap "
                        + number(path.getLast().gap());
    }

    private String label(int r) {
        return trajectories.plan().runs().get(r).label();
    }

    private static String policy(double[] policy) {
        return policy.length > SHOWN
                ? policy.length + " candidates"
                : Arrays.stream(policy)
                        .mapToObj(probability -> String.format(Locale.ROOT, "%.4f", probability))
                        .collect(Collectors.joining(" "));
    }

    private static String number(double value) {
        if (!Double.isFinite(value)) {
            return "–";
        }
        double size = Math.abs(value);
        return size != 0 && size < 1e-3
                ? String.format(Locale.ROOT, "%.1e", value)
                : String.format(Locale.ROOT, "%.7f", value).replaceAll("0{1,5}$", "");
    }
}
