package org.polyphony.spi;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import aQute.bnd.differ.Baseline;
import aQute.bnd.differ.DiffPluginImpl;
import aQute.bnd.osgi.Builder;
import aQute.bnd.osgi.Instructions;
import aQute.bnd.osgi.Jar;
import aQute.bnd.osgi.Processor;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the build's baseline check finds when the SPI's sources are changed.
class BaselineTest {

    private static final Path MODULE = Path.of(System.getProperty("basedir", ""));
    private static final Path SOURCES = MODULE.resolve("src/main/java");

    @TempDir
    private Path work = Path.of("");

    @BeforeEach
    void copySources() throws IOException {
        try (var files = Files.walk(SOURCES)) {
            for (var file : files.toList()) {
                Files.createDirectories(
                        copied(SOURCES.relativize(file).toString()).getParent());
                if (Files.isRegularFile(file)) {
                    Files.copy(file, copied(SOURCES.relativize(file).toString()));
                }
            }
        }
    }

    @Test
    void baseline_sourcesAsTheyAre_passes() throws Exception {
        assertThat(packagesThatBreakTheirVersion()).isEmpty();
    }

    @Test
    void baseline_methodOfARoleDeleted_fails() throws Exception {
        replace("org/polyphony/spi/plugin/SelfTesting.java", "    void selfTest(PluginContext context);", "");
        assertThat(packagesThatBreakTheirVersion()).containsExactly("org.polyphony.spi.plugin needs 2.0.0");
    }

    @Test
    void baseline_methodOfAValueDeleted_fails() throws Exception {
        replace("org/polyphony/spi/tensor/Shape.java", "public int rank()", "int rank()");
        replace("org/polyphony/spi/alignment/GameBucket.java", "shape.rank()", "shape.dimensions().size()");
        replace("org/polyphony/spi/profile/PreferenceBucket.java", "p.shape().rank()", "p.shape().dimensions().size()");
        replace("org/polyphony/spi/profile/ScoreBucket.java", "shape().rank()", "shape().dimensions().size()");
        assertThat(packagesThatBreakTheirVersion()).containsExactly("org.polyphony.spi.tensor needs 2.0.0");
    }

    @Test
    void baseline_abstractMethodAddedToARole_fails() throws Exception {
        replace(
                "org/polyphony/spi/plugin/SelfTesting.java",
                "    void selfTest(",
                "    void warmUp();\n\n    void selfTest(");
        assertThat(packagesThatBreakTheirVersion()).containsExactly("org.polyphony.spi.plugin needs 2.0.0");
    }

    @Test
    void baseline_methodAddedToTheContext_isAMinorChange() throws Exception {
        replace(
                "org/polyphony/spi/context/PluginContext.java",
                "    long seed();",
                "    long seed();\n\n    long run();");
        assertThat(packagesThatBreakTheirVersion()).containsExactly("org.polyphony.spi.context needs 1.2.0");

        replace("org/polyphony/spi/context/package-info.java", "@Version(\"1.1.0\")", "@Version(\"1.2.0\")");
        assertThat(packagesThatBreakTheirVersion()).isEmpty();
    }

    /// What may change with every minor version, and nothing else, is left out.
    @Test
    void baseline_comparesAllButExperimentalPackages() throws IOException {
        var experimental = new java.util.TreeSet<String>();
        try (var files = Files.walk(SOURCES)) {
            for (var file :
                    files.filter(path -> path.endsWith("package-info.java")).toList()) {
                if (Files.readString(file).contains("@Version(\"0.")) {
                    experimental.add("!"
                            + SOURCES.relativize(file.getParent()).toString().replace('/', '.'));
                }
            }
        }
        assertThat(compared())
                .endsWith("*")
                .filteredOn(name -> !name.equals("*"))
                .containsExactlyElementsOf(experimental);
    }

    private static List<String> compared() throws IOException {
        return Pattern.compile("<diffpackage>(.*?)</diffpackage>")
                .matcher(Files.readString(MODULE.resolve("pom.xml")))
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private Set<String> packagesThatBreakTheirVersion() throws Exception {
        try (var processor = new Processor();
                var older = new Jar(lastRelease().toFile());
                var builder = new Builder();
                var newer = build(builder)) {
            var differ = new DiffPluginImpl();
            var infos = new Baseline(processor, differ)
                    .baseline(newer, older, new Instructions(String.join(",", compared())));
            assertThat(infos).as("packages compared").isNotEmpty();
            return infos.stream()
                    .filter(info -> info.mismatch)
                    .map(info -> info.packageName + " needs " + info.suggestedVersion)
                    .collect(toSet());
        }
    }

    private Jar build(Builder builder) throws Exception {
        var classes = Files.createTempDirectory(work, "classes");
        compile(classes);
        builder.setBundleSymbolicName("polyphony-spi-api");
        builder.setBundleVersion("99.0.0");
        builder.setProperty("-noimportjava", "true");
        builder.setProperty("Import-Package", "org.jspecify.annotations;resolution:=optional,*");
        builder.setJar(classes.toFile());
        for (var entry : System.getProperty("java.class.path").split(java.io.File.pathSeparator)) {
            if (entry.endsWith(".jar")) {
                builder.addClasspath(new java.io.File(entry));
            }
        }
        var jar = builder.build();
        assertThat(builder.getErrors()).isEmpty();
        return jar;
    }

    private void compile(Path classes) throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var messages = new StringWriter();
        try (var files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> sources = Files.walk(copied(""))) {
            var units = files.getJavaFileObjectsFromPaths(
                    sources.filter(path -> path.toString().endsWith(".java")).toList());
            var options = List.of("-d", classes.toString(), "-classpath", System.getProperty("java.class.path"));
            boolean compiled = compiler.getTask(messages, files, null, options, null, units)
                    .call();
            assertThat(compiled).as(messages.toString()).isTrue();
        }
    }

    private void replace(String file, String old, String replacement) throws IOException {
        var path = copied(file);
        var text = Files.readString(path);
        assertThat(text).as(file).contains(old);
        Files.writeString(path, text.replace(old, replacement));
    }

    private Path copied(String file) {
        return work.resolve("sources").resolve(file);
    }

    private static Path lastRelease() throws IOException {
        try (var files = Files.walk(MODULE.resolve("baseline"))) {
            var jars = files.filter(path -> path.toString().endsWith(".jar")).toList();
            assertThat(jars)
                    .as("releases: %s", jars.stream().map(Path::toString).collect(joining(", ")))
                    .isNotEmpty();
            return jars.stream()
                    .max(java.util.Comparator.comparing(Path::toString))
                    .orElseThrow();
        }
    }
}
