package org.polyphony.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
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
        description = "Lists and describes the plugins installed, of every role, and checks jars.",
        subcommands = {
            PluginCommand.ListCommand.class,
            PluginCommand.DescribeCommand.class,
            PluginCommand.ValidateCommand.class
        })
final class PluginCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "name a command: plugin list, plugin describe ROLE/ID or plugin validate JAR");
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the plugins installed.")
    static final class ListCommand implements Callable<Integer> {

        @Mixin
        private final CommonOptions common = new CommonOptions();

        @Override
        public Integer call() {
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
                    plugins.addAll(inspector.inspect(jar).plugins());
                } catch (AlignmentException e) {
                    issues.add(Issue.error(e.code().name(), String.valueOf(e.getMessage()), ""));
                }
            }
            PluginTable.print(plugins, json);
            Failures.refuse(issues);
            return 0;
        }
    }
}
