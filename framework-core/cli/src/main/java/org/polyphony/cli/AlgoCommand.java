package org.polyphony.cli;

import java.util.concurrent.Callable;
import org.polyphony.engine.plugin.Role;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// The algorithms installed.
@Command(
        name = "algo",
        mixinStandardHelpOptions = true,
        description = "Lists and describes the algorithms installed.",
        subcommands = {AlgoCommand.ListCommand.class, AlgoCommand.DescribeCommand.class})
final class AlgoCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name a command: algo list, or algo describe ID");
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists the algorithms installed and the formulations they offer.")
    static final class ListCommand implements Callable<Integer> {

        @Mixin
        private final CommonOptions common = new CommonOptions();

        @Override
        public Integer call() {
            PluginTable.printAlgorithms(common.installed(), common.json);
            return 0;
        }
    }

    @Command(name = "describe", mixinStandardHelpOptions = true, description = "Shows an algorithm and its settings.")
    static final class DescribeCommand implements Callable<Integer> {

        @Mixin
        private final CommonOptions common = new CommonOptions();

        @Parameters(paramLabel = "ID", description = "The algorithm's id.")
        @SuppressWarnings("NullAway.Init") // picocli sets it
        private String id;

        @Override
        public Integer call() {
            try (var polyphony = common.start()) {
                var plugin = polyphony.plugin(Role.ALGORITHM + "/" + id);
                PluginTable.describe(plugin, polyphony.settings(plugin), common.json);
            }
            return 0;
        }
    }
}
