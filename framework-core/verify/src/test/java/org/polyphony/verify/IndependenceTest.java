package org.polyphony.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.NameAndTypeEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The verifier shares no code with a solver: it can reach nothing but itself and a few packages of `java.base`.
class IndependenceTest {

    private static final Set<String> PACKAGES = Set.of(
            "java/lang",
            "java/lang/invoke",
            "java/lang/runtime",
            "java/util",
            "java/util/function",
            "java/util/stream",
            "org/polyphony/verify");

    private static final Pattern CLASS_IN_DESCRIPTOR = Pattern.compile("L([^;<]+)[;<]");

    @Test
    void module_readsJavaBaseOnly() throws Exception {
        var module = ModuleFinder.of(classes())
                .find("org.polyphony.verify")
                .orElseThrow()
                .descriptor();

        assertThat(module.requires())
                .filteredOn(required -> !required.modifiers().contains(ModuleDescriptor.Requires.Modifier.STATIC))
                .extracting(ModuleDescriptor.Requires::name)
                .containsExactly("java.base");
        assertThat(module.isOpen()).isFalse();
        assertThat(module.opens()).isEmpty();
        assertThat(module.uses()).isEmpty();
        assertThat(module.exports())
                .extracting(ModuleDescriptor.Exports::source)
                .containsExactly("org.polyphony.verify");
    }

    @Test
    void classes_referToNothingElse() throws Exception {
        var strangers = new TreeSet<String>();
        int scanned = 0;
        for (Path file : classFiles()) {
            scanned++;
            for (String name : referencedClasses(file)) {
                if (!PACKAGES.contains(name.substring(0, Math.max(0, name.lastIndexOf('/'))))) {
                    strangers.add(file.getFileName() + " -> " + name);
                }
            }
        }

        assertThat(scanned).isGreaterThan(8);
        assertThat(strangers).isEmpty();
    }

    /// Reflection would be the way around the list of packages.
    @Test
    void classes_loadNothingByName() throws Exception {
        for (Path file : classFiles()) {
            for (PoolEntry entry : ClassFile.of().parse(file).constantPool()) {
                if (entry instanceof MemberRefEntry member) {
                    assertThat(member.owner().asInternalName() + "."
                                    + member.name().stringValue())
                            .as(file.toString())
                            .isNotEqualTo("java/lang/Class.forName")
                            .doesNotStartWith("java/lang/ClassLoader.")
                            .doesNotStartWith("java/util/ServiceLoader.");
                }
            }
        }
    }

    private static Set<String> referencedClasses(Path file) throws IOException {
        var names = new TreeSet<String>();
        var model = ClassFile.of().parse(file);
        for (PoolEntry entry : model.constantPool()) {
            if (entry instanceof ClassEntry type) {
                addClass(names, type.asInternalName());
            } else if (entry instanceof NameAndTypeEntry member) {
                addDescriptor(names, member.type().stringValue());
            }
        }
        model.fields().forEach(field -> addDescriptor(names, field.fieldType().stringValue()));
        model.methods()
                .forEach(method -> addDescriptor(names, method.methodType().stringValue()));
        return names;
    }

    private static void addClass(Set<String> names, String internalName) {
        if (internalName.startsWith("[")) {
            addDescriptor(names, internalName);
        } else {
            names.add(internalName);
        }
    }

    private static void addDescriptor(Set<String> names, String descriptor) {
        var matcher = CLASS_IN_DESCRIPTOR.matcher(descriptor);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
    }

    private static List<Path> classFiles() throws Exception {
        var files = new ArrayList<Path>();
        try (var all = Files.walk(classes())) {
            all.filter(path -> path.toString().endsWith(".class"))
                    .filter(path -> !path.endsWith("module-info.class"))
                    .forEach(files::add);
        }
        return files;
    }

    private static Path classes() throws URISyntaxException {
        // in the main output, unlike this test: the module is patched with the test classes, its location is not
        return Path.of(Certifier.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
    }
}
