package org.polyphony.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.polyphony.engine.EngineOptions;
import picocli.CommandLine.Option;

/// Options every command takes.
final class CommonOptions {

    @Option(
            names = "--plugins",
            paramLabel = "DIR",
            description = "A further folder with plugin bundles; may be repeated. Also POLYPHONY_PLUGINS.",
            split = ":")
    @SuppressWarnings("FieldMayBeFinal") // picocli sets it
    private List<Path> plugins = new ArrayList<>();

    @Option(names = "--json", description = "Print the result as JSON on standard output.")
    boolean json;

    @Option(
            names = {"-q", "--quiet"},
            description = "No progress, no notes; warnings and errors only.")
    boolean quiet;

    /// Where the engine finds plugins: the distribution's own folder first.
    EngineOptions engine() {
        var folders = new ArrayList<Path>();
        var home = System.getProperty("polyphony.home");
        if (home != null) {
            folders.add(Path.of(home, "plugins"));
        }
        var environment = System.getenv("POLYPHONY_PLUGINS");
        if (environment != null && !environment.isBlank()) {
            for (var folder : environment.split(":", -1)) {
                folders.add(Path.of(folder));
            }
        }
        folders.addAll(plugins);
        return EngineOptions.of(folders);
    }
}
