package org.polyphony.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.polyphony.engine.plugin.BundleInspector;
import org.polyphony.engine.plugin.PluginDescriptor;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.Issue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// The plugins installed, of every role.
@Command(
        name = "plugin",
        mixinStandardHelpOptions = true,
        description = "Lists and describes the plugins installed, of every role, checks jars, and updates the plugins"
                + " of a running host.",
        subcommands = {
            PluginCommand.ListCommand.class,
            PluginCommand.DescribeCommand.class,
            PluginCommand.ValidateCommand.class,
            PluginCommand.InstallCommand.class,
            PluginCommand.UpdateCommand.class,
            PluginCommand.UndoCommand.class,
            PluginCommand.RemoveCommand.class
        })
final class PluginCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "name a command: plugin list, plugin describe ROLE/ID, plugin validate JAR, or plugin"
                        + " install|update|undo|remove with --host FILE");
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists the plugins installed, or what fills the slots of a running host.")
    static final class ListCommand implements Callable<Integer> {

        @Mixin
        private final CommonOptions common = new CommonOptions();

        @Mixin
        private final HostOption host = new HostOption();

        @Option(
                names = "--collect",
                description = "Have the host collect garbage first, up to ten seconds in which its requests stop for"
                        + " moments: former versions that are in memory then are held by something.")
        private boolean collect;

        @Spec
        @SuppressWarnings("NullAway.Init") // picocli sets it
        private CommandSpec spec;

        @Override
        public Integer call() {
            if (host.given()) {
                var answer = host.ask(HostOption.verb("list").put("collect", collect), common.quiet);
                HostOption.print(answer, common.json);
                if (!common.json) {
                    HostOption.printFormer(answer.path("formerInMemory"), collect);
                }
                return 0;
            }
            if (collect) {
                throw new ParameterException(
                        spec.commandLine(), "--collect is for the former versions of a running host: --host FILE");
            }
            PluginTable.print(common.installed(), common.json);
            return 0;
        }
    }

    @Command(name = "describe", mixinStandardHelpOptions = true, description = "Shows a plugin and its settings.")
    static final class DescribeCommand implements Callable<Integer> {

        @Mixin
        private final CommonOptions common = new CommonOptions();

        @Parameters(
                paramLabel = "PLUGIN",
                description = "The plugin's id; with its role, its vendor (vendor/id) or its version (id@1.2.0) where"
                        + " the id alone is ambiguous.")
        @SuppressWarnings("NullAway.Init") // picocli sets it
        private String name;

        @Override
        public Integer call() {
            try (var polyphony = common.start()) {
                var plugin = polyphony.plugin(name);
                PluginTable.describe(plugin, polyphony.settings(plugin), common.json);
            }
            return 0;
        }
    }

    @Command(
            name = "validate",
            mixinStandardHelpOptions = true,
            description = "Says whether jars can be installed as plugins, and every reason why not. Starts nothing.")
    static final class ValidateCommand implements Callable<Integer> {

        @Option(names = "--json", description = "Print the result as JSON on standard output.")
        private boolean json;

        @Parameters(paramLabel = "JAR", arity = "1..*", description = "The plugins' jars.")
        @SuppressWarnings("NullAway.Init") // picocli sets it
        private List<Path> jars;

        @Override
        public Integer call() {
            var inspector = BundleInspector.create();
            var plugins = new ArrayList<PluginDescriptor>();
            var issues = new ArrayList<Issue>();
            for (var jar : jars) {
                try {
                    var image = inspector.inspect(jar);
                    image.plugins().forEach(image::settings);
                    plugins.addAll(image.plugins());
                } catch (AlignmentException e) {
                    issues.add(Issue.error(e.code().name(), String.valueOf(e.getMessage()), ""));
                }
            }
            if (json || !plugins.isEmpty()) {
                PluginTable.print(plugins, json);
            }
            Failures.refuse(issues);
            return 0;
        }
    }

    /// What every command to a running host takes.
    abstract static class ToHost implements Callable<Integer> {

        @Mixin
        private final HostOption host = new HostOption();

        @Option(names = "--json", description = "Print the result as JSON on standard output.")
        boolean json;

        @Option(
                names = {"-q", "--quiet"},
                description = "Do not tell the steps.")
        private boolean quiet;

        @Spec
        @SuppressWarnings("NullAway.Init") // picocli sets it
        CommandSpec spec;

        JsonNode ask(ObjectNode request) {
            if (!host.given()) {
                throw new ParameterException(
                        spec.commandLine(),
                        "say which host: --host FILE, the study file that 'polyphony host FILE' runs; to use a plugin"
                                + " in studies, put its jar into a folder and name that with --plugins");
            }
            return host.ask(request, quiet);
        }

        /// A request to put a jar into a slot.
        static ObjectNode placing(String verb, String slot, Path jar, @Nullable String digest) {
            return HostOption.verb(verb)
                    .put("slot", slot)
                    .put("jar", jar.toAbsolutePath().normalize().toString())
                    .put("digest", digest);
        }

        void tell(JsonNode answer, String text) {
            System.out.println(json ? answer.toPrettyString() : Printable.message(text));
        }

        static String stands(JsonNode answer) {
            return answer.path("slot").asText() + ": " + answer.path("plugin").asText() + " "
                    + answer.path("version").asText() + " (sha256:"
                    + answer.path("sha256").asText().substring(0, 12) + "…)";
        }
    }

    /// What every command about a slot of a running host takes.
    abstract static class ToSlot extends ToHost {

        @Parameters(index = "0", paramLabel = "SLOT", description = "Its name, see plugin list --host FILE.")
        @SuppressWarnings("NullAway.Init") // picocli sets it
        String slot;
    }

    @Command(
            name = "install",
            mixinStandardHelpOptions = true,
            description = "Puts a plugin into a slot of its own on a running host, beside those that its file names:"
                    + " started, tested and called by nobody yet.")
    static final class InstallCommand extends ToHost {

        @Parameters(paramLabel = "JAR", description = "The plugin's jar.")
        @SuppressWarnings("NullAway.Init") // picocli sets it
        private Path jar;

        @Option(names = "--as", paramLabel = "SLOT", required = true, description = "The name of the slot.")
        @SuppressWarnings("NullAway.Init") // picocli sets it
        private String slot;

        @Option(names = "--digest", paramLabel = "DIGEST", description = "What the jar must be: sha256:…")
        private @Nullable String digest;

        @Option(
                names = "--plugin",
                paramLabel = "PLUGIN",
                description = "Which plugin of a jar of several: its id, or its role, a slash and its id.")
        private @Nullable String plugin;

        @Override
        public Integer call() {
            HostOption.print(ask(placing("install", slot, jar, digest).put("plugin", plugin)), json);
            return 0;
        }
    }

    @Command(
            name = "update",
            mixinStandardHelpOptions = true,
            description = "Replaces the version of the plugin in a slot of a running host, which goes on answering. A"
                    + " version that cannot take the other's place changes nothing.",
            footer = {
                "",
                "Exit codes: 5 if the new version did not pass its watch and the former one is back.",
                "",
                "Examples:",
                "  polyphony plugin update norms-0 rules-1.1.jar --host study.yaml",
                "  polyphony plugin update norms-0 rules-1.1.jar --host study.yaml --watch 60s --watch-calls 500"
            })
    static final class UpdateCommand extends ToSlot {

        @Parameters(index = "1", paramLabel = "JAR", description = "The new version's jar.")
        @SuppressWarnings("NullAway.Init") // picocli sets it
        private Path jar;

        @Option(names = "--digest", paramLabel = "DIGEST", description = "What the jar must be: sha256:…")
        private @Nullable String digest;

        @Option(
                names = "--watch",
                paramLabel = "TIME",
                converter = CommonOptions.Time.class,
                description = "Keep the former version started for so long, and go back to it by itself where the new"
                        + " one exceeds a limit or nothing is seen of it.")
        private @Nullable Duration watch;

        @Option(
                names = "--watch-calls",
                paramLabel = "N",
                description = "End the watch once so many calls were seen and no limit is exceeded. Default: watch the"
                        + " whole time, in which at least 100 calls must be seen.")
        private @Nullable Long calls;

        @Option(
                names = "--watch-errors",
                paramLabel = "SHARE",
                description = "The share of calls that may fail more than with the former version. Default: 0.01.")
        private @Nullable Double errors;

        @Option(
                names = "--watch-latency",
                paramLabel = "FACTOR",
                description = "How many times the former version's p99 the new one's may be; below 5 ms none is too"
                        + " slow. Default: 2.")
        private @Nullable Double latency;

        @Option(
                names = "--guardrail",
                paramLabel = "METRIC:SEAT<=LIMIT",
                description = "A limit on the mean of what requests measure, for example refused:everyone<=0.05; may be"
                        + " repeated.")
        @SuppressWarnings("FieldMayBeFinal") // picocli sets it
        private List<String> guardrails = new ArrayList<>();

        @Override
        public Integer call() {
            var request = placing("update", slot, jar, digest);
            if (watch != null) {
                var limits = request.putObject("watch").put("millis", watch.toMillis());
                if (calls != null) {
                    limits.put("calls", calls).put("enough", true);
                }
                if (errors != null) {
                    limits.put("errors", errors);
                }
                if (latency != null) {
                    limits.put("latency", latency);
                }
                guardrails.forEach(limits.putArray("guardrails")::add);
            } else if (calls != null || errors != null || latency != null || !guardrails.isEmpty()) {
                throw new ParameterException(
                        spec.commandLine(), "limits are for a watch: say how long it takes with --watch 60s");
            }
            var answer = ask(request);
            boolean stays = answer.path("stays").asBoolean();
            var why = answer.path("watch").path("why").asText();
            tell(answer, stays ? "updated " + stands(answer) : "undone, " + why + "; again in " + stands(answer));
            return stays ? 0 : Failures.PLUGIN;
        }
    }

    @Command(
            name = "undo",
            mixinStandardHelpOptions = true,
            description = "Brings back the version that the last update of a slot of a running host has replaced. An"
                    + " update that is being watched ends there.")
    static final class UndoCommand extends ToSlot {

        @Override
        public Integer call() {
            var answer = ask(HostOption.verb("undo").put("slot", slot));
            tell(answer, "again in " + stands(answer));
            return 0;
        }
    }

    @Command(
            name = "remove",
            mixinStandardHelpOptions = true,
            description = "Takes away a slot of a running host that plugin install has made.")
    static final class RemoveCommand extends ToSlot {

        @Override
        public Integer call() {
            var answer = ask(HostOption.verb("remove").put("slot", slot));
            tell(answer, "removed " + slot);
            return 0;
        }
    }
}
