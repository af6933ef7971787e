package org.polyphony.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.polyphony.engine.plan.StudyPlan;
import org.polyphony.engine.plan.StudyPlanReader;
import org.polyphony.engine.plan.StudyRequest;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Which study file a command is about, where its data are, and what is said otherwise than in it. Its first argument.
final class StudyFile {

    @Parameters(index = "0", paramLabel = "FILE", description = "The study file, YAML.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path file;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The folder that the study's data files are relative to. Default: the study file's folder.")
    private @Nullable Path data;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Overrides one value of the study file, for example seed=7 or"
                    + " profiler.settings.shrinkage=30; may be repeated.")
    @SuppressWarnings("FieldMayBeFinal") // picocli sets it
    private List<String> overrides = new ArrayList<>();

    Path file() {
        return file;
    }

    /// Reads it.
    ///
    /// @param more values that other options override
    StudyPlanReader.Read read(String... more) {
        var all = new ArrayList<>(overrides);
        all.addAll(List.of(more));
        return StudyPlanReader.read(file, all);
    }

    /// What is asked of the engine.
    StudyRequest request(StudyPlan plan) {
        return StudyRequest.of(plan, file, data);
    }

    /// The command line that does the same again, without the paths of this machine.
    ///
    /// @param options others that were given, each after a space
    String reproduce(String command, String options) {
        var line = new StringBuilder("polyphony " + command + " " + file.getFileName() + options);
        overrides.forEach(override -> line.append(" --set ").append(override));
        return line.toString();
    }

    /// The option of the data's folder, for [#reproduce].
    String dataOption() {
        return data == null ? "" : " --data DIR";
    }
}
