package org.polyphony.engine.plugin;

import java.lang.annotation.AnnotationFormatError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Constants;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.plugin.Plugin;
import org.polyphony.support.settings.SettingDescription;
import org.polyphony.support.settings.SettingsBinder;

/// What can be set on a plugin, read from the class files that the build left in its jar. The settings record and
/// what it is made of are loaded and never initialised, by a loader that ends with the reading: nothing of the plugin
/// runs, and no framework is started.
final class SettingsSchema {

    private SettingsSchema() {}

    /// The settings of a plugin of a bundle.
    ///
    /// @throws AlignmentException with code `PLUGIN_FAILED` if its record cannot hold settings, or is
    ///     made of classes that are neither in the bundle, nor of the SPI, nor of the JDK
    static List<SettingDescription> read(JarBytes bundle, PluginDescriptor plugin) {
        var name = plugin.classes().settings();
        try {
            var settings = Class.forName(name, false, new ClassFiles(bundle));
            if (!settings.isRecord()) {
                throw failed(plugin, "its settings " + name + " are not a record", null);
            }
            return SettingsBinder.describe(settings.asSubclass(Record.class));
        } catch (AlignmentException e) {
            throw e;
        } catch (ClassNotFoundException | LinkageError | AnnotationFormatError | RuntimeException e) {
            // classes of any build, damaged ones among them
            throw failed(
                    plugin,
                    "its settings " + name + " cannot be read: " + e
                            + "; a settings record is made of types of its own bundle and of the JDK",
                    e);
        }
    }

    private static AlignmentException failed(PluginDescriptor plugin, String why, @Nullable Throwable cause) {
        return new AlignmentException(StandardErrorCode.PLUGIN_FAILED, plugin.title() + ": " + why, cause);
    }

    private static final class ClassFiles extends ClassLoader {

        private static final String SPI = "org.polyphony.spi.";

        private final JarBytes bundle;
        private final List<String> classPath;
        private final Map<String, JarBytes> embedded = new LinkedHashMap<>();

        ClassFiles(JarBytes bundle) {
            super(ClassLoader.getPlatformClassLoader());
            this.bundle = bundle;
            var header = bundle.manifest().getMainAttributes().getValue(Constants.BUNDLE_CLASSPATH);
            this.classPath = ManifestHeader.parse(header == null ? "." : header).stream()
                    .flatMap(clause -> clause.paths().stream())
                    .toList();
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            // an annotation must be the one that this process reads
            if (name.startsWith(SPI)) {
                return Class.forName(name, false, Plugin.class.getClassLoader());
            }
            var entry = name.replace('.', '/') + ".class";
            for (var path : classPath) {
                var bytes = read(path, entry);
                if (bytes != null) {
                    return defineClass(name, bytes, 0, bytes.length);
                }
            }
            throw new ClassNotFoundException(name);
        }

        // a path is the bundle itself, a jar in it, or a folder in it
        private byte @Nullable [] read(String path, String entry) {
            if (bundle.contains(path) && !path.endsWith("/")) {
                var jar = embedded.computeIfAbsent(path, inner -> new JarBytes(bundle.read(inner)));
                return jar.contains(entry) ? jar.read(entry) : null;
            }
            var inFolder = path.equals(".") ? entry : path.replaceFirst("/?$", "/") + entry;
            return bundle.contains(inFolder) ? bundle.read(inFolder) : null;
        }
    }
}
