package org.polyphony.engine.plugin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.felix.framework.FrameworkFactory;
import org.apache.felix.framework.util.FelixConstants;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.hooks.weaving.WeavingHook;
import org.osgi.framework.launch.Framework;
import org.polyphony.engine.io.TemporaryFolder;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.Issue;
import org.polyphony.spi.error.StandardErrorCode;

/// The embedded OSGi framework in which plugins live, each with a class loader of its own.
///
/// The framework starts with the first installation, so that commands that only list plugins do not pay for
/// it. The same bundle may be installed many times: each installation is a separate copy. The libraries that
/// plugins share ([PinnedLibraries]) are there once and stay. Safe for use by many threads. Closing stops
/// everything that is left and deletes the framework's folder.
public final class PluginHost implements AutoCloseable {

    /// Half an hour for one call: more than honest work on data that fits one machine needs, and not a night.
    public static final Duration CALL_LIMIT = Duration.ofMinutes(30);

    private static final Pattern MISSING_PACKAGE =
            Pattern.compile("osgi\\.wiring\\.package; \\(?&?\\(osgi\\.wiring\\.package=([\\w.]+)\\)((?:\\(.*?\\))*)");
    private static final long STOP_MILLIS = 5_000;
    private static final Duration START = Duration.ofMinutes(1);
    private static final Duration STOP = Duration.ofSeconds(5);

    private final Duration limit;
    private final LentPackages lent = LentPackages.load();
    private final PinnedLibraries libraries = new PinnedLibraries(new BundleInspector(lent));
    private final AtomicLong installations = new AtomicLong();
    private @Nullable Framework framework;
    private @Nullable Path folder;
    private boolean closed;

    /// A host whose plugins may take half an hour for a call. Nothing is started yet.
    public static PluginHost create() {
        return create(CALL_LIMIT);
    }

    /// A host. Nothing is started yet.
    ///
    /// @param limit how long a plugin may take for one call, > 0; to start it has a minute at most
    public static PluginHost create(Duration limit) {
        return new PluginHost(limit);
    }

    private PluginHost(Duration limit) {
        this.limit = limit;
    }

    /// How long a plugin may take for one call.
    public Duration limit() {
        return limit;
    }

    /// Asks an installed plugin something that is no stage call, within the time it has to start.
    ///
    /// @param what is asked, for messages
    public <T> T ask(PluginDescriptor plugin, String what, Callable<T> question) {
        return BoundedCall.run(
                plugin.title() + " (" + plugin.bundle().source() + ")",
                what,
                limit.compareTo(START) < 0 ? limit : START,
                question);
    }

    /// Installs the inspected bytes, starts the bundle and constructs one of its plugins.
    ///
    /// @throws AlignmentException with code `PLUGIN_REJECTED` if the bundle does not resolve, `PLUGIN_FAILED` if
    ///     its own code throws; the bundle is then gone again
    public InstalledPlugin install(BundleImage image, PluginDescriptor plugin) {
        var bundle = installBundle(image);
        try {
            return ask(plugin, "starting", () -> start(bundle, image, plugin));
        } catch (AlignmentException e) {
            if (e.code() != StandardErrorCode.PLUGIN_TIMEOUT) {
                uninstall(bundle); // one that still starts would make us wait
            }
            throw e;
        }
    }

    private static InstalledPlugin start(Bundle bundle, BundleImage image, PluginDescriptor plugin) {
        try {
            bundle.start(Bundle.START_TRANSIENT);
            return InstalledPlugin.construct(bundle, image, plugin);
        } catch (BundleException e) {
            throw rejected(plugin, image, e);
        }
    }

    /// Resolves each bundle without running any of its code, and tells every problem.
    public List<Issue> check(Collection<BundleImage> images) {
        var issues = new ArrayList<Issue>();
        for (var image : images) {
            Bundle bundle = null;
            try {
                bundle = installBundle(image);
                // loading a class resolves the bundle; a failure to resolve is its cause
                for (var plugin : image.plugins()) {
                    bundle.loadClass(plugin.classes().plugin());
                }
            } catch (ClassNotFoundException e) {
                issues.add(issue(
                        image,
                        e.getCause() instanceof BundleException unresolved
                                ? explain(unresolved)
                                : "it cannot be loaded: " + e.getMessage()));
            } catch (AlignmentException e) {
                issues.add(Issue.error(e.code().name(), String.valueOf(e.getMessage()), image.toString()));
            } catch (LinkageError e) {
                issues.add(issue(image, "a class does not fit this Polyphony: " + e));
            } finally {
                if (bundle != null) {
                    uninstall(bundle);
                }
            }
        }
        return issues;
    }

    /// How many plugin bundles are installed now.
    public synchronized int installed() {
        return framework == null ? 0 : framework.getBundleContext().getBundles().length - 1 - libraries.size();
    }

