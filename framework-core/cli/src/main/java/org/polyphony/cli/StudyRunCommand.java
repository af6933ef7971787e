package org.polyphony.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.polyphony.engine.result.ResultFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Runs a study.
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description =
                "Runs a study and writes report.html, report.json and, where it names an algorithm, policy.arrow.",
        footer = {
            "",
            "Examples:",
            "  polyphony study run samples/clinic/study.yaml",
            "  polyphony study run samples/arguments/study.yaml --data DIR --set seed=7",
            "  polyphony study run study.yaml --set algorithm.settings.tau=0.2 --out results/tau-0.2"
        })
final class StudyRunCommand implements Callable<Integer> {

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Mixin
    private final OutsideAccess access = new OutsideAccess();

    @Mixin
    private final StudyFile study = new StudyFile();

    @Option(
            names = {"-o", "--out"},
            paramLabel = "DIR",
            description = "Where results go; created if absent. Default: out/NAME of the study.")
    private @Nullable Path out;

    @Option(names = "--seed", description = "Seed of all randomness. Default: the study's.")
    private @Nullable Long seed;

    @Override
    public Integer call() {
        var read = seed == null ? study.read() : study.read("seed=" + seed);
        var request = study.request(read.plan());
        try (var progress = new ProgressLine(common.quiet);
                var polyphony = common.start(access);
                var prepared = polyphony.prepare(request, progress)) {
            Failures.refuse(read.issues(), prepared.issues(), access.refused(read.plan()));
            var target = ResultFolder.open(
                    out != null ? out : Path.of("out", read.plan().identity().name()));
            var outcome = prepared.run().execute();
            progress.finish();
            var written = polyphony.write(target, outcome, reproduce());
            new StudySummary(outcome).print(written, common.json);
            int code = Failures.outcome(outcome.issues());
            if (code != 0) {
                return code;
            }
            var items = outcome.data().judgments().candidates().items().size();
            if (outcome.plan().solves()
                    && outcome.answers().review().refusedItems().size() == items) {
                System.err.println("polyphony: ALL_REFUSED: none of " + items
                        + " items has a candidate that may be played; see what was refused in the report");
                return Failures.SAFETY;
            }
        }
        return 0;
    }

    // how a reader of the report gets the same bytes again; folders are theirs to choose
    private String reproduce() {
        return study.reproduce("study run", study.dataOption() + (seed == null ? "" : " --seed " + seed));
    }
}
