package org.polyphony.engine.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.plugin.DefinesFormulation;
import org.polyphony.spi.plugin.Determinism;
import org.polyphony.spi.plugin.Need;
import org.polyphony.spi.plugin.Plugin;
import org.polyphony.spi.plugin.PluginId;
import org.polyphony.support.ArtefactVersions;
import org.polyphony.support.digest.Digests;
import org.polyphony.verify.Wording;

/// Decides whether a file may be installed as a plugin, before any framework sees it.
public final class BundleInspector {

    // a second copy of these resolves and starts, and then fails at the first call that crosses the boundary
    private static final List<String> SHARED =
            List.of("org/apache/arrow/", "io/vertx/core/", "com/google/inject/", "org/polyphony/spi/");

    // which the host does not lend: a bundle of plugins for tests may bring its own
    private static final String TEST_KIT = "org/polyphony/spi/testkit/";

    private static final Pattern NATIVE = Pattern.compile(".*\\.(so(\\.\\d+)*|dll|dylib|jnilib)");
    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final Pattern NOT_OF_A_NAME = Pattern.compile("[^a-z0-9]");
    private static final Pattern FORMULATION = Pattern.compile("([a-z0-9]+([.-][a-z0-9]+)*/)?[a-z0-9]+(-[a-z0-9]+)*");
    private static final Pattern VERSIONED = Pattern.compile("^META-INF/versions/\\d+/");
    private static final String SPI = "org.polyphony.spi.";
    private static final String MODULE_HEADER = "Plugin-Module";

    private final LentPackages lent;

    BundleInspector(LentPackages lent) {
        this.lent = lent;
    }

    /// An inspector against the packages of this host.
    public static BundleInspector create() {
        return new BundleInspector(LentPackages.load());
    }

    /// Reads and checks a file.
    ///
    /// @throws AlignmentException with code `PLUGIN_REJECTED` and every reason, or `FILE_NOT_FOUND`
    public BundleImage inspect(Path file) {
        var bytes = bytes(file);
        try {
            return inspect(file, bytes);
        } catch (IllegalArgumentException e) {
            throw new AlignmentException(
                    StandardErrorCode.PLUGIN_REJECTED, file + " cannot be installed as a plugin: " + e.getMessage(), e);
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
            throw new AlignmentException(
                    StandardErrorCode.PLUGIN_REJECTED,
                    file + " cannot be installed as a plugin: it is damaged (" + e + ")",
                    e);
        }
    }

    /// Reads and checks a library that plugins share: a bundle that exports packages and provides no plugin.
    ///
    /// @throws AlignmentException with code `PLUGIN_REJECTED` and every reason, or `FILE_NOT_FOUND`
    LibraryImage inspectLibrary(Path file) {
        var bytes = bytes(file);
        try {
            return inspectLibrary(file, bytes);
        } catch (IllegalArgumentException e) {
            throw new AlignmentException(
                    StandardErrorCode.PLUGIN_REJECTED,
                    file + " cannot be installed as a library: " + e.getMessage(),
                    e);
        }
    }

    private LibraryImage inspectLibrary(Path file, byte[] bytes) {
        var jar = new JarBytes(bytes);
        var manifest = bundleManifest(jar);
        var reasons = new ArrayList<String>();
        boolean isPlugin = ManifestHeader.parse(manifest.getValue(Constants.PROVIDE_CAPABILITY)).stream()
                .anyMatch(clause -> clause.paths().contains(Plugin.NAMESPACE));
        if (isPlugin) {
            reasons.add("it provides a plugin; put it into the folder above");
        }
        embeddedPackages(allNames(jar, manifest), reasons);
        spiRange(manifest, reasons);
        var exports = exported(manifest);
        exports.stream()
                .filter(name -> lent.version(name).isPresent())
                .forEach(name -> reasons.add("it exports " + name + ", which comes from the host"));
        if (!reasons.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", reasons));
        }
        return new LibraryImage(
                bytes, file, Digests.hex(bytes), symbolicName(manifest), new TreeSet<>(exports), imports(manifest));
    }

