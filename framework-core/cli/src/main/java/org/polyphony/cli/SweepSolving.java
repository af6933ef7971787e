package org.polyphony.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.polyphony.engine.Polyphony;
import org.polyphony.engine.certify.Standing;
import org.polyphony.engine.game.GamesFile;
import org.polyphony.engine.game.SolveRequest;
import org.polyphony.engine.game.WeightSweep;
import org.polyphony.spi.error.Issue;

/// `solve --sweep`: what the population game's answer is for every way to weigh the stakeholders.
final class SweepSolving {

    private static final int MOST_GAMES = 100;

    private SweepSolving() {}

    static int run(Polyphony polyphony, List<GamesFile.Entry> entries, int steps, SolveRequest request, boolean json) {
        var sweeps = new ArrayList<List<WeightSweep.Point>>();
        var issues = new ArrayList<Issue>();
        for (var game : ExplicitGames.playable(entries, MOST_GAMES)) {
            var sweep = polyphony.sweep(game, steps, request);
            sweeps.add(sweep.points());
            issues.addAll(sweep.issues());
        }
        if (json) {
            System.out.println(Tables.json(Map.of(
                    "sweeps",
                    sweeps.stream()
                            .map(points ->
                                    points.stream().map(SweepSolving::document).toList())
                            .toList())));
        } else {
            print(sweeps);
        }
        Failures.print(issues);
        int outcome = Failures.outcome(issues);
        if (outcome != 0) {
            return outcome;
        }
        if (!sweeps.isEmpty() && sweeps.stream().allMatch(List::isEmpty)) {
            System.err.println("polyphony: ALL_REFUSED: none of " + sweeps.size()
                    + " games has a candidate that may be played; mark at least one as safe");
            return Failures.SAFETY;
        }
        return 0;
    }

    private static void print(List<List<WeightSweep.Point>> sweeps) {
        var rows = new ArrayList<List<String>>();
        for (int g = 0; g < sweeps.size(); g++) {
            for (var point : sweeps.get(g)) {
                rows.add(List.of(
                        String.valueOf(g),
                        numbers("%.2f", point.weights()),
                        numbers("%.3f", point.policy()),
                        numbers("%.3f", point.utility()),
                        Tables.gap(point.gap()),
                        point.standing().name()));
            }
        }
        Tables.print(List.of("game", "weights", "policy", "utility", "gap", "standing"), rows);
    }

    private static Map<String, Object> document(WeightSweep.Point point) {
        var document = new LinkedHashMap<String, Object>();
        document.put("weights", point.weights());
        document.put("policy", point.policy());
        document.put("utility", point.utility());
        document.put("unilateralGain", point.unilateralGain());
        document.put("gap", point.gap());
        document.put("standing", point.standing().name());
        document.put("accepted", point.standing() == Standing.CERTIFIED);
        return document;
    }

    private static String numbers(String format, double[] values) {
        return Arrays.stream(values)
                .mapToObj(value -> String.format(Locale.ROOT, format, value))
                .collect(Collectors.joining(" "));
    }
}
