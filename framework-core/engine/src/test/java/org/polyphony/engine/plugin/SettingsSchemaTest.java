package org.polyphony.engine.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.polyphony.engine.sample.allowing.AllowingSettings;
import org.polyphony.engine.sample.eager.EagerSettings;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.support.settings.SettingDescription;
import org.polyphony.support.settings.SettingsBinder;

class SettingsSchemaTest {

    @TempDir
    Path folder;

    private List<SettingDescription> read(TestBundle bundle) throws Exception {
        return read(bundle.write(folder));
    }

    private static List<SettingDescription> read(Path jar) {
        var image = BundleInspector.create().inspect(jar);
        return image.settings(image.plugins().getFirst());
    }

    @Test
    void read_settingsOfEveryKind_readsThemAndRunsNothing() throws Exception {
        System.clearProperty(EagerSettings.RAN);

        var settings = read(TestBundle.of("eager"));

        assertThat(System.getProperty(EagerSettings.RAN)).isNull();
        assertThat(settings)
                .extracting(SettingDescription::name, SettingDescription::type, SettingDescription::required)
                .containsExactly(
                        tuple("mode", "one of lenient, very-strict", false),
                        tuple("patience", "duration", false),
                        tuple("most", "whole number", true),
                        tuple("names", "map from name to: list of: one of lenient, very-strict", false));
        assertThat(settings).isEqualTo(SettingsBinder.describe(EagerSettings.class));
    }

    @Test
    void read_settingsInAFolderOfTheBundle_areFound() throws Exception {
        var bytes = AllowingSettings.class
                .getResourceAsStream("AllowingSettings.class")
                .readAllBytes();
        var moved = TestBundle.of("allowing")
                .header("Bundle-ClassPath", ".,inner")
                .resource("inner/org/polyphony/engine/sample/allowing/AllowingSettings.class", bytes);

        assertThat(read(moved)).isEqualTo(SettingsBinder.describe(AllowingSettings.class));
    }

    @Test
    void read_noSettings_isEmpty() throws Exception {
        assertThat(read(TestBundle.of("busy"))).isEmpty();
    }

    @Test
    void read_settingsThatAreNotThere_saysWhich() throws Exception {
        var jar = TestBundle.of("allowing")
                .header("-privatepackage", "org.polyphony.engine.sample.allowing")
                .header(
                        "Provide-Capability",
                        "org.polyphony.plugin;role=org.polyphony.spi.safety.SafetyLayer;id=other;summary=s"
                                + ";class=org.polyphony.engine.sample.allowing.AllowingLayer;settings=org.absent.Settings")
                .write(folder);
        var image = BundleInspector.create().inspect(jar);
        var other = image.plugins().stream()
                .filter(plugin -> plugin.id().equals("other"))
                .findFirst()
                .orElseThrow();

        assertThatThrownBy(() -> image.settings(other))
                .isInstanceOf(AlignmentException.class)
                .hasMessageContaining("safety other 1.0.0: its settings org.absent.Settings cannot be read")
                .hasMessageContaining("of its own bundle and of the JDK");
    }
}