    private static byte[] bytes(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new AlignmentException(
                    StandardErrorCode.FILE_NOT_FOUND,
                    file + (Files.exists(file) ? " is not a file" : " does not exist") + "; name a plugin's jar");
        }
        try {
            return Files.readAllBytes(file);
        } catch (IOException | OutOfMemoryError e) {
            throw new AlignmentException(StandardErrorCode.IO_FAILED, "cannot read " + file + ": " + e, e);
        }
    }

    private BundleImage inspect(Path file, byte[] bytes) {
        var jar = new JarBytes(bytes);
        var manifest = bundleManifest(jar);
        var reasons = new ArrayList<String>();
        var sha256 = Digests.hex(bytes);
        var plugins = plugins(file, manifest, sha256, reasons);
        var defined = defined(manifest, reasons);
        var names = allNames(jar, manifest);
        boolean nativeCode = manifest.getValue(Constants.BUNDLE_NATIVECODE) != null
                || names.stream().anyMatch(name -> NATIVE.matcher(name).matches());
        embeddedPackages(names, reasons);
        exports(manifest, reasons);
        spiRange(manifest, reasons);
        if (nativeCode && plugins.stream().anyMatch(plugin -> plugin.role() == Role.ALGORITHM)) {
            reasons.add("it holds native code, which an algorithm must not: it could not be swapped; move the"
                    + " library into a bundle of its own");
        }
        for (var plugin : plugins) {
            var name = plugin.classes().plugin().replace('.', '/') + ".class";
            if (!names.contains(name)) {
                reasons.add("the class " + plugin.classes().plugin() + " of " + plugin.title() + " is not in it");
            } else if (jar.contains(name)) { // else it is in an embedded jar, and told when it is loaded
                java(jar.read(name))
                        .filter(needed -> needed > Runtime.version().feature())
                        .ifPresent(needed ->
                                reasons.add("the class " + plugin.classes().plugin() + " is compiled for Java " + needed
                                        + ", this is Java " + Runtime.version().feature()));
            }
        }
        if (!reasons.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", reasons));
        }
        var module = Optional.ofNullable(manifest.getValue(MODULE_HEADER)).map(String::strip);
        return new BundleImage(bytes, file, sha256, module, nativeCode, imports(manifest), plugins, defined);
    }

    private static Attributes bundleManifest(JarBytes jar) {
        var manifest = jar.manifest().getMainAttributes();
        if (!"2".equals(manifest.getValue(Constants.BUNDLE_MANIFESTVERSION))) {
            // a framework takes any jar for a bundle of the first generation, which provides nothing
            throw new IllegalArgumentException("it is not an OSGi bundle (Bundle-ManifestVersion is "
                    + manifest.getValue(Constants.BUNDLE_MANIFESTVERSION)
                    + ", not 2); build it with bnd-maven-plugin");
        }
        return manifest;
    }

    private static String symbolicName(Attributes manifest) {
        return ManifestHeader.parse(manifest.getValue(Constants.BUNDLE_SYMBOLICNAME)).stream()
                .flatMap(clause -> clause.paths().stream())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("its manifest has no Bundle-SymbolicName"));
    }

    private Set<String> imports(Attributes manifest) {
        return ManifestHeader.parse(manifest.getValue(Constants.IMPORT_PACKAGE)).stream()
                .filter(clause -> !"optional".equals(clause.directives().get("resolution")))
                .flatMap(clause -> clause.paths().stream())
                .filter(name -> lent.version(name).isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<PluginDescriptor> plugins(Path file, Attributes manifest, String sha256, List<String> reasons) {
        var bundle = new PluginDescriptor.Bundle(symbolicName(manifest), sha256, file);
        var version = Version.parseVersion(manifest.getValue(Constants.BUNDLE_VERSION))
                .toString();
        var vendor = vendor(manifest.getValue(Constants.BUNDLE_VENDOR));
        var plugins = new ArrayList<PluginDescriptor>();
        for (var clause : ManifestHeader.parse(manifest.getValue(Constants.PROVIDE_CAPABILITY))) {
            if (!clause.paths().contains(Plugin.NAMESPACE)) {
                continue;
            }
            var role = Role.ofType(clause.attribute("role"));
            var id = clause.attribute("id");
            if (role.isEmpty()) {
                reasons.add("'" + clause.attribute("role") + "' is not a role this Polyphony knows; the roles are "
                        + List.of(Role.values()));
            } else if (!ID.matcher(id).matches()) {
                reasons.add("the plugin id '" + id + "' is not lower-case words joined by hyphens");
            } else {
                plugins.add(new PluginDescriptor(
                        role.get(),
                        new PluginId(vendor, id, version),
                        clause.attribute("summary"),
                        declared(clause),
                        new PluginDescriptor.Classes(clause.attribute("class"), clause.attribute("settings")),
                        bundle));
            }
        }
        if (plugins.isEmpty() && reasons.isEmpty()) {
            reasons.add("it provides no plugin; annotate a class with @Plugin");
        }
        plugins.stream()
                .filter(plugin ->
                        plugin.role() == Role.ALGORITHM && plugin.formulations().isEmpty())
                .forEach(plugin -> reasons.add("the algorithm '" + plugin.id() + "' names no formulation; say in its"
                        + " @Plugin annotation which it solves, for example formulations = \"population\""));
        plugins.stream()
                .filter(plugin -> plugin.role() == Role.SAFETY
                        && !plugin.declared().reads().isEmpty())
                .forEach(plugin -> reasons.add("the safety layer '" + plugin.id() + "' declares that it reads "
                        + plugin.declared().reads() + ": a norm holds whatever a profile says, so no layer is given an"
                        + " artefact; leave 'reads' out, and decide by candidates and claims"));
        return plugins;
    }

    // JVM Specification 4.1: bytes 6 and 7 are the major version, 45 for Java 1
    private static Optional<Integer> java(byte[] classFile) {
        return classFile.length < 8
                ? Optional.empty()
                : Optional.of(((classFile[6] & 0xff) << 8) + (classFile[7] & 0xff) - 44);
    }

    // written for people, as in "ACME, Inc."
    private static String vendor(@Nullable String header) {
        var words = header == null
                ? ""
                : NOT_OF_A_NAME.matcher(header.toLowerCase(Locale.ROOT)).replaceAll(" ");
        return words.isBlank() ? PluginId.UNNAMED : words.strip().replaceAll(" +", "-");
    }

    private static PluginDescriptor.Declared declared(ManifestHeader.Clause clause) {
        return new PluginDescriptor.Declared(
                list(clause.attribute("formulations")),
                ArtefactVersions.parse(clause.attribute("writes")),
                ArtefactVersions.parse(clause.attribute("reads")),
                needs(list(clause.attribute("needs"))),
                list(clause.attribute("claims")),
                Boolean.parseBoolean(clause.attribute("generalises")),
                determinism(clause.attribute("determinism")));
    }

    // what this version does not know it can neither give nor withhold
    private static List<Need> needs(List<String> names) {
        return Arrays.stream(Need.values())
                .filter(known -> names.contains(known.name()))
                .toList();
    }

    // a jar that says what this version does not know promises nothing that we could rely on
    private static Determinism determinism(String name) {
        return Arrays.stream(Determinism.values())
                .filter(known -> known.name().equals(name))
                .findFirst()
                .orElse(name.isEmpty() ? Determinism.EXACT : Determinism.NONE);
    }

    // the formulations it explains, which are not proved
    private static List<Wording> defined(Attributes manifest, List<String> reasons) {
        var defined = new ArrayList<Wording>();
        for (var clause : ManifestHeader.parse(manifest.getValue(Constants.PROVIDE_CAPABILITY))) {
            if (!clause.paths().contains(DefinesFormulation.NAMESPACE)) {
                continue;
            }
            var wording =
                    Wording.unproved(clause.attribute("id"), clause.attribute("title"), clause.attribute("sentence"));
            if (!FORMULATION.matcher(wording.formulation()).matches()) {
                reasons.add("the formulation '" + wording.formulation()
                        + "' is not lower-case words joined by hyphens, with its vendor and a slash before it");
            } else if (wording.title().isBlank() || wording.sentence().isBlank()) {
                reasons.add("the formulation '" + wording.formulation() + "' has no "
                        + (wording.title().isBlank() ? "title" : "sentence"));
            } else {
                defined.add(wording);
            }
        }
        return defined;
    }

    private static List<String> list(String list) {
        return Arrays.stream(list.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .sorted()
                .toList();
    }

    // with what Bundle-ClassPath adds: the entries of embedded jars, in which libraries travel, and of folders
    private static List<String> allNames(JarBytes jar, Attributes manifest) {
        var names = new ArrayList<>(jar.names());
        for (var clause : ManifestHeader.parse(manifest.getValue(Constants.BUNDLE_CLASSPATH))) {
            for (var path : clause.paths()) {
                var folder = path.endsWith("/") ? path : path + "/";
                if (jar.contains(path) && !path.endsWith("/")) {
                    names.addAll(new JarBytes(jar.read(path)).names());
                } else {
                    jar.names().stream()
                            .filter(name -> name.startsWith(folder))
                            .forEach(name -> names.add(name.substring(folder.length())));
                }
            }
        }
        names.replaceAll(name -> VERSIONED.matcher(name).replaceFirst(""));
        return names;
    }

    private static void embeddedPackages(List<String> names, List<String> reasons) {
        for (var shared : SHARED) {
            if (names.stream()
                    .anyMatch(
                            name -> name.startsWith(shared) && name.endsWith(".class") && !name.startsWith(TEST_KIT))) {
                reasons.add("it holds a copy of "
                        + shared.substring(0, shared.length() - 1).replace('/', '.')
                        + ", which must come from the host; give that dependency the scope 'provided'");
            }
        }
    }

    // a package that two generations export would wire the new one to the old one and keep it alive
    private static void exports(Attributes manifest, List<String> reasons) {
        var exported = exported(manifest);
        if (!exported.isEmpty()) {
            reasons.add("it exports " + String.join(", ", exported)
                    + "; a plugin keeps its packages to itself: use -privatepackage, or Private-Package, for them");
        }
    }

    private static List<String> exported(Attributes manifest) {
        return ManifestHeader.parse(manifest.getValue(Constants.EXPORT_PACKAGE)).stream()
                .flatMap(clause -> clause.paths().stream())
                .toList();
    }

    private void spiRange(Attributes manifest, List<String> reasons) {
        for (var clause : ManifestHeader.parse(manifest.getValue(Constants.IMPORT_PACKAGE))) {
            var wanted = clause.attribute("version");
            var range = VersionRange.valueOf(wanted.isEmpty() ? "0" : wanted);
            for (var name : clause.paths()) {
                if (!name.startsWith(SPI)
                        || "optional".equals(clause.directives().get("resolution"))) {
                    continue;
                }
                var has = lent.version(name);
                if (has.isEmpty()) {
                    reasons.add("it needs " + name + ", which the SPI of this Polyphony does not have");
                } else if (!range.includes(has.get())) {
                    reasons.add("it needs " + name + " " + range + ", this Polyphony has " + has.get()
                            + "; use a release of the plugin built for this SPI");
                } else if (has.get().getMajor() == 0
                        && range.includes(new Version(0, has.get().getMinor() + 1, 0))) {
                    reasons.add(
                            "it takes " + name + " " + range + " for one thing, but every minor version of a package"
                                    + " of version 0.x may change everything; import " + exactly(has.get())
                                    + ", as the line -consumer-policy of the plugin template does");
                }
            }
        }
    }

    private static String exactly(Version experimental) {
        return "[0." + experimental.getMinor() + ",0." + (experimental.getMinor() + 1) + ")";
    }

    static boolean isJar(Path file) {
        return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".jar");
    }
}
