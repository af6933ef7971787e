package org.polyphony.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.polyphony.engine.plan.StudyPlanReader;
import org.polyphony.engine.plan.StudyRequest;
import org.polyphony.engine.run.Comparisons;
import org.polyphony.engine.run.StudySeats;
import org.polyphony.spi.preference.Judgments;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// The data of a study, before it runs and for whom comes after it.
@Command(
        name = "data",
        mixinStandardHelpOptions = true,
        description = "Looks at a study's data, and exports what a study makes of them.",
        subcommands = {DataCommand.StatsCommand.class, DataExportCommand.class})
final class DataCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "name a command: data stats FILE, or data export FILE --to TRAINER --out DIR");
    }

    @Command(
            name = "stats",
            mixinStandardHelpOptions = true,
            description = "Reads a study's data as the study would and counts what is there: judgments, and how often"
                    + " candidates are compared, by seat and item.")
    static final class StatsCommand implements Callable<Integer> {

        // a screenful or two; the JSON has all
        private static final int MOST_ROWS = 100;

        @Mixin
        private final CommonOptions common = new CommonOptions();

        @Mixin
        private final OutsideAccess access = new OutsideAccess();

        @Parameters(paramLabel = "FILE", description = "The study file, YAML.")
        @SuppressWarnings("NullAway.Init") // picocli sets it
        private Path file;

        @Option(names = "--data", paramLabel = "DIR", description = "The folder that data files are relative to.")
        private @Nullable Path data;

        @Override
        public Integer call() {
            var read = StudyPlanReader.read(file, java.util.List.of());
            var request = StudyRequest.of(read.plan(), file, data);
            try (var progress = new ProgressLine(common.quiet);
                    var polyphony = common.start(access);
                    var prepared = polyphony.prepare(request, progress)) {
                Failures.refuse(read.issues(), prepared.issues(), access.refused(read.plan()));
                var judgments = prepared.run().read().judgments();
                progress.finish();
                var seats = read.plan().people().seats();
                var seating = StudySeats.all(judgments, seats);
                print(judgments, Comparisons.of(judgments, seating, _ -> true), seats.name(), seating.ids());
            }
            return 0;
        }

        private void print(Judgments judgments, Comparisons comparisons, String attribute, List<String> told) {
            var stats = new LinkedHashMap<String, Object>();
            stats.put("judgments", judgments.count());
            stats.put("annotators", judgments.judges().count());
            stats.put("items", judgments.candidates().items().size());
            stats.put("candidates", judgments.candidates().ids().size());
            for (int g = 0; g < judgments.judges().attributes().size(); g++) {
                levels(judgments, g, stats);
            }
            stats.put("comparisons", comparisons.total());
            var seats = new ArrayList<>(told);
            for (int seat = 0; seat < seats.size(); seat++) {
                stats.put("comparisons " + attribute + "=" + seats.get(seat), comparisons.ofSeat(seat));
            }
            stats.put("comparisons " + attribute + " blank", comparisons.ofSeat(seats.size()));
            seats.add("blank");
            var items = judgments.candidates().items();
            if (common.json) {
                var byItem = new LinkedHashMap<String, Object>();
                for (int item = 0; item < items.size(); item++) {
                    byItem.put(items.get(item), counts(comparisons, item, seats));
                }
                stats.put("comparisonsByItem", byItem);
                Tables.print(stats, true);
                return;
            }
            Tables.print(stats, false);
            System.out.println();
            var columns = new ArrayList<>(List.of("comparisons of", "all"));
            columns.addAll(seats);
            var rows = new ArrayList<List<String>>();
            for (int item = 0; item < Math.min(items.size(), MOST_ROWS); item++) {
                var row = new ArrayList<>(List.of(items.get(item), Long.toString(comparisons.ofItem(item))));
                counts(comparisons, item, seats).values().forEach(count -> row.add(count.toString()));
                rows.add(row);
            }
            Tables.print(columns, rows);
            if (items.size() > MOST_ROWS) {
                System.out.println("and " + (items.size() - MOST_ROWS) + " more items; --json has all");
            }
        }

        private static Map<String, Long> counts(Comparisons comparisons, int item, List<String> seats) {
            var counts = new LinkedHashMap<String, Long>();
            for (int level = 0; level < seats.size(); level++) {
                counts.put(seats.get(level), comparisons.of(item, level));
            }
            return counts;
        }

        private static void levels(Judgments judgments, int g, Map<String, Object> stats) {
            var attribute = judgments.judges().attributes().get(g);
            var counts = new int[attribute.levels().size() + 1];
            for (int n = 0; n < judgments.count(); n++) {
                int level = judgments.level(n, g);
                counts[level < 0 ? attribute.levels().size() : level]++;
            }
            for (int level = 0; level < attribute.levels().size(); level++) {
                stats.put(attribute.name() + "=" + attribute.levels().get(level), counts[level]);
            }
            stats.put(attribute.name() + " blank", counts[attribute.levels().size()]);
        }
    }
}
