package org.polyphony.engine.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.polyphony.engine.EngineOptions;
import org.polyphony.engine.Polyphony;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.Issue;
import org.polyphony.verify.Certifiers;
import org.polyphony.verify.Wording;

class PluginRegistryTest {

    @TempDir
    Path first;

    @TempDir
    Path second;

    @Test
    void scan_twoFolders_listsByRoleAndId() throws Exception {
        TestBundle.of("injected").write(first);
        TestBundle.of("allowing").write(second);

        var registry = PluginRegistry.scan(List.of(first, second));

        assertThat(registry.issues()).isEmpty();
        assertThat(registry.plugins()).extracting(PluginDescriptor::id).containsExactly("allowing", "injected");
        assertThat(registry.plugins(Role.ALGORITHM)).isEmpty();
    }

    @Test
    void scan_manyFaults_tellsAllAndKeepsTheRest() throws Exception {
        var one = TestBundle.of("allowing").write(first, "one.jar");
        var two = TestBundle.of("allowing").write(second, "two.jar");
        Files.writeString(first.resolve("broken.jar"), "x");
        Files.writeString(first.resolve("notes.txt"), "not looked at");
        var missing = second.resolve("missing");

        var registry = PluginRegistry.scan(List.of(first, second, missing));

        assertThat(registry.issues())
                .extracting(Issue::code)
                .containsExactly("PLUGIN_REJECTED", "PLUGIN_REJECTED", "FILE_NOT_FOUND");
        assertThat(registry.issues().get(1).message())
                .isEqualTo("the safety unnamed/allowing@1.0.0 is provided by both " + one + " and " + two
                        + "; the first is used, remove one of them");
        assertThat(registry.issues().get(2).message()).contains(missing + " does not exist");
        assertThat(registry.find(Role.SAFETY, "allowing").bundle().source()).isEqualTo(one);
    }

    @Test
    void formulation_provedDefinedOrUnknown_isWhatTheFirstSays() throws Exception {
        var one = "org.polyphony.formulation;id=acme/one;title=One;sentence=Two";
        TestBundle.of("allowing").header("Provide-Capability", one).write(first, "a.jar");
        TestBundle.of("injected").header("Provide-Capability", one).write(first, "b.jar");
        var other = TestBundle.of("busy")
                .header(
                        "Provide-Capability",
                        one.replace("Two", "Three")
                                + ",org.polyphony.formulation;id=population;title=Mine;sentence=Mine")
                .write(first, "c.jar");

        var registry = PluginRegistry.scan(List.of(first));

        assertThat(registry.formulation("acme/one")).contains(Wording.unproved("acme/one", "One", "Two"));
        assertThat(registry.formulation("population")).contains(Certifiers.POPULATION.wording());
        assertThat(registry.formulation("acme/two")).isEmpty();
        assertThat(registry.issues())
                .extracting(Issue::message)
                .containsExactly(
                        other + " says what the formulation 'acme/one' is, which is defined already: One; give it"
                                + " another name",
                        other + " says what the formulation 'population' is, which is defined already: "
                                + Certifiers.POPULATION.wording().title() + "; give it another name");
    }

    @Test
    void algorithm_formulationThatNobodyOffers_listsNamesThatFind() throws Exception {
        TestBundle.of("parametric").header("Bundle-Vendor", "One").write(first, "a.jar");
        TestBundle.of("parametric").header("Bundle-Vendor", "Two").write(first, "b.jar");
        try (var polyphony = Polyphony.start(EngineOptions.of(List.of(first)))) {
            assertThatThrownBy(() -> polyphony.algorithm("leximin", "linear"))
                    .hasMessageContaining(
                            "population [one/linear@1.0.0, one/margin@1.0.0, two/linear@1.0.0, two/margin@1.0.0]");
            assertThat(polyphony.algorithm("population", "two/linear")).isEqualTo("two/linear@1.0.0");
        }
    }

    @Test
    void find_pluginsOfOneId_takesTheNameThatSaysWhich() throws Exception {
        TestBundle.of("allowing").header("Bundle-Vendor", "One").write(first, "a.jar");
        TestBundle.of("allowing").header("Bundle-Vendor", "Two").write(first, "b.jar");
        TestBundle.of("allowing")
                .header("Bundle-Vendor", "Two")
                .header("Bundle-Version", "1.10.0")
                .write(first, "c.jar");
        var registry = PluginRegistry.scan(List.of(first));

        assertThat(registry.issues()).isEmpty();
        assertThat(registry.plugins())
                .extracting(plugin -> plugin.plugin().toString())
                .containsExactly("one/allowing@1.0.0", "two/allowing@1.0.0", "two/allowing@1.10.0");
        assertThat(registry.find(Role.SAFETY, "one/allowing").plugin().vendor()).isEqualTo("one");
        assertThat(registry.find(Role.SAFETY, "allowing@1.10.0").plugin().version())
                .isEqualTo("1.10.0");
        assertThat(registry.image(registry.find(Role.SAFETY, "two/allowing@1.0.0"))
                        .source())
                .hasFileName("b.jar");
        assertThat(registry.plugins())
                .allSatisfy(plugin -> assertThat(registry.find(Role.SAFETY, registry.name(plugin)))
                        .isEqualTo(plugin));
        assertThatThrownBy(() -> registry.find(Role.SAFETY, "two/allowing"))
                .hasMessageContaining(
                        "'two/allowing' names 2 plugins of role safety: two/allowing@1.0.0, two/allowing@1.10.0");
    }

    @Test
    void find_unknownId_namesTheNearestAndAll() throws Exception {
        TestBundle.of("allowing").write(first);
        TestBundle.of("injected").write(first);
        var registry = PluginRegistry.scan(List.of(first));

        assertThatThrownBy(() -> registry.find(Role.SAFETY, "alowing"))
                .isInstanceOf(AlignmentException.class)
                .hasMessageContaining("no safety is called 'alowing'; did you mean 'allowing'?")
                .hasMessageContaining("installed are allowing, injected");
        assertThatThrownBy(() -> registry.find(Role.ALGORITHM, "x"))
                .isInstanceOf(AlignmentException.class)
                .hasMessageContaining("none is installed");
    }
}
