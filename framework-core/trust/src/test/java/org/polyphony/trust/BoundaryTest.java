package org.polyphony.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Nothing can switch the universal constraints off: there is no method, setting, property or variable that could.
class BoundaryTest {

    @Test
    void module_readsJavaBaseOnlyAndOpensNothing() throws Exception {
        var module = ModuleFinder.of(classes())
                .find("org.polyphony.trust")
                .orElseThrow()
                .descriptor();

        assertThat(module.requires())
                .filteredOn(required -> !required.modifiers().contains(ModuleDescriptor.Requires.Modifier.STATIC))
                .extracting(ModuleDescriptor.Requires::name)
                .containsExactly("java.base");
        assertThat(module.isOpen()).isFalse();
        assertThat(module.opens()).isEmpty();
        assertThat(module.uses()).isEmpty();
        assertThat(module.provides()).isEmpty();
    }

    /// A new method here is a new way in: whoever adds one decides that it cannot relax anything, and lists it.
    @Test
    void constraints_haveNoMethodThatRelaxesThem() {
        assertThat(publicMethods(UniversalConstraints.class))
                .containsExactlyInAnyOrder("shipped", "and", "sets", "check", "check", "review");
        assertThat(publicMethods(CandidateMask.class))
                .containsExactlyInAnyOrder("size", "allowed", "objections", "count", "toArray", "narrow");
        assertThat(UniversalConstraints.class.getConstructors()).isEmpty();
        assertThat(CandidateMask.class.getConstructors()).isEmpty();
        assertThat(Allow.class.getConstructors()).isEmpty();
        for (Class<?> type : List.of(UniversalConstraints.class, CandidateMask.class, Allow.class, Refuse.class)) {
            assertThat(type).isFinal();
            assertThat(java.io.Serializable.class.isAssignableFrom(type)).isFalse();
            for (var field : type.getDeclaredFields()) {
                // what is synthetic is a tool's, such as the probes of coverage
                assertThat(Modifier.isFinal(field.getModifiers()) || field.isSynthetic())
                        .as(field.toString())
                        .isTrue();
            }
        }
    }

    @Test
    void classes_readNoPropertyVariableOrService() throws Exception {
        var found = new TreeSet<String>();
        int scanned = 0;
        try (var files = Files.walk(classes())) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".class")).toList()) {
                scanned++;
                for (PoolEntry entry : ClassFile.of().parse(file).constantPool()) {
                    if (entry instanceof MemberRefEntry member) {
                        String name = member.owner().asInternalName() + "."
                                + member.name().stringValue();
                        if (name.matches(
                                "java/lang/(System\\.(getProperty|getenv)|Boolean\\.getBoolean|Integer\\.getInteger"
                                        + "|Long\\.getLong|Class\\.forName).*|java/util/ServiceLoader.*|java/lang/reflect/.*")) {
                            found.add(file.getFileName() + " -> " + name);
                        }
                    }
                    if (entry instanceof ClassEntry type
                            && !type.asInternalName()
                                    .matches("\\[*L?(java/(lang|util|io|nio|text|security)/.*"
                                            + "|org/polyphony/trust/.*|\\[.*|module-info)|.*module-info")
                            && !type.asInternalName().startsWith("[")) {
                        found.add(file.getFileName() + " -> " + type.asInternalName());
                    }
                }
            }
        }

        assertThat(scanned).isGreaterThan(15);
        assertThat(found).isEmpty();
    }

    private static List<String> publicMethods(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
                .map(Method::getName)
                .toList();
    }

    private static Path classes() throws Exception {
        return Path.of(UniversalConstraints.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
    }
}
