package org.polyphony.engine.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.osgi.framework.Version;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.Issue;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.support.settings.NearestName;
import org.polyphony.verify.Certifier;
import org.polyphony.verify.Certifiers;
import org.polyphony.verify.Wording;

/// The plugins found in folders, by role and id. Reads manifests only; no framework is started for it.
public final class PluginRegistry {

    // a version is compared as one, not as a text
    private static final Comparator<PluginDescriptor> ORDER = Comparator.comparing(PluginDescriptor::role)
            .thenComparing(PluginDescriptor::id)
            .thenComparing(plugin -> plugin.plugin().vendor())
            .thenComparing(plugin -> Version.parseVersion(plugin.version()));

    private final List<Path> folders;
    private final Map<PluginDescriptor, BundleImage> images = new TreeMap<>(ORDER);
    private final Map<String, Wording> formulations = new TreeMap<>();
    private final List<Issue> issues = new ArrayList<>();

    private PluginRegistry(List<Path> folders) {
        this.folders = List.copyOf(folders);
    }

    /// Inspects every jar of these folders, in the order of their names. Jars that cannot be plugins, folders
    /// that do not exist and plugins that exist twice become issues; the rest is usable.
    public static PluginRegistry scan(List<Path> folders) {
        var registry = new PluginRegistry(folders);
        var inspector = BundleInspector.create();
        for (var folder : folders) {
            for (var jar : registry.jars(folder)) {
                try {
                    registry.add(inspector.inspect(jar));
                } catch (AlignmentException e) {
                    registry.issues.add(Issue.error(e.code().name(), String.valueOf(e.getMessage()), jar.toString()));
                }
            }
        }
        return registry;
    }

    /// The same, for folders that must be there.
    ///
    /// @throws AlignmentException with code `PLUGIN_REJECTED` if one cannot be used
    public static PluginRegistry usable(List<Path> folders) {
        var registry = scan(folders);
        var unusable = registry.issues.stream()
                .filter(issue -> !issue.code().equals(StandardErrorCode.PLUGIN_REJECTED.name()))
                .map(Issue::message)
                .toList();
        if (!unusable.isEmpty()) {
            throw new AlignmentException(StandardErrorCode.PLUGIN_REJECTED, String.join("; ", unusable));
        }
        return registry;
    }

    /// Everything that is wrong in the folders. What is not told of here is usable: one bad jar is set aside, and
    /// of two that say they are the same the first is used.
    public List<Issue> issues() {
        return List.copyOf(issues);
    }

    /// All plugins, by role, then by id, vendor and version.
    public List<PluginDescriptor> plugins() {
        return List.copyOf(images.keySet());
    }

    /// The plugins of a role, by id, vendor and version.
    public List<PluginDescriptor> plugins(Role role) {
        return plugins().stream().filter(plugin -> plugin.role() == role).toList();
    }

    /// Whether there is a plugin of this role and name, as [#find] takes it.
    public boolean provides(Role role, String name) {
        return plugins(role).stream().anyMatch(plugin -> plugin.plugin().is(name));
    }

    /// The plugin of this role and name.
    ///
    /// @param name `id` or `vendor/id`, either with `@version`
    /// @throws AlignmentException with code `PLUGIN_UNKNOWN`, naming the nearest and all known ids, or those that
    ///     share the name
    public PluginDescriptor find(Role role, String name) {
        var known = plugins(role);
        var found = known.stream().filter(plugin -> plugin.plugin().is(name)).toList();
        if (found.size() == 1) {
            return found.getFirst();
        }
        if (!found.isEmpty()) {
            throw new AlignmentException(
                    StandardErrorCode.PLUGIN_UNKNOWN,
                    "'" + name + "' names " + found.size() + " plugins of role " + role + ": "
                            + found.stream()
                                    .map(plugin -> plugin.plugin().toString())
                                    .collect(Collectors.joining(", "))
                            + "; write which");
        }
        var ids = known.stream().map(PluginDescriptor::id).distinct().toList();
        throw new AlignmentException(
                StandardErrorCode.PLUGIN_UNKNOWN,
                "no " + role + " is called '" + name + "'" + NearestName.hint(name, ids)
                        + (ids.isEmpty() ? "; none is installed" : "; installed are " + String.join(", ", ids))
                        + " (looked in " + folders + ")" + setAside());
    }

    /// The plugin of this role and id; what is wrong becomes an issue at `location`.
    public Optional<PluginDescriptor> find(Role role, String id, String location, List<Issue> problems) {
        try {
            return Optional.of(find(role, id));
        } catch (AlignmentException e) {
            problems.add(Issue.error(e.code().name(), String.valueOf(e.getMessage()), location));
            return Optional.empty();
        }
    }

    /// The shortest name by which a plugin is found: its id, or where others of its role share it, with vendor and
    /// version.
    public String name(PluginDescriptor plugin) {
        boolean alone = plugins(plugin.role()).stream()
                .noneMatch(other ->
                        other.id().equals(plugin.id()) && !other.plugin().equals(plugin.plugin()));
        return alone ? plugin.id() : plugin.plugin().toString();
    }

    /// The bundle that provides a plugin that was found here.
    public BundleImage image(PluginDescriptor plugin) {
        return Objects.requireNonNull(images.get(plugin), plugin::title);
    }

    /// What a formulation is, as the verifier or the jar of a plugin says; empty where nobody does.
    public Optional<Wording> formulation(String name) {
        return Certifiers.of(name).map(Certifier::wording).or(() -> Optional.ofNullable(formulations.get(name)));
    }

    private String setAside() {
        return issues.isEmpty()
                ? ""
                : "; set aside: " + issues.stream().map(Issue::message).collect(Collectors.joining("; "));
    }

    private void define(BundleImage image, Wording defined) {
        var known = formulation(defined.formulation());
        if (known.isEmpty()) {
            formulations.put(defined.formulation(), defined);
        } else if (!known.get().equals(defined)) {
            issues.add(Issue.error(
                    StandardErrorCode.PLUGIN_REJECTED.name(),
                    image + " says what the formulation '" + defined.formulation() + "' is, which is defined already: "
                            + known.get().title() + "; give it another name",
                    image.toString()));
        }
    }

    private void add(BundleImage image) {
        image.formulations().forEach(defined -> define(image, defined));
        for (var plugin : image.plugins()) {
            var other = images.putIfAbsent(plugin, image);
            if (other != null) {
                issues.add(Issue.error(
                        StandardErrorCode.PLUGIN_REJECTED.name(),
                        "the " + plugin.role() + " " + plugin.plugin() + " is provided by both " + other + " and "
                                + image + "; the first is used, remove one of them",
                        image.toString()));
            }
        }
    }

    private List<Path> jars(Path folder) {
        if (!Files.isDirectory(folder)) {
            issues.add(Issue.error(
                    StandardErrorCode.FILE_NOT_FOUND.name(),
                    "the plugin folder " + folder + (Files.exists(folder) ? " is not a folder" : " does not exist")
                            + "; create it or leave it out",
                    folder.toString()));
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.filter(BundleInspector::isJar).sorted().toList();
        } catch (IOException e) {
            issues.add(Issue.error(
                    StandardErrorCode.IO_FAILED.name(),
                    "the plugin folder " + folder + " cannot be read: " + e,
                    folder.toString()));
            return List.of();
        }
    }
}
