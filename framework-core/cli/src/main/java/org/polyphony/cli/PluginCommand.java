package org.polyphony.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// The plugins installed, of every role.
@Command(
        name = "plugin",
        mixinStandardHelpOptions = true,
        description = "Lists and describes the plugins installed, of every role.",
        subcommands = {PluginCommand.ListCommand.class, PluginCommand.DescribeCommand.class})
final class PluginCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name a command: plugin list, or plugin describe ROLE/ID");
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
}
