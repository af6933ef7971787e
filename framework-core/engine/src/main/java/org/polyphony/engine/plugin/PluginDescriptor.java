package org.polyphony.engine.plugin;

import java.nio.file.Path;
import java.util.List;
import org.polyphony.spi.artefact.Artefact;
import org.polyphony.spi.plugin.Determinism;
import org.polyphony.spi.plugin.Need;
import org.polyphony.spi.plugin.PluginId;
import org.polyphony.support.ArtefactVersions;

/// One plugin of a bundle, as its manifest declares it.
///
/// @param role what it is
/// @param plugin which it is of its role
/// @param summary one sentence
/// @param declared what the engine must know before it runs
/// @param classes what is constructed
/// @param bundle where it comes from
public record PluginDescriptor(
        Role role, PluginId plugin, String summary, Declared declared, Classes classes, Bundle bundle) {

    /// What its [org.polyphony.spi.plugin.Plugin] annotation says.
    ///
    /// @param formulations what an algorithm offers, sorted; empty for other roles
    /// @param writes what the policies are that an algorithm fits
    /// @param reads which policies a scorer opens
    /// @param needs what it cannot work without, as far as this version knows it, sorted
    /// @param claims the claims that a safety layer is shown, [org.polyphony.spi.plugin.Plugin#ALL] for all
    /// @param generalises whether a profiler answers items that were not in the fit
    /// @param determinism what two equal calls have in common
    public record Declared(
            List<String> formulations,
            List<ArtefactVersions> writes,
            List<ArtefactVersions> reads,
            List<Need> needs,
            List<String> claims,
            boolean generalises,
            Determinism determinism) {

        public Declared {
            formulations = List.copyOf(formulations);
            writes = List.copyOf(writes);
            reads = List.copyOf(reads);
            needs = List.copyOf(needs);
            claims = List.copyOf(claims);
        }
    }

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

    /// Its name, which others of its role may have too.
    public String id() {
        return plugin.id();
    }

    /// Whether it may be called so: as [PluginId#is] takes it, or the same after its role and a slash.
    public boolean is(String name) {
        return plugin.is(name)
                || (name.startsWith(role.label() + "/")
                        && plugin.is(name.substring(role.label().length() + 1)));
    }

    /// The bundle's version.
    public String version() {
        return plugin.version();
    }

    /// What an algorithm offers, sorted.
    public List<String> formulations() {
        return declared.formulations();
    }

    /// Whether it cannot work without this.
    public boolean needs(Need need) {
        return declared.needs().contains(need);
    }

    /// Whether it opens an artefact.
    public boolean reads(Artefact artefact) {
        return declared.reads().stream().anyMatch(known -> known.includes(artefact));
    }

    /// Whether it opens something that another writes.
    public boolean readsOf(PluginDescriptor writer) {
        return declared.reads().stream()
                .anyMatch(known -> writer.declared().writes().stream().anyMatch(known::meets));
    }

    /// Role, id and version for messages, for example `algorithm nash-dpo 0.2.0`.
    public String title() {
        return role.label() + " " + id() + " " + version();
    }
}
