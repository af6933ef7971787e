package org.polyphony.engine.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.polyphony.engine.bus.Run;
import org.polyphony.engine.bus.StageCall;
import org.polyphony.engine.bus.StageClient;
import org.polyphony.engine.plugin.BundleInspector;
import org.polyphony.engine.plugin.PluginRegistry;
import org.polyphony.engine.plugin.Role;
import org.polyphony.engine.plugin.TestBundle;
import org.polyphony.engine.slot.LeaseSet;
import org.polyphony.engine.slot.SlotLimits;
import org.polyphony.spi.preference.Candidates;
import org.polyphony.spi.safety.NormRule;
import org.polyphony.spi.safety.ReviewRequest;
import org.polyphony.spi.safety.VerifiedContext;

/// A deployment with slots of the plugin `updating`, versions of it, and requests.
final class Versions implements AutoCloseable {

    static final Duration LONG = Duration.ofSeconds(60);
    private static final String SETTINGS = "plan";
    private static final List<String> THREE = List.of("a", "b", "c");
    private static final ReviewRequest ASKED = new ReviewRequest(
            Candidates.of(List.of("item"), List.of(""), THREE, THREE, new int[] {0, 3}), VerifiedContext.none());

    final Deployment deployment;
    final Assembly assembly;
    private final Path folder;
    private final AtomicInteger runs = new AtomicInteger();

    /// Slots of these names, each filled with version 1.0.0.
    Versions(Path folder, SlotLimits limits, String... slots) throws Exception {
        this.folder = folder;
        deployment = Deployment.of(PluginRegistry.scan(List.of()), LONG, 1 << 26, false, limits);
        assembly = deployment.assembly("test");
        var first = BundleInspector.create().inspect(jar("1.0.0", ""));
        for (var slot : slots) {
            assembly.fill(slot, first, first.plugins().getFirst());
            assembly.bind(slot, SETTINGS, Map.of("strictness", 0.25), slot);
            assembly.test(slot, SETTINGS, List.of());
        }
    }

    /// A jar of a version that behaves like this, see the plugin.
    Path jar(String version, String behaviour) throws Exception {
        var name = "updating-" + version + "-" + Integer.toHexString(behaviour.hashCode()) + ".jar";
        var jar = folder.resolve(name);
        // two builds differ in their times
        if (Files.exists(jar)) {
            return jar;
        }
        return TestBundle.of("updating")
                .header("Bundle-Version", version)
                .resource("behaviour.properties", behaviour.getBytes(UTF_8))
                .write(folder, name);
    }

    /// What a slot says in a request of its own.
    NormRule ask(String slot) {
        try (var leases = assembly.lease()) {
            return ask(leases, slot);
        }
    }

    NormRule ask(LeaseSet leases, String slot) {
        var run = Run.silent("run-" + runs.incrementAndGet(), 1);
        try (var owner = deployment.memory().owner(run.id());
                var scope = owner.openScope("call")) {
            return StageClient.of(deployment.bus(), run, scope)
                    .call(new StageCall<>(Role.REVIEW, assembly.slot(slot), leases.id(), SETTINGS, LONG), ASKED)
                    .rules()
                    .getFirst();
        }
    }

    @Override
    public void close() {
        assembly.close();
        deployment.close();
    }
}
