package org.polyphony.engine.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.Issue;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.support.settings.NearestName;
import org.polyphony.verify.Certifier;
import org.polyphony.verify.Certifiers;
import org.polyphony.verify.Wording;

/// The plugins found in folders, by role and id. Reads manifests only; no framework is started for it.
public final class PluginRegistry {

    private final List<Path> folders;
    private final Map<Role, Map<String, BundleImage>> images = new TreeMap<>();
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
    /// of two plugins of one id the first is used.
    public List<Issue> issues() {
        return List.copyOf(issues);
    }

    /// All plugins, by role, then by id.
    public List<PluginDescriptor> plugins() {
        var all = new ArrayList<PluginDescriptor>();
        images.forEach((role, ofRole) ->
                ofRole.forEach((id, image) -> image.plugin(role, id).ifPresent(all::add)));
        return all;
    }

    /// The plugins of a role, by id.
    public List<PluginDescriptor> plugins(Role role) {
        return plugins().stream().filter(plugin -> plugin.role() == role).toList();
    }

    /// Whether there is a plugin of this role and id.
    public boolean provides(Role role, String id) {
        return images.getOrDefault(role, Map.of()).containsKey(id);
    }

    /// The plugin of this role and id.
    ///
    /// @throws AlignmentException with code `PLUGIN_UNKNOWN`, naming the nearest and all known ids
    public PluginDescriptor find(Role role, String id) {
        return image(role, id).plugin(role, id).orElseThrow();
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

    /// The bundle that provides the plugin of this role and id.
    ///
    /// @throws AlignmentException with code `PLUGIN_UNKNOWN`, naming the nearest and all known ids
    public BundleImage image(Role role, String id) {
        var known = images.getOrDefault(role, Map.of());
        var image = known.get(id);
        if (image == null) {
            throw new AlignmentException(
                    StandardErrorCode.PLUGIN_UNKNOWN,
                    "no " + role + " is called '" + id + "'" + NearestName.hint(id, known.keySet())
                            + (known.isEmpty()
                                    ? "; none is installed"
                                    : "; installed are " + String.join(", ", known.keySet()))
                            + " (looked in " + folders + ")" + setAside());
        }
        return image;
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
            var other =
                    images.computeIfAbsent(plugin.role(), _ -> new TreeMap<>()).putIfAbsent(plugin.id(), image);
            if (other != null) {
                issues.add(Issue.error(
                        StandardErrorCode.PLUGIN_REJECTED.name(),
                        "the " + plugin.role() + " '" + plugin.id() + "' is provided by both " + other + " and " + image
                                + "; the first is used, remove one of them",
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
