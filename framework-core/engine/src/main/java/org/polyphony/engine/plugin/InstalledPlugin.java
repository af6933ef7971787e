package org.polyphony.engine.plugin;

import com.google.inject.ConfigurationException;
import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Module;
import com.google.inject.ProvisionException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleWiring;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;

/// One installed copy of a bundle and the plugin constructed from it. Whoever installed it uninstalls it; after
/// that nothing may hold the instance, its class or its class loader.
public final class InstalledPlugin {

    private final PluginDescriptor descriptor;
    private final Bundle bundle;
    private @Nullable Object instance;
    private @Nullable Class<? extends Record> settings;
    private @Nullable ClassLoader loader;

    private InstalledPlugin(
            PluginDescriptor descriptor,
            Bundle bundle,
            Object instance,
            Class<? extends Record> settings,
            ClassLoader loader) {
        this.descriptor = descriptor;
        this.bundle = bundle;
        this.instance = instance;
        this.settings = settings;
        this.loader = loader;
    }

    static InstalledPlugin construct(Bundle bundle, BundleImage image, PluginDescriptor descriptor) {
        var loader = bundle.adapt(BundleWiring.class).getClassLoader();
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            var type = bundle.loadClass(descriptor.classes().plugin());
            if (!descriptor.role().type().isAssignableFrom(type)) {
                throw failed(
                        descriptor,
                        type.getName() + " does not implement "
                                + descriptor.role().type().getName(),
                        null);
            }
            var settings = bundle.loadClass(descriptor.classes().settings());
            if (!settings.isRecord()) {
                throw failed(descriptor, "its settings " + settings.getName() + " are not a record", null);
            }
            var instance = image.module().isPresent()
                    ? injected(bundle, image.module().get(), type)
                    : constructed(descriptor, type);
            return new InstalledPlugin(descriptor, bundle, instance, settings.asSubclass(Record.class), loader);
        } catch (ClassNotFoundException e) {
            throw failed(descriptor, "the class " + e.getMessage() + " cannot be loaded", e);
        } catch (InvocationTargetException e) {
            var thrown = e.getCause() == null ? e : e.getCause();
            throw failed(descriptor, "its constructor threw " + PluginFailure.describe(thrown), thrown);
        } catch (ReflectiveOperationException | LinkageError e) {
            throw failed(descriptor, PluginFailure.describe(e), e);
        } catch (CreationException | ConfigurationException | ProvisionException e) {
            throw failed(descriptor, "its Guice module cannot construct it: " + e.getMessage(), e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static Object constructed(PluginDescriptor descriptor, Class<?> type) throws ReflectiveOperationException {
        if (!Modifier.isPublic(type.getModifiers()) || Modifier.isAbstract(type.getModifiers())) {
            throw failed(descriptor, type.getName() + " must be a public class that is not abstract", null);
        }
        try {
            return type.getConstructor().newInstance();
        } catch (NoSuchMethodException e) {
            throw failed(
                    descriptor,
                    type.getName() + " has no public constructor without arguments; add one, or name a Guice module"
                            + " in the manifest header Plugin-Module",
                    e);
        }
    }

    // an injector of its own: a child of ours would keep the plugin's classes in our injector's caches
    private static Object injected(Bundle bundle, String moduleName, Class<?> type)
            throws ReflectiveOperationException {
        var module = bundle.loadClass(moduleName)
                .asSubclass(Module.class)
                .getConstructor()
                .newInstance();
        return Guice.createInjector(module).getInstance(type);
    }

    private static AlignmentException failed(PluginDescriptor plugin, String what, @Nullable Throwable cause) {
        return new AlignmentException(
                StandardErrorCode.PLUGIN_FAILED,
                "cannot construct " + plugin.title() + " (" + plugin.bundle().source() + "): " + what,
                cause == null ? null : PluginFailure.of(cause));
    }

    public PluginDescriptor descriptor() {
        return descriptor;
    }

    /// The plugin, an instance of its role's interface.
    public Object instance() {
        return installed(instance);
    }

    /// The plugin's settings record.
    public Class<? extends Record> settings() {
        return installed(settings);
    }

    /// The class loader of this copy.
    public ClassLoader loader() {
        return installed(loader);
    }

    private <T> T installed(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException(descriptor.title() + " is uninstalled");
        }
        return part;
    }

    /// Stops and uninstalls this copy. A second call does nothing.
    ///
    /// @return watches the class loader
    public LoaderWatch uninstall() {
        var watch = LoaderWatch.of(loader);
        instance = null;
        settings = null;
        loader = null;
        PluginHost.uninstall(bundle);
        return watch;
    }
}
