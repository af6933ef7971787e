package org.polyphony.engine.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
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

    @Test
    void read_settingsThatAreDamaged_isToldAsOneError() throws Exception {
        var place = "inner/org/polyphony/engine/sample/allowing/AllowingSettings.class";
        var jar = TestBundle.of("allowing")
                .header("Bundle-ClassPath", "inner,.")
                .resource(place, "no class".getBytes(StandardCharsets.UTF_8))
                .write(folder);

        assertThatThrownBy(() -> read(jar))
                .isInstanceOf(AlignmentException.class)
                .hasMessageContaining(
                        "its settings org.polyphony.engine.sample.allowing.AllowingSettings cannot be read");
    }

    // whatever is damaged is told as one error: most of such a jar is never read before it is used
    @Test
    void read_anyByteChanged_isReadOrToldAsOneError() throws Exception {
        var jar = TestBundle.of("allowing").write(folder);
        var bytes = Files.readAllBytes(jar);
        var random = new SplittableRandom(11);
        int refused = 0;
        for (int n = 0; n < 400; n++) {
            var changed = bytes.clone();
            changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(jar, changed);
            try {
                read(jar);
            } catch (AlignmentException e) {
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }
}
