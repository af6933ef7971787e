package org.polyphony.engine.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.plugin.Determinism;
import org.polyphony.spi.plugin.Need;
import org.polyphony.support.ArtefactVersions;
import org.polyphony.verify.Wording;

class BundleInspectorTest {

    private static final byte[] CLASS = {(byte) 0xCA, (byte) 0xFE, (byte) 0xBA, (byte) 0xBE, 0, 0, 0, 0x34};

    @TempDir
    Path folder;

    private final BundleInspector inspector = BundleInspector.create();

    private AbstractThrowableAssert<?, ?> assertRejected(Path jar) {
        return assertThatThrownBy(() -> inspector.inspect(jar))
                .isInstanceOf(AlignmentException.class)
                .satisfies(
                        e -> assertThat(((AlignmentException) e).code()).isEqualTo(StandardErrorCode.PLUGIN_REJECTED))
                .hasMessageStartingWith(jar + " cannot be installed as a plugin: ");
    }

    private Path zip(String... names) throws IOException {
        var file = folder.resolve("handmade.jar");
        try (var out = new ZipOutputStream(Files.newOutputStream(file))) {
            for (var name : names) {
                out.putNextEntry(new ZipEntry(name));
                out.write(name.getBytes(StandardCharsets.UTF_8));
                out.closeEntry();
            }
        }
        return file;
    }

    @Test
    void inspect_goodBundle_readsWhatItDeclares() throws Exception {
        var jar = TestBundle.of("allowing").write(folder);

        var image = inspector.inspect(jar);

        assertThat(image.plugins()).singleElement().satisfies(plugin -> {
            assertThat(plugin.role()).isEqualTo(Role.SAFETY);
            assertThat(plugin.id()).isEqualTo("allowing");
            assertThat(plugin.version()).isEqualTo("1.0.0");
            assertThat(plugin.summary()).isEqualTo("Allows every candidate, for tests");
            assertThat(plugin.classes().settings()).endsWith("AllowingSettings");
            assertThat(plugin.bundle().sha256()).hasSize(64).isEqualTo(image.sha256());
            assertThat(plugin.bundle().source()).isEqualTo(jar);
        });
        assertThat(image.nativeCode()).isFalse();
    }

    @Test
    void inspect_algorithm_readsItsFormulationsFromTheJar() throws Exception {
        var image = inspector.inspect(TestBundle.of("parametric").write(folder));

        assertThat(image.plugins())
                .allSatisfy(plugin -> assertThat(plugin.formulations())
                        .isEqualTo(plugin.role() == Role.ALGORITHM ? List.of("population") : List.of()));
    }

    // a norm holds whatever a profile says
    @Test
    void inspect_safetyLayerThatReadsAProfile_isRejected() throws Exception {
        assertRejected(TestBundle.of("allowing")
                        .header("-removeheaders", "")
                        .header(
                                "Provide-Capability",
                                "org.polyphony.plugin;role=org.polyphony.spi.safety.SafetyLayer;id=prying;"
                                        + "reads=\"polyphony.profiles.linear;version=[1,3)\";"
                                        + "class=org.polyphony.engine.sample.allowing.AllowingLayer")
                        .write(folder))
                .hasMessageContaining("the safety layer 'prying' declares that it reads")
                .hasMessageContaining("decide by candidates and claims");
    }

