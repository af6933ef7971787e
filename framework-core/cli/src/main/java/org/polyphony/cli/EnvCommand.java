package org.polyphony.cli;

import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import org.polyphony.engine.Polyphony;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// What a bug report needs.
@Command(name = "env", mixinStandardHelpOptions = true, description = "Prints versions and limits, for bug reports.")
final class EnvCommand implements Callable<Integer> {

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Override
    public Integer call() {
        var env = new LinkedHashMap<String, Object>();
        env.put("polyphony", Polyphony.version());
        env.put("java", Runtime.version().toString());
        env.put("vm", System.getProperty("java.vm.name"));
        env.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        env.put("arch", System.getProperty("os.arch"));
        env.put("processors", Runtime.getRuntime().availableProcessors());
        env.put("maxHeapBytes", Runtime.getRuntime().maxMemory());
        env.put(
                "vectorApi",
                ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent());
        env.put("home", System.getProperty("polyphony.home", ""));
        env.put("maxTensorBytes", common.engine().tensorLimit());
        try (var polyphony = common.start()) {
            env.put("plugins", polyphony.plugins().size());
        }
        Tables.print(env, common.json);
        return 0;
    }
}
