package org.polyphony.engine.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.polyphony.engine.plugin.TestBundle;
import org.polyphony.engine.slot.SlotLimits;
import org.polyphony.spi.error.AlignmentException;

class PluginUpdatesTest {

    private static final Duration LONG = Versions.LONG;
    // more, with figures, where somebody asks: -Dhost.updates=1000
    private static final boolean MEASURED = Integer.getInteger("host.updates") != null;
    private static final int UPDATES = Integer.getInteger("host.updates", 20);
    private static final int CLIENTS = Integer.getInteger("host.clients", 2);

    @TempDir
    Path jars;

    @TempDir
    Path base;

    private Versions versions;
    private HostFolder folder;
    private PluginUpdates updates;

    @BeforeEach
    void open() throws Exception {
        versions = new Versions(jars, SlotLimits.defaults(), "norms-0", "norms-1");
        folder = HostFolder.open(base.resolve("study.yaml.host"));
        updates = PluginUpdates.open(versions.deployment, versions.assembly, folder);
    }

    @AfterEach
    void close() {
        updates.close();
        folder.close();
        versions.close();
        assertThat(versions.deployment.memory().allocated()).isZero();
        assertThat(versions.deployment.host().installed()).isZero();
    }

    private void restart() throws Exception {
        close();
        open();
    }

    private PluginUpdates.Updated update(Path jar) {
        return updates.update("norms-0", jar, Optional.empty(), Optional.empty(), _ -> {});
    }

    private String version(String slot) {
        return versions.ask(slot).reason();
    }

    private void assertRefused(Path jar, String... why) {
        var before = versions.assembly.current("norms-0");
        var listed = updates.list();
        assertThatThrownBy(() -> update(jar))
                .isInstanceOf(AlignmentException.class)
                .satisfies(e -> assertThat(e.getMessage()).contains(why));
        assertThat(versions.assembly.current("norms-0")).isEqualTo(before);
        assertThat(updates.list()).isEqualTo(listed);
        assertThat(versions.deployment.host().installed()).isEqualTo(2);
        assertThat(versions.deployment.lingering(LONG)).isEmpty();
    }

    @Test
    void update_newVersion_standsThereAlsoAfterARestart() throws Exception {
        var told = new ArrayList<String>();
        var updated =
                updates.update("norms-0", versions.jar("1.1.0", ""), Optional.empty(), Optional.empty(), told::add);

        assertThat(updated.stays()).isTrue();
        assertThat(updates.former(true)).isEmpty();
        assertThat(updated.report().trial().goldenCalls()).isEqualTo(2);
        assertThat(told).hasSize(3).last().asString().contains("has drained in").endsWith("and is stopped");
        assertThat(version("norms-0")).isEqualTo("1.1.0");
        assertThat(version("norms-1")).isEqualTo("1.0.0");

        restart();

        assertThat(version("norms-0")).isEqualTo("1.1.0");
        assertThat(version("norms-1")).isEqualTo("1.0.0");
        assertThat(updates.undo("norms-0", _ -> {}).version()).isEqualTo("1.0.0");
        assertThat(version("norms-0")).isEqualTo("1.0.0");
        assertThatThrownBy(() -> updates.undo("norms-0", _ -> {})).hasMessageContaining("nothing to undo");

        restart();

        assertThat(version("norms-0")).isEqualTo("1.0.0");
        assertThat(folder.read()).isEqualTo(new HostFolder.State(java.util.Map.of(), java.util.Map.of()));
    }

    @Test
    void update_twice_keepsTwoJarsAndUndoesTheLast() throws Exception {
        update(versions.jar("1.1.0", ""));
        update(versions.jar("1.2.0", ""));

        assertThat(base.resolve("study.yaml.host/jars"))
                .isDirectoryContaining(file -> file.toString().endsWith(".jar"));
        try (var kept = Files.list(base.resolve("study.yaml.host/jars"))) {
            assertThat(kept).hasSize(2);
        }
        restart();
        updates.undo("norms-0", _ -> {});
        assertThat(version("norms-0")).isEqualTo("1.1.0");
    }