    @Test
    void inspect_algorithmWithoutFormulation_isRejected() throws Exception {
        assertRejected(TestBundle.of("allowing")
                        .header("-removeheaders", "")
                        .header(
                                "Provide-Capability",
                                "org.polyphony.plugin;role=org.polyphony.spi.alignment.AlignmentAlgorithm;id=mute;"
                                        + "class=org.polyphony.engine.sample.allowing.AllowingLayer")
                        .write(folder))
                .hasMessageContaining("the algorithm 'mute' names no formulation");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ACME, Inc.|acme-inc",
                "polyphony|polyphony",
                "!|unnamed",
                "Ünal & Söhne|nal-s-hne",
                "7 Dwarfs|7-dwarfs"
            })
    void inspect_vendor_isReadAsAName(String header, String vendor) throws Exception {
        var image = inspector.inspect(
                TestBundle.of("allowing").header("Bundle-Vendor", header).write(folder));

        assertThat(image.plugins())
                .extracting(plugin -> plugin.plugin().toString())
                .containsExactly(vendor + "/allowing@1.0.0");
    }

    @Test
    void inspect_whatAPluginDeclares_isReadFromTheJar() throws Exception {
        var capability = "org.polyphony.plugin;role=org.polyphony.spi.alignment.PolicyScorer;id=%s;"
                + "class=org.polyphony.engine.sample.allowing.AllowingLayer;%s";
        var image = inspector.inspect(TestBundle.of("allowing")
                .header("-removeheaders", "")
                .header(
                        "Provide-Capability",
                        String.join(
                                ",",
                                capability.formatted(
                                        "first", "claims:List<String>=\"role,culture\";determinism=SEEDED"),
                                capability.formatted("later", "determinism=WHATEVER;generalises=true"),
                                capability.formatted(
                                        "third",
                                        "reads=\"a.b;version=[1,3),c;version=4\";writes=\"a.b;version=2\";"
                                                + "needs:List<String>=\"NETWORK,WHATEVER,FEATURES\"")))
                .write(folder));

        assertThat(image.plugins())
                .extracting(PluginDescriptor::declared)
                .containsExactlyInAnyOrder(
                        declared(List.of(), false, Determinism.EXACT),
                        declared(List.of("culture", "role"), false, Determinism.SEEDED),
                        declared(List.of(), true, Determinism.NONE),
                        new PluginDescriptor.Declared(
                                List.of(),
                                ArtefactVersions.parse("a.b;version=2"),
                                ArtefactVersions.parse("a.b;version=[1,2],c;version=[4,5)"),
                                List.of(Need.FEATURES, Need.NETWORK),
                                List.of(),
                                false,
                                Determinism.EXACT));
    }

    @Test
    void inspect_artefactTypesOfAnAnnotation_surviveTheManifest() throws Exception {
        assertThat(inspector.inspect(TestBundle.of("parametric").write(folder)).plugins())
                .filteredOn(plugin -> plugin.role() == Role.SCORER || plugin.role() == Role.ALGORITHM)
                .filteredOn(plugin -> !plugin.id().equals("margin"))
                .flatExtracting(plugin -> plugin.role() == Role.SCORER
                        ? plugin.declared().reads()
                        : plugin.declared().writes())
                .containsExactly(
                        new ArtefactVersions("sample.linear", 1, 1), new ArtefactVersions("sample.linear", 1, 1));
    }

    @Test
    void inspect_artefactTypeWithoutVersions_isRejected() throws Exception {
        assertRejected(TestBundle.of("allowing")
                        .header(
                                "Provide-Capability",
                                "org.polyphony.plugin;role=org.polyphony.spi.safety.SafetyLayer;id=vague;reads=a.b;"
                                        + "class=org.polyphony.engine.sample.allowing.AllowingLayer")
                        .write(folder))
                .hasMessageContaining("'a.b' is no artefact type with versions; write for example");
    }

    private static PluginDescriptor.Declared declared(
            List<String> claims, boolean generalises, Determinism determinism) {
        return new PluginDescriptor.Declared(
                List.of(), List.of(), List.of(), List.of(), claims, generalises, determinism);
    }

    /// A later 0.x would resolve and fail at the first call.
    @ParameterizedTest
    @ValueSource(strings = {"version=\"[0.1,1)\"", "version=\"[0.1,0.3)\"", "version=0.1"})
    void inspect_experimentalPackageOfAnyVersion_isRejected(String version) throws Exception {
        assertRejected(importing("org.polyphony.spi.model;" + version))
                .hasMessageContaining("it takes org.polyphony.spi.model")
                .hasMessageContaining("import [0.1,0.2), as the line -consumer-policy of the plugin template does");
    }

    @Test
    void inspect_experimentalPackageAsBuilt_isTaken() throws Exception {
        assertThat(inspector
                        .inspect(importing("org.polyphony.spi.model;version=\"[0.1,0.2)\""))
                        .plugins())
                .hasSize(1);
        assertRejected(importing("org.polyphony.spi.model;version=\"[0.2,0.3)\""))
                .hasMessageContaining("use a release of the plugin built for this SPI");
        assertThat(inspector
                        .inspect(importing("org.polyphony.spi.encoding;version=\"[1.0,2)\""))
                        .plugins())
                .hasSize(1);
    }

    @Test
    void policy_ofEveryPom_importsExperimentalPackagesAsBuilt() throws Exception {
        var jar = TestBundle.of("flawed").withTestKit().write(folder);
        try (var file = new JarFile(jar.toFile())) {
            assertThat(file.getManifest().getMainAttributes().getValue("Import-Package"))
                    .contains("org.polyphony.spi.model;version=\"[0.1,0.2)\"")
                    .containsPattern("org.polyphony.spi.encoding;version=\"\\[1\\.\\d+,2\\)\"");
        }
        var root = Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolve("../..");
        try (var poms = Files.walk(root.resolve("samples"), 2)) {
            assertThat(Stream.concat(Stream.of(root.resolve("pom.xml")), poms.filter(path -> path.endsWith("pom.xml")))
                            .filter(path -> contains(path, "-noimportjava")))
                    .hasSizeGreaterThan(3)
                    .allMatch(path -> contains(path, "-consumer-policy: " + TestBundle.POLICY + "\n"));
        }
    }

    private static boolean contains(Path file, String text) {
        try {
            return Files.readString(file).contains(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path importing(String clause) throws Exception {
        return TestBundle.of("allowing").header("Import-Package", "*," + clause).write(folder, "importing.jar");
    }

    @Test
    void inspect_definedFormulations_readsThemFromTheJar() throws Exception {
        var image = inspector.inspect(TestBundle.of("rogue").write(folder));

        assertThat(image.formulations())
                .extracting(Wording::formulation)
                .containsExactlyInAnyOrder("rogue-rule", "rogue/other");
        assertThat(image.formulations())
                .contains(Wording.unproved("rogue/other", "Another", "nothing that anybody asks for."))
                .noneMatch(Wording::proved);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "id=Acme;title=T;sentence=S|is not lower-case words",
                "id='a/b/c';title=T;sentence=S|is not lower-case words",
                "title=T;sentence=S|is not lower-case words",
                "id=acme;sentence=S|the formulation 'acme' has no title",
                "id=acme;title=T;sentence=' '|the formulation 'acme' has no sentence"
            })
    void inspect_formulationBadlyDefined_isRejected(String attributes, String why) throws Exception {
        var jar = TestBundle.of("allowing")
                .header("Provide-Capability", "org.polyphony.formulation;" + attributes.replace('\'', '"'))
                .write(folder);

        assertRejected(jar).hasMessageContaining(why);
    }

    @Test
    void inspect_familyOfPlugins_readsEachOfThem() throws Exception {
        var jar = TestBundle.of("allowing")
                .header("-removeheaders", "")
                .header(
                        "Provide-Capability",
                        "org.polyphony.plugin;role=org.polyphony.spi.safety.SafetyLayer;id=second;"
                                + "class=org.polyphony.engine.sample.allowing.AllowingLayer")
                .write(folder);

        assertThat(inspector.inspect(jar).plugins())
                .extracting(PluginDescriptor::id)
                .containsExactlyInAnyOrder("allowing", "second");
    }

    @Test
    void inspect_missingFile_saysSo() {
        assertThatThrownBy(() -> inspector.inspect(folder.resolve("no.jar")))
                .isInstanceOf(AlignmentException.class)
                .hasMessageContaining("no.jar does not exist");
        assertThatThrownBy(() -> inspector.inspect(folder))
                .isInstanceOf(AlignmentException.class)
                .hasMessageContaining("is not a file");
    }

    @Test
    void inspect_textFile_isNoZip() throws Exception {
        assertRejected(Files.writeString(folder.resolve("notes.jar"), "not a jar"))
                .hasMessageContaining("not a zip");
    }

    @Test
    void inspect_plainJar_isNoBundle() throws Exception {
        assertRejected(zip("a/B.class"))
                .hasMessageContaining("not an OSGi bundle")
                .hasMessageContaining("null, not 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../evil.class", "/etc/x", "a\\b", "a/../../b", "c:/x"})
    void inspect_entryOutside_isRejected(String name) throws Exception {
        assertRejected(zip("ok.txt", name)).hasMessageContaining("points outside the bundle");
    }

    @Test
    void inspect_duplicateEntry_isRejected() throws Exception {
        var file = zip("aaaa.txt", "bbbb.txt");
        var text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).replace("bbbb", "aaaa");
        Files.write(file, text.getBytes(StandardCharsets.ISO_8859_1));

        assertRejected(file).hasMessageContaining("aaaa.txt exists twice");
    }

    @Test
    void inspect_directoryThatDiffersFromTheEntries_isRejected() throws Exception {
        var file = zip("aaaa.txt");
        var text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        Files.write(file, text.replaceFirst("aaaa", "cccc").getBytes(StandardCharsets.ISO_8859_1));

        assertRejected(file).hasMessageContaining("aaaa.txt is not where the directory says");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org/apache/arrow/X.class",
                "io/vertx/core/X.class",
                "com/google/inject/X.class",
                "org/polyphony/spi/X.class",
                "META-INF/versions/21/org/apache/arrow/X.class"
            })
    void inspect_copyOfASharedLibrary_isRejected(String entry) throws Exception {
        assertRejected(TestBundle.of("allowing").resource(entry, CLASS).write(folder))
                .hasMessageContaining("it holds a copy of")
                .hasMessageContaining("provided");
    }

    @Test
    void inspect_copyInsideAnEmbeddedJar_isRejected() throws Exception {
        var inner = Files.readAllBytes(zip("org/apache/arrow/X.class"));

        assertRejected(TestBundle.of("allowing")
                        .header("Bundle-ClassPath", ".,lib/inner.jar")
                        .resource("lib/inner.jar", inner)
                        .write(folder))
                .hasMessageContaining("copy of org.apache.arrow");
    }

    @Test
    void inspect_bundleWithoutPlugin_isRejected() throws Exception {
        assertRejected(TestBundle.of("allowing")
                        .header("-removeheaders", "Provide-Capability")
                        .write(folder))
                .hasMessageContaining("it provides no plugin");
    }

    @Test
    void inspect_classForAnotherJava_namesBoth() throws Exception {
        var future = CLASS.clone();
        future[7] = 99;
        assertRejected(TestBundle.of("allowing")
                        .resource("org/polyphony/engine/sample/allowing/AllowingLayer.class", future)
                        .write(folder))
                .hasMessageContaining("AllowingLayer is compiled for Java 55, this is Java "
                        + Runtime.version().feature());
    }

    @Test
    void inspect_unknownRole_listsTheRoles() throws Exception {
        assertRejected(TestBundle.of("allowing")
                        .header("-removeheaders", "")
                        .header("Provide-Capability", "org.polyphony.plugin;role=com.acme.Oracle;id=oracle")
                        .write(folder))
                .hasMessageContaining("'com.acme.Oracle' is not a role")
                .hasMessageContaining("algorithm");
    }

    @Test
    void inspect_nativeCodeInAnAlgorithm_isRejected() throws Exception {
        assertRejected(TestBundle.of("allowing")
                        .header(
                                "Provide-Capability",
                                "org.polyphony.plugin;role=org.polyphony.spi.alignment.AlignmentAlgorithm;id=x;"
                                        + "formulations=population;"
                                        + "class=org.polyphony.engine.sample.allowing.AllowingLayer")
                        .resource("lib/libx.so", CLASS)
                        .write(folder))
                .hasMessageContaining("native code");
    }

    @Test
    void inspect_nativeCodeElsewhere_isNoted() throws Exception {
        var jar = TestBundle.of("allowing").resource("lib/libx.so.1", CLASS).write(folder);

        assertThat(inspector.inspect(jar).nativeCode()).isTrue();
    }

    @Test
    void inspect_newerSpi_namesBothVersions() throws Exception {
        assertRejected(TestBundle.of("allowing")
                        .header("Import-Package", "org.polyphony.spi.safety;version=\"[9.1,10)\",*")
                        .write(folder))
                .hasMessageContaining("it needs org.polyphony.spi.safety [9.1.0,10.0.0), this Polyphony has ");
    }

    @Test
    void inspect_exports_areRejected() throws Exception {
        assertRejected(TestBundle.of("allowing")
                        .header("Export-Package", "org.polyphony.engine.sample.allowing")
                        .write(folder))
                .hasMessageContaining("it exports org.polyphony.engine.sample.allowing");
    }

    @Test
    void inspect_severalFaults_namesAll() throws Exception {
        assertRejected(TestBundle.of("allowing")
                        .header("Export-Package", "org.polyphony.engine.sample.allowing")
                        .resource("io/vertx/core/X.class", CLASS)
                        .write(folder))
                .hasMessageContaining("exports")
                .hasMessageContaining("io.vertx.core");
    }

    /// Whatever is done to the bytes, the answer is an image or one clear refusal, never another failure.
    @Test
    void inspect_damagedBytes_refusesOrReads() throws Exception {
        var good = Files.readAllBytes(TestBundle.of("allowing").write(folder));
        var random = new SplittableRandom(7);
        int refused = 0;
        for (int round = 0; round < 500; round++) {
            var bytes = round % 2 == 0 ? Arrays.copyOf(good, random.nextInt(good.length)) : good.clone();
            for (int flips = random.nextInt(1, 8); flips > 0 && bytes.length > 0; flips--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            var file = Files.write(folder.resolve("damaged.jar"), bytes);
            try {
                inspector.inspect(file);
            } catch (AlignmentException e) {
                refused++;
                assertThat(e.code()).isEqualTo(StandardErrorCode.PLUGIN_REJECTED);
            }
        }
        assertThat(refused).isGreaterThan(250);
    }
}
