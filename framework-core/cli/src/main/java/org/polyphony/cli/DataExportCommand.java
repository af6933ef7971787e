package org.polyphony.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.polyphony.engine.export.ExportOptions;
import org.polyphony.engine.export.PairSelection;
import org.polyphony.engine.export.PairWeights;
import org.polyphony.engine.export.PreferenceExport;
import org.polyphony.engine.export.TrainerFormat;
import org.polyphony.engine.result.ResultFolder;
import org.polyphony.spi.alignment.Formulation;
import org.polyphony.spi.error.AlignmentException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Exports a study's certified policy for trainers of language models.
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description =
                "Solves a study and writes preference pairs that a trainer reads, to fine-tune towards the policy.",
        footer = {
            "",
            "Only allowed candidates are written, and only items whose policy is certified.",
            "",
            "Example: polyphony data export samples/clinic/study.yaml --to trl --out preferences"
        })
final class DataExportCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Mixin
    private final OutsideAccess access = new OutsideAccess();

    @Mixin
    private final StudyFile study = new StudyFile();

    @Option(
            names = "--to",
            required = true,
            paramLabel = "TRAINER",
            completionCandidates = Trainers.class,
            description = "One of ${COMPLETION-CANDIDATES}.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String to;

    @Option(
            names = {"-o", "--out"},
            required = true,
            paramLabel = "DIR",
            description = "Where the files go; created if absent.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path out;

    @Option(names = "--force", description = "Write into a folder that is not empty, replacing an earlier export.")
    private boolean force;

    @Option(
            names = {"-f", "--formulation"},
            paramLabel = "F",
            defaultValue = Formulation.POPULATION,
            description = "Whose policy is exported. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String formulation;

    @Option(
            names = "--pairs",
            paramLabel = "WHICH",
            defaultValue = "all",
            description =
                    "all, decided (no ties) or top (with the policy's first candidate). Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String pairs;

    @Option(
            names = "--weights",
            paramLabel = "WHICH",
            defaultValue = "policy",
            description = "What pairs weigh: policy, reference, uniform or judgments. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String weights;

    @Option(
            names = "--step",
            paramLabel = "S",
            description =
                    "The margin is S times (win probability - 1/2). Default: 1/tau of a regularised policy, else 1.")
    private @Nullable Double step;

    @Override
    public Integer call() {
        var options = options();
        if (!force) {
            PreferenceExport.requireEmpty(out);
        }
        var read = study.read();
        var request = study.request(PreferenceExport.plan(read.plan(), formulation));
        try (var progress = new ProgressLine(common.quiet);
                var polyphony = common.start(access);
                var prepared = polyphony.prepare(request, progress)) {
            Failures.refuse(
                    read.issues(),
                    PreferenceExport.issues(read.plan()),
                    prepared.issues(),
                    access.refused(read.plan()));
            var folder = ResultFolder.open(out);
            var outcome = prepared.run().execute();
            progress.finish();
            int code = Failures.outcome(outcome.issues());
            try {
                var written = PreferenceExport.write(outcome, options, folder, reproduce());
                written.warnings()
                        .forEach(warning -> System.err.println("polyphony: warning: " + Printable.message(warning)));
                print(written);
            } catch (AlignmentException e) {
                if (code == 0) {
                    throw e;
                }
                // what went wrong before says why there is nothing to write
                Failures.report(e, new java.io.PrintWriter(System.err, true, System.err.charset()));
            }
            return code;
        }
    }

    private ExportOptions options() {
        var format = Arrays.stream(TrainerFormat.values())
                .filter(known -> known.label().equals(to))
                .findFirst()
                .orElseThrow(() -> usage("--to", to, Arrays.toString(TrainerFormat.values())));
        if (step != null && !(step > 0 && step < Double.POSITIVE_INFINITY)) {
            throw usage("--step", String.valueOf(step), "a number > 0");
        }
        return new ExportOptions(
                format,
                formulation,
                choice("--pairs", pairs, PairSelection.values()),
                choice("--weights", weights, PairWeights.values()),
                step == null ? OptionalDouble.empty() : OptionalDouble.of(step));
    }

    private <E extends Enum<E>> E choice(String option, String value, E[] values) {
        for (var known : values) {
            if (label(known).equals(value)) {
                return known;
            }
        }
        throw usage(
                option,
                value,
                Arrays.stream(values).map(DataExportCommand::label).collect(Collectors.joining(", ", "[", "]")));
    }

    private static String label(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private ParameterException usage(String option, String value, String known) {
        return new ParameterException(
                spec.commandLine(),
                option + " must be " + (known.startsWith("[") ? "one of " : "") + known + ", got '" + value + "'");
    }

    private void print(PreferenceExport.Written written) {
        if (common.json) {
            System.out.println(Tables.json(written.manifest()));
            return;
        }
        var manifest = written.manifest();
        var rows = new LinkedHashMap<String, Object>();
        rows.put("pairs", manifest.path("records").asLong());
        rows.put(
                "items",
                manifest.at("/certificate/certifiedItems").asInt() + " certified of "
                        + manifest.path("items").asInt());
        rows.put(
                "worst gap",
                String.format(
                        Locale.ROOT,
                        "%.1e",
                        manifest.at("/certificate/worstGap").asDouble()));
        Tables.print(rows, false);
        written.files().forEach(path -> System.out.println(Printable.message("wrote " + path)));
    }

    // folders are a reader's to choose
    private String reproduce() {
        return study.reproduce(
                "data export",
                " --to " + to + " --out DIR" + study.dataOption() + " --formulation " + formulation + " --pairs "
                        + pairs + " --weights " + weights + (step == null ? "" : " --step " + step));
    }

    /// What `--to` takes; made by picocli.
    static final class Trainers implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(TrainerFormat.values())
                    .map(TrainerFormat::label)
                    .iterator();
        }
    }
}
