package org.polyphony.engine.plugin;

import java.nio.file.Path;

/// One plugin of a bundle, as its manifest declares it.
///
/// @param role what it is
/// @param id its name, unique in its role
/// @param version of the bundle
/// @param summary one sentence
/// @param className the class to construct
/// @param settingsClassName its settings record
/// @param symbolicName of the bundle
/// @param sha256 of the bundle's bytes, lower-case hexadecimal
/// @param source the file it was read from
public record PluginDescriptor(
        Role role,
        String id,
        String version,
        String summary,
        String className,
        String settingsClassName,
        String symbolicName,
        String sha256,
        Path source) {

    /// Role, id and version for messages, for example `algorithm nash-dpo 0.2.0`.
    public String title() {
        return role.label() + " " + id + " " + version;
    }
}
