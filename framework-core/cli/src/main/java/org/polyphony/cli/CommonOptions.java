package org.polyphony.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.polyphony.engine.EngineOptions;
import org.polyphony.engine.Polyphony;
import org.polyphony.engine.plugin.PluginRegistry;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.Issue;
import org.polyphony.spi.error.StandardErrorCode;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

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

    @Option(
            names = "--plugin-timeout",
            paramLabel = "TIME",
            defaultValue = "${env:POLYPHONY_PLUGIN_TIMEOUT:-30m}",
            description = "How long a plugin may take for one call, for example 90s, 30m or 12h; a number alone is"
                    + " minutes. One that takes longer is given up. Default: ${DEFAULT-VALUE}.",
            converter = Time.class)
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Duration pluginTimeout;

    /// A time as a number and a unit.
    static final class Time implements ITypeConverter<Duration> {

        private static final Pattern FORM = Pattern.compile("(\\d{1,6})([smh]?)");

        @Override
        public Duration convert(String value) {
            var parts = FORM.matcher(value.strip());
            if (!parts.matches() || Integer.parseInt(parts.group(1)) == 0) {
                throw new TypeConversionException("'" + value + "' is no time; give for example 90s, 30m or 12h");
            }
            long number = Long.parseLong(parts.group(1));
            return switch (parts.group(2)) {
                case "s" -> Duration.ofSeconds(number);
                case "h" -> Duration.ofHours(number);
                default -> Duration.ofMinutes(number);
            };
        }
    }

    /// Starts an engine whose plugins use no network; what is wrong with files in its plugin folders is warned of.
    Polyphony start() {
        return start(engine());
    }

    /// The same with what may be reached outside.
    Polyphony start(OutsideAccess access) {
        return start(engine().withNetwork(access.network()));
    }

    private static Polyphony start(EngineOptions options) {
        var polyphony = Polyphony.start(options);
        warn(polyphony.issues());
        return polyphony;
    }

    /// The plugins that the jars declare; nothing of them is started. Warns as [#start] does.
    PluginRegistry installed() {
        var registry = PluginRegistry.usable(engine().pluginFolders());
        warn(registry.issues());
        return registry;
    }

    private static void warn(List<Issue> issues) {
        for (var issue : issues) {
            System.err.println("polyphony: warning: " + issue.code() + ": " + Printable.message(issue.message())
                    + "; it is set aside, the other plugins work");
        }
    }

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
        var options = EngineOptions.of(folders).withPluginTimeout(pluginTimeout);
        var tensors = System.getenv("POLYPHONY_MAX_TENSORS");
        return tensors == null || tensors.isBlank() ? options : options.withTensorLimit(bytes(tensors));
    }

    // as POLYPHONY_MAX_HEAP, which the start script reads
    private static long bytes(String size) {
        var parts = Pattern.compile("(\\d{1,9})([kmg])").matcher(size.strip().toLowerCase(Locale.ROOT));
        if (!parts.matches() || Long.parseLong(parts.group(1)) == 0) {
            throw new AlignmentException(
                    StandardErrorCode.SETTING_INVALID,
                    "POLYPHONY_MAX_TENSORS is '" + size + "'; give a size such as 900m or 8g");
        }
        return Long.parseLong(parts.group(1)) << (10 * ("kmg".indexOf(parts.group(2)) + 1));
    }
}