    @Test
    void update_badVersions_areRefusedAndChangeNothing() throws Exception {
        assertRefused(versions.jar("1.1.0", "start=no licence"), "no licence");
        assertRefused(versions.jar("1.1.0", "self-test=off by one"), "failed its self-test", "off by one");
        assertRefused(versions.jar("1.1.0", "every=1"), "one of 1 calls fails");
        assertRefused(TestBundle.of("allowing").write(jars), "takes versions of safety", "updating", "allowing");
        assertRefused(TestBundle.of("parametric").write(jars), "takes versions of safety");
        assertRefused(
                TestBundle.of("updating").header("Bundle-Vendor", "other").write(jars, "vendor.jar"), "other/updating");
        assertRefused(jars.resolve("absent.jar"), "absent.jar");
        assertThatThrownBy(() -> updates.update(
                        "norms-7", versions.jar("1.1.0", ""), Optional.empty(), Optional.empty(), _ -> {}))
                .hasMessageContaining("no slot 'norms-7'")
                .hasMessageContaining("[norms-0, norms-1]");
    }

    @Test
    void update_wrongDigest_isRefused() throws Exception {
        var jar = versions.jar("1.1.0", "");
        for (var wrong : List.of("sha256:" + "0".repeat(64), "sha256:0", "md5:" + "0".repeat(64), "")) {
            assertThatThrownBy(() -> updates.update("norms-0", jar, Optional.of(wrong), Optional.empty(), _ -> {}))
                    .hasMessageContaining("digest");
        }
        assertThat(version("norms-0")).isEqualTo("1.0.0");
    }

    @Test
    void update_sameJar_isRefused() throws Exception {
        assertRefused(versions.jar("1.0.0", ""), "this very jar");
    }

    @Test
    void update_versionShownFewerClaims_isRefused() throws Exception {
        var jar = versions.jar("1.1.0", "");
        // the header that bnd writes for the annotation, without its claims
        var capability = new java.util.jar.JarFile(jar.toFile())
                .getManifest()
                .getMainAttributes()
                .getValue("Provide-Capability");
        var fewer = TestBundle.of("updating")
                .header("Bundle-Version", "1.1.0")
                .header("-removeheaders", "Provide-Capability")
                .write(jars, "bare.jar");
        assertThat(capability).contains("claims");
        assertRefused(
                withHeader(
                        fewer,
                        "Provide-Capability",
                        capability.replaceAll(";claims(:\\w+(<\\w+>)?)?=\"?[\\w,]*\"?", "")),
                "it would not be shown the claims [role]");
    }

    private Path withHeader(Path jar, String header, String value) throws Exception {
        var changed = jars.resolve("changed.jar");
        try (var from = new aQute.bnd.osgi.Jar(jar.toFile())) {
            var manifest = from.getManifest();
            manifest.getMainAttributes().putValue(header, value);
            from.setManifest(manifest);
            from.write(changed.toFile());
        }
        return changed;
    }

    @Test
    void update_corruptedJars_neverChangeAnything() throws Exception {
        var good = Files.readAllBytes(versions.jar("1.1.0", ""));
        var random = new Random(7);
        var corrupt = jars.resolve("corrupt.jar");
        int refused = 0;
        int cases = Integer.getInteger("host.corrupt", 40);
        for (int i = 0; i < cases; i++) {
            var bytes = good.clone();
            if (i % 2 == 0) {
                bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
            } else {
                for (int k = 0; k < 1 << random.nextInt(9); k++) {
                    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                }
            }
            Files.write(corrupt, bytes);
            var before = versions.assembly.current("norms-0");
            try {
                update(corrupt);
                // a flipped bit in a time or a comment of the archive makes no other plugin
                assertThat(version("norms-0")).isEqualTo("1.1.0");
                updates.undo("norms-0", _ -> {});
            } catch (AlignmentException _) {
                refused++;
                assertThat(versions.assembly.current("norms-0")).isEqualTo(before);
            }
            assertThat(version("norms-0")).isEqualTo("1.0.0");
        }
        assertThat(refused).isGreaterThanOrEqualTo(cases / 2);
        assertThat(versions.deployment.host().installed()).isEqualTo(2);
    }

