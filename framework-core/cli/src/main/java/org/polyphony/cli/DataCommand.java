package org.polyphony.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.polyphony.engine.Polyphony;
import org.polyphony.engine.study.StudyPlanReader;
import org.polyphony.engine.study.StudyRequest;
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
            description = "Reads a study's data as the study would and counts what is there.")
    static final class StatsCommand implements Callable<Integer> {

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
                    var polyphony = Polyphony.start(common.engine());
                    var prepared = polyphony.prepare(request, progress)) {
                Failures.refuse(read.issues(), prepared.issues(), access.refused(read.plan()));
                var judgments = prepared.run().read().judgments();
                var stats = new LinkedHashMap<String, Object>();
                stats.put("judgments", judgments.count());
                stats.put("annotators", judgments.annotators().size());
                stats.put("items", judgments.candidates().items().size());
                stats.put("candidates", judgments.candidates().ids().size());
                for (int g = 0; g < judgments.attributes().size(); g++) {
                    var attribute = judgments.attributes().get(g);
                    var counts = new int[attribute.levels().size() + 1];
                    for (int n = 0; n < judgments.count(); n++) {
                        int level = judgments.level(n, g);
                        counts[level < 0 ? attribute.levels().size() : level]++;
                    }
                    for (int level = 0; level < attribute.levels().size(); level++) {
                        stats.put(attribute.name() + "=" + attribute.levels().get(level), counts[level]);
                    }
                    stats.put(
                            attribute.name() + " blank",
                            counts[attribute.levels().size()]);
                }
                Tables.print(stats, common.json);
            }
            return 0;
        }
    }
}