    private static Issue issue(BundleImage image, String message) {
        return Issue.error(StandardErrorCode.PLUGIN_REJECTED.name(), image + ": " + message, image.toString());
    }

    private Bundle installBundle(BundleImage image) {
        var folder = image.source().resolveSibling(PinnedLibraries.FOLDER);
        libraries.require(image.imports(), folder, framework().getBundleContext());
        try (var input = image.open()) {
            // unique, because the framework takes an equal location for the same bundle
            var location = "polyphony:" + installations.incrementAndGet() + ":" + image.sha256();
            return framework().getBundleContext().installBundle(location, input);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (BundleException e) {
            throw new AlignmentException(
                    StandardErrorCode.PLUGIN_REJECTED, image + " cannot be installed: " + e.getMessage(), e);
        }
    }

    private static AlignmentException rejected(PluginDescriptor plugin, BundleImage image, BundleException e) {
        if (e.getType() == BundleException.ACTIVATOR_ERROR) {
            return new AlignmentException(
                    StandardErrorCode.PLUGIN_FAILED,
                    "the activator of " + plugin.title() + " (" + image + ") failed: "
                            + PluginFailure.describe(e.getCause() == null ? e : e.getCause()),
                    PluginFailure.of(e));
        }
        return new AlignmentException(
                StandardErrorCode.PLUGIN_REJECTED,
                plugin.title() + " (" + image + ") cannot be started: " + explain(e),
                e);
    }

    private static String explain(BundleException e) {
        var missing = MISSING_PACKAGE
                .matcher(String.valueOf(e.getMessage()))
                .results()
                .map(match -> match.group(1) + (match.group(2).isEmpty() ? "" : " " + match.group(2)))
                .distinct()
                .collect(Collectors.joining(", "));
        return missing.isEmpty()
                ? String.valueOf(e.getMessage())
                : "it needs " + missing + ", which nothing here provides; embed that library in the bundle"
                        + " or, if it has native code, put it as a bundle into the folder "
                        + PinnedLibraries.FOLDER + " beside it";
    }

    // stopping runs the bundle's activator
    static void uninstall(Bundle bundle) {
        if (bundle.getState() == Bundle.UNINSTALLED) {
            return;
        }
        try {
            BoundedCall.run(String.valueOf(bundle.getSymbolicName()), "stopping", STOP, () -> {
                bundle.uninstall();
                return bundle;
            });
        } catch (AlignmentException e) {
            System.getLogger(PluginHost.class.getName())
                    .log(System.Logger.Level.WARNING, "cannot uninstall " + bundle.getSymbolicName(), e);
        }
    }

    private synchronized Framework framework() {
        if (closed) {
            throw new IllegalStateException("the plugin host is closed");
        }
        if (framework != null) {
            return framework;
        }
        try {
            // at the end of the process, too, the whole temporary folder is deleted
            var storage = TemporaryFolder.ofProcess().makeFolder("bundles-");
            folder = storage;
            var started = new FrameworkFactory().newFramework(configuration(storage));
            started.start();
            started.getBundleContext().registerService(WeavingHook.class, new ExitGuard(), null);
            framework = started;
            return started;
        } catch (BundleException e) {
            throw new AlignmentException(StandardErrorCode.INTERNAL, "the OSGi framework does not start: " + e, e);
        }
    }

    // FrameworkFactory takes raw maps
    @SuppressWarnings("rawtypes")
    private Map configuration(Path storage) {
        var configuration = new HashMap<String, Object>();
        configuration.put(Constants.FRAMEWORK_STORAGE, storage.toString());
        configuration.put(Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
        configuration.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, lent.header());
        // blue and green of one version stand side by side
        configuration.put(Constants.FRAMEWORK_BSNVERSION, Constants.FRAMEWORK_BSNVERSION_MULTIPLE);
        // a plugin sees what it imports and nothing else, whoever calls it
        configuration.put(FelixConstants.IMPLICIT_BOOT_DELEGATION_PROP, "false");
        configuration.put(FelixConstants.SERVICE_URLHANDLERS_PROP, "false");
        configuration.put("felix.cache.locking", "false");
        configuration.put(FelixConstants.LOG_LOGGER_PROP, new FrameworkLog());
        configuration.put(FelixConstants.LOG_LEVEL_PROP, "2");
        return configuration;
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (framework != null) {
            try {
                framework.stop();
                framework.waitForStop(STOP_MILLIS);
            } catch (BundleException e) {
                throw new AlignmentException(StandardErrorCode.INTERNAL, "the OSGi framework does not stop: " + e, e);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
            framework = null;
        }
        if (folder != null) {
            TemporaryFolder.deleteTree(folder);
        }
    }
}
