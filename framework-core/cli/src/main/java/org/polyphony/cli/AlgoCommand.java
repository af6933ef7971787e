package org.polyphony.cli;

import java.util.LinkedHashMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.polyphony.engine.Polyphony;
import org.polyphony.engine.plugin.PluginDescriptor;
import org.polyphony.engine.plugin.Role;
import org.polyphony.spi.error.AlignmentException;
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

        // one that does not start must not hide the others
        private Set<String> formulations(PluginDescriptor algorithm) {
            if (!algorithm.formulations().isEmpty()) {
                return new TreeSet<>(algorithm.formulations());
            }
            try (var polyphony = Polyphony.start(common.engine())) {
                return polyphony.formulations(algorithm);
            } catch (AlignmentException e) {
                System.err.println("polyphony: warning: " + e.code().name() + ": "
                        + Printable.message(String.valueOf(e.getMessage())));
                return Set.of();
            }
        }

        @Override
        public Integer call() {
            var algorithms = new LinkedHashMap<PluginDescriptor, Set<String>>();
            var installed = common.installed();
            installed.plugins(Role.ALGORITHM).forEach(plugin -> algorithms.put(plugin, formulations(plugin)));
            PluginTable.printAlgorithms(algorithms, installed::formulation, common.json);
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
                var plugin = polyphony.plugin(Role.ALGORITHM.label(), id);
                PluginTable.describe(plugin, polyphony.settings(plugin), common.json);
            }
            return 0;
        }
    }
}
