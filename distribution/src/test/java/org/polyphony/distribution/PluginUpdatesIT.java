package org.polyphony.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.polyphony.engine.plugin.PluginDescriptor;
import org.polyphony.engine.plugin.PluginHost;
import org.polyphony.engine.plugin.PluginRegistry;
import org.polyphony.engine.slot.SlotLimits;
import org.polyphony.engine.slot.Slots;
import org.polyphony.engine.tensor.LeakReport;
import org.polyphony.engine.tensor.TensorMemory;

/// Every shipped plugin is updated many times while the process runs, each version beside the one before
/// and through its golden calls, and leaves nothing behind.
class PluginUpdatesIT {

    private static final Path PLUGINS =
            Path.of(System.getProperty("polyphony.home", "target/polyphony")).resolve("plugins");
    // of a bundle; its plugins share them
    private static final int UPDATES = 100;
    // each opens a model of 23 MB
    private static final Map<String, Integer> FEWER_UPDATES = Map.of("minilm", 20);
    private static final int WARM_UP = 5;
    // where plugins' libraries lie or are unpacked; the name service and others map theirs when they like
    private static final List<String> OURS = List.of(
            PLUGINS.toAbsolutePath().normalize().toString(),
            Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath().toString());
    private static final Duration LONG = Duration.ofSeconds(60);

    static List<PluginDescriptor> shipped() {
        var registry = PluginRegistry.scan(List.of(PLUGINS));
        assertThat(registry.issues()).isEmpty();
        return registry.plugins();
    }

    @Test
    void shipped_plugins_areThere() {
        assertThat(shipped())
                .extracting(plugin -> plugin.bundle().symbolicName())
                .contains(
                        "polyphony-source-files",
                        "polyphony-profile-groups",
                        "polyphony-algorithm-nash-dpo",
                        "polyphony-algorithm-social-choice",
                        "polyphony-algorithm-self-play",
                        "polyphony-algorithm-welfare",
                        "polyphony-encoder-surface",
                        "polyphony-encoder-http",
                        "polyphony-encoder-minilm",
                        "polyphony-safety-rules",
                        "polyphony-evaluator-preferences");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shipped")
    void update_manyTimes_leavesNothingBehind(PluginDescriptor plugin) throws Exception {
        var leaks = new CopyOnWriteArrayList<LeakReport>();
        var limits = SlotLimits.defaults();
        var image = PluginRegistry.scan(List.of(PLUGINS)).image(plugin);
        try (var host = PluginHost.create();
                var memory = TensorMemory.withLimit(1L << 30, leaks::add);
                var slots = Slots.open(host, memory, limits)) {
            slots.fill("slot", image, plugin);
            for (int i = 0; i < WARM_UP; i++) {
                slots.swap("slot", image, plugin);
            }
            // the threads of a generation end a moment after it was replaced
            assertThat(slots.lingering(LONG)).isEmpty();
            var threads = platformThreads();
            var libraries = mappedLibraries();
            int updates = Math.ceilDiv(
                    FEWER_UPDATES.getOrDefault(plugin.id(), UPDATES),
                    image.plugins().size());
            for (int i = 0; i < updates; i++) {
                var report = slots.swap("slot", image, plugin);
                assertThat(report.trial().goldenCalls())
                        .as("golden calls of %s", plugin.title())
                        .isPositive();
                assertThat(report.drained()).isTrue();
                assertThat(report.leakedBytes()).isZero();
            }

            assertThat(slots.current("slot").number()).isEqualTo(1 + WARM_UP + updates);
            assertThat(host.installed()).isEqualTo(1);
            assertThat(slots.lingering(LONG))
                    .as("replaced generations whose class loader stays")
                    .isEmpty();
            assertThat(memory.allocated()).isZero();
            // one that has ended since, idle as it was, is none that was left behind
            assertThat(platformThreads())
                    .as("threads, those of the generation in use included; before %s", threads)
                    .allSatisfy((name, count) ->
                            assertThat(count).as(name).isLessThanOrEqualTo(threads.getOrDefault(name, 0L)));
            assertThat(mappedLibraries()).isSubsetOf(libraries);
        }
        assertThat(leaks).isEmpty();
    }

    // by name without generation numbers; the carriers of virtual threads, the common pool's workers and the one that
    // waits for processes are the JDK's own business
    private static Map<String, Long> platformThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.getClass().getName().contains("CarrierThread"))
                .filter(thread -> !thread.getName().startsWith("FelixResolver"))
                .filter(thread -> !thread.getName().startsWith("VirtualThread-"))
                .filter(thread -> !thread.getName().startsWith("ForkJoinPool.commonPool-"))
                .filter(thread -> !thread.getName().equals("process reaper"))
                .collect(Collectors.groupingBy(
                        thread -> thread.getName().replaceAll("#\\d+", "#"), TreeMap::new, Collectors.counting()));
    }

    private static Set<String> mappedLibraries() throws IOException {
        var maps = Path.of("/proc/self/maps");
        assumeThat(maps).as("mapped libraries are known on Linux only").exists();
        try (Stream<String> lines = Files.lines(maps)) {
            return lines.filter(line -> line.contains(".so"))
                    .map(line -> line.substring(line.indexOf('/')))
                    .filter(library -> OURS.stream().anyMatch(library::startsWith))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
