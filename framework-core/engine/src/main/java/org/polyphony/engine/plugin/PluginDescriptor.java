package org.polyphony.engine.plugin;

import java.nio.file.Path;
import java.util.List;

/// One plugin of a bundle, as its manifest declares it.
///
/// @param role what it is
/// @param id its name, unique in its role
/// @param version of the bundle
/// @param summary one sentence
/// @param formulations what an algorithm offers, sorted; empty where its jar does not say, and for other roles
/// @param classes what is constructed
/// @param bundle where it comes from
public record PluginDescriptor(
        Role role,
        String id,
        String version,
        String summary,
        List<String> formulations,
        Classes classes,
        Bundle bundle) {

    /// Names of classes in the bundle.
    ///
    /// @param plugin the class to construct
    /// @param settings its settings record
    public record Classes(String plugin, String settings) {}

    /// A bundle's jar.
    ///
    /// @param symbolicName of the bundle
    /// @param sha256 of its bytes, lower-case hexadecimal
    /// @param source the file it was read from
    public record Bundle(String symbolicName, String sha256, Path source) {}

    /// Copies the list.
    public PluginDescriptor {
        formulations = List.copyOf(formulations);
    }

    /// Role, id and version for messages, for example `algorithm nash-dpo 0.2.0`.
    public String title() {
        return role.label() + " " + id + " " + version;
    }
}
