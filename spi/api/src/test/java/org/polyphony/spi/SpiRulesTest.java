package org.polyphony.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.reflect.AccessFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Rules that hold for every type of the SPI, read from the class files.
class SpiRulesTest {

    private static final Path CLASSES = Path.of(System.getProperty("basedir", ""), "target", "classes");
    private static final String PACKAGE = "package-info";

    @Test
    void packages_all_areExportedVersionedAndNullMarked() throws IOException {
        var packages =
                classes().stream().filter(type -> name(type).endsWith(PACKAGE)).toList();
        assertThat(packages).hasSizeGreaterThan(10);
        for (var type : packages) {
            assertThat(annotations(type))
                    .as(name(type))
                    .contains(
                            "Lorg/osgi/annotation/bundle/Export;",
                            "Lorg/osgi/annotation/versioning/Version;",
                            "Lorg/jspecify/annotations/NullMarked;");
        }
    }

    @Test
    void packages_all_haveAPackageInfo() throws IOException {
        var folders = new TreeSet<String>();
        var described = new TreeSet<String>();
        for (var type : classes()) {
            var folder = name(type).substring(0, name(type).lastIndexOf('/'));
            folders.add(folder);
            if (name(type).endsWith(PACKAGE)) {
                described.add(folder);
            }
        }
        assertThat(described).isEqualTo(folders);
    }

    // values are added in minor versions, and a switch without a default then fails in a plugin built before
    @Test
    void enums_all_askForADefault() throws IOException {
        // what both sides decide by and nobody may add to
        var closed = Set.of("Fault", "Severity");
        var silent = new TreeSet<String>();
        int found = 0;
        for (var file : sources()) {
            var text = Files.readString(file);
            var enums = Pattern.compile("((?: *///[^\n]*\n)+)(?: *@[^\n]*\n)* *(?:public )?enum (\\w+)")
                    .matcher(text);
            while (enums.find()) {
                found++;
                if (!closed.contains(enums.group(2))
                        && !enums.group(1).replaceAll("\\s+///", "").contains("lways write a default")) {
                    silent.add(enums.group(2));
                }
            }
        }
        assertThat(found).isGreaterThan(10);
        assertThat(silent).isEmpty();
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(System.getProperty("basedir", ""), "src", "main", "java"))) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    // without one of the two, the baseline check cannot tell a new method that breaks plugins from one that does not
    @Test
    void interfaces_all_sayWhoImplementsThem() throws IOException {
        for (var type : classes()) {
            boolean role = type.flags().has(AccessFlag.INTERFACE)
                    && type.flags().has(AccessFlag.PUBLIC)
                    && !type.flags().has(AccessFlag.ANNOTATION)
                    && !name(type).endsWith(PACKAGE);
            if (role) {
                assertThat(annotations(type))
                        .as(name(type))
                        .containsAnyOf(
                                "Lorg/osgi/annotation/versioning/ConsumerType;",
                                "Lorg/osgi/annotation/versioning/ProviderType;");
            }
        }
    }

    @Test
    void types_outsideTheArrowPackage_referToTheJdkAndTheSpiOnly() throws IOException {
        for (var type : classes()) {
            if (!name(type).startsWith("org/polyphony/spi/arrow/")) {
                for (var entry : type.constantPool()) {
                    if (entry instanceof ClassEntry reference) {
                        assertThat(reference.asInternalName().replaceFirst("^\\[*L?", ""))
                                .as("in %s", name(type))
                                .matches("(java/|org/polyphony/spi/(?!arrow/)|\\[*[BCDFIJSZ]$).*");
                    }
                }
            }
        }
    }

    private static List<ClassModel> classes() throws IOException {
        var models = new ArrayList<ClassModel>();
        try (Stream<Path> files = Files.walk(CLASSES)) {
            for (var file : files.filter(path -> path.toString().endsWith(".class"))
                    .sorted()
                    .toList()) {
                models.add(ClassFile.of().parse(file));
            }
        }
        assertThat(models).as("classes in %s", CLASSES).isNotEmpty();
        return models;
    }

    private static String name(ClassModel type) {
        return type.thisClass().asInternalName();
    }

    private static List<String> annotations(ClassModel type) {
        var names = new ArrayList<String>();
        type.findAttribute(Attributes.runtimeVisibleAnnotations())
                .ifPresent(all -> all.annotations()
                        .forEach(one -> names.add(one.className().stringValue())));
        type.findAttribute(Attributes.runtimeInvisibleAnnotations())
                .ifPresent(all -> all.annotations()
                        .forEach(one -> names.add(one.className().stringValue())));
        return names;
    }
}
