package org.polyphony.engine.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarFile;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;

/// Library bundles that plugins share, from the folder `libraries` beside them: native code above all, which one
/// class loader of a process can load once and never lets go.
///
/// A library is installed with the first plugin that imports one of its packages and stays until the host closes;
/// no update of a plugin touches it. Folders of plugins that need none are not even listed.
final class PinnedLibraries {

    /// The folder's name.
    static final String FOLDER = "libraries";

    private final BundleInspector inspector;
    private final Map<String, Bundle> installed = new HashMap<>();
    private final Set<String> provided = new HashSet<>();

    PinnedLibraries(BundleInspector inspector) {
        this.inspector = inspector;
    }

    /// Installs what provides these packages, and what that needs in turn. What no library provides is left to the
    /// framework, which knows the JDK's packages and says what is missing.
    ///
    /// @throws AlignmentException with code `PLUGIN_REJECTED` if a library is needed and cannot be used
    synchronized void require(Set<String> packages, Path folder, BundleContext framework) {
        var missing = new HashSet<>(packages);
        missing.removeAll(provided);
        if (missing.isEmpty() || !Files.isDirectory(folder)) {
            return;
        }
        for (var jar : jars(folder)) {
            if (exports(jar).stream().noneMatch(missing::contains)) {
                continue;
            }
            var library = inspector.inspectLibrary(jar);
            if (installed.containsKey(library.symbolicName())) {
                continue; // pinned: another version of it needs another process
            }
            // before what it needs, because a bundle may import what it exports
            var added = new HashSet<>(library.exports());
            added.removeAll(provided);
            provided.addAll(added);
            try {
                require(library.imports(), folder, framework);
                installed.put(library.symbolicName(), start(library, framework));
            } catch (RuntimeException e) {
                provided.removeAll(added);
                throw e;
            }
            missing.removeAll(library.exports());
        }
    }

    /// How many libraries are installed.
    synchronized int size() {
        return installed.size();
    }

    private static Bundle start(LibraryImage library, BundleContext framework) {
        try (var input = library.open()) {
            var bundle = framework.installBundle("polyphony-library:" + library.sha256(), input);
            try {
                bundle.start(Bundle.START_TRANSIENT);
                return bundle;
            } catch (BundleException e) {
                PluginHost.uninstall(bundle);
                throw e;
            }
        } catch (BundleException e) {
            boolean foreign = String.valueOf(e.getMessage()).contains("osgi.native");
            throw new AlignmentException(
                    StandardErrorCode.PLUGIN_REJECTED,
                    "the library " + library
                            + (foreign
                                    ? " has no native code for " + System.getProperty("os.name") + " on "
                                            + System.getProperty("os.arch") + "; use a plugin that does not need it"
                                    : " cannot be started: " + e.getMessage()),
                    e);
        } catch (IOException e) {
            throw new AlignmentException(StandardErrorCode.IO_FAILED, "cannot read " + library + ": " + e, e);
        }
    }

    // of the manifest alone: a library can be large
    private static List<String> exports(Path jar) {
        try (var file = new JarFile(jar.toFile(), false)) {
            var manifest = file.getManifest();
            return manifest == null
                    ? List.of()
                    : ManifestHeader.parse(manifest.getMainAttributes().getValue(Constants.EXPORT_PACKAGE)).stream()
                            .flatMap(clause -> clause.paths().stream())
                            .toList();
        } catch (IOException | IllegalArgumentException e) {
            throw new AlignmentException(
                    StandardErrorCode.PLUGIN_REJECTED, "the library " + jar + " cannot be read: " + e, e);
        }
    }

    private static List<Path> jars(Path folder) {
        try (var files = Files.list(folder)) {
            return files.filter(BundleInspector::isJar).sorted().toList();
        } catch (IOException e) {
            throw new AlignmentException(
                    StandardErrorCode.IO_FAILED, "the folder " + folder + " cannot be read: " + e, e);
        }
    }
}
