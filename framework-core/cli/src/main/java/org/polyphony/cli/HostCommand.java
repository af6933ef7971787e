package org.polyphony.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.polyphony.engine.deploy.ControlSocket;
import org.polyphony.engine.deploy.HostFolder;
import org.polyphony.engine.deploy.HostVerbs;
import org.polyphony.engine.run.AskVerb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Runs a deployment until it is told to end.
@Command(
        name = "host",
        mixinStandardHelpOptions = true,
        description = "Learns from a study file and stays: its plugins are updated while it runs. SIGTERM ends it.",
        footer = {
            "",
            "Examples:",
            "  polyphony host study.yaml",
            "  polyphony ask --host study.yaml q01-antibiotics-clinic",
            "  polyphony plugin list --host study.yaml",
            "  polyphony plugin update norms-0 rules-1.1.jar --host study.yaml --watch 60s",
            "  polyphony plugin undo norms-0 --host study.yaml"
        })
final class HostCommand implements Callable<Integer> {

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Mixin
    private final OutsideAccess access = new OutsideAccess();

    @Mixin
    private final StudyFile study = new StudyFile();

    @Option(
            names = "--socket",
            paramLabel = "PATH",
            description = "Where it is told what to do, in a folder that only you may enter; what stands in its slots"
                    + " is kept there too. Default: host.sock in FILE.host, beside the file.")
    private @Nullable Path socket;

    @Override
    public Integer call() throws InterruptedException {
        var ended = new CountDownLatch(1);
        ProcessEnd.onTermination(ended::countDown);
        var read = study.read();
        var place = socket != null ? socket : HostFolder.of(study.file()).resolve(ControlSocket.NAME);
        try (var folder = HostFolder.at(place);
                var progress = new ProgressLine(common.quiet);
                var polyphony = common.start(access);
                var prepared = polyphony.prepareDeployment(study.request(read.plan()), progress)) {
            Failures.refuse(read.issues(), prepared.issues(), access.refused(read.plan()));
            try (var learned = prepared.learn();
                    var updates = polyphony.updates(learned, folder);
                    var _ = ControlSocket.open(folder, new HostVerbs(updates, new AskVerb(learned)))) {
                progress.finish();
                tell(
                        read.plan().identity().name(),
                        updates.list().size(),
                        folder.socket().toString());
                ended.await();
            }
        }
        return 0;
    }

    private void tell(String name, int slots, String at) {
        if (common.json) {
            System.out.println(Tables.json(Map.of("name", name, "slots", slots, "socket", at)));
        } else {
            System.out.println(Printable.message("host of " + name + ": " + slots + " slots, listening at " + at));
        }
        System.out.flush();
    }
}
