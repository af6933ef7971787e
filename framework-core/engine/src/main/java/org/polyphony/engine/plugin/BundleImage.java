package org.polyphony.engine.plugin;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.polyphony.support.settings.SettingDescription;
import org.polyphony.verify.Wording;

/// The bytes of an inspected bundle. They were read once; what was checked is what gets installed, whatever
/// happens to the file.
public final class BundleImage {

    private final byte[] bytes;
    private final Path source;
    private final String sha256;
    private final Optional<String> module;
    private final boolean nativeCode;
    private final Set<String> imports;
    private final List<PluginDescriptor> plugins;
    private final List<Wording> formulations;

    BundleImage(
            byte[] bytes,
            Path source,
            String sha256,
            Optional<String> module,
            boolean nativeCode,
            Set<String> imports,
            List<PluginDescriptor> plugins,
            List<Wording> formulations) {
        this.bytes = bytes;
        this.source = source;
        this.sha256 = sha256;
        this.module = module;
        this.nativeCode = nativeCode;
        this.imports = Collections.unmodifiableSet(new TreeSet<>(imports));
        this.plugins = List.copyOf(plugins);
        this.formulations = List.copyOf(formulations);
    }

    /// The file the bytes were read from.
    public Path source() {
        return source;
    }

    /// SHA-256 of the bytes, lower-case hexadecimal.
    public String sha256() {
        return sha256;
    }

    /// The Guice module that the bundle's plugins are constructed through, if it names one.
    public Optional<String> module() {
        return module;
    }

    /// Whether it holds native libraries. Such a bundle cannot be swapped while the process runs: a library
    /// stays mapped until its class loader is collected.
    public boolean nativeCode() {
        return nativeCode;
    }

    /// The packages it cannot do without and the host does not lend: the JDK's and those of libraries.
    Set<String> imports() {
        return imports;
    }

    /// What the bundle provides; at least one.
    public List<PluginDescriptor> plugins() {
        return plugins;
    }

    /// What can be set on one of its plugins, read from its class files. Nothing of it runs.
    ///
    /// @throws AlignmentException with code `PLUGIN_FAILED` if the plugin's record cannot hold settings
    public List<SettingDescription> settings(PluginDescriptor plugin) {
        return SettingsSchema.read(new JarBytes(bytes), plugin);
    }

    /// The formulations that it explains.
    List<Wording> formulations() {
        return formulations;
    }

    /// The bytes.
    public InputStream open() {
        return new ByteArrayInputStream(bytes);
    }

    @Override
    public String toString() {
        return source.toString();
    }
}