    @Test
    void install_secondVersionUnderAName_standsBesideTheOther() throws Exception {
        var placed = updates.install("candidate", versions.jar("1.1.0", ""), Optional.empty(), Optional.empty());

        assertThat(placed.ofFile()).isFalse();
        assertThat(updates.list())
                .extracting(
                        PluginUpdates.Filled::slot, filled -> filled.plugin().version())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("norms-0", "1.0.0"),
                        org.assertj.core.groups.Tuple.tuple("norms-1", "1.0.0"),
                        org.assertj.core.groups.Tuple.tuple("candidate", "1.1.0"));
        var again = versions.jar("1.2.0", "");
        assertThatThrownBy(() -> updates.install("candidate", again, Optional.empty(), Optional.empty()))
                .hasMessageContaining("there is a slot 'candidate'");
        assertThatThrownBy(() -> updates.install("../x", again, Optional.empty(), Optional.empty()))
                .hasMessageContaining("names no slot");
        var broken = versions.jar("1.2.0", "self-test=broken");
        assertThatThrownBy(() -> updates.install("other", broken, Optional.empty(), Optional.empty()))
                .hasMessageContaining("broken");

        restart();

        assertThat(updates.list()).hasSize(3);
        updates.update("candidate", again, Optional.empty(), Optional.empty(), _ -> {});
        assertThat(updates.undo("candidate", _ -> {}).version()).isEqualTo("1.1.0");
        assertThatThrownBy(() -> updates.remove("norms-0")).hasMessageContaining("the file of the host names");
        updates.remove("candidate");
        assertThat(updates.list()).hasSize(2);
        assertThat(versions.deployment.host().installed()).isEqualTo(2);
    }

    @Test
    void install_jarOfSeveralPlugins_takesTheOneThatIsNamed() throws Exception {
        var two = TestBundle.of("updating")
                .header("Private-Package", "org.polyphony.engine.sample.updating,org.polyphony.engine.sample.allowing")
                .write(jars, "two.jar");

        assertThatThrownBy(() -> updates.install("both", two, Optional.empty(), Optional.empty()))
                .hasMessageContaining("provides [safety/allowing, safety/updating]; a slot takes one of them")
                .hasMessageContaining("--plugin");
        assertThatThrownBy(() -> updates.install("both", two, Optional.empty(), Optional.of("missing")))
                .hasMessageContaining("of which none is called 'missing'");
        assertThat(updates.list()).hasSize(2);
        var byId = updates.install("first", two, Optional.empty(), Optional.of("allowing"));
        var byRole = updates.install("second", two, Optional.empty(), Optional.of("safety/updating"));

        assertThat(byId.plugin().id()).isEqualTo("allowing");
        assertThat(byRole.plugin().id()).isEqualTo("updating");

        restart();

        assertThat(updates.list())
                .extracting(
                        PluginUpdates.Filled::slot, filled -> filled.plugin().id())
                .contains(
                        org.assertj.core.groups.Tuple.tuple("first", "allowing"),
                        org.assertj.core.groups.Tuple.tuple("second", "updating"));
        updates.update("second", versions.jar("1.1.0", ""), Optional.empty(), Optional.empty(), _ -> {});
        assertThat(updates.undo("second", _ -> {}).plugin()).isEqualTo("updating");
    }

    @Test
    void open_keptJarWasChanged_isRefused() throws Exception {
        update(versions.jar("1.1.0", ""));
        var sha = versions.assembly.current("norms-0").sha256();
        var kept = base.resolve("study.yaml.host/jars/" + sha + ".jar");
        Files.copy(versions.jar("1.2.0", ""), kept, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        close();
        assertThatThrownBy(this::open)
                .hasMessageContaining("what stood in the slot 'norms-0' cannot stand there again")
                .hasMessageContaining("was changed")
                .hasMessageContaining("delete");
        Files.delete(base.resolve("study.yaml.host/state.json"));
        versions.close();
        folder.close();
        open();
        assertThat(version("norms-0")).isEqualTo("1.0.0");
    }

    // what a request sees: two slots, the first of them twice, under one lease
    private void request(java.util.Collection<Object> wrong, java.util.Set<String> calls) {
        try (var leases = versions.assembly.lease()) {
            var generation = Objects.requireNonNull(leases.generations().get(versions.assembly.slot("norms-0")));
            var once = versions.ask(leases, "norms-0");
            versions.ask(leases, "norms-1");
            var again = versions.ask(leases, "norms-0");
            if (!once.reason().equals(again.reason()) || !once.reason().equals(generation.version())) {
                wrong.add("mixed: " + once + ", " + again + " under " + generation);
            }
            for (var answer : List.of(once, again)) {
                if (!calls.add(generation.number() + " " + answer.source())) {
                    wrong.add("answered twice: " + generation + " " + answer);
                }
            }
        }
    }

    @Test
    void update_manyTimesUnderTraffic_losesDoublesAndMixesNothing() throws Exception {
        var good = List.of(versions.jar("1.1.0", ""), versions.jar("1.2.0", ""), versions.jar("1.3.0", ""));
        var bad = List.of(
                versions.jar("1.4.0", "self-test=broken"),
                versions.jar("1.5.0", "start=broken"),
                versions.jar("1.6.0", "every=1"));
        var stop = new AtomicBoolean();
        var sent = new AtomicLong();
        var done = new AtomicLong();
        var wrong = new CopyOnWriteArrayList<Object>();
        var calls = ConcurrentHashMap.<String>newKeySet();
        var quiet = new ConcurrentLinkedQueue<Long>();
        var updating = new ConcurrentLinkedQueue<Long>();
        var busy = new AtomicBoolean();
        var clients = IntStream.range(0, CLIENTS)
                .mapToObj(_ -> Thread.ofPlatform().start(() -> {
                    while (!stop.get()) {
                        sent.incrementAndGet();
                        try {
                            var times = busy.get() ? updating : quiet;
                            long start = System.nanoTime();
                            request(wrong, calls);
                            times.add(System.nanoTime() - start);
                            done.incrementAndGet();
                        } catch (RuntimeException e) {
                            wrong.add(e);
                        }
                    }
                }))
                .toList();
        var random = new Random(11);
        int refused = 0;
        int undone = 0;
        int stands = -1;
        int former = -1;
        long begun = 0;
        long took = 1;
        try (var _ = ControlSocket.open(folder, new HostVerbs(updates, (request, _) -> request))) {
            // warm; then what requests take while nothing is updated
            for (int warm = 0; warm < (MEASURED ? 2 : 1); warm++) {
                quiet.clear();
                Thread.sleep(MEASURED ? 5_000 : 50);
            }
            busy.set(true);
            begun = System.nanoTime();
            for (int i = 0; i < UPDATES; i++) {
                if (i % 4 == 0) {
                    var broken = bad.get(random.nextInt(3));
                    assertThatThrownBy(() -> asked("update", broken)).isInstanceOf(AlignmentException.class);
                    refused++;
                }
                former = stands;
                stands = (stands + 1) % good.size();
                var report = asked("update", good.get(stands));
                assertThat(report.path("drained").asBoolean()).isTrue();
                assertThat(report.path("leakedBytes").asLong(-1)).isZero();
                if (random.nextInt(5) == 0) {
                    asked("undo", null);
                    stands = former;
                    undone++;
                }
            }
            took = System.nanoTime() - begun;
        } finally {
            stop.set(true);
            for (var client : clients) {
                client.join();
            }
        }
        if (MEASURED) {
            System.out.printf(
                    "updates %d, undone %d, refused %d in %.1f s; requests %d, a second %.0f quiet and %.0f during"
                            + " updates; p99 quiet %.3f ms, during updates %.3f ms; p50 %.3f, %.3f ms; former versions"
                            + " in memory %d%n",
                    UPDATES,
                    undone,
                    refused,
                    took / 1e9,
                    done.get(),
                    quiet.size() / 5.,
                    updating.size() / (took / 1e9),
                    quantile(quiet, .99),
                    quantile(updating, .99),
                    quantile(quiet, .5),
                    quantile(updating, .5),
                    updates.former(false).size());
        }

        assertThat(wrong).isEmpty();
        assertThat(done).hasValue(sent.get()).hasPositiveValue();
        assertThat(calls).hasSize((int) (2 * done.get()));
        assertThat(versions.assembly.current("norms-0").number()).isEqualTo(1 + UPDATES + undone + refused);
        assertThat(versions.deployment.host().installed()).isEqualTo(2);
        assertThat(versions.deployment.lingering(LONG)).isEmpty();
        assertThat(versions.deployment.memory().allocated()).isZero();
    }

    // as the command does, over the socket
    private JsonNode asked(String verb, @Nullable Path jar) {
        var request = JsonNodeFactory.instance.objectNode().put("verb", verb).put("slot", "norms-0");
        if (jar != null) {
            request.put("jar", jar.toString());
        }
        return ControlSocket.ask(folder.socket(), request, _ -> {});
    }

    private static double quantile(java.util.Collection<Long> nanos, double share) {
        var sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        return sorted.length == 0 ? 0 : sorted[(int) Math.ceil(share * sorted.length) - 1] / 1e6;
    }

    // --- the watch

    // how long a call takes is the machine's affair: only what is about latency limits it
    private static Watch.Limits limits(Duration window, String... guardrails) {
        return limits(window, 1e6, guardrails);
    }

    private static Watch.Limits limits(Duration window, double latency, String... guardrails) {
        return new Watch.Limits(
                window,
                20,
                true,
                .01,
                latency,
                Arrays.stream(guardrails).map(Watch.Guardrail::parse).toList());
    }

    private PluginUpdates.Updated watched(Path jar, Watch.Limits limits, boolean traffic, String... measured)
            throws Exception {
        for (int i = 0; i < 30; i++) {
            version("norms-0");
        }
        var stop = new AtomicBoolean();
        var asking = CompletableFuture.runAsync(() -> {
            while (!stop.get()) {
                try (var leases = versions.assembly.lease()) {
                    if (traffic
                            || leases.generations().values().stream()
                                    .noneMatch(g -> g.version().equals("1.1.0"))) {
                        versions.ask(leases, "norms-0");
                        for (var metric : measured) {
                            leases.measure(metric, 1);
                        }
                    }
                } catch (AlignmentException _) {
                    // the new version fails; that is what is watched
                }
            }
        });
        try {
            return updates.update("norms-0", jar, Optional.empty(), Optional.of(limits), _ -> {});
        } finally {
            stop.set(true);
            asking.join();
        }
    }

    private void assertUndone(PluginUpdates.Updated updated, String why) throws Exception {
        assertThat(updated.stays()).isFalse();
        assertThat(updated.verdict().orElseThrow().why()).contains(why);
        assertThat(updated.report().to().version()).isEqualTo("1.0.0");
        assertThat(updates.former(true)).isEmpty();
        assertThat(version("norms-0")).isEqualTo("1.0.0");
        assertThat(updates.list().getFirst().former()).isEmpty();
        restart();
        assertThat(version("norms-0")).isEqualTo("1.0.0");
    }

    @Test
    void watch_goodVersion_stays() throws Exception {
        var updated = watched(versions.jar("1.1.0", ""), limits(LONG, "refused:nurses<=1"), true, "refused:nurses");

        assertThat(updated.verdict().orElseThrow().why()).isEqualTo("nothing was exceeded");
        assertThat(updated.verdict().orElseThrow().figures()).hasSize(4).allMatch(Watch.Figure::kept);
        assertThat(updated.stays()).isTrue();
        restart();
        assertThat(version("norms-0")).isEqualTo("1.1.0");
        assertThat(updates.undo("norms-0", _ -> {}).version()).isEqualTo("1.0.0");
    }

    @Test
    void watch_versionThatFails_isUndone() throws Exception {
        assertUndone(watched(versions.jar("1.1.0", "every=4"), limits(LONG), true), "share of calls that failed: 0.");
    }

    @Test
    void watch_versionThatIsSlow_isUndone() throws Exception {
        var updated = watched(versions.jar("1.1.0", "millis=200"), limits(LONG, 2), true);

        assertUndone(updated, "p99 of a call in ms: ");
        assertThat(updated.verdict().orElseThrow().figures())
                .filteredOn(figure -> !figure.kept())
                .singleElement()
                .satisfies(figure -> assertThat(figure.value()).isGreaterThanOrEqualTo(200));
    }

    @Test
    void watch_guardrailOfASeat_undoes() throws Exception {
        assertUndone(
                watched(versions.jar("1.1.0", ""), limits(LONG, "refused:nurses<=0.1"), true, "refused:nurses"),
                "refused:nurses: 1, at most 0.1");
    }

    @Test
    void watch_nothingMeasuredForASeat_undoes() throws Exception {
        assertUndone(
                watched(versions.jar("1.1.0", ""), limits(Duration.ofMillis(300), "refused:nurses<=0.1"), true),
                "refused:nurses: nothing was measured, at most 0.1");
    }

    @Test
    void watch_noCalls_undoes() throws Exception {
        assertUndone(
                watched(versions.jar("1.1.0", ""), limits(Duration.ofMillis(300)), false), "calls: 0, at least 20");
    }

    @Test
    void watch_undoneByHand_endsThere() throws Exception {
        for (int i = 0; i < 30; i++) {
            version("norms-0");
        }
        var flipped = new CompletableFuture<Void>();
        var jar = versions.jar("1.1.0", "");
        var updating = CompletableFuture.supplyAsync(() ->
                updates.update("norms-0", jar, Optional.empty(), Optional.of(limits(LONG)), line -> {
                    if (line.contains("is watched")) {
                        flipped.complete(null);
                    }
                }));
        flipped.join();
        assertThatThrownBy(() -> update(jar)).hasMessageContaining("being changed and watched");
        assertThat(updates.undo("norms-0", _ -> {}).version()).isEqualTo("1.0.0");
        assertUndone(updating.join(), "somebody asked");
    }

    @Test
    void watch_withoutABaseline_isRefused() throws Exception {
        var jar = versions.jar("1.1.0", "");
        assertThatThrownBy(() -> updates.update("norms-0", jar, Optional.empty(), Optional.of(limits(LONG)), _ -> {}))
                .hasMessageContaining("has had 0 calls, and a watch compares with at least 20");
        assertThat(version("norms-0")).isEqualTo("1.0.0");
    }

    @Test
    void guardrail_otherTexts_areRefused() {
        for (var text :
                List.of("", "refused", "refused<=1", "refused:nurses", "refused:nurses<1", "refused:nurses<=x")) {
            assertThatThrownBy(() -> Watch.Guardrail.parse(text)).hasMessageContaining("is no guardrail");
        }
        assertThat(Watch.Guardrail.parse("answered:nurses>=0.9"))
                .isEqualTo(new Watch.Guardrail("answered:nurses", false, .9));
        assertThat(Watch.Guardrail.parse("refused:ward nurse<=1").metric()).isEqualTo("refused:ward nurse");
    }
}
