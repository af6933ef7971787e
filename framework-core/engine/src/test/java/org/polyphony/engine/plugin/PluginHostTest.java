package org.polyphony.engine.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.polyphony.engine.sample.allowing.AllowingLayer;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.Issue;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.plugin.NoSettings;
import org.polyphony.spi.safety.SafetyLayer;

class PluginHostTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    private final PluginHost host = PluginHost.create();

    @AfterEach
    void close() {
        host.close();
    }

    private BundleImage image(TestBundle bundle) throws Exception {
        return BundleInspector.create().inspect(bundle.write(folder));
    }

    private InstalledPlugin install(BundleImage image) {
        return host.install(image, image.plugins().getFirst());
    }

    @Test
    void install_bundle_constructsAPluginOfItsOwnClassLoader() throws Exception {
        var plugin = install(image(TestBundle.of("allowing")));

        assertThat(plugin.instance()).isInstanceOf(SafetyLayer.class).isNotInstanceOf(AllowingLayer.class);
        assertThat(plugin.instance().getClass().getClassLoader()).isSameAs(plugin.loader());
        assertThat(plugin.settings().getSimpleName()).isEqualTo("AllowingSettings");
    }

    @Test
    void install_sameBundleTwice_givesTwoCopies() throws Exception {
        var image = image(TestBundle.of("allowing"));

        assertThat(install(image).loader()).isNotSameAs(install(image).loader());
    }

    @Test
    void install_fileChangedAfterInspection_installsTheInspectedBytes() throws Exception {
        var jar = TestBundle.of("allowing").write(folder);
        var image = BundleInspector.create().inspect(jar);
        Files.writeString(jar, "something else");

        assertThat(install(image).instance()).isInstanceOf(SafetyLayer.class);
    }

    @Test
    void install_pluginModule_injects() throws Exception {
        var plugin = install(image(TestBundle.of("injected")
                .header("Plugin-Module", "org.polyphony.engine.sample.injected.InjectedModule")));

        assertThat(plugin.instance()).hasToString("house rule 7");
        assertThat(plugin.settings()).isEqualTo(NoSettings.class);
    }

    @Test
    void install_injectionWithoutModule_asksForOne() throws Exception {
        var image = image(TestBundle.of("injected"));

        assertThatThrownBy(() -> install(image))
                .isInstanceOf(AlignmentException.class)
                .hasMessageContaining("no public constructor without arguments")
                .hasMessageContaining("Plugin-Module");
    }

    @Test
    void install_throwingConstructor_blamesThePlugin() throws Exception {
        var image = image(TestBundle.of("broken"));

        assertThatThrownBy(() -> install(image))
                .isInstanceOf(AlignmentException.class)
                .satisfies(e -> assertThat(((AlignmentException) e).code()).isEqualTo(StandardErrorCode.PLUGIN_FAILED))
                .hasMessageContaining("no rules on this machine");
    }

    @Test
    void install_packageThatIsNotLent_isNamed() throws Exception {
        var image = image(TestBundle.of("needy"));

        assertThatThrownBy(() -> install(image))
                .isInstanceOf(AlignmentException.class)
                .satisfies(
                        e -> assertThat(((AlignmentException) e).code()).isEqualTo(StandardErrorCode.PLUGIN_REJECTED))
                .hasMessageContaining("it needs com.fasterxml.jackson.databind")
                .hasMessageContaining("embed that library");
    }

    @Test
    void check_severalBundles_tellsEveryProblem() throws Exception {
        var issues = host.check(List.of(
                image(TestBundle.of("needy")),
                image(TestBundle.of("allowing")),
                image(TestBundle.of("injected")
                        .header(
                                "Import-Package",
                                "com.acme.nothing,org.jspecify.annotations;resolution:=optional,*"))));

        assertThat(issues)
                .extracting(Issue::message)
                .satisfiesExactly(
                        first -> assertThat(first).contains("needy.jar: it needs com.fasterxml.jackson.databind"),
                        second -> assertThat(second).contains("injected.jar: it needs com.acme.nothing"));
    }

    @Test
    void uninstall_plugin_freesItsClassLoader() throws Exception {
        var plugin = install(image(TestBundle.of("injected")
                .header("Plugin-Module", "org.polyphony.engine.sample.injected.InjectedModule")));

        var watch = plugin.uninstall();

        assertThat(watch.awaitCollected(LIMIT)).isTrue();
        assertThatThrownBy(plugin::instance).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void uninstall_somethingHoldsTheInstance_isSeen() throws Exception {
        var plugin = install(image(TestBundle.of("allowing")));
        var held = plugin.instance();

        var watch = plugin.uninstall();

        assertThat(watch.awaitCollected(Duration.ofMillis(200))).isFalse();
        assertThat(held).isNotNull();
    }

    @Test
    void lentPackages_always_holdTheSpiAndNoInternals() {
        var header = LentPackages.load().header();

        assertThat(header)
                .contains("org.polyphony.spi.alignment;version=")
                .contains("org.apache.arrow.vector;version=\"19.")
                .contains("org.apache.arrow.memory;version=\"19.")
                .contains("org.duckdb;version=")
                .contains("com.google.inject;version=\"1.4\"")
                .contains("org.aopalliance.intercept")
                .contains("org.jspecify.annotations;version=\"1.")
                .contains("uses:=")
                .doesNotContain("netty")
                .doesNotContain("jackson")
                .doesNotContain(".impl")
                .doesNotContain(".internal");
    }
}
