package org.polyphony.engine.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;

class PinnedLibrariesTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    private Path libraries = Path.of("");
    private final PluginHost host = PluginHost.create();

    @BeforeEach
    void create() throws Exception {
        libraries = Files.createDirectory(folder.resolve(PinnedLibraries.FOLDER));
    }

    @AfterEach
    void close() {
        host.close();
    }

    private static TestBundle lending() {
        return TestBundle.of("lending")
                .header("Private-Package", "")
                .header("Export-Package", "org.polyphony.engine.sample.lending;version=1.2.0")
                // as bnd writes it for a package that others of the bundle use
                .header(
                        "Import-Package",
                        "org.polyphony.engine.sample.lending;version=\"[1.2,2)\","
                                + "org.jspecify.annotations;resolution:=optional");
    }

    private static TestBundle borrowing() {
        return TestBundle.of("borrowing")
                .header(
                        "Import-Package",
                        "org.polyphony.engine.sample.lending;version=\"[1.2,2)\","
                                + "org.jspecify.annotations;resolution:=optional,*");
    }

    private InstalledPlugin install() throws Exception {
        var image = BundleInspector.create().inspect(borrowing().write(folder));
        return host.install(image, image.plugins().getFirst());
    }

    private static AlignmentException rejected(Throwable e) {
        assertThat(((AlignmentException) e).code()).isEqualTo(StandardErrorCode.PLUGIN_REJECTED);
        return (AlignmentException) e;
    }

    @Test
    void install_manyCopiesOfAPlugin_shareOneLibrary() throws Exception {
        lending().write(libraries);

        assertThat(install().instance()).hasToString("borrower 1");
        assertThat(install().instance()).hasToString("borrower 2");
        assertThat(host.installed()).as("plugins, libraries not counted").isEqualTo(2);
    }

    @Test
    void install_pluginThatNeedsNone_installsNone() throws Exception {
        lending().header("Bundle-Activator", "no.such.Activator").write(libraries);
        var image = BundleInspector.create().inspect(TestBundle.of("allowing").write(folder));

        assertThat(host.install(image, image.plugins().getFirst()).instance()).isNotNull();
    }

    @Test
    void uninstall_everyCopy_leavesTheLibraryAndNoLoaderOfThePlugin() throws Exception {
        lending().write(libraries);
        var watches = new ArrayList<LoaderWatch>();
        for (int i = 1; i <= 20; i++) {
            var plugin = install();
            assertThat(plugin.instance()).hasToString("borrower " + i);
            watches.add(plugin.uninstall());
        }

        assertThat(watches).allMatch(watch -> watch.awaitCollected(LIMIT));
    }

    @Test
    void install_libraryReplacedOnDisk_keepsTheOneInUse() throws Exception {
        lending().write(libraries);
        assertThat(install().instance()).hasToString("borrower 1");
        lending().header("Bundle-Version", "2.0.0").write(libraries);

        assertThat(install().instance()).hasToString("borrower 2");
    }

    @Test
    void install_noSuchLibrary_saysWhereToPutIt() {
        assertThatThrownBy(this::install)
                .satisfies(PinnedLibrariesTest::rejected)
                .hasMessageContaining("it needs org.polyphony.engine.sample.lending")
                .hasMessageContaining("into the folder libraries");
    }

    @Test
    void install_libraryForAnotherPlatform_namesThisOne() throws Exception {
        lending()
                .resource("native/lib.so", (byte) 1)
                .header("Bundle-NativeCode", "native/lib.so;osname=OS/2;processor=PowerPC")
                .write(libraries);

        assertThatThrownBy(this::install)
                .satisfies(PinnedLibrariesTest::rejected)
                .hasMessageContaining("has no native code for " + System.getProperty("os.name"));
    }

    @Test
    void install_libraryThatIsAPlugin_isRefused() throws Exception {
        lending()
                .header("Private-Package", "org.polyphony.engine.sample.allowing")
                .write(libraries);

        assertThatThrownBy(this::install)
                .satisfies(PinnedLibrariesTest::rejected)
                .hasMessageContaining("it provides a plugin");
    }

    @Test
    void install_libraryThatCopiesTheHost_isRefused() throws Exception {
        lending().header("Private-Package", "org.polyphony.spi.tensor").write(libraries);

        assertThatThrownBy(this::install)
                .satisfies(PinnedLibrariesTest::rejected)
                .hasMessageContaining("it holds a copy of org.polyphony.spi");
    }

    @Test
    void install_libraryThatIsNoJar_isNamed() throws Exception {
        Files.write(libraries.resolve("broken.jar"), List.of("no jar"));

        assertThatThrownBy(this::install)
                .satisfies(PinnedLibrariesTest::rejected)
                .hasMessageContaining("broken.jar");
    }
}
