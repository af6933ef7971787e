package org.polyphony.engine.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.polyphony.engine.bus.Run;
import org.polyphony.engine.bus.StageCall;
import org.polyphony.engine.bus.StageClient;
import org.polyphony.engine.plugin.PluginRegistry;
import org.polyphony.engine.plugin.Role;
import org.polyphony.engine.plugin.TestBundle;
import org.polyphony.engine.slot.LeaseSet;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.preference.Candidates;
import org.polyphony.spi.safety.ReviewRequest;
import org.polyphony.spi.safety.VerifiedContext;

/// Clients of one deployment fill slots of the same names: of one candidate, `allowing` says 1 and `wrong` says 0.
class AssemblyTest {

    private static final String NORM = "norm";
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private Deployment deployment;

    @BeforeEach
    void open() throws Exception {
        TestBundle.of("allowing").write(folder);
        TestBundle.of("wrong").write(folder);
        deployment = Deployment.of(PluginRegistry.scan(List.of(folder)), LONG, 1 << 26, false);
    }

    @AfterEach
    void close() {
        deployment.close();
        assertThat(deployment.memory().allocated()).isZero();
        assertThat(deployment.host().installed()).isZero();
    }

    private Assembly assembly(String plugin) {
        var assembly = deployment.assembly("test");
        var found = deployment.registry().find(Role.SAFETY, plugin);
        assembly.fill(NORM, deployment.registry().image(found), found);
        return assembly;
    }

    private int allowed(Assembly assembly) {
        try (var leases = assembly.lease()) {
            return allowed(assembly, leases);
        }
    }

    private int allowed(Assembly assembly, LeaseSet leases) {
        var request = new ReviewRequest(
                Candidates.of(List.of("item"), List.of(""), List.of("c"), List.of("c"), new int[] {0, 1}),
                VerifiedContext.none());
        try (var owner = deployment.memory().owner("test");
                var scope = owner.openScope("call")) {
            var call = new StageCall<>(Role.REVIEW, assembly.slot(NORM), leases.id(), StageCall.DEFAULT_SETTINGS, LONG);
            return StageClient.of(deployment.bus(), Run.silent("test", 1), scope)
                    .call(call, request)
                    .allowed()
                    .getByte(0);
        }
    }

    @Test
    void slots_ofTheSameName_answerWithTheirOwnPlugin() {
        try (var first = assembly("allowing");
                var second = assembly("wrong")) {
            assertThat(first.id()).isNotEqualTo(second.id());
            assertThat(IntStream.range(0, 20).map(n -> allowed(n % 2 == 0 ? first : second)))
                    .containsExactly(
                            IntStream.range(0, 20).map(n -> 1 - n % 2).boxed().toArray(Integer[]::new));
        }
    }

    @Test
    void close_whileAnotherHoldsLeases_waitsForItsOwnOnly() throws Exception {
        var first = assembly("allowing");
        try (var second = assembly("allowing");
                var leases = second.lease()) {
            CompletableFuture.runAsync(first::close).get(LONG.toSeconds(), TimeUnit.SECONDS);

            assertThat(deployment.host().installed()).isEqualTo(1);
            assertThat(allowed(second, leases)).isEqualTo(1);
        }
    }

    @Test
    void lease_ofAClosedAssembly_isRefused() {
        var first = assembly("allowing");
        first.close();

        assertThatThrownBy(first::lease)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(NORM);
    }

    @Test
    void assemble_afterTheDeploymentWasClosed_startsNothing() {
        deployment.close();

        assertThatThrownBy(() -> assembly("allowing")).isInstanceOf(RuntimeException.class);
        assertThat(deployment.host().installed()).isZero();
    }

    @Test
    void close_ofTheDeployment_stopsWhatClientsLeft() {
        assembly("allowing");
        assembly("wrong");
        assertThat(deployment.host().installed()).isEqualTo(2);
    }

    @Test
    void fill_ofASlotThatIsFilled_isRefused() {
        try (var assembly = assembly("allowing")) {
            var found = deployment.registry().find(Role.SAFETY, "wrong");
            var image = deployment.registry().image(found);

            assertThatThrownBy(() -> assembly.fill(NORM, image, found))
                    .isInstanceOf(IllegalArgumentException.class)
                    .isNotInstanceOf(AlignmentException.class)
                    .hasMessageContaining("is filled");
            assertThat(allowed(assembly)).isEqualTo(1);
        }
    }
}
